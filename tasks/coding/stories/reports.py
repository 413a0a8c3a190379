"""Live triggers with their day and place; what turns out old or future leaves the count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile

from tasks.coding.dates.governing import is_referred_to
from tasks.coding.dates.model import RECENT
from tasks.coding.dates.resolve import DateMention
from tasks.coding.reading.document import Reading, View
from tasks.coding.reading.entries import find_entries
from tasks.coding.reading.placing import Places, SentencePlaces
from tasks.coding.roles.roles import Roles
from tasks.coding.stories.asides import is_of_the_act
from tasks.coding.stories.dated_words import is_timed
from tasks.coding.stories.days import DayFinder
from tasks.coding.stories.newness import PLAIN, Newness, NewnessFinder
from tasks.coding.stories.status import Status
from tasks.geoparsing.values import Located
from tasks.model.coding import EventDate, TemporalStatus
from tasks.model.quick import changed, quick_init


@quick_init
@dataclass(frozen=True, slots=True)
class Report:
    """One live trigger with its slots, day and place."""

    roles: Roles
    status: Status
    view: View
    # Of its roles and its view: the rules of a story ask for them all the time.
    act: str  # kind of act, the method of an instrument included
    strength: int
    start: int  # of the trigger
    paragraph: int  # 0 is the title
    date: EventDate
    date_mention: DateMention | None  # where the date came from; None: publication
    is_dated_here: bool  # a day of its own sentence
    place: Located | None
    is_placed_here: bool  # a place of its own sentence
    scope: int  # entry of a round-up; 0: running text
    is_home: bool = True  # the place lies in the country the document is about
    paragraph_date: EventDate | None = None  # day and place told earlier in the
    paragraph_place: Located | None = None  # paragraph, when the sentence has none

    is_recap: bool = False  # 'in a similar attack on Monday': told in passing
    entry: int = 0  # of a live page or list, where entries may go on with one event
    is_timed: bool = False  # 'at 2 a.m. on Wednesday': the hour is told beside the day
    new: Newness = PLAIN
    is_referred: bool = False  # 'arrested over the attack': told before, if at all


_PARAGRAPH_REACH = 300
_REGION = 3  # geo_precision of a region or country
_MAX_REPORTS = 300  # an article tells fewer; a longer list is data, or a trap

Told = tuple[Roles, Status, View]


def make_reports(
    reading: Reading, places: Places, told: Sequence[Told]
) -> tuple[list[Report], list[Told]]:
    """Return the reports of the live triggers, and every trigger with its final status.

    A trigger whose day turns out to be long past (or to come) by the running account is
    no report: 'On 23 March 2019 … Some 160 people were killed.'
    """
    maker = _Maker(reading, places)
    reports: list[Report] = []
    final: list[Told] = []
    for filled, status, view in told:
        if not status.is_live or len(reports) >= _MAX_REPORTS:
            final.append((filled, status, view))
            continue
        report = maker.report(filled, status, view)
        outdated = _outdated(reading, report)
        if outdated is None:
            reports.append(_with_paragraph(report, reports))
            final.append((filled, status, view))
        else:
            final.append((filled, outdated, view))
    return _with_sentence(reports), final


class _Maker:
    """Dates and places triggers; the same sentence is asked about once."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self._reading = reading
        self._home = places.country
        self._asked = SentencePlaces(reading, places)
        self._entries = find_entries(reading)
        self._days = DayFinder(reading, self._entries)
        self._new = NewnessFinder(reading)

    def report(self, filled: Roles, status: Status, view: View) -> Report:
        """Return the trigger with its day, place and entry."""
        start = filled.trigger.start
        number = next(
            (i for i, e in enumerate(self._entries, 1) if e.start <= start < e.end), 0
        )
        entry = self._entries[number - 1] if number else None
        firm = entry if entry and entry.is_firm else None
        when, mention, dated_here = self._days.when(filled, status, view, firm)
        where = self._asked.place_of(filled, view)
        itself = dated_here and self._is_placed_here(where, view)  # told day and place
        referred = not itself and _is_of_what_was_told(self._reading, filled, view)
        home = where is None or number > 0 or self._is_home(where, filled)
        return Report(
            filled, status, view, filled.act, filled.trigger.form.strength, start,
            view.sentence.paragraph, when, mention, dated_here and not referred, where,
            self._is_placed_here(where, view), number if firm else 0, home,
            is_recap=any("recap" in cue.classes for cue in view.cues),
            is_timed=mention is not None and is_timed(self._reading, mention),
            entry=number, new=self._new.of(view, filled, where), is_referred=referred,
        )  # fmt: skip

    def _is_home(self, where: Located, filled: Roles) -> bool:
        """'Turkish warplanes bombed camps in northern Iraq': the country acts abroad."""
        doers = [s.party.country for s in filled.initiators if s.party]
        return self._home in {where.location.country, *doers}

    def _is_placed_here(self, where: Located | None, view: View) -> bool:
        """A place of the sentence itself, its dateline apart."""
        if where is None or not view.sentence.start <= where.start < view.sentence.end:
            return False
        if not is_of_the_act(self._reading, view, where):
            return False
        line = self._reading.dateline
        return line is None or not where.start < line.end <= where.end + 60


