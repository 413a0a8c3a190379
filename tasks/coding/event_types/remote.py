"""Explosions and remote violence: by what strikes, and what carries it (CODEBOOK 4)."""

import re

from tasks.coding.event_types.evidence import TypeEvidence
from tasks.coding.event_types.names import EXPLOSIONS, Decision

_REMOTE = {
    "airstrike": "Air/drone strike",
    "drone": "Air/drone strike",
    "strike": "Air/drone strike",
    "shell": "Shelling/artillery/missile attack",
    "bomb": "Remote explosive/landmine/IED",
    "grenade": "Grenade",
    "chemical": "Chemical weapon",
    "suicide": "Suicide bomb",
}
_CARRIER_SHARE = 0.5  # what a drone drops is a drone strike, be it shell or grenade
_FLOWN = re.compile(
    r"\b(?:fired|dropped|launched|released|delivered) (?:by|from) (?:\w+ ){0,3}$"
)


def chemical(e: TypeEvidence) -> Decision | None:
    """A chemical agent, whatever carried it."""
    if e.share("chemical") >= 0.3:
        return Decision(EXPLOSIONS, _REMOTE["chemical"], "R-TYPE-CHEMICAL")
    return None


def suicide(e: TypeEvidence) -> Decision | None:
    """An attacker who dies by the own bomb."""
    if e.share("suicide") >= 0.3:
        return Decision(EXPLOSIONS, _REMOTE["suicide"], "R-TYPE-SUICIDE")
    return None


def remote(e: TypeEvidence) -> Decision | None:
    """What strikes from afar, unless the story is of a close fight."""
    weights = {a: e.acts[a] for a in _REMOTE if a != "strike"}
    remote = sum(weights.values()) + (e.acts["strike"] if any(weights.values()) else 0)
    if e.lead == "strike" and not any(weights.values()):
        remote = e.acts["strike"]
    close = (
        e.acts["fight"] + e.acts["ambush"] + 0.7 * (e.acts["raid"] + e.acts["attack"])
    )
    if e.lead in {"ambush", "fight", "raid", "disrupted"} and not e.acts["drone"]:
        close += 1
    if not remote or remote < close or e.share("disrupted") > 0.6:
        return None
    order = ("grenade", "drone", "airstrike", "shell", "bomb")
    best = max(order, key=lambda a: (weights[a], -order.index(a)))
    flown = weights["drone"] + weights["airstrike"]
    if flown >= _CARRIER_SHARE * weights[best] or (
        flown and (_is_launched_in_flight(e) or _is_headlined(e))
    ):
        best = "drone" if weights["drone"] else "airstrike"
    if not weights[best]:
        best = "strike"
    sub = _REMOTE[best]
    return Decision(EXPLOSIONS, sub, "R-TYPE-REMOTE")


def _is_launched_in_flight(e: TypeEvidence) -> bool:
    """'The missiles were fired by warplanes': the carrier is named as such."""
    return any(
        r.act in {"airstrike", "drone"}
        and _FLOWN.search(e.reading.spaced[max(0, r.start - 50) : r.start])
        for r in e.story.reports
    )


def _is_headlined(e: TypeEvidence) -> bool:
    """'14 killed in air strike': its bombs fell from the air, wherever that is told."""
    return any(
        r.act in {"airstrike", "drone"} and r.paragraph == 0 for r in e.story.reports
    )
