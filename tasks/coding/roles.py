"""Who does what to whom: fills the slots of each trigger of a sentence."""

from tasks.coding.noun_roles import NounRoles
from tasks.coding.reading import Reading, Trigger, View
from tasks.coding.refine import refine
from tasks.coding.slots import Roles, Slot
from tasks.coding.speakers import speaker_starts
from tasks.coding.verb_roles import VerbRoles

__all__ = ["Roles", "Slot", "fill_roles"]


def fill_roles(reading: Reading, view: View) -> list[Roles]:
    """Return the roles of every trigger of the sentence, in order."""
    out: list[Roles] = []
    speakers = speaker_starts(reading, view)
    for trigger in view.triggers:
        kind = NounRoles if _is_nominal(trigger) else VerbRoles
        out.append(kind(reading, view, trigger, speakers, out).fill())
    return [refined for r in out if (refined := refine(reading, view, r)) is not None]


def _is_nominal(trigger: Trigger) -> bool:
    form = trigger.form
    return form.kind == "n" or (form.kind == "x" and form.frame in "MNI")
