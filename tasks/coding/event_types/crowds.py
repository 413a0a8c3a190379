"""Mobs, marches and the force used on them (CODEBOOK 4: Riots, Protests)."""

import re

from tasks.coding.event_types.evidence import STATE, TypeEvidence
from tasks.coding.event_types.names import PROTESTS, RIOTS, Decision
from tasks.coding.reading.document import Reading
from tasks.coding.roles.slots import ARMED
from tasks.coding.sides.votes import CROWDS
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import CROWD
from tasks.model.coding import ActorKind

_MARCHERS = frozenset({ActorKind.PROTESTERS})
_CROWD_OF = re.compile(r"\b(?:crowds?|mobs?|throng) of (?:\w+ ){0,4}$")


def mob(e: TypeEvidence) -> Decision | None:
    """A crowd that beats, kills or destroys without a cause it marches for."""
    rioters = _has_rioters(e)
    if e.acts["mob"] and not e.initiator_is(ARMED) and e.share("mob") >= 0.3:
        return Decision(RIOTS, "Mob violence", "R-TYPE-MOB")
    violent = any(e.acts[a] for a in ("kill", "beat", "burn", "attack", "raid", "loot"))
    if rioters and violent and not e.acts["protest"]:
        return Decision(RIOTS, "Mob violence", "R-TYPE-MOB")
    if violent and e.initiator_is(_MARCHERS) and not any(e.acts[a] for a in CROWD):
        return _of_a_crowd(e)  # no word says that they marched
    return None


def _of_a_crowd(e: TypeEvidence) -> Decision | None:
    """'A crowd beat a thief' is a mob; 'protesters torched a bank' demonstrated."""
    assert e.initiator is not None
    if e.initiator.match.noun == "crowd":
        return Decision(RIOTS, "Mob violence", "R-TYPE-MOB")
    return Decision(RIOTS, "Violent demonstration", "R-TYPE-VIOLENT-DEMO")


def _has_rioters(e: TypeEvidence) -> bool:
    """A mob, unless armed men stand beside it ('bandits … the hoodlums')."""
    ranked = e.ballot.ranked("initiators")
    mob = max((c.weight for c in ranked if c.kind is ActorKind.RIOTERS), default=0.0)
    armed = max((c.weight for c in ranked if c.kind in ARMED), default=0.0)
    if ranked and mob >= 0.4 * ranked[0].weight and mob > armed:
        return True
    return any(map(_is_of_a_mob, (e.reading,) * len(e.story.reports), e.story.reports))


def _is_of_a_mob(reading: Reading, report: Report) -> bool:
    """'A crowd of some 200 men looted': the men are the crowd."""
    return any(
        _CROWD_OF.search(reading.spaced[max(0, s.start - 40) : s.start])
        for s in report.roles.initiators
        if s.party is not None and s.party.generic
    )


def crowd(e: TypeEvidence) -> Decision | None:
    """A crowd with a cause: what it does, and what is done to it."""
    marched = sum(e.acts[a] for a in CROWD)
    if _fires_on_protesters(e):
        return Decision(
            PROTESTS, "Excessive force against protesters", "R-TYPE-EXCESSIVE"
        )
    if not marched or not e.story.is_crowd or e.share(*CROWD) < 0.5:
        return None
    if _is_deadly(e) and not (_is_riotous(e) and not _state_kills(e)):
        return Decision(
            PROTESTS, "Excessive force against protesters", "R-TYPE-EXCESSIVE"
        )
    if _is_riotous(e):
        return Decision(RIOTS, "Violent demonstration", "R-TYPE-VIOLENT-DEMO")
    if e.acts["disperse"] + e.acts["arrest"] + e.acts["wound"] > 0:
        return Decision(PROTESTS, "Protest with intervention", "R-TYPE-INTERVENTION")
    return Decision(PROTESTS, "Peaceful protest", "R-TYPE-PEACEFUL")


def _fires_on_protesters(e: TypeEvidence) -> bool:
    """'Soldiers opened fire on demonstrators, killing two': no word says they marched."""
    if any(map(_is_fire_on_a_crowd, e.story.reports)):
        return True
    if e.target is None or not e.initiator_is(STATE):
        return False
    on_crowd = any(
        c.kind is ActorKind.PROTESTERS and c.weight >= 0.5 * e.target.weight
        for c in e.ballot.targets.values()
    )
    return on_crowd and bool(e.acts["kill"] or e.acts["shoot"])


def _is_fire_on_a_crowd(report: Report) -> bool:
    """The lead says it outright, whatever the soldiers say further down."""
    shooters = [s.party.kind for s in report.roles.initiators if s.party]
    hit = [s.party.kind for s in report.roles.targets if s.party]
    return (
        report.paragraph <= 1
        and report.act in {"kill", "shoot"}
        and any(k in STATE for k in shooters)
        and ActorKind.PROTESTERS in hit
    )


def _is_riotous(e: TypeEvidence) -> bool:
    """The crowd destroys and beats at least half as much as it marches."""
    destroyed = e.acts["riot"] + e.acts["burn"] + e.acts["loot"]
    return bool(destroyed) and destroyed + e.acts["mob"] >= 0.5 * e.acts["protest"]


def _state_kills(e: TypeEvidence) -> bool:
    """The text makes police or soldiers kill or shoot."""
    return any(
        r.act in {"kill", "shoot"}
        and any(s.party and s.party.kind in STATE for s in r.roles.initiators)
        for r in e.story.reports
    )


def _is_deadly(e: TypeEvidence) -> bool:
    """People of the crowd were killed, by whomever the text makes shoot."""
    on_crowd = any(
        c.kind in CROWDS or c.kind is ActorKind.CIVILIANS
        for c in e.ballot.targets.values()
    )
    killed = e.acts["kill"]
    state = any(c.kind in STATE for c in e.ballot.initiators.values())
    shot_dead = e.acts["shoot"] and state and e.acts["death"]
    return on_crowd and bool(killed or shot_dead)
