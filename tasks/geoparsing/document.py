"""A parsed document: its countries, its places, and where a trigger's event happened."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.locations import Setting, country_location, make_location
from tasks.geoparsing.mentions import Mention, SentenceTokens
from tasks.geoparsing.nesting import is_inside
from tasks.geoparsing.offers import (
    ELSEWHERE_THRESHOLD,
    FINER_THRESHOLD,
    Offer,
    best_of,
    finer_inside,
)
from tasks.geoparsing.spots import Spot
from tasks.geoparsing.values import Located, Toponym, ToponymClass
from tasks.geoparsing.where import SentenceReader
from tasks.model.quick import changed
from tasks.reference.gazetteer import Gazetteer

OWN_SENTENCE_THRESHOLD = 0.42  # of the fitted probability; see docs/gazetteer.md
# How much of a place's score survives the way from its sentence to the trigger's.
_DISCOUNT = {
    "place.sentence": 1.0,
    "place.linked": 0.9,
    "place.neighbour": 0.3,
    "place.lead": 0.25,
    "place.title": 0.2,
}
_NAMELESS = 0.8  # a name no gazetteer knows may be no place at all
_MIN_SHARE = 0.08  # of the document's votes, for a lone town to change the country
_MIN_VOTES = 0.5
_START, _PARAGRAPH = attrgetter("sentence.start"), attrgetter("sentence.paragraph")
_LOCAL_SHARE = 1.5  # votes a paragraph needs before it outweighs the document


@dataclass(frozen=True, slots=True)
class GeoDocument:
    """Places of one document. Offsets index `text`.

    toponyms: every name found, persons included (class 'person', no place).
    votes: (ISO3, weight) of all countries, strongest first.
    dateline: the place a report is filed from; not by itself where anything happened.
    """

    text: str
    sentences: tuple[SentenceTokens, ...]
    votes: tuple[tuple[str, float], ...]
    local_votes: dict[int, dict[str, float]]
    dateline: Toponym | None
    toponyms: tuple[Toponym, ...]
    gazetteer: Gazetteer
    lexicon: Lexicon
    # One entry a sentence (and country, and way of standing to the trigger).
    _readers: dict[int, SentenceReader] = field(
        default_factory=dict, repr=False, compare=False
    )
    _countries: dict[int, str | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    _places: dict[tuple[int, str | None], Located | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    _offers: dict[tuple[int, str | None, str], list[Offer]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def country(self) -> str | None:
        """ISO3 of the country the document is about; None if nothing points to one."""
        if not self.votes or self.votes[0][1] < _MIN_VOTES:
            return None
        return self.votes[0][0]

    def country_at(self, offset: int) -> str | None:
        """Return the country of the event told at that offset.

        The sentence's own places decide, then the paragraph's, then the document.
        """
        found = self._sentence_at(offset)
        return self.country if found is None else self._country_of(found)

    def _country_of(self, found: SentenceTokens) -> str | None:
        """Return the country of what a sentence tells; worked out once."""
        start = found.sentence.start
        if start not in self._countries:
            self._countries[start] = self._find_country(found)
        return self._countries[start]

    def _find_country(self, found: SentenceTokens) -> str | None:
        own = self._literal_countries(found)
        if len(own) == 1:
            return next(iter(own))
        local = self.local_votes.get(found.sentence.paragraph, {})
        if local:
            best = max(local.items(), key=lambda v: (v[1], v[0]))
            if best[1] >= _LOCAL_SHARE and (not own or best[0] in own):
                return best[0]
        return self.country

    def locate(
        self,
        start: int,
        end: int,
        near: Sequence[tuple[int, int]] = (),
        *,
        own_sentence_only: bool = False,
        within: tuple[int, int] | None = None,
    ) -> Located | None:
        """Return where the event of the trigger text[start:end] happened.

        Looks at the trigger's own sentence, then at the linked spans `near` the caller
        names, then at the sentences beside it in its paragraph, the title and the lead,
        at last the dateline; of its own sentence only names `within` the
        span count. None: the text does not say. A place outside the
        country decided for this trigger is never returned; an unknown name comes back
        with NULL coordinates.
        """
        own = self._sentence_at(start)
        if own is None:
            return None
        country = self._country_of(own)
        told = self._told(own, (start, end), country, "place.sentence")
        if within is not None:
            told = [o for o in told if within[0] <= o.spot.start < within[1]]
        if told and told[0].score >= OWN_SENTENCE_THRESHOLD:
            return self._finest(told[0], told)
        if own_sentence_only:
            return None
        for found, rule in self._elsewhere(own, near):
            told += self._told_alone(found, country, rule)
        best = best_of(told)
        if best is None:
            return self._fallback(country)
        return self._finest(best, told)

    def _told(
        self,
        found: SentenceTokens,
        trigger: tuple[int, int] | None,
        country: str | None,
        rule: str,
    ) -> list[Offer]:
        """Return what a sentence offers, best first, discounted by its distance."""
        ranked = self._reader(found).ranked(trigger)
        setting = Setting(self.text, found.sentence.start, country, self.gazetteer)
        out: list[Offer] = []
        for candidate in ranked:
            if candidate.score < ELSEWHERE_THRESHOLD:
                break  # nothing below is ever believed
            if trigger is None and candidate.spot.mention is None:
                continue  # an unknown name far from the trigger proves nothing
            if candidate.spot.is_demonym:
                continue
            located = self._located(setting, candidate.spot, rule)
            is_clear = trigger is not None and candidate.score >= OWN_SENTENCE_THRESHOLD
            if located is None and is_clear:
                located = self._named_abroad(setting, candidate.spot, rule)
            if located is not None:
                belief = candidate.score * _DISCOUNT[rule]
                if located.location.latitude is None and trigger is not None:
                    belief *= _NAMELESS
                out.append(Offer(belief, located, candidate.spot, found))
        return out

    def _located(self, setting: Setting, spot: Spot, rule: str) -> Located | None:
        """Return the location of a spot; whoever asks from wherever shares it."""
        key = (spot.start, setting.country)
        if key not in self._places:
            reader = self._readers[setting.sentence_start]
            others = [s for s in reader.spots if s is not spot]
            self._places[key] = make_location(setting, spot, others, rule)
        located = self._places[key]
        if located is None or located.rule_id == rule:
            return located
        return changed(located, rule_id=rule)

    def _told_alone(
        self, found: SentenceTokens, country: str | None, rule: str
    ) -> list[Offer]:
        """Return what a sentence beside the trigger's offers; worked out once."""
        key = (found.sentence.start, country, rule)
        if key not in self._offers:
            self._offers[key] = self._told(found, None, country, rule)
        return self._offers[key]

    def _reader(self, found: SentenceTokens) -> SentenceReader:
        start = found.sentence.start
        if start not in self._readers:
            self._readers[start] = SentenceReader(self.text, found, self.lexicon)
        return self._readers[start]

    def _finest(self, best: Offer, told: list[Offer]) -> Located:
        """Return the innermost of the names that hold the best one in its sentence."""
        beside = [
            t for t in told if t.found is best.found and not self._files_from(t.spot)
        ]
        best = finer_inside([best, *beside])
        while True:
            inner = next((t for t in beside if self._is_finer(t, best)), None)
            if inner is None:
                return best.located
            best = inner

    def _files_from(self, spot: Spot) -> bool:
        """Say whether a name is the dateline's: the capital lies in no district."""
        return self.dateline is not None and self.dateline.start == spot.start

    def _is_finer(self, inner: Offer, outer: Offer) -> bool:
        return (
            inner.score >= FINER_THRESHOLD
            and inner.is_fine
            and inner.located.location.country == outer.located.location.country
            and is_inside(outer.found, inner.spot, outer.spot, self.lexicon)
        )

    def _named_abroad(self, setting: Setting, spot: Spot, rule: str) -> Located | None:
        """Return a place the trigger's own sentence names outside the decided country.

        A name that proves its country moves the event there; any other keeps its words
        and gets no point.
        """
        mention = spot.mention
        if mention is None or mention.chosen is None or not self._is_plain(mention):
            return None
        if mention.proves_country:
            own = replace(setting, country=mention.chosen.country)
            return make_location(own, spot, [], rule)
        return make_location(setting, replace(spot, mention=None), [], rule)

    def _is_plain(self, mention: Mention) -> bool:
        """Say whether a mention is a place's own name, and not the dateline's."""
        is_dateline = self.dateline is not None and self.dateline.start == mention.start
        is_literal = mention.toponym_class is ToponymClass.LITERAL
        return is_literal and not mention.is_weak and not is_dateline

    def _elsewhere(
        self, own: SentenceTokens, near: Sequence[tuple[int, int]]
    ) -> list[tuple[SentenceTokens, str]]:
        order: list[tuple[SentenceTokens, str]] = []
        for start, _ in near:
            linked = self._sentence_at(start)
            if linked is not None:
                order.append((linked, "place.linked"))
        beside = sorted(
            self._of_paragraph(own.sentence.paragraph), key=lambda f: _closeness(f, own)
        )
        order += [(f, "place.neighbour") for f in beside]
        order += [(f, "place.lead") for f in self._of_paragraph(1)[:2]]
        order += [(f, "place.title") for f in self._of_paragraph(0)]
        return [pair for pair in order if pair[0] is not own]

    def _of_paragraph(self, number: int) -> tuple[SentenceTokens, ...]:
        low = bisect_left(self.sentences, number, key=_PARAGRAPH)
        return self.sentences[
            low : bisect_right(self.sentences, number, key=_PARAGRAPH)
        ]

    def _fallback(self, country: str | None) -> Located | None:
        line = self.dateline
        if line is not None and line.place is not None and line.country == country:
            found = self._sentence_at(line.start)
            if found is not None:
                for spot in self._reader(found).spots:
                    if spot.start == line.start:
                        setting = Setting(
                            self.text, found.sentence.start, country, self.gazetteer
                        )
                        return make_location(setting, spot, [], "place.dateline")
        return country_location(self.toponyms, country)

    def _literal_countries(self, found: SentenceTokens) -> set[str]:
        """Return the countries a sentence's places lie in, chance namesakes left out."""
        total = sum(weight for _, weight in self.votes) or 1.0
        common = {c for c, weight in self.votes if weight / total >= _MIN_SHARE}
        return {
            m.chosen.country
            for m in found.mentions
            if m.toponym_class is ToponymClass.LITERAL
            and m.chosen is not None
            and m.chosen.country is not None
            and not m.is_weak
            and (m.chosen.country in common or m.proves_country)
        }

    def _sentence_at(self, offset: int) -> SentenceTokens | None:
        at = bisect_right(self.sentences, offset, key=_START) - 1
        if at >= 0 and offset < self.sentences[at].sentence.end:
            return self.sentences[at]
        return None


def _closeness(found: SentenceTokens, own: SentenceTokens) -> tuple[int, int]:
    """Order sentences of a paragraph: the one before first, then the one after."""
    gap = found.sentence.index - own.sentence.index
    return (abs(gap), 0 if gap < 0 else 1)
