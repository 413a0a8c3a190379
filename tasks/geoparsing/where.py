"""Scores the spots of a sentence for one trigger: where did this happen?

A linear model over named yes/no features; the weights are data (data/event_place.tsv),
fitted by benchmarks/train_event_place.py and readable one by one.
"""

from bisect import bisect_right
from functools import lru_cache
from math import exp
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from tasks.geoparsing.features import (
    INSIDE,
    is_trigger_inside,
    of_trigger,
    relation,
    standing,
)
from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import Spot, spots_of

_DATA = Path(__file__).parent / "data"
WITH_TRIGGER = "event_place"
_END = attrgetter("end")
ALONE = "event_place_alone"  # for sentences beside the trigger's


class ScoredSpot(NamedTuple):
    """A spot and the probability that the trigger's event happened there."""

    spot: Spot
    score: float


@lru_cache(maxsize=2)
def load_weights(model: str) -> dict[str, float]:
    """Return feature -> weight of WITH_TRIGGER or ALONE."""
    lines = (_DATA / f"{model}.tsv").read_text("utf-8").splitlines()[1:]
    return {name: float(w) for name, _, w in (line.partition("\t") for line in lines)}


class SentenceReader:
    """The spots of a sentence, scored for any number of triggers.

    What does not depend on the trigger is worked out once.
    """

    def __init__(self, text: str, found: SentenceTokens, lexicon: Lexicon) -> None:
        """Find the sentence's spots."""
        self.found = found
        self.spots = spots_of(text, found, lexicon)
        self._lexicon = lexicon
        self._standing = [standing(found, s, self.spots, lexicon) for s in self.spots]
        self._bases: list[float] | None = None  # of the spots, whatever the trigger
        self._alone: list[ScoredSpot] | None = None
        self._by_word: dict[int, list[ScoredSpot]] = {}

    def ranked(self, trigger: tuple[int, int] | None) -> list[ScoredSpot]:
        """Return the spots, best first; without a trigger, by how they stand alone."""
        if trigger is None:
            if self._alone is None:
                weights = load_weights(ALONE)
                self._alone = self._rank([_total(weights, n) for n in self._standing])
            return self._alone
        if not self.spots:
            return []
        at = trigger_token(self.found, trigger)
        if at not in self._by_word:
            self._by_word[at] = self._for_word(at)
        return self._by_word[at]

    def _for_word(self, at: int) -> list[ScoredSpot]:
        weights = load_weights(WITH_TRIGGER)
        if self._bases is None:
            self._bases = [_total(weights, names) for names in self._standing]
        common = _total(weights, of_trigger(self.found, at, self._lexicon))
        pairs = zip(self.spots, self._bases, strict=True)
        return self._rank([b + self._related(s, at, common) for s, b in pairs])

    def _related(self, spot: Spot, at: int, common: float) -> float:
        weights = load_weights(WITH_TRIGGER)
        if is_trigger_inside(spot, at):
            return weights.get(INSIDE, 0.0)
        names = relation(self.found, spot, at, self.spots, self._lexicon)
        return common + _total(weights, names)

    def _rank(self, totals: list[float]) -> list[ScoredSpot]:
        scored = [
            ScoredSpot(spot, 1 / (1 + exp(-total)))
            for spot, total in zip(self.spots, totals, strict=True)
        ]
        scored.sort(key=lambda s: (-s.score, s.spot.start))
        return scored


def _total(weights: dict[str, float], names: list[str]) -> float:
    total = 0.0
    weight_of = weights.get
    for name in names:  # in order: sums of floats depend on it
        weight = weight_of(name)
        if weight is not None:
            total += weight
    return total


def trigger_token(found: SentenceTokens, trigger: tuple[int, int]) -> int:
    """Return the index of the word in which the trigger starts."""
    at = bisect_right(found.tokens, trigger[0], key=_END)
    return min(at, max(0, len(found.tokens) - 1))
