"""Names of event types, and the type a story was decided to be (CODEBOOK 4)."""

from dataclasses import dataclass

from tasks.coding.stories.reports import Report

BATTLES = "Battles"
EXPLOSIONS = "Explosions/Remote violence"
VIOLENCE = "Violence against civilians"
PROTESTS = "Protests"
RIOTS = "Riots"
STRATEGIC_TYPE = "Strategic developments"


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
