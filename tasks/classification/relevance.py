"""The gate (CODEBOOK 2): does the text report a codable event, and if not, why not.

Three witnesses: the coder's strongest frame, the trained head, and cues of the reasons for
which a text about violence is not coded. Their weights are in Gate.
"""

from dataclasses import dataclass
from datetime import datetime

from tasks.classification.model import RelevanceHead, logit, sigmoid
from tasks.classification.reasons import reason_strengths, strongest
from tasks.model.reasons import RejectReason

__all__ = ["Gate", "Relevance", "RelevanceHead", "assess", "decide"]

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

    frame: float = 4.0  # times (strongest frame - 0.5)
    reason: float = 1.6  # times the strength of the strongest reason, from its floor
    reason_floor: float = 0.9
    threshold: float = 0.5


def assess(
    title: str,
    text: str,
    published_at: datetime | None,  # noqa: ARG001 - part of the seam, see below
    strongest_frame: float | None,
    gate: Gate | None = None,
) -> Relevance:
    """Return whether anything in the text is to be coded.

    strongest_frame is the confidence of the coder's best current frame, 0.0 when it
    found none, None when no coder ran. published_at is not needed for the answer: a
    text without a date is as relevant as with one, only its events are undated.
    """
    score = RelevanceHead.load().score(title, text)
    return decide(score, reason_strengths(title, text), strongest_frame, gate or Gate())


def decide(
    head: float,
    strengths: dict[str, float],
    strongest_frame: float | None,
    gate: Gate,
) -> Relevance:
    """Weigh the witnesses; the reason named is the strongest cue, else no_event."""
    reason, strength = strongest(strengths)
    odds = logit(head)
    if strength >= gate.reason_floor:
        odds -= gate.reason * strength
    if strongest_frame is not None:
        odds += gate.frame * (strongest_frame - 0.5)
    score = sigmoid(odds)
    if score >= gate.threshold:
        return Relevance(True, score, None)
    named = reason if strength >= _NAMED_FROM else "no_event"
    return Relevance(False, score, RejectReason(named))
