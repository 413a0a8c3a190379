"""Which reports may begin a story of their own, and how far apart days are."""

from collections.abc import Sequence

from tasks.coding.reading.lexicon import STRONG
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import CROWD, LETHAL, STRATEGIC, SUPPORT, Story
from tasks.coding.stories.whereabouts import vagueness
from tasks.model.coding import EventDate

_NEVER_OPENS = frozenset({"claim", "generic", "hold", "displace", "intercept"})
FOLLOWS = frozenset({"arrest", "loot", "burn", "disperse", "wound", "withdraw"})
_DATED_REACH = 60


def may_open(  # noqa: PLR0911 - one line per rule
    stories: Sequence[Story], report: Report
) -> bool:
    """A first story may start anywhere; a further one needs its own act, day or place."""
    if report.act in _NEVER_OPENS or not report.is_home or not report.strength:
        return False
    if not stories:
        return True
    if report.is_referred:
        return False
    if report.is_recap or (
        report.act in SUPPORT and not _is_coordinated(stories, report)
    ):
        return False
    if report.new.marker and is_head(report):
        return True
    if report.scope > 0:
        return report.strength >= 2 and all(
            s.anchor.scope != report.scope for s in stories
        )
    if report.entry and all(s.anchor.entry != report.entry for s in stories):
        return _tells_all(report) or (
            report.strength >= STRONG and vagueness(report) == 0
        )
    if report.act in CROWD:
        exact = report.is_placed_here and vagueness(report) == 0
        return exact and report.strength >= 2
    if report.strength < STRONG and report.act not in STRATEGIC:
        return _tells_all(report)
    dated = report.is_dated_here or report.paragraph_date is not None
    placed = report.is_placed_here or report.paragraph_place is not None
    return dated and (placed or _is_days_away(stories, report))


def is_head(report: Report) -> bool:
    """Tell whether the report could by itself be what its sentence is about."""
    if report.act in SUPPORT or report.act in FOLLOWS or report.is_recap:
        return False
    if report.act in STRATEGIC or report.strength < STRONG:
        return False
    return report.new.is_fresh or (report.roles.trigger.is_verb and has_slots(report))


def _is_coordinated(stories: Sequence[Story], report: Report) -> bool:
    """'eight were killed in Tank on Monday and five lost their lives in Mir Ali on Tuesday'."""
    beside = any(
        r.view is report.view and r.act in LETHAL for s in stories for r in s.reports
    )
    return (
        beside
        and report.act == "death"
        and (report.roles.is_gapped or _tells_all(report))
    )


def _is_days_away(stories: Sequence[Story], report: Report) -> bool:
    """'last Sunday thugs burst into a church': another day suffices where no town is named."""
    whole = report.is_dated_here and has_slots(report) and report.roles.trigger.is_verb
    exact = report.date.time_precision == 1 and report.place is not None
    at = report.date_mention
    if not (whole and exact) or at is None or at.basis not in {"weekday", "explicit"}:
        return False
    trigger = report.roles.trigger
    if max(at.start - trigger.end, trigger.start - at.end) > _DATED_REACH:
        return False
    return all(days_apart(s, report) >= 2 - settles(s.anchor) for s in stories)


def settles(report: Report) -> bool:
    """'signed a truce': what it ends is another event."""
    return report.act == "agreement" and report.roles.trigger.is_verb


def _tells_all(report: Report) -> bool:
    """A lighter verb with somebody, a day and a place: 'rival units fought in Ataq'."""
    told = report.is_dated_here and report.is_placed_here
    return (
        told
        and report.strength >= 2
        and report.roles.trigger.is_verb
        and has_slots(report)
    )


def days_apart(story: Story, report: Report) -> int:
    a, b = _day_of(story.dated), _day_of(report)
    if a is None or b is None or _points_back(report):
        return 0
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return 0
    meet = a.start <= b.end and b.start <= a.end
    if a.time_precision != 1 or b.time_precision != 1:
        return 0 if meet else 2
    if meet and "overnight" in {a.mention, b.mention}:
        return 0  # 'overnight', and further down 'before one this morning'
    return abs((a.start - b.start).days)


def _points_back(report: Report) -> bool:
    """'the killings', undated and of nobody, or 'scores were killed': those told before."""
    if report.is_dated_here:
        return False
    if report.is_referred:
        return True
    if report.act == "kill" and report.roles.is_passive and not report.is_placed_here:
        return True
    return not (report.roles.trigger.is_verb or has_slots(report))


def has_slots(report: Report) -> bool:
    return bool(report.roles.initiators or report.roles.targets)


def _day_of(report: Report) -> EventDate | None:
    """The day of its sentence, else the one its paragraph is at."""
    return report.date if report.is_dated_here else report.paragraph_date
