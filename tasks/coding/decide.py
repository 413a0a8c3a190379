"""Type and sub-type of a story (CODEBOOK 4): outcome before method."""

import re
from collections import Counter
from dataclasses import dataclass

from tasks.coding.held import withdrawal
from tasks.coding.reading import Reading
from tasks.coding.reports import Report
from tasks.coding.story import CROWD, SUPPORT, Story
from tasks.coding.votes import ARMED, CROWDS, Ballot, Candidate, weight_of
from tasks.model.coding import ActorKind

BATTLES = "Battles"
EXPLOSIONS = "Explosions/Remote violence"
VIOLENCE = "Violence against civilians"
PROTESTS = "Protests"
RIOTS = "Riots"
STRATEGIC_TYPE = "Strategic developments"

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
_CARRIER_SHARE = 0.5  # what a drone drops is a drone strike, be it shell or grenade
_HARM = frozenset({"kill", "shoot", "attack", "raid", "ambush", "beat", "mob", "fight"})
_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})
_REBELS = ARMED - _STATE
_CROWD_OF = re.compile(r"\b(?:crowds?|mobs?|throng) of (?:\w+ ){0,4}$")
_BESIDE_SHARE = 0.7
_STRUCK = frozenset(
    {"kill", "shoot", "attack", "ambush", "bomb", "shell", "airstrike", "drone", "suicide",
     "grenade", "chemical", "abduct", "rape", "take", "retake", "coup", "mob", "death",
     "burn", "agreement", "beat", "strike"}
)  # fmt: skip
_FLOWN = re.compile(
    r"\b(?:fired|dropped|launched|released|delivered) (?:by|from) (?:\w+ ){0,3}$"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The event's type and the rule that decided it."""

    event_type: str
    sub_event_type: str
    rule_id: str
    left: Report | None = None  # R-REV-1: what says that the takers left


def disorder_type(decision: Decision) -> str:
    """Return the disorder type of CODEBOOK 4."""
    if decision.sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if (
        decision.event_type == PROTESTS
        or decision.sub_event_type == "Violent demonstration"
    ):
        return "Demonstrations"
    if decision.event_type == STRATEGIC_TYPE:
        return STRATEGIC_TYPE
    return "Political violence"


def decide(reading: Reading, story: Story, ballot: Ballot) -> Decision:
    """Return the type; each step is one line of CODEBOOK 4, first match wins."""
    evidence = _Evidence(reading, story, ballot)
    for step in (_disrupted, _mob, _crowd, _coup, _regrouping, _arrests, _agreement, _territory, _chemical, _suicide, _remote,
                 _sexual, _abduction, _looting, _fighting, _on_unarmed, _strategic):  # fmt: skip
        decision = step(evidence)
        if decision is not None:
            return decision
    return Decision(VIOLENCE, "Attack", "R-TYPE-DEFAULT")


class _Evidence:
    """Weights of acts and sides of one story."""

    def __init__(self, reading: Reading, story: Story, ballot: Ballot) -> None:
        self.reading = reading
        self.story = story
        self.ballot = ballot
        self.acts: Counter[str] = Counter()
        for report in story.reports:
            self.acts[report.act] += weight_of(report, story)  # type: ignore[assignment]
        self.lead = story.anchor.act
        self.initiator = self._best(ballot.ranked("initiators"))
        self.target = self._best(ballot.ranked("targets"))

    @staticmethod
    def _best(ranked: list[Candidate]) -> Candidate | None:
        return ranked[0] if ranked else None

    @property
    def main(self) -> float:
        """Return the weight of the heaviest act that is not mere support."""
        return max((w for a, w in self.acts.items() if a not in SUPPORT), default=0.0)

    def share(self, *acts: str) -> float:
        """Return the weight of these acts relative to the heaviest."""
        return sum(self.acts[a] for a in acts) / self.main if self.main else 0.0

    def target_is(self, kinds: frozenset[ActorKind]) -> bool:
        """Return whether the best target is of these kinds."""
        return self.target is not None and self.target.kind in kinds

    def initiator_is(self, kinds: frozenset[ActorKind]) -> bool:
        """Return whether the best initiator is of these kinds."""
        return self.initiator is not None and self.initiator.kind in kinds


def _disrupted(e: _Evidence) -> Decision | None:
    if e.lead == "disrupted" and not e.acts["kill"]:
        return Decision(STRATEGIC_TYPE, "Disrupted weapons use", "R-TYPE-DISRUPTED")
    return None


def _mob(e: _Evidence) -> Decision | None:
    rioters = _has_rioters(e)
    if e.acts["mob"] and not e.initiator_is(ARMED) and e.share("mob") >= 0.3:
        return Decision(RIOTS, "Mob violence", "R-TYPE-MOB")
    violent = any(e.acts[a] for a in ("kill", "beat", "burn", "attack", "raid", "loot"))
    if rioters and violent and not e.acts["protest"]:
        return Decision(RIOTS, "Mob violence", "R-TYPE-MOB")
    return None


def _has_rioters(e: _Evidence) -> bool:
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


def _crowd(e: _Evidence) -> Decision | None:
    crowd = sum(e.acts[a] for a in CROWD)
    if _fires_on_protesters(e):
        return Decision(
            PROTESTS, "Excessive force against protesters", "R-TYPE-EXCESSIVE"
        )
    if not crowd or not e.story.is_crowd or e.share(*CROWD) < 0.5:
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


def _fires_on_protesters(e: _Evidence) -> bool:
    """'Soldiers opened fire on demonstrators, killing two': no word says they marched."""
    if e.target is None or not e.initiator_is(_STATE):
        return False
    crowd = any(
        c.kind is ActorKind.PROTESTERS and c.weight >= 0.5 * e.target.weight
        for c in e.ballot.targets.values()
    )
    return crowd and bool(e.acts["kill"] or e.acts["shoot"])


def _is_riotous(e: _Evidence) -> bool:
    """The crowd destroys and beats at least half as much as it marches."""
    destroyed = e.acts["riot"] + e.acts["burn"] + e.acts["loot"]
    return bool(destroyed) and destroyed + e.acts["mob"] >= 0.5 * e.acts["protest"]


def _state_kills(e: _Evidence) -> bool:
    """The text makes police or soldiers kill or shoot."""
    return any(
        r.act in {"kill", "shoot"}
        and any(s.party and s.party.kind in _STATE for s in r.roles.initiators)
        for r in e.story.reports
    )


def _is_deadly(e: _Evidence) -> bool:
    """People of the crowd were killed, by whomever the text makes shoot."""
    on_crowd = any(
        c.kind in CROWDS or c.kind is ActorKind.CIVILIANS
        for c in e.ballot.targets.values()
    )
    killed = e.acts["kill"]
    state = any(c.kind in _STATE for c in e.ballot.initiators.values())
    shot_dead = e.acts["shoot"] and state and e.acts["death"]
    return on_crowd and bool(killed or shot_dead)


def _coup(e: _Evidence) -> Decision | None:
    """The fight for the palace is part of the coup, not a battle for a town."""
    if e.lead == "coup" or (e.acts["coup"] and _titles(e, "coup")):
        return Decision(STRATEGIC_TYPE, "Other", "R-TYPE-STRATEGIC")
    return None


def _regrouping(e: _Evidence) -> Decision | None:
    """'dissolved their commands and became …': fighting told beside it is background."""
    harm = sum(e.acts[a] for a in (*_HARM, "take", "retake"))
    if e.lead in {"change", "base"} and harm < _BESIDE_SHARE * e.acts[e.lead]:
        return Decision(STRATEGIC_TYPE, _STRATEGIC[e.lead], "R-TYPE-STRATEGIC")
    return None


def _arrests(e: _Evidence) -> Decision | None:
    """Police who raid, search and arrest fight nobody unless somebody is hurt or shoots."""
    if not e.acts["arrest"] or e.story.is_crowd or not e.initiator_is(_STATE):
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


def _titles(e: _Evidence, act: str) -> bool:
    return any(r.act == act for r in e.story.reports if r.paragraph == 0)


def _agreement(e: _Evidence) -> Decision | None:
    if e.lead == "agreement" or e.share("agreement") >= 0.9:
        return Decision(STRATEGIC_TYPE, "Agreement", "R-TYPE-AGREEMENT")
    return None


def _territory(e: _Evidence) -> Decision | None:
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
    if peaceful and not any(e.acts[a] >= 0.5 * e.main for a in _HARM):
        return Decision(
            STRATEGIC_TYPE, "Non-violent transfer of territory", "R-TYPE-TRANSFER"
        )
    return None


def _is_for_the_state(e: _Evidence) -> bool:
    """Nobody is named, or allies retake a place from others than the state's forces."""
    if e.initiator_is(frozenset({ActorKind.EXTERNAL_FORCES})):
        return e.target_is(_REBELS)
    return not e.initiator_is(ARMED - {ActorKind.STATE_FORCES})


def _is_told_up_front(e: _Evidence) -> bool:
    """One side's boast further down ('it had overrun the position') takes nothing."""
    lead = e.story.anchor.view
    return any(
        r.act in {"take", "retake"} and (r.paragraph == 0 or r.view is lead)
        for r in e.story.reports
    )


def _only_part(e: _Evidence) -> bool:
    return any(
        r.act == "take"
        and e.reading.spaced[r.roles.trigger.end :][:14].split()[:2]
        in (["part", "of"], ["parts", "of"])
        for r in e.story.reports
    )


def _chemical(e: _Evidence) -> Decision | None:
    if e.share("chemical") >= 0.3:
        return Decision(EXPLOSIONS, _REMOTE["chemical"], "R-TYPE-CHEMICAL")
    return None


def _suicide(e: _Evidence) -> Decision | None:
    if e.share("suicide") >= 0.3:
        return Decision(EXPLOSIONS, _REMOTE["suicide"], "R-TYPE-SUICIDE")
    return None


def _remote(e: _Evidence) -> Decision | None:
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
    if flown >= _CARRIER_SHARE * weights[best] or (flown and _is_launched_in_flight(e)):
        best = "drone" if weights["drone"] else "airstrike"
    if not weights[best]:
        best = "strike"
    sub = _REMOTE[best]
    return Decision(EXPLOSIONS, sub, "R-TYPE-REMOTE")


def _is_launched_in_flight(e: _Evidence) -> bool:
    """'The missiles were fired by warplanes': the carrier is named as such."""
    return any(
        r.act in {"airstrike", "drone"}
        and _FLOWN.search(e.reading.spaced[max(0, r.start - 50) : r.start])
        for r in e.story.reports
    )


def _sexual(e: _Evidence) -> Decision | None:
    if e.share("rape") >= 0.5:
        return Decision(VIOLENCE, "Sexual violence", "R-TYPE-SEXUAL")
    return None


def _abduction(e: _Evidence) -> Decision | None:
    if e.share("abduct") < 0.5 or (e.target_is(ARMED) and e.acts["fight"]):
        return None
    harm = e.acts["kill"] + e.acts["shoot"]
    if e.lead == "abduct" or e.acts["abduct"] > harm:
        return Decision(VIOLENCE, "Abduction/forced disappearance", "R-TYPE-ABDUCTION")
    return None


_HURT = _HARM - {"raid"} | {"abduct", "rape", "wound", "death"}


def _hurts(report: Report) -> bool:
    """'when they returned from the fighting' hurts nobody here."""
    if not report.strength:
        return False
    told = (
        report.roles.trigger.is_verb or report.roles.initiators or report.roles.targets
    )
    return report.act in _HURT and (bool(told) or report.act != "fight")


def _looting(e: _Evidence) -> Decision | None:
    """A break-in that only takes or burns things is looting, whoever did it."""
    taken = e.acts["loot"] + e.acts["burn"]
    if not taken or any(map(_hurts, e.story.reports)) or taken < e.acts["raid"]:
        return None
    return Decision(STRATEGIC_TYPE, "Looting/property destruction", "R-TYPE-STRATEGIC")


def _fighting(e: _Evidence) -> Decision | None:
    if not any(e.acts[a] for a in _HARM):
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


def _has_two_camps(e: _Evidence) -> bool:
    """'30 people killed in fighting between A and B': both camps are told and armed."""
    return any(
        r.roles.is_mutual
        and any(s.party and s.party.kind in ARMED for s in r.roles.initiators)
        and any(s.party and s.party.kind in ARMED for s in r.roles.targets)
        for r in e.story.reports
    )


def _on_unarmed(e: _Evidence) -> Decision | None:
    if any(e.acts[a] for a in _HARM):
        return Decision(VIOLENCE, "Attack", "R-TYPE-ATTACK")
    return None


def _strategic(e: _Evidence) -> Decision | None:
    known = {a: w for a, w in e.acts.items() if a in _STRATEGIC}
    if not known:
        return None
    act = e.lead if e.lead in known else max(known, key=lambda a: (known[a], a))
    return Decision(STRATEGIC_TYPE, _STRATEGIC[act], "R-TYPE-STRATEGIC")
