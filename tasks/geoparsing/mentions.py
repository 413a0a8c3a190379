"""Candidate place names of a text: spans, gazetteer candidates, how the name is used."""

from dataclasses import dataclass, field

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.tokens import Token, gap, is_shouted, is_title_case, tokenize
from tasks.geoparsing.values import ToponymClass
from tasks.reference.gazetteer import Gazetteer, Place
from tasks.reference.places.keys import name_key
from tasks.reference.places.rows import NameClass
from tasks.text.segment import Sentence

MAX_WORDS = 6
_LARGE = 100_000  # inhabitants
_TAIL = 3
_JOINS = {" ", "-", "–", "\n", "  "}
_DOTTED = {"st", "ste", "mt", "ft"}


@dataclass(slots=True)
class Mention:
    """A span that may name a place, before one is chosen."""

    start: int
    end: int
    text: str
    key: str
    sentence: int
    first_token: int  # index in the sentence's tokens
    last_token: int
    candidates: tuple[Place, ...]
    toponym_class: ToponymClass = ToponymClass.LITERAL
    before: str = ""  # folded word before
    after: str = ""  # folded word after
    is_weak: bool = False  # an ordinary word that is also a place
    is_part: bool = False  # a piece of a longer name nobody knows: 'Baba' of 'Baba Amr'
    weight: float = 1.0
    container: "Mention | None" = None  # 'Goundam, [Timbuktu]'
    chosen: Place | None = None
    score: float = 0.0
    fixed: bool = False

    @property
    def proves_country(self) -> bool:
        """Say whether the name proves its country without the rest of the document."""
        place = self.chosen
        return place is not None and (
            place.kind in {"country", "admin1"}
            or self.container is not None
            or place.population >= _LARGE
        )


@dataclass(slots=True)
class SentenceTokens:
    """A sentence with its words and the mentions found in it."""

    sentence: Sentence
    tokens: list[Token]
    shouted: bool
    title_case: bool
    mentions: list[Mention] = field(default_factory=list)


