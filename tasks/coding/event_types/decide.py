"""Type and sub-type of a story (CODEBOOK 4): outcome before method."""

from tasks.coding.event_types.battles import fighting, territory
from tasks.coding.event_types.crowds import crowd, mob
from tasks.coding.event_types.evidence import HARM, TypeEvidence
from tasks.coding.event_types.names import VIOLENCE, Decision
from tasks.coding.event_types.remote import chemical, remote, suicide
from tasks.coding.event_types.strategic import (
    agreement,
    arrests,
    coup,
    disrupted,
    looting,
    regrouping,
    strategic,
)
from tasks.coding.reading.document import Reading
from tasks.coding.roles.slots import ARMED
from tasks.coding.sides.votes import Ballot
from tasks.coding.stories.story import Story

_DEADLY = frozenset({"kill", "shoot"})


def decide(reading: Reading, story: Story, ballot: Ballot) -> Decision:
    """Return the type; each step is one line of CODEBOOK 4, first match wins."""
    evidence = TypeEvidence(reading, story, ballot)
    for step in (disrupted, mob, crowd, coup, regrouping, arrests, agreement, territory, chemical, suicide, remote,
                 _sexual, _abduction, looting, fighting, _on_unarmed, strategic):  # fmt: skip
        decision = step(evidence)
        if decision is not None:
            return decision
    return Decision(VIOLENCE, "Attack", "R-TYPE-DEFAULT")


def _sexual(e: TypeEvidence) -> Decision | None:
    if e.share("rape") >= 0.5:
        return Decision(VIOLENCE, "Sexual violence", "R-TYPE-SEXUAL")
    return None


def _abduction(e: TypeEvidence) -> Decision | None:
    """Who kills and takes people away has killed: outcome before method."""
    if e.share("abduct") < 0.5 or (e.target_is(ARMED) and e.acts["fight"]):
        return None
    harm = e.acts["kill"] + e.acts["shoot"]
    killed = e.lead in _DEADLY or (e.acts["kill"] and e.target_is(ARMED))
    beside = any(
        r.act in _DEADLY and r.view is e.story.anchor.view for r in e.story.reports
    )
    if not killed and not beside and (e.lead == "abduct" or e.acts["abduct"] > harm):
        return Decision(VIOLENCE, "Abduction/forced disappearance", "R-TYPE-ABDUCTION")
    return None


def _on_unarmed(e: TypeEvidence) -> Decision | None:
    if any(e.acts[a] for a in HARM):
        return Decision(VIOLENCE, "Attack", "R-TYPE-ATTACK")
    return None