def _is_of_what_was_told(reading: Reading, filled: Roles, view: View) -> bool:
    """'arrested three men over the attack': both the attack and the arrest for it."""
    trigger = filled.trigger
    if not trigger.is_verb:
        return is_referred_to(reading.folded, view.sentence.start, trigger.start)
    return filled.act == "arrest" and any(
        is_referred_to(reading.folded, trigger.end, later.start)
        for later in view.triggers
        if later.start > trigger.end and not later.is_verb
    )


def _with_paragraph(report: Report, earlier: Sequence[Report]) -> Report:
    """Let a report know the day and place its paragraph was at."""
    same = _of_paragraph(earlier, report.paragraph)
    day = next((r.date for r in same if r.is_dated_here), None)
    where = next((r.place for r in same if r.is_placed_here), None)
    if report.date.basis != "publication" and day is None and not report.is_dated_here:
        at = report.date_mention
        if at is not None and not at.is_speech and _in_paragraph(at, report):
            day = report.date
    if where is None and _is_told_before(report):
        where = report.place
    if day is None and where is None:
        return report
    return changed(
        report,
        paragraph_date=None if report.is_dated_here else day,
        paragraph_place=None if report.is_placed_here else where,
    )


def _of_paragraph(earlier: Sequence[Report], paragraph: int) -> list[Report]:
    """Return the reports of the paragraph just read, the last one first."""
    return list(takewhile(lambda r: r.paragraph == paragraph, reversed(earlier)))


def _is_told_before(report: Report) -> bool:
    """'In Lubero town, fighters loaded their beds. Army units walked in.'"""
    at = report.place
    if at is None or at.location.latitude is None:
        return False
    if (at.location.geo_precision or _REGION) >= _REGION:
        return False
    return 0 <= report.view.sentence.start - at.end <= _PARAGRAPH_REACH


def _with_sentence(reports: Sequence[Report]) -> list[Report]:
    """Let a report know the place a later trigger of its own sentence is told at."""
    placed: dict[int, Located | None] = {}
    for report in reversed(reports):
        if report.is_placed_here:
            placed[report.view.sentence.index] = report.place
    return [
        changed(r, paragraph_place=placed[r.view.sentence.index])
        if not r.is_placed_here
        and r.paragraph_place is None
        and r.view.sentence.index in placed
        else r
        for r in reports
    ]


def _in_paragraph(mention: DateMention, report: Report) -> bool:
    return 0 <= report.view.sentence.start - mention.end <= _PARAGRAPH_REACH


def _in_its_paragraph(reading: Reading, report: Report) -> bool:
    """A day named in another paragraph says nothing of this one."""
    mention = report.date_mention
    if mention is None:
        return False
    return reading.view_at(mention.start).sentence.paragraph == report.paragraph


def is_old(reading: Reading, report: Report) -> bool:
    """Return whether the day of a report is out of CODEBOOK 2's window."""
    today = reading.context.today
    return (
        today is not None
        and report.date.end is not None
        and (report.date.end < today - RECENT)
    )


def _outdated(reading: Reading, report: Report) -> Status | None:
    today = reading.context.today
    day = report.date
    if today is None or day.start is None or day.end is None:
        return None
    if day.end < today - RECENT and _in_its_paragraph(reading, report):
        return replace(
            report.status, value=TemporalStatus.HISTORICAL, rule_id="R-STATUS-ACCOUNT"
        )
    if day.start > today + timedelta(days=1):
        return replace(
            report.status, value=TemporalStatus.FUTURE, rule_id="R-STATUS-FUTURE-DATE"
        )
    return None