class MentionFinder:
    """Finds candidate names by looking up every run of capitalised words."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon

    def find(self, text: str, sentence: Sentence) -> SentenceTokens:
        """Return the sentence's words and its mentions, longest match first."""
        tokens = tokenize(text, sentence.start, sentence.end)
        found = SentenceTokens(
            sentence,
            tokens,
            is_shouted(tokens),
            not sentence.text.endswith(".") and is_title_case(tokens, self._lexicon),
        )
        articles, free = self._lexicon.articles, 0  # first word that is in no mention
        for at in [i for i, t in enumerate(tokens) if t.cap or t.low in articles]:
            mention = self._opening(text, found, at) if at >= free else None
            if mention is not None:
                found.mentions.append(mention)
                free = mention.last_token + 1
        return found

    def _opening(self, text: str, found: SentenceTokens, at: int) -> Mention | None:
        """Return the longest mention that opens with a capital or an article."""
        if found.tokens[at].cap:  # as every abbreviation of a unit is
            return self._abbreviated(text, found, at) or self._longest(text, found, at)
        return (
            self._longest(text, found, at) if _joins_capital(found.tokens, at) else None
        )

    def _abbreviated(self, text: str, found: SentenceTokens, at: int) -> Mention | None:
        """Return the unit of 'Louisville, Ky.'; the word alone may be anything."""
        token = found.tokens[at]
        unit = self._lexicon.unit_abbreviations.get(token.text.rstrip(".") + ".")
        if unit is None or not at:
            return None
        before = found.tokens[at - 1]
        is_after_town = before.cap and gap(text, before, token) == ", "
        is_led = (
            before.low == "the" or before.low in self._lexicon.locative_prepositions
        )
        is_initials = token.text.count(".") > 1  # 'B.C.' is nothing else
        if not (
            (is_after_town or (is_initials and is_led))
            and "." in text[token.end - 1 : token.end + 1]
        ):
            return None
        place = self._gazetteer.unit(unit[1], unit[0])
        if place is None:
            return None
        key = name_key(unit[1])
        mention = self._mention(found, (at, at), token.text, key, (place,))
        mention.is_weak = False
        return mention

    def _longest(self, text: str, found: SentenceTokens, at: int) -> Mention | None:
        for last in reversed(self._ends(text, found.tokens, at)):
            first_token, last_token = found.tokens[at], found.tokens[last]
            written = text[first_token.start : last_token.end]
            key = name_key(written)
            candidates = self._gazetteer.lookup_key(key)
            if not candidates and "-" in written and " " not in written:
                candidates = self._gazetteer.lookup_key(key.replace(" ", ""))
            if candidates and self._is_acceptable(found, at, last, written, candidates):
                return self._mention(found, (at, last), written, key, candidates)
        return None

    def _ends(self, text: str, tokens: list[Token], at: int) -> list[int]:
        """Return the indexes where a name that opens at `at` may end."""
        ends = [at] if tokens[at].cap else []
        for last in range(at + 1, min(at + MAX_WORDS, len(tokens))):
            between = gap(text, tokens[last - 1], tokens[last])
            dotted = between == ". " and tokens[last - 1].low in _DOTTED
            if between not in _JOINS and not dotted and between not in {"'", "’"}:
                break
            token = tokens[last]
            is_tail = between == "-" and len(token.text) <= _TAIL  # 'Impasug-ong'
            if token.cap or token.text[0].isdigit() or is_tail:
                ends.append(last)
            elif token.low not in self._lexicon.connectors:
                break
        return ends

    def _is_acceptable(
        self,
        found: SentenceTokens,
        at: int,
        last: int,
        written: str,
        candidates: tuple[Place, ...],
    ) -> bool:
        """Refuse ordinary words that happen to be places somewhere."""
        first = candidates[0]
        if last > at:
            words = found.tokens[at : last + 1]
            opener = words[0]
            if opener.first and opener.low in self._lexicon.common and len(words) == 2:
                return first.population > 0 or first.kind != "town"
            return True
        return self._is_acceptable_word(found, found.tokens[at], written, first)

    def _is_acceptable_word(
        self, found: SentenceTokens, token: Token, written: str, first: Place
    ) -> bool:
        if len(written) < 3:
            return written.isupper() and first.kind == "country"
        opens_other = token.low in self._lexicon.name_openers
        if (
            token.low in self._lexicon.never_places
            or token.low in self._lexicon.classes_of_place  # 'Region', 'Sitio'
            or token.low in self._lexicon.organisation_words  # 'Council'
            or (opens_other and _capital_follows(found, token))
        ):
            return False
        if first.kind == "country" and first.name_class != NameClass.DEMONYM:
            return written != "Us"
        if token.low in self._lexicon.common:
            return not (token.first or found.shouted or found.title_case)
        if written.isupper() and len(written) <= 4 and not found.shouted:
            return first.kind in {"country", "region", "admin1", "continent"}
        return True

    def _mention(
        self,
        found: SentenceTokens,
        span: tuple[int, int],
        written: str,
        key: str,
        candidates: tuple[Place, ...],
    ) -> Mention:
        tokens, (at, last) = found.tokens, span
        demonym = candidates[0].name_class == NameClass.DEMONYM
        if demonym:
            candidates = tuple(
                c for c in candidates if c.kind in {"country", "region", "continent"}
            )
        return Mention(
            start=tokens[at].start,
            end=tokens[last].end,
            text=written,
            key=key,
            sentence=found.sentence.index,
            first_token=at,
            last_token=last,
            candidates=candidates,
            toponym_class=ToponymClass.DEMONYM if demonym else ToponymClass.LITERAL,
            before=tokens[at - 1].low if at else "",
            after=tokens[last + 1].low if last + 1 < len(tokens) else "",
            is_weak=at == last and tokens[at].low in self._lexicon.common,
        )


def _joins_capital(tokens: list[Token], at: int) -> bool:
    """Say whether a capitalised word stands right behind: 'al-Bab'."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    return following.cap and following.start == tokens[at].end + 1


def _capital_follows(found: SentenceTokens, token: Token) -> bool:
    return any(t.cap and 0 <= t.start - token.end <= 1 for t in found.tokens)
