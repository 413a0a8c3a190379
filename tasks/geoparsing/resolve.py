"""Geoparser: a document in, its places and the finder of event places out."""

import re

from tasks.geoparsing.context import is_background, link_containers, position_weight
from tasks.geoparsing.document import GeoDocument
from tasks.geoparsing.lexicon import Lexicon, load_lexicon
from tasks.geoparsing.mentions import Mention, MentionFinder, SentenceTokens
from tasks.geoparsing.ranking import Votes, choose_places
from tasks.geoparsing.usage import classify_usage
from tasks.geoparsing.values import Toponym, ToponymClass
from tasks.model.coding import Document
from tasks.reference.gazetteer import Gazetteer, Place
from tasks.text.segment import segment

_OUTLET_VOTE = 0.8
# "BAMAKO, Mali (AFP) —", "Goma, DR Congo, 3 March –": a dateline ends in a dash.
_DATELINE = re.compile(r"[^.!?\n]{2,80}?(?:\([^)]{2,40}\)\s*)?\s(?:-{1,2}|–|—)\s")
_DATELINE_WEIGHT = 4.0
_LOCATIVE_BONUS = 1.3
_TOWN = 5_000
_MAX_SENTENCES = 400  # a longer text is no news report; its tail names nothing new


class Geoparser:
    """Ties the place names of a text to the gazetteer, country first."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon | None = None) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon or load_lexicon()
        self._finder = MentionFinder(gazetteer, self._lexicon)

    def parse(self, document: Document) -> GeoDocument:
        """Return the places of a document; its text is read once, in linear time."""
        text = document.text
        title = len(document.title) if text.startswith(document.title) else None
        spans = [
            s
            for s in segment(text, title)[:_MAX_SENTENCES]
            if not _is_excluded(s.start, s.end, document.excluded_spans)
        ]
        sentences = [self._finder.find(text, s) for s in spans]
        classify_usage(text, sentences, self._lexicon)
        dateline = _dateline(text, sentences)
        for found in sentences:
            link_containers(text, found)
            self._weigh(found, dateline)
        prior: Votes = {}
        if document.outlet_country:
            prior[document.outlet_country] = _OUTLET_VOTE
        votes, local = choose_places(sentences, prior, self._lexicon)
        _drop_parts(sentences, votes)
        return GeoDocument(
            text=text,
            sentences=tuple(sentences),
            votes=tuple(sorted(votes.items(), key=lambda v: (-v[1], v[0]))),
            local_votes=local,
            dateline=_toponym(dateline) if dateline else None,
            toponyms=tuple(_toponym(m) for s in sentences for m in s.mentions),
            gazetteer=self._gazetteer,
            lexicon=self._lexicon,
        )

    def _weigh(self, found: SentenceTokens, dateline: Mention | None) -> None:
        if not found.mentions:
            return
        sentence = found.sentence
        weight = position_weight(
            sentence.index, sentence.paragraph, is_background(sentence.text)
        )
        for mention in found.mentions:
            locative = mention.before in self._lexicon.strong_locatives
            mention.weight = weight * (_LOCATIVE_BONUS if locative else 1.0)
            if mention is dateline:
                mention.weight = _DATELINE_WEIGHT


def _drop_parts(sentences: list[SentenceTokens], votes: Votes) -> None:
    """Forget a piece of an unknown name, unless it is a town of the text's country."""
    country = max(votes, key=lambda c: (votes[c], c), default=None)
    for found in sentences:
        if any(m.is_part for m in found.mentions):
            found.mentions[:] = [
                m
                for m in found.mentions
                if not m.is_part or (m.chosen and _is_town_of(m.chosen, country))
            ]


def _is_town_of(place: Place, country: str | None) -> bool:
    known = place.population >= _TOWN or place.source == "supplement"
    return known and place.country == country


def _is_excluded(start: int, end: int, spans: tuple[tuple[int, int, str], ...]) -> bool:
    """Say whether a sentence lies in an insert ('Read also: …')."""
    return any(a <= start and end <= b for a, b, _ in spans)


def _dateline(text: str, sentences: list[SentenceTokens]) -> Mention | None:
    """Return the place a report is filed from, if its first body sentence opens so."""
    for found in sentences[:4]:
        if found.sentence.paragraph == 0 or not found.mentions:
            continue
        match = _DATELINE.match(text, found.sentence.start, found.sentence.end)
        first = found.mentions[0]
        opens = first.start - found.sentence.start <= 3
        return first if match and opens and first.end <= match.end() else None
    return None


def _toponym(mention: Mention) -> Toponym:
    is_person = mention.toponym_class is ToponymClass.PERSON
    return Toponym(
        mention.start,
        mention.end,
        mention.text,
        mention.toponym_class,
        None if is_person else mention.chosen,
        0.0 if is_person else round(mention.score, 3),
    )
