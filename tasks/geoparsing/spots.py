"""Spots: every stretch of a sentence that may say where something happened."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import Mention, SentenceTokens
from tasks.geoparsing.tokens import Token, gap
from tasks.geoparsing.values import ToponymClass
from tasks.model.quick import quick_init

_FILLERS_TEXT = """
the a an nearby neighbouring neighboring northern southern eastern western
central downtown greater restive eastern-most town city village district
province region state of area capital port border outskirts suburb
neighbourhood called neighborhood south north east west southeastern
northeastern southwestern northwestern main rebel-held strategic remote
refugee camp municipality commune community locality held
"""
FILLERS = frozenset(_FILLERS_TEXT.split())
_MAX_LOOKBACK = 6
CLASS_OF = "class-of"  # 'the village of' with no preposition before it
_MEDIA = frozenset({"television", "tv", "radio", "channel", "newspaper", "daily"})
_SPAN_JOINS = {" ", "-", "–"}


@quick_init
@dataclass(frozen=True, slots=True)
class Spot:
    """A possible place: a mention, or an unknown name that stands like one."""

    start: int
    end: int
    text: str
    first_token: int
    last_token: int
    preposition: str  # locative word that governs it, '' if none
    mention: Mention | None  # None: not in the gazetteer

    @property
    def is_demonym(self) -> bool:
        """Say whether it is a mere 'Malian'."""
        return (
            self.mention is not None
            and self.mention.toponym_class is ToponymClass.DEMONYM
        )


def spots_of(text: str, found: SentenceTokens, lexicon: Lexicon) -> list[Spot]:
    """Return the spots of a sentence in text order."""
    spots = [
        _known(text, found, mention, lexicon)
        for mention in found.mentions
        if mention.toponym_class is not ToponymClass.PERSON
    ]
    if not found.shouted and not found.title_case:
        named = [(s.first_token, s.last_token) for s in spots]
        named += [(m.first_token, m.last_token) for m in found.mentions]
        taken = {at for first, last in named for at in range(first, last + 1)}
        spots.extend(_unknown(text, found, taken, lexicon))
    ordered = sorted(spots, key=lambda s: s.start)
    return _share_prepositions(text, _without_far_ends(text, ordered))


_ROAD = re.compile(
    r" (?:[a-z-]+ )?(?:road|highway|axis|route|motorway|expressway|carriageway|railway|line)\b"
)


def _without_far_ends(text: str, spots: list[Spot]) -> list[Spot]:
    """Leave out B of 'youths in A blocked the A-B road': A is where they were."""
    named = Counter(s.text for s in spots)
    far = {
        right.start
        for left, right in pairwise(spots)
        if named[left.text] > 1
        and text[left.end : right.start] in {"-", "–"}
        and _ROAD.match(text, right.end)
    }
    return [s for s in spots if s.start not in far] if far else spots


_LIST_GAP = re.compile(r"\s*(?:,|and|or|, and|&)\s*(?:the )?\Z")


def _share_prepositions(text: str, spots: list[Spot]) -> list[Spot]:
    """Let 'in Hazarah and Tal Maksour' govern both names."""
    shared: list[Spot] = []
    for spot in spots:
        if not spot.preposition and shared and shared[-1].preposition:
            between = text[shared[-1].end : spot.start]
            if len(between) < 16 and _LIST_GAP.match(between):
                spot = replace(spot, preposition=shared[-1].preposition)  # noqa: PLW2901
        shared.append(spot)
    return shared


def _known(
    text: str, found: SentenceTokens, mention: Mention, lexicon: Lexicon
) -> Spot:
    last = _with_head(text, found, mention.last_token, lexicon)
    return Spot(
        mention.start,
        mention.end,
        text[mention.start : mention.end],
        mention.first_token,
        last,
        governing_preposition(found, mention.first_token, lexicon),
        mention,
    )


def _with_head(text: str, found: SentenceTokens, last: int, lexicon: Lexicon) -> int:
    """Include 'Refugee Camp', 'airport', … that follow a name."""
    tokens = found.tokens
    while (
        last + 1 < len(tokens)
        and gap(text, tokens[last], tokens[last + 1]) in _SPAN_JOINS
        and tokens[last + 1].low in lexicon.name_heads
    ):
        last += 1
    return last


def governing_preposition(found: SentenceTokens, at: int, lexicon: Lexicon) -> str:
    """Return the preposition before a name, over 'the eastern city of'."""
    default = ""
    for back in range(1, _MAX_LOOKBACK + 1):
        if at - back < 0:
            return default
        low = found.tokens[at - back].low
        if low == "of" and _is_apposition(found, at - back, lexicon):
            default = CLASS_OF  # 'in the city of'
        elif low in lexicon.locative_prepositions:
            return low
        elif low not in FILLERS and low not in lexicon.town_words:
            return default
    return default


def _is_apposition(found: SentenceTokens, at: int, lexicon: Lexicon) -> bool:
    """Say whether 'of' joins a class word and its name ('district of', 'south of')."""
    if at == 0:
        return False
    before = found.tokens[at - 1].low
    return (
        before in FILLERS
        or before in lexicon.town_words
        or before in lexicon.admin_words
    )


def _unknown(
    text: str, found: SentenceTokens, taken: set[int], lexicon: Lexicon
) -> list[Spot]:
    spots: list[Spot] = []
    articles, free = lexicon.articles, 0  # first word that is in no run
    for at in [i for i, t in enumerate(found.tokens) if t.cap or t.low in articles]:
        last = _run_end(text, found, at, taken, lexicon) if at >= free else None
        if last is None:
            continue
        spot = _unknown_spot(text, found, at, last, lexicon)
        if spot is not None:
            spots.append(spot)
        free = last + 1
    return spots


def _run_end(
    text: str, found: SentenceTokens, at: int, taken: set[int], lexicon: Lexicon
) -> int | None:
    """Return the last token of a capitalised run of unknown words opening at `at`."""
    tokens = found.tokens
    token = tokens[at]
    is_article = (
        token.low in lexicon.articles
        and at + 1 < len(tokens)
        and tokens[at + 1].cap
        and gap(text, token, tokens[at + 1]) == "-"
    )
    if at in taken or not (token.cap or is_article):
        return None
    if token.low in lexicon.never_places:
        return None
    if token.low in lexicon.common and (token.first or not _runs_on(tokens, at)):
        return None
    last = at
    while (
        last + 1 < len(tokens)
        and last + 1 not in taken
        and (tokens[last + 1].cap or tokens[last + 1].low in lexicon.articles)
        and gap(text, tokens[last], tokens[last + 1]) in _SPAN_JOINS
    ):
        last += 1
    return last


def _runs_on(tokens: list[Token], at: int) -> bool:
    """Say whether another capitalised word follows at once ('Signal Base')."""
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].cap
        and tokens[at + 1].start - tokens[at].end == 1
    )


_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "eve", "day",
     "christmas", "easter", "ramadan", "eid", "ashura", "muharram", "passover", "diwali"}
)  # fmt: skip


def _unknown_spot(
    text: str, found: SentenceTokens, at: int, last: int, lexicon: Lexicon
) -> Spot | None:
    tokens = found.tokens
    opener = tokens[at].low
    if opener in lexicon.given_names or opener in lexicon.titles:
        return None
    head_end = _with_head(text, found, last, lexicon)
    words = [t.low for t in tokens[at : head_end + 1]]
    preposition = governing_preposition(found, at, lexicon)
    has_head = words[-1] in lexicon.name_heads
    if not (has_head or preposition in lexicon.strong_locatives):
        return None
    if all(w in lexicon.name_heads or w in lexicon.admin_words for w in words):
        return None  # 'District Police Officer': a class of place, not a name
    if not has_head and any(
        w in lexicon.organisation_words or w in _DAYS for w in words
    ):
        return None  # 'near Reuters', 'on Palm Sunday'
    if head_end + 1 < len(tokens) and tokens[head_end + 1].low in _MEDIA:
        return None  # 'on Al-Masirah television'
    start, end = tokens[at].start, tokens[head_end].end
    return Spot(start, end, text[start:end], at, head_end, preposition, None)
