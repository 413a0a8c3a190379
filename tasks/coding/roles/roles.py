"""Who does what to whom: fills the slots of each trigger of a sentence."""

from dataclasses import replace

from tasks.coding.reading.document import Reading, Trigger, View
from tasks.coding.roles.nouns import NounRoles
from tasks.coding.roles.refine import refine
from tasks.coding.roles.slots import Roles, Slot
from tasks.coding.roles.speakers import speaker_starts
from tasks.coding.roles.verbs import VerbRoles
from tasks.coding.tolls.gapped import gaps, is_gap_of
from tasks.model.quick import changed

__all__ = ["Roles", "Slot", "fill_roles"]

_SHARED = frozenset(
    {"kill", "death", "shoot", "abduct", "arrest"}
)  # acts told of counts


def fill_roles(reading: Reading, view: View) -> list[Roles]:
    """Return the roles of every trigger of the sentence, in order."""
    out: list[Roles] = []
    speakers = speaker_starts(reading, view)
    for trigger in view.triggers:
        kind = NounRoles if _is_nominal(trigger) else VerbRoles
        out.append(kind(reading, view, trigger, speakers, out).fill())
    told = [refined for r in out if (refined := refine(reading, view, r)) is not None]
    return _with_gapped(reading, view, told)


def _with_gapped(reading: Reading, view: View, told: list[Roles]) -> list[Roles]:
    """Add the roles of 'four in Kismayo' after 'two were killed in Baidoa'."""
    harm = [r for r in told if r.act in _SHARED]
    found: list[tuple[int, int]] = []
    if harm:
        first = harm[0].trigger.end
        found = list(gaps(reading.text, first, view.sentence.end))
    added: list[Roles] = []
    ends = [*[start for start, _ in found[1:]], view.sentence.end]
    for (start, end), stop in zip(found, ends, strict=False):
        last = [r for r in told if r.trigger.start < start][-1]
        if last in harm and is_gap_of(reading.text, last.trigger.end, start):
            trigger = replace(last.trigger, start=start, end=end)
            clause = (start, stop)
            added.append(changed(last, trigger=trigger, is_gapped=True, clause=clause))
    if not added:
        return told
    own, last = (view.sentence.start, added[0].trigger.start), added[-1]
    return [
        *(
            changed(r, clause=last.clause if _is_verb_after(r, last) else own)
            for r in told
        ),
        *added,
    ]


def _is_verb_after(roles: Roles, gapped: Roles) -> bool:
    """'…, where gunmen stormed a mosque' is of the last place, 'in attacks' of all."""
    return roles.trigger.is_verb and roles.trigger.start > gapped.trigger.start


def _is_nominal(trigger: Trigger) -> bool:
    form = trigger.form
    return form.kind == "n" or (form.kind == "x" and form.frame in "MNI")
