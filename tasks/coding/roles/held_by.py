"""Who holds a place, told as a state: 'is now in rebel hands', 'back under its control'."""

import re

from tasks.coding.reading import grammar
from tasks.coding.reading.document import Reading, Trigger, View
from tasks.coding.roles.slots import Roles
from tasks.model.coding import ActorKind

_BEFORE = 40
_PULLED_REACH = 24
_CHANGED = re.compile(
    r"\b(?:now|back|again|once more|fully|entirely|firmly|completely|already|pass(?:ed|es)?|"
    r"f[ae]ll(?:en|s)?|c[ao]mes?|brought|placed|slipped)(?: (?:been|is|are|was|were|fully|firmly|back))? $"
)
_IS = re.compile(r"(?<!which )(?<!that )(?<!who )\b(?:is|are|was|were) $")
_HANDS = re.compile(r"in(?:to)? (?:\w+ ){1,3}hands\b")
_AFTERMATH = frozenset(
    {"take", "retake", "withdraw", "transfer", "change", "fight", "raid", "attack", "shell"}
)  # fmt: skip


def changes_hands(reading: Reading, view: View, roles: Roles) -> bool:
    """Say whether a holder is news: a word of change, what led to it, or who says so."""
    trigger = roles.trigger
    if not roles.initiators or _is_about_people(reading, view, trigger):
        return False
    if trigger.form.kind == "x":
        return True
    low = max(view.sentence.start, trigger.start - _BEFORE)
    before = reading.spaced[low : trigger.start]
    if _CHANGED.search(before):
        return True
    if not _IS.search(before):
        return False
    said = any("speech" in c.classes for c in view.cues)
    if said and _HANDS.match(reading.spaced, trigger.start):
        return True
    after = reading.spaced.find(" after ", trigger.end, view.sentence.end)
    return after > 0 and any(
        t.start > after and t.act in _AFTERMATH for t in view.triggers
    )


def _is_about_people(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'The hostages are in rebel hands' tells of people, not of a place."""
    return any(
        p.kind is ActorKind.CIVILIANS
        and p.end <= trigger.start
        and not grammar.strip_left(reading.spaced[p.end : trigger.start].split())
        for p in view.parties
    )


def pulls_people(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'stopped a bus, pulled out four young men': no army leaves."""
    if reading.spaced[trigger.start : trigger.end].endswith(" of"):
        return False
    return any(
        p.kind is ActorKind.CIVILIANS
        and 0 <= p.start - trigger.end <= _PULLED_REACH
        and grammar.DETERMINERS.issuperset(
            reading.spaced[trigger.end : p.start].split()
        )
        for p in view.parties
    )
