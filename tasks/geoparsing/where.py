"""Scores the spots of a sentence for one trigger: where did this happen?

A linear model over named yes/no features; the weights are data (data/event_place.tsv),
fitted by benchmarks/train_event_place.py and readable one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import Spot

_WEIGHTS = Path(__file__).parent / "data" / "event_place.tsv"
_CLAUSE_WORDS_TEXT = """
while but after before when as where which who whose although though since because
following amid and
"""
_CLAUSE_WORDS = frozenset(_CLAUSE_WORDS_TEXT.split())
_DISTANCES = (1, 2, 3, 5, 8, 12, 18, 27)
_PREPOSITIONS = frozenset(
    {"in", "at", "near", "on", "from", "to", "of", "by", "into", "class-of"}
)


@dataclass(frozen=True, slots=True)
class ScoredSpot:
    """A spot and the probability that the trigger's event happened there."""

    spot: Spot
    score: float


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Return feature -> weight."""
    rows = (line.split("\t") for line in _WEIGHTS.read_text("utf-8").splitlines()[1:])
    return {row[0]: float(row[1]) for row in rows}


def score_spots(
    found: SentenceTokens,
    spots: Sequence[Spot],
    trigger: tuple[int, int] | None,
    lexicon: Lexicon,
) -> list[ScoredSpot]:
    """Return the spots, best first; without a trigger, by how they stand alone."""
    weights = load_weights()
    at = trigger_token(found, trigger) if trigger else None
    scored = []
    for spot in spots:
        names = features(found, spot, at, spots, lexicon)
        total = sum(weights.get(name, 0.0) for name in names)
        scored.append(ScoredSpot(spot, 1 / (1 + exp(-total))))
    scored.sort(key=lambda s: (-s.score, s.spot.start))
    return scored


def trigger_token(found: SentenceTokens, trigger: tuple[int, int]) -> int:
    """Return the index of the word in which the trigger starts."""
    for index, token in enumerate(found.tokens):
        if token.end > trigger[0]:
            return index
    return max(0, len(found.tokens) - 1)


def features(
    found: SentenceTokens,
    spot: Spot,
    at: int | None,
    spots: Sequence[Spot],
    lexicon: Lexicon,
) -> list[str]:
    """Return the names of the features that hold for a spot."""
    names = ["bias", *_own(found, spot, lexicon), *_among(spot, spots)]
    if at is not None:
        names += _relation(found, spot, at, spots, lexicon)
    return names


def _own(found: SentenceTokens, spot: Spot, lexicon: Lexicon) -> list[str]:
    tokens = found.tokens
    word = spot.preposition
    names = [f"prep={word if word in _PREPOSITIONS else ('other' if word else '-')}"]
    mention = spot.mention
    if mention is None:
        names.append("class=unknown")
    else:
        names.append(f"class={mention.toponym_class.value}")
        names.append(f"kind={mention.chosen.kind if mention.chosen else '-'}")
        if mention.is_weak:
            names.append("weak")
        if mention.container is not None:
            names.append("has_container")
    following = tokens[spot.last_token + 1 : spot.last_token + 4]
    if any(t.low in lexicon.speech_verbs for t in following):
        names.append("speech_follows")
    if following:
        if following[0].cap and following[0].start == spot.end + 1:
            names.append("capital_follows")
        if following[0].start > spot.end + 1 and following[0].low != "and":
            names.append("punctuated")
    if spot.last_token > (mention.last_token if mention else spot.last_token):
        names.append("head_follows")
    if tokens[spot.last_token].low in lexicon.name_heads:
        names.append("is_head")
    if spot.first_token == 0:
        names.append("opens_sentence")
    if spot.first_token and tokens[spot.first_token - 1].low in lexicon.town_words:
        names.append("town_word_before")
    return names


def _among(spot: Spot, spots: Sequence[Spot]) -> list[str]:
    names = ["only_spot"] if len(spots) == 1 else []
    real = [s for s in spots if not s.is_demonym]
    if real == [spot]:
        names.append("only_real_spot")
    if any(_contains(other, spot) for other in spots):
        names.append("is_container")
    return names


def _contains(inner: Spot, outer: Spot) -> bool:
    return (
        inner.mention is not None
        and outer.mention is not None
        and inner.mention.container is outer.mention
    )


def _relation(
    found: SentenceTokens,
    spot: Spot,
    at: int,
    spots: Sequence[Spot],
    lexicon: Lexicon,
) -> list[str]:
    tokens = found.tokens
    side = "after" if spot.first_token > at else "before"
    if spot.first_token <= at <= spot.last_token:
        return ["trigger_inside"]
    low, high = (
        (at + 1, spot.first_token) if side == "after" else (spot.last_token + 1, at)
    )
    between = tokens[low:high]
    bucket = sum(len(between) > limit for limit in _DISTANCES)
    names = [f"{side}", f"{side}_distance>{bucket}"]
    names += [f"{side}_prep={spot.preposition or '-'}"] if side == "before" else []
    clauses = min(2, sum(t.low in _CLAUSE_WORDS for t in between))
    speeches = min(1, sum(t.low in lexicon.speech_verbs for t in between))
    commas = min(3, _commas(found, low, high))
    names += [f"{side}_clauses={clauses}", f"speeches={speeches}", f"commas={commas}"]
    near = "far" if len(between) > 8 else ("mid" if len(between) > 3 else "near")
    names.append(f"{side}|{near}|{spot.preposition or '-'}|{_group(spot)}")
    names.append(f"{side}|{verb_stem(tokens[at].low)}|{bool(spot.preposition)}")
    names.append(f"{near}|clauses={clauses}|speeches={speeches}|{side}")
    if side == "after" and not spot.preposition:
        names.append(f"object_distance={min(len(between), 6)}")
    if any(
        t.low in {"to", "will", "would", "could"} for t in tokens[max(0, at - 2) : at]
    ):
        names.append("trigger_unreal")
    names += _verb(found, at, lexicon)
    if _is_nearest(spot, at, spots, side):
        names.append(f"nearest_{side}")
    return names


def _group(spot: Spot) -> str:
    """Return a coarse class of a spot: unknown, demonym, unit or place."""
    mention = spot.mention
    if mention is None:
        return "unknown"
    if spot.is_demonym:
        return "demonym"
    kind = mention.chosen.kind if mention.chosen else ""
    return "unit" if kind in {"country", "admin1", "region", "continent"} else "place"


def _commas(found: SentenceTokens, low: int, high: int) -> int:
    """Count breaks of punctuation between two words (gaps wider than a space)."""
    tokens = found.tokens
    pairs = range(max(low, 1), min(high + 1, len(tokens)))
    return sum(tokens[i].start - tokens[i - 1].end > 1 for i in pairs)


def _is_nearest(spot: Spot, at: int, spots: Sequence[Spot], side: str) -> bool:
    for other in spots:
        if other is spot or other.is_demonym:
            continue
        if side == "after" and at < other.first_token < spot.first_token:
            return False
        if side == "before" and spot.last_token < other.last_token < at:
            return False
    return True


def _verb(found: SentenceTokens, at: int, lexicon: Lexicon) -> list[str]:
    """Return features of the trigger itself: its stem, voice and finiteness."""
    tokens = found.tokens
    stem = verb_stem(tokens[at].low)
    names = [f"verb={stem}"]
    if tokens[at].low in lexicon.speech_verbs:
        names.append("trigger_speech")
    before = [t.low for t in tokens[max(0, at - 3) : at]]
    if any(w in _BE for w in before):
        names.append("trigger_passive")
    if any(w in {"have", "has", "had"} for w in before):
        names.append("trigger_perfect")
    if tokens[at].low.endswith("ing"):
        names.append("trigger_ing")
    if at + 1 < len(tokens):
        following = tokens[at + 1].low
        names.append(f"next={following if following in _NEXT else '-'}")
    return names


_BE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_NEXT = frozenset(
    {"in", "at", "on", "by", "the", "a", "to", "for", "as", "when", "and"}
)


def verb_stem(word: str) -> str:
    """Return a crude stem: 'killed', 'killing', 'kills' share one."""
    for suffix in ("ing", "ed", "es", "s", "e"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            stem = word[: -len(suffix)]
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return word
