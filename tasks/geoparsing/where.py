"""Scores the spots of a sentence for one trigger: where did this happen?"""

from dataclasses import dataclass

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import Spot
from tasks.geoparsing.values import ToponymClass

_CLAUSE_WORDS_TEXT = """
while but after before when as where which who whose although though since
because following amid and
"""
_CLAUSE_WORDS = frozenset(_CLAUSE_WORDS_TEXT.split())
_COARSE = frozenset({"continent", "sea"})


@dataclass(frozen=True, slots=True)
class ScoredSpot:
    """A spot and how well it fits the trigger."""

    spot: Spot
    score: float


def score_spots(
    found: SentenceTokens,
    spots: list[Spot],
    trigger: tuple[int, int] | None,
    lexicon: Lexicon,
) -> list[ScoredSpot]:
    """Return the spots, best first; without a trigger, by how they stand alone."""
    at = trigger_token(found, trigger) if trigger else None
    scored = [
        ScoredSpot(spot, _score(found, spot, at, spots, lexicon)) for spot in spots
    ]
    scored.sort(key=lambda s: (-s.score, s.spot.start))
    return scored


def trigger_token(found: SentenceTokens, trigger: tuple[int, int]) -> int:
    """Return the index of the word in which the trigger starts."""
    for index, token in enumerate(found.tokens):
        if token.end > trigger[0]:
            return index
    return max(0, len(found.tokens) - 1)


def _score(
    found: SentenceTokens,
    spot: Spot,
    at: int | None,
    spots: list[Spot],
    lexicon: Lexicon,
) -> float:
    score = _standing(spot, lexicon) + _speech(found, spot, lexicon)
    if any(_contains(other, spot) for other in spots):
        score -= 0.8  # 'Goundam, Timbuktu region': the finer one is meant
    if at is None:
        return score
    return score + _relation(found, spot, at, lexicon)


def _standing(spot: Spot, lexicon: Lexicon) -> float:
    score = 0.0
    if spot.preposition in lexicon.origin_prepositions:
        score -= 0.8
    elif spot.preposition in lexicon.strong_locatives:
        score += 2.0
    elif spot.preposition:
        score += 0.6
    mention = spot.mention
    if mention is None:
        return score - 0.2
    if mention.toponym_class is ToponymClass.DEMONYM:
        return score - 4.0
    if mention.toponym_class is ToponymClass.ASSOCIATIVE:
        score -= 0.8
    if mention.is_weak:
        score -= 0.8
    kind = mention.chosen.kind if mention.chosen else ""
    if kind in _COARSE:
        score -= 1.0
    elif kind == "country":
        score -= 0.5
    return score


def _speech(found: SentenceTokens, spot: Spot, lexicon: Lexicon) -> float:
    """'officials in Bamako said': the speaker's place, not the event's."""
    tokens = found.tokens
    for step in (1, 2, 3):
        index = spot.last_token + step
        if index < len(tokens) and tokens[index].low in lexicon.speech_verbs:
            return -1.5
    return 0.0


def _contains(inner: Spot, outer: Spot) -> bool:
    return (
        inner.mention is not None
        and outer.mention is not None
        and inner.mention.container is outer.mention
    )


def _relation(found: SentenceTokens, spot: Spot, at: int, lexicon: Lexicon) -> float:
    tokens = found.tokens
    if spot.first_token > at:
        between = tokens[at + 1 : spot.first_token]
        score = 0.6
        if len(between) <= 2 and not spot.preposition:
            score += 1.5  # 'captured Kupres'
    else:
        between = tokens[spot.last_token + 1 : at]
        score = 0.0
    score -= 0.06 * len(between)
    score -= 0.5 * sum(t.low in _CLAUSE_WORDS for t in between)
    score -= 0.7 * sum(t.low in lexicon.speech_verbs for t in between)
    return score
