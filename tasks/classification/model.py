"""The relevance head: a linear model over hashed features, read from a weights file."""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tasks.classification.features import NUM_BUCKETS, buckets

WEIGHTS_FILE = "data/relevance_weights.npz"
_UNREADABLE = 0.01  # the score of a text without a single sentence about violence


@dataclass(frozen=True, slots=True)
class RelevanceHead:
    """score() is a calibrated probability that a text reports a codable event."""

    idf: NDArray[np.float32]
    weights: NDArray[np.float32]  # idf is already in them once; see score()
    intercept: float
    slope: float  # Platt calibration: logit = slope * margin + offset
    offset: float
    version: str

    @classmethod
    def load(cls) -> "RelevanceHead":
        """Return the head shipped with the package (read once a process)."""
        return _load()

    def score(self, title: str, text: str) -> float:
        """Return the probability of relevance; title is '' when the text holds it."""
        whole = text if not title or text.startswith(title) else f"{title}\n\n{text}"
        counts = buckets(whole)
        if not counts:
            return _UNREADABLE
        return sigmoid(self.slope * self._margin(counts) + self.offset)

    def _margin(self, counts: dict[int, int]) -> float:
        at = np.fromiter(counts.keys(), np.int64, len(counts))
        tf = 1.0 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
        values = tf * self.idf[at]
        norm = math.sqrt(float(values @ values)) or 1.0
        return float(values @ self.weights[at]) / norm + self.intercept


@cache
def _load() -> RelevanceHead:
    resource = files("tasks.classification").joinpath(WEIGHTS_FILE)
    with as_file(resource) as path, np.load(path, allow_pickle=False) as stored:
        idf = np.zeros(NUM_BUCKETS, np.float32)
        weights = np.zeros(NUM_BUCKETS, np.float32)
        idf[stored["at"]] = stored["idf"]
        weights[stored["at"]] = stored["weights"]
        intercept, slope, offset = (float(x) for x in stored["scalars"])
        return RelevanceHead(
            idf, weights, intercept, slope, offset, str(stored["version"])
        )


def sigmoid(value: float) -> float:
    """Return the logistic function, safe for any finite value."""
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    grown = math.exp(value)
    return grown / (1.0 + grown)


def logit(probability: float) -> float:
    """Return the inverse of sigmoid, clipped away from infinity."""
    clipped = min(max(probability, 1e-6), 1.0 - 1e-6)
    return math.log(clipped / (1.0 - clipped))
