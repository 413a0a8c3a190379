"""Scores the spots of a sentence for one trigger: where did this happen?

A linear model over named yes/no features; the weights are data (data/event_place.tsv),
fitted by benchmarks/train_event_place.py and readable one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from tasks.geoparsing.features import features
from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import Spot

_DATA = Path(__file__).parent / "data"
WITH_TRIGGER = "event_place"
ALONE = "event_place_alone"  # for sentences beside the trigger's


@dataclass(frozen=True, slots=True)
class ScoredSpot:
    """A spot and the probability that the trigger's event happened there."""

    spot: Spot
    score: float


@lru_cache(maxsize=2)
def load_weights(model: str) -> dict[str, float]:
    """Return feature -> weight of WITH_TRIGGER or ALONE."""
    lines = (_DATA / f"{model}.tsv").read_text("utf-8").splitlines()[1:]
    return {name: float(w) for name, _, w in (line.partition("\t") for line in lines)}


def score_spots(
    found: SentenceTokens,
    spots: Sequence[Spot],
    trigger: tuple[int, int] | None,
    lexicon: Lexicon,
) -> list[ScoredSpot]:
    """Return the spots, best first; without a trigger, by how they stand alone."""
    weights = load_weights(WITH_TRIGGER if trigger else ALONE)
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
