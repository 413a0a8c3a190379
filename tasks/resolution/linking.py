"""How probably two mentions report one event, with reasons and cannot-link rules."""

from dataclasses import dataclass

from tasks.resolution.contexts import MentionContext
from tasks.resolution.evidence import compare, weights

THRESHOLD = 0.5
FORBIDDEN = -1.0


@dataclass(frozen=True, slots=True)
class PairScore:
    """Probability that two mentions report one event; FORBIDDEN: they cannot."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_link(self) -> bool:
        """True when the pair alone speaks for one event."""
        return self.score >= THRESHOLD


def score_pair(a: MentionContext, b: MentionContext) -> PairScore:
    """Return the probability of one event, with the levels that led to it."""
    evidence = compare(a, b)
    reasons = tuple(e.level for e in evidence)
    if any(e.bits is None for e in evidence):
        return PairScore(FORBIDDEN, reasons)
    bits = (weights()["prior"] or 0.0) + sum(e.bits or 0.0 for e in evidence)
    return PairScore(1 / (1 + 2**-bits), reasons)
