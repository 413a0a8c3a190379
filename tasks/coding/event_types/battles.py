"""Battles: places that change hands, and clashes (CODEBOOK 4)."""

import re

from tasks.coding.event_types.evidence import HARM, STATE, TypeEvidence
from tasks.coding.event_types.held import withdrawal
from tasks.coding.event_types.names import BATTLES, STRATEGIC_TYPE, Decision
from tasks.coding.roles.slots import ARMED
from tasks.model.coding import ActorKind

_REBELS = ARMED - STATE
_TRANSFER = "Non-violent transfer of territory"
_UNOPPOSED = re.compile(
    r"\b(?:without (?:a |any )?(?:fight|fighting|resistance|opposition|firing|shot|battle)"
    r"|unopposed|unresisted|(?:met|meeting|facing|faced|encountered|encountering) no resistance"
    r"|no shots? (?:was|were|being) fired)\b"
)
_HELPLESS = frozenset(
    {"unarmed", "off", "duty", "captured", "disarmed", "surrendered", "surrendering",
     "retired", "blindfolded", "handcuffed", "captive", "imprisoned", "wounded", "bound"}
)  # fmt: skip
_TIED = 3  # words before the soldiers


def territory(e: TypeEvidence) -> Decision | None:
    """A place that changes hands, by force or without."""
    if e.share("take", "retake") >= 0.45 and _is_told_up_front(e):
        return _taken(e)
    peaceful = (
        e.lead in {"withdraw", "transfer"} or e.share("withdraw", "transfer") >= 0.9
    )
    if peaceful and not any(e.acts[a] >= 0.5 * e.main for a in HARM):
        return Decision(STRATEGIC_TYPE, _TRANSFER, "R-TYPE-TRANSFER")
    return None


def _taken(e: TypeEvidence) -> Decision:
    """Who takes it: the state regains, others overtake; unopposed, it is handed over."""
    if e.lead in {"take", "retake"} and _is_unopposed(e):
        return Decision(STRATEGIC_TYPE, _TRANSFER, "R-TYPE-TRANSFER")
    left = withdrawal(e.reading, e.story)
    if left is not None or _only_part(e):
        return Decision(BATTLES, "Armed clash", "R-REV-1", left)
    if e.initiator_is(frozenset({ActorKind.STATE_FORCES})):
        return Decision(BATTLES, "Government regains territory", "R-TYPE-REGAINS")
    if e.acts["retake"] > e.acts["take"] and _is_for_the_state(e):
        return Decision(BATTLES, "Government regains territory", "R-TYPE-REGAINS")
    return Decision(BATTLES, "Non-state actor overtakes territory", "R-TYPE-OVERTAKES")


def _is_unopposed(e: TypeEvidence) -> bool:
    """'captured the port without a fight', 'took it unopposed', and no blow is told."""
    view, start = e.story.anchor.view, e.story.anchor.start
    said = _UNOPPOSED.search(e.reading.spaced, start, view.sentence.end)
    return said is not None and not any(e.acts[a] for a in HARM)


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
    if e.target_is(ARMED) and _are_helpless(e):
        return None
    if e.target_is(ARMED) or (camps and not civilians):
        return clash
    if e.lead == "fight" and not civilians:
        return clash
    return None


def _are_helpless(e: TypeEvidence) -> bool:
    """'shot 33 unarmed soldiers', 'three off-duty conscripts': prisoners are no foes."""
    struck = [
        (r, s) for r in e.story.reports if r.act in {"kill", "shoot", "death"}
        for s in r.roles.targets if s.party is not None and s.party.kind in STATE
    ]  # fmt: skip
    return bool(struck) and all(
        _HELPLESS & set(e.reading.words_before(r.view, s.start, _TIED))
        for r, s in struck
    )


def _has_two_camps(e: TypeEvidence) -> bool:
    """'30 people killed in fighting between A and B': both camps are told and armed."""
    return any(
        r.roles.is_mutual
        and any(s.party and s.party.kind in ARMED for s in r.roles.initiators)
        and any(s.party and s.party.kind in ARMED for s in r.roles.targets)
        for r in e.story.reports
    )
