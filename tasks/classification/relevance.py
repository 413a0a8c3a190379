"""The gate (CODEBOOK 2): does the text report a codable event, and if not, why not.

Three witnesses: the coder's strongest frame, the trained head, and cues of the reasons for
which a text about violence is not coded. Their weights are in Gate.
"""

from dataclasses import dataclass
from datetime import datetime

from tasks.classification.model import RelevanceHead, logit, sigmoid
from tasks.classification.reasons import reason_strengths, strongest
from tasks.model.reasons import RejectReason

__all__ = ["Gate", "Relevance", "RelevanceHead", "assess", "decide", "gate_for"]

_NAMED_FROM = 0.8  # a reason weaker than this is not worth naming


@dataclass(frozen=True, slots=True)
class Relevance:
    """The gate's answer; reject_reason is None exactly when relevant."""

    relevant: bool
    score: float
    reject_reason: RejectReason | None


@dataclass(frozen=True, slots=True)
class Gate:
    """How much each witness moves the log-odds of relevance."""

    frame: float = 8.0  # times (strongest frame - 0.5)
    reason: float = 0.8  # times the strength of the strongest reason, from its floor
    reason_floor: float = 0.9
    head_bound: float = (
        0.2  # beside a frame the head says no more than this nor 1 - this
    )
    threshold: float = 0.67  # beside a frame: an event is claimed only when rather sure
    head_threshold: float = 0.5  # without one


MIXED_CASE = Gate()
# Capitals hide names, so how good a frame is says nothing; they are wire copy, the text the
# head knows best: with any frame the head decides, unless a reason against it is plain.
CAPITALS = Gate(frame=0.0, reason=0.8, reason_floor=1.8, head_bound=0.0, threshold=0.5)
_LOWER_SHARE = 0.3  # of the letters; below it a text is in capitals
_SAMPLE = 2_000


def gate_for(text: str) -> Gate:
    """Return the weights for a text: capitals need others than mixed case."""
    sample = text[:_SAMPLE]
    lower = sum(map(str.islower, sample))
    if lower >= _LOWER_SHARE * len(sample):
        return MIXED_CASE
    few = lower < _LOWER_SHARE * sum(map(str.isalpha, sample))
    # scripts that have no case at all are not in capitals
    return CAPITALS if few and any(map(str.isupper, sample)) else MIXED_CASE


def assess(
    title: str,
    text: str,
    published_at: datetime | None,
    strongest_frame: float | None,
    gate: Gate | None = None,
) -> Relevance:
    """Return whether anything in the text is to be coded.

    strongest_frame is the confidence of the coder's best current frame, 0.0 when it
    found none, None when no coder ran. A title that names a year well before
    published_at speaks of history; without a date that cue is silent.
    """
    score = RelevanceHead.load().score(title, text)
    strengths = reason_strengths(title, text, published_at)
    return decide(score, strengths, strongest_frame, gate or gate_for(text))


def decide(
    head: float,
    strengths: dict[str, float],
    strongest_frame: float | None,
    gate: Gate,
) -> Relevance:
    """Weigh the witnesses; the reason named is the strongest cue, else no_event."""
    reason, strength = strongest(strengths)
    threshold = gate.threshold
    if strongest_frame is None:
        odds, threshold = logit(head), gate.head_threshold
    else:
        odds = logit(min(max(head, gate.head_bound), 1.0 - gate.head_bound))
        odds += gate.frame * (strongest_frame - 0.5)
    if strength >= gate.reason_floor:
        odds -= gate.reason * strength * (1.0 if strongest_frame is not None else 2.0)
    score = sigmoid(odds)
    if score >= threshold:
        return Relevance(True, score, None)
    named = reason if strength >= _NAMED_FROM else "no_event"
    return Relevance(False, score, RejectReason(named))
