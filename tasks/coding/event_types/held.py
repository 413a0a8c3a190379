"""R-REV-1 inside one report: who took a place and left it within a day only clashed there."""

import re

from tasks.coding.reading.document import Reading
from tasks.coding.roles.slots import Slot
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import Story
from tasks.coding.stories.whereabouts import are_apart
from tasks.model.coding import ActorKind

_TAKES = frozenset({"take", "retake"})
_SOON = frozenset({"before", "then", "later", "hours"})
_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})
_LONGER = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|several|some|many|\d+) (?:days?|weeks?|months?)"
    r"|weeks?|months?|years?)\b"
)
_END = re.compile(r"[,;:.]\s|\s(?:but|while|and|after) ")
_LOYAL = frozenset({"government", "pro", "loyalist", "allied"})
_AROUND = 60


def withdrawal(reading: Reading, story: Story) -> Report | None:
    """Return the report that the takers left again within a day, None if none says so.

    The soldiers a place is taken from leave it too: only the takers' own side counts.
    A title, which may join two places in one line, settles nothing.
    """
    where = story.placed.place
    for report in story.reports:
        if report.act != "withdraw" or report.paragraph == 0:
            continue
        if report.is_placed_here and are_apart(report.place, where):
            continue
        if _came_before(reading, story, report):
            continue
        if reading.words_after(report.view, report.roles.trigger.end, 1) == ["another"]:
            continue  # 'captured one town and given up another'
        if _is_soon(reading, story, report) and _is_taken_by(reading, story, report):
            return report
    return None


def _came_before(reading: Reading, story: Story, report: Report) -> bool:
    """'entered the town after soldiers abandoned it': who left left first."""
    return any(
        r.view is report.view
        and r.start < report.start
        and " after " in reading.spaced[r.roles.trigger.end : report.start]
        for r in story.reports
        if r.act in _TAKES | {"transfer"}
    )


def clause(reading: Reading, report: Report) -> tuple[int, int]:
    """Return the span of the withdrawal from its verb to the end of the clause."""
    end = report.view.sentence.end
    stop = _END.search(reading.folded, report.roles.trigger.end, end)
    return report.start, stop.start() if stop else end


def _is_soon(reading: Reading, story: Story, report: Report) -> bool:
    low = max(report.view.sentence.start, report.start - _AROUND)
    high = min(report.view.sentence.end, report.start + _AROUND)
    if _LONGER.search(reading.folded, low, high):
        return False
    taken = next(r for r in story.reports if r.act in _TAKES)
    if taken.date.start is None or report.date.start is None:
        return True
    return abs((report.date.start - taken.date.start).days) <= 1


def _is_taken_by(reading: Reading, story: Story, report: Report) -> bool:
    """The side that left is the side that took; unsaid, 'before' and 'later' tie them."""
    left = [*report.roles.targets, *report.roles.initiators]
    takers = [
        s for r in story.reports if r.act in _TAKES for s in r.roles.initiators if s.party
    ]  # fmt: skip
    if not any(s.party for s in left) or not takers:
        before = reading.words_before(report.view, report.start, 3)
        return bool(_SOON & set(before))
    if any(_is_loyal(reading, report, slot) for slot in left):
        return False
    return any(_are_one(a, b) for a in left for b in takers)


def _is_loyal(reading: Reading, report: Report, slot: Slot) -> bool:
    """'government soldiers and pro-government militiamen gave up the bazaar'."""
    before = reading.words_before(report.view, slot.start, 6)
    return slot.party is not None and bool(_LOYAL & set(before))


def _are_one(left: Slot, taker: Slot) -> bool:
    """The same name, or 'the attackers' beside a name of no state."""
    if left.party is None or taker.party is None:
        return False
    if left.party.name == taker.party.name:
        return True
    kinds = {left.party.kind, taker.party.kind}
    generic = left.party.generic or taker.party.generic
    return generic and not kinds & (_STATE | {ActorKind.CIVILIANS})
