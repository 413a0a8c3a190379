"""Strategic developments: what changes a conflict without a blow (CODEBOOK 4)."""

from tasks.coding.event_types.evidence import HARM, STATE, TypeEvidence
from tasks.coding.event_types.names import STRATEGIC_TYPE, Decision
from tasks.coding.stories.reports import Report

_STRATEGIC = {
    "agreement": "Agreement",
    "arrest": "Arrests",
    "change": "Change to group/activity",
    "disrupted": "Disrupted weapons use",
    "base": "Headquarters or base established",
    "burn": "Looting/property destruction",
    "loot": "Looting/property destruction",
    "transfer": "Non-violent transfer of territory",
    "withdraw": "Non-violent transfer of territory",
    "coup": "Other",
    "other": "Other",
}
_BESIDE_SHARE = 0.7
_STRUCK = frozenset(
    {"kill", "shoot", "attack", "ambush", "bomb", "shell", "airstrike", "drone", "suicide",
     "grenade", "chemical", "abduct", "rape", "take", "retake", "coup", "mob", "death",
     "burn", "agreement", "beat", "strike"}
)  # fmt: skip
_HURT = HARM - {"raid"} | {"abduct", "rape", "wound", "death"}


def disrupted(e: TypeEvidence) -> Decision | None:
    """A find of weapons or a foiled plot that killed nobody."""
    if e.lead == "disrupted" and not e.acts["kill"]:
        return Decision(STRATEGIC_TYPE, "Disrupted weapons use", "R-TYPE-DISRUPTED")
    return None


def coup(e: TypeEvidence) -> Decision | None:
    """The fight for the palace is part of the coup, not a battle for a town."""
    if e.lead == "coup" or (e.acts["coup"] and _titles(e, "coup")):
        return Decision(STRATEGIC_TYPE, "Other", "R-TYPE-STRATEGIC")
    return None


def _titles(e: TypeEvidence, act: str) -> bool:
    return any(r.act == act for r in e.story.reports if r.paragraph == 0)


def regrouping(e: TypeEvidence) -> Decision | None:
    """'dissolved their commands and became …': fighting told beside it is background."""
    harm = sum(e.acts[a] for a in (*HARM, "take", "retake"))
    if e.lead in {"change", "base"} and harm < _BESIDE_SHARE * e.acts[e.lead]:
        return Decision(STRATEGIC_TYPE, _STRATEGIC[e.lead], "R-TYPE-STRATEGIC")
    return None


def arrests(e: TypeEvidence) -> Decision | None:
    """Police who raid, search and arrest fight nobody unless somebody is hurt or shoots."""
    if not e.acts["arrest"] or e.story.is_crowd or not e.initiator_is(STATE):
        return None
    if any(r.act in _STRUCK and r.strength >= 2 for r in e.story.reports):
        return None
    if any(map(_fights, e.story.reports)):
        return None
    return Decision(STRATEGIC_TYPE, _STRATEGIC["arrest"], "R-TYPE-STRATEGIC")


def _fights(report: Report) -> bool:
    return (
        report.act == "fight" and report.roles.trigger.form.family != "operation_kill"
    )


def agreement(e: TypeEvidence) -> Decision | None:
    """A truce, treaty or release that leads the story."""
    if e.lead == "agreement" or e.share("agreement") >= 0.9:
        return Decision(STRATEGIC_TYPE, "Agreement", "R-TYPE-AGREEMENT")
    return None


def looting(e: TypeEvidence) -> Decision | None:
    """A break-in that only takes or burns things is looting, whoever did it."""
    taken = e.acts["loot"] + e.acts["burn"]
    if not taken or any(map(_hurts, e.story.reports)) or taken < e.acts["raid"]:
        return None
    return Decision(STRATEGIC_TYPE, "Looting/property destruction", "R-TYPE-STRATEGIC")


def _hurts(report: Report) -> bool:
    """'when they returned from the fighting' hurts nobody here."""
    if not report.strength:
        return False
    told = (
        report.roles.trigger.is_verb or report.roles.initiators or report.roles.targets
    )
    return report.act in _HURT and (bool(told) or report.act != "fight")


def strategic(e: TypeEvidence) -> Decision | None:
    """Any other act that only strategic developments know."""
    known = {a: w for a, w in e.acts.items() if a in _STRATEGIC}
    if not known:
        return None
    act = e.lead if e.lead in known else max(known, key=lambda a: (known[a], a))
    return Decision(STRATEGIC_TYPE, _STRATEGIC[act], "R-TYPE-STRATEGIC")
