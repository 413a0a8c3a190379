"""What a date beside a trigger dates: the act, its telling, a finding, a sum or its hour."""

import re

from tasks.coding.dates.resolve import DateMention
from tasks.coding.reading.document import Cue, Reading, View
from tasks.coding.roles.roles import Roles

_CLOCK = re.compile(
    r"\b(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m|p\.m)|\d{1,2}[:.]\d\d|o'clock)\b"
)
_CLOCK_REACH = 24


def is_timed(reading: Reading, mention: DateMention) -> bool:
    """Tell whether the hour is told beside the day: 'at 2 a.m. on Wednesday'."""
    low = max(0, mention.start - _CLOCK_REACH)
    return _CLOCK.search(reading.folded, low, mention.end + _CLOCK_REACH) is not None


def follows_speech(reading: Reading, view: View, mention: DateMention) -> bool:
    """'said on a YouTube channel on Wednesday that' dates the telling."""
    for cue in view.cues:
        if "speech" in cue.classes and 0 <= cue.start - mention.end <= 3:
            if reading.spaced.startswith("according", cue.start):
                continue  # 'took the town on Tuesday, according to'
            return True  # 'on Thursday commiserated'
        if "speech" not in cue.classes or not 0 <= mention.start - cue.end <= 60:
            continue
        if any(cue.end <= t.start < mention.start for t in view.triggers):
            continue
        after = reading.words_after(view, mention.end, 1)
        if after == ["that"] or mention.start - cue.end <= 12:
            return True
    return False


_FINDING_REACH = 14
_COUNTS = frozenset({"number", "toll", "total", "count", "tally"})


def is_counted(reading: Reading, view: View, filled: Roles) -> bool:
    """'died today, bringing to four the number of people killed': a sum has no day."""
    before = reading.words_before(view, filled.trigger.start)
    return bool(_COUNTS.intersection(before))


_FOUND = frozenset({"recovered", "found", "discovered", "retrieved", "identified"})
_REMAINS = frozenset(
    {"body", "bodies", "corpse", "corpses", "remains", "dead", "victims", "survivors"}
)


def _finds_people(reading: Reading, view: View, cue: Cue) -> bool:
    """'recovered two pistols' tells no finding of the dead; 'were recovered' may."""
    if reading.spaced[cue.start : cue.end] not in _FOUND:
        return True
    near = reading.spaced[view.sentence.start : cue.start].split()
    near += reading.words_after(view, cue.end, 6)
    return bool(_REMAINS.intersection(near))


def dates_a_finding(reading: Reading, view: View, mention: DateMention) -> bool:
    """'on Tuesday recovered the bodies', 'buried on Monday' date what came after."""
    for cue in view.cues:
        if "finding" in cue.classes and _finds_people(reading, view, cue):
            gap = max(cue.start - mention.end, mention.start - cue.end)
            if gap <= _FINDING_REACH:
                return True
    return False
