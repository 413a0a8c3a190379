"""How probably two mentions report one event, with reasons and cannot-link rules."""

from dataclasses import dataclass

from tasks.resolution.contexts import MentionContext
from tasks.resolution.evidence import levels, weights
from tasks.resolution.facts import Facts, facts_of

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
    return score_facts(facts_of(a), facts_of(b))


def score_facts(a: Facts, b: Facts) -> PairScore:
    """Return the same of mentions already taken apart; their order does not matter."""
    known, reasons = weights(), []
    bits = known["prior"] or 0.0
    for level in levels(a, b):
        reasons.append(level)
        weight = known[level]
        if weight is None:
            return PairScore(FORBIDDEN, tuple(reasons))
        bits += weight
    return PairScore(1 / (1 + 2**-bits), tuple(reasons))
