"""Battles: places that change hands, and clashes (CODEBOOK 4)."""

from tasks.coding.event_types import BATTLES, STRATEGIC_TYPE, Decision
from tasks.coding.held import withdrawal
from tasks.coding.type_evidence import HARM, STATE, TypeEvidence
from tasks.coding.votes import ARMED
from tasks.model.coding import ActorKind

_REBELS = ARMED - STATE


def territory(e: TypeEvidence) -> Decision | None:
    """A place that changes hands, by force or without."""
    if e.share("take", "retake") >= 0.45 and _is_told_up_front(e):
        left = withdrawal(e.reading, e.story)
        if left is not None or _only_part(e):
            return Decision(BATTLES, "Armed clash", "R-REV-1", left)
        if e.initiator_is(frozenset({ActorKind.STATE_FORCES})):
            return Decision(BATTLES, "Government regains territory", "R-TYPE-REGAINS")
        if e.acts["retake"] > e.acts["take"] and _is_for_the_state(e):
            return Decision(BATTLES, "Government regains territory", "R-TYPE-REGAINS")
        return Decision(
            BATTLES, "Non-state actor overtakes territory", "R-TYPE-OVERTAKES"
        )
    peaceful = (
        e.lead in {"withdraw", "transfer"} or e.share("withdraw", "transfer") >= 0.9
    )
    if peaceful and not any(e.acts[a] >= 0.5 * e.main for a in HARM):
        return Decision(
            STRATEGIC_TYPE, "Non-violent transfer of territory", "R-TYPE-TRANSFER"
        )
    return None


def _is_for_the_state(e: TypeEvidence) -> bool:
    """Nobody is named, or allies retake a place from others than the state's forces."""
    if e.initiator_is(frozenset({ActorKind.EXTERNAL_FORCES})):
        return e.target_is(_REBELS)
    return not e.initiator_is(ARMED - {ActorKind.STATE_FORCES})


def _is_told_up_front(e: TypeEvidence) -> bool:
    """One side's boast further down ('it had overrun the position') takes nothing."""
    lead = e.story.anchor.view
    return any(
        r.act in {"take", "retake"} and (r.paragraph == 0 or r.view is lead)
        for r in e.story.reports
    )


def _only_part(e: TypeEvidence) -> bool:
    return any(
        r.act == "take"
        and e.reading.spaced[r.roles.trigger.end :][:14].split()[:2]
        in (["part", "of"], ["parts", "of"])
        for r in e.story.reports
    )


def fighting(e: TypeEvidence) -> Decision | None:
    """Two armed sides, or one armed side that is attacked."""
    if not any(e.acts[a] for a in HARM):
        return None
    clash = Decision(BATTLES, "Armed clash", "R-TYPE-CLASH")
    civilians = e.target_is(frozenset({ActorKind.CIVILIANS}))
    titled = any(r.act == "fight" for r in e.story.reports if r.paragraph == 0)
    told = not civilians or titled or _has_two_camps(e)
    if e.ballot.mutual and e.share("fight") >= 0.5 and told:
        return clash
    camps = e.ballot.things.get("mil_object", 0.0) > e.ballot.things.get(
        "civ_object", 0.0
    )
    if e.target_is(ARMED) or (camps and not civilians):
        return clash
    if e.lead == "fight" and not civilians:
        return clash
    return None


def _has_two_camps(e: TypeEvidence) -> bool:
    """'30 people killed in fighting between A and B': both camps are told and armed."""
    return any(
        r.roles.is_mutual
        and any(s.party and s.party.kind in ARMED for s in r.roles.initiators)
        and any(s.party and s.party.kind in ARMED for s in r.roles.targets)
        for r in e.story.reports
    )
