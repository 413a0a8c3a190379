"""What in a sentence says that it tells another incident, or several at once."""

import re
from dataclasses import dataclass
from enum import IntEnum

from tasks.coding.reading.document import Reading, View
from tasks.coding.roles.roles import Roles
from tasks.coding.roles.slots import INSTRUMENTS, Slot
from tasks.geoparsing.values import Located
from tasks.model.quick import quick_init


class Marker(IntEnum):
    """How plainly the opening of a sentence parts it from what was told before."""

    NONE = 0
    SOFT = 1  # 'hours later', 'meanwhile', 'earlier on Monday', 'in Narayanganj, ...'
    FIRM = 2  # 'in a separate incident', 'elsewhere'


@quick_init
@dataclass(frozen=True, slots=True)
class Newness:
    """What parts a report from the ones before it."""

    marker: Marker = Marker.NONE
    is_fresh: bool = False  # it brings somebody or something not told of before
    is_several: bool = False  # its sentence tells of several incidents at once
    is_fronted: bool = False  # its place opens the sentence


PLAIN = Newness()


_INCIDENT = (
    r"(?:incident|attack|assault|ambush|raid|explosion|blast|bombing|shooting|clash|strike|"
    r"protest|march|rally|demonstration|case|operation|event|killing|abduction|encounter|"
    r"episode|shelling|development|kidnapping|gunfight|location|village|town|district|"
    r"province|part)(?:e?s)?\b"
)
_DAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tonight|"
    r"this (?:week|morning|month)|that (?:day|night|morning|evening)|in the (?:day|week|evening|"
    r"morning|night)|at night)\b"
)
_FIRM = re.compile(
    r"(?:(?:and|but|also) )?(?:(?:in|at|during) )?(?:(?:a|an|one|two|three|yet) )?"
    r"(?:separate|unrelated|another|different|second|third|other)(?: \w+){0,2}? " + _INCIDENT
    + r"|separately\b|elsewhere\b|(?:in|at) other (?:\w+ )?" + _INCIDENT
)  # fmt: skip
_SOFT = re.compile(
    r"meanwhile\b|"
    r"(?:(?:about|around|some|just|barely|only|less than|more than) )?(?:\w+ )?(?:a few |few |"
    r"several )?(?:hours?|minutes|days?|nights?) (?:later|earlier|before|after)\b|"
    r"(?:earlier|later|also|late|early)(?: (?:on|in|at))?(?: (?:early|late))? " + _DAY
    + r"|(?:on )?the (?:(?:very )?(?:next|following|previous|same) (?:day|morning|night|evening)|"
    r"(?:day|night|evening|morning) (?:before|after|earlier))\b|"
    r"in the early hours of\b|(?:at )?around the same time\b|at the same time\b|also (?:in|on)\b"
)  # fmt: skip
_MEANWHILE = re.compile(r"\bmeanwhile\b")
_SEVERAL = re.compile(
    r"\bseparate (?:\w+ ){0,2}?" + _INCIDENT
    + r"|\b(?:series|string|wave|spate) of (?:\w+ ){0,2}?" + _INCIDENT
    + r"|\b(?:two|three|four|five|six|seven|several|multiple|various) (?:\w+ ){0,2}?"
    r"(?:incidents|attacks|assaults|ambushes|raids|explosions|blasts|bombings|bombs|shootings|"
    r"clashes|strikes|protests|places|towns|villages|locations|cities|districts)\b"
)  # fmt: skip
_OPENING = 90
_MEANWHILE_REACH = 48
_FRONTED = 16
_AT = (["in"], ["at"], ["near"], ["outside"], ["of"])
_DEFINITE = frozenset(
    {
        "the",
        "these",
        "those",
        "this",
        "that",
        "their",
        "same",
        "its",
        "his",
        "such",
        "both",
    }
)
_INDEFINITE = frozenset(
    {"a", "an", "another", "two", "three", "four", "five", "six", "several", "some",
     "second", "many", "unidentified", "unknown", "suspected"}
)  # fmt: skip


class NewnessFinder:
    """Reads the opening of every sentence once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._markers: dict[int, tuple[Marker, bool]] = {}

    def of(self, view: View, filled: Roles, where: Located | None) -> Newness:
        """Return what parts the trigger from the ones before it."""
        index = view.sentence.index
        if index not in self._markers:
            told = marker_of(self._reading, view), tells_several(self._reading, view)
            self._markers[index] = told
        marker, several = self._markers[index]
        fronted = where is not None and is_fronted(self._reading, view, where)
        fresh = is_fresh(self._reading, view, filled)
        return Newness(marker, fresh, several, fronted)


def marker_of(reading: Reading, view: View) -> Marker:
    """Return how plainly the sentence says that it begins another incident."""
    opening = _words(reading, view.sentence.start, _OPENING)
    if _FIRM.match(opening):
        return Marker.FIRM
    if _SOFT.match(opening) or _MEANWHILE.search(opening[:_MEANWHILE_REACH]):
        return Marker.SOFT
    return Marker.NONE


def is_fronted(reading: Reading, view: View, where: Located) -> bool:
    """'In Narayanganj, workers formed a human chain': the place opens the sentence."""
    start = view.sentence.start
    if not start < where.start <= start + _FRONTED:
        return False
    return _words(reading, start, where.start - start).split()[-1:] in _AT


def tells_several(reading: Reading, view: View) -> bool:
    """'killed in separate incidents', 'two bombs went off in the border provinces'."""
    low, high = view.sentence.start, view.sentence.end
    return _SEVERAL.search(" ".join(reading.spaced[low:high].split())) is not None


def is_fresh(reading: Reading, view: View, filled: Roles) -> bool:
    """Tell whether it brings somebody or something new: 'gunmen', 'a car bomb'; 'the
    attackers' and 'the blast' were told of before."""
    trigger = filled.trigger
    if not trigger.is_verb:
        before = reversed(reading.words_before(view, trigger.start, 4))
        several = filled.act in INSTRUMENTS and reading.spaced[trigger.end - 1] == "s"
        bare = "some" if several else "the"  # 'mortar shells landed in the compound'
        said = next((w for w in before if w in _INDEFINITE or w in _DEFINITE), bare)
        return said in _INDEFINITE
    slots = filled.initiators or filled.targets
    return bool(slots) and all(_is_new(reading, view, s) for s in slots)


def _is_new(reading: Reading, view: View, slot: Slot) -> bool:
    before = reading.words_before(view, slot.start, 2)
    own = reading.spaced[slot.start : slot.end].split()[:1]
    return _DEFINITE.isdisjoint([*before, *own])


def _words(reading: Reading, start: int, length: int) -> str:
    return " ".join(reading.spaced[start : start + length].split())
