"""Live triggers with their day and place; what turns out old or future leaves the count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile

from tasks.coding.dates.governing import is_referred_to
from tasks.coding.dates.resolve import DateMention, event_date
from tasks.coding.reading.document import Reading, View
from tasks.coding.reading.entries import Entry, find_entries
from tasks.coding.reading.placing import Places, SentencePlaces
from tasks.coding.roles.roles import Roles
from tasks.coding.stories.asides import (
    dates_a_late_death,
    is_of_the_act,
    is_told_as_past,
)
from tasks.coding.stories.dated_words import (
    dates_a_finding,
    follows_speech,
    is_counted,
    is_timed,
)
from tasks.coding.stories.status import RECENT, Status
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

    def report(self, filled: Roles, status: Status, view: View) -> Report:
        """Return the trigger with its day, place and entry."""
        start = filled.trigger.start
        number = next(
            (i for i, e in enumerate(self._entries, 1) if e.start <= start < e.end), 0
        )
        entry = self._entries[number - 1] if number else None
        firm = entry if entry and entry.is_firm else None
        referred = _is_of_what_was_told(self._reading, filled, view)
        when, mention, dated_here = self._when(filled, status, view, firm)
        where = self._asked.place_of(filled, view)
        home = where is None or number > 0 or where.location.country == self._home
        return Report(
            filled, status, view, filled.act, filled.trigger.form.strength, start,
            view.sentence.paragraph, when, mention, dated_here and not referred, where,
            self._is_placed_here(where, view), number if firm else 0, home,
            is_recap=any("recap" in cue.classes for cue in view.cues),
            is_timed=mention is not None and is_timed(self._reading, mention),
            entry=number, is_referred=referred,
        )  # fmt: skip

    def _when(
        self, filled: Roles, status: Status, view: View, entry: Entry | None
    ) -> tuple[EventDate, DateMention | None, bool]:
        """Return the day, its words, and whether they date the act in this sentence."""
        reading, trigger = self._reading, filled.trigger
        when, mention = event_date(
            reading.dates, trigger.start, trigger.end, reading.sentences, reading.context,
            folded=reading.folded, scope=_scope_of(filled, reading, entry),
        )  # fmt: skip
        own = status.mention
        if own is not None and own.is_future and own.basis == "weekday":
            shifted = self._not_ahead(_as_date(own), own, filled)
            if shifted.start != own.first:
                return shifted, own, True
        if mention is None:
            day = self._day_of_all(entry)
            return (when, None, False) if day is None else (_as_date(day), day, False)
        here = view.sentence.start <= mention.start < view.sentence.end
        named = filled.clause is None or not _is_within(mention, filled.clause)
        dates = (
            own is not None and own.first is not None and own.basis != "year"
        )  # 'its sixth attack this year'
        if own is not None and here and named and dates and not own.is_future:
            when, mention = _as_date(own), own
        when = self._not_ahead(when, mention, filled)
        spoken = here and (
            mention.is_speech
            or follows_speech(reading, view, mention)
            or dates_a_finding(reading, view, mention)
            or dates_a_late_death(reading, view, mention)
            or is_told_as_past(reading, view, trigger.start, mention)
            or is_counted(reading, view, filled)
        )
        return when, mention, here and not spoken

    def _day_of_all(self, entry: Entry | None) -> DateMention | None:
        """'Following are developments on Wednesday': the day of entries that tell none."""
        if entry is None:
            return None
        first = self._entries[0].start
        told = (
            m for m in self._reading.dates if m.end <= first and m.time_precision == 1
        )
        days = [
            m for m in told if not (m.is_future or m.is_open or m.basis == "dateline")
        ]
        return days[-1] if days else None

    def _not_ahead(
        self, when: EventDate, mention: DateMention, filled: Roles
    ) -> EventDate:
        """A weekday told in the past tense is the last one, whatever 'to be' stands by."""
        today, trigger = self._reading.context.today, filled.trigger
        past = trigger.is_verb and trigger.form.tense in {"past", "part"}
        if today is None or mention.basis != "weekday" or not past:
            return when
        if when.start is None or when.end is None or when.start <= today:
            return when
        week = timedelta(days=7)
        return replace(when, start=when.start - week, end=when.end - week)

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


def _is_within(mention: DateMention, clause: tuple[int, int]) -> bool:
    return clause[0] <= mention.start < clause[1]


def _scope_of(
    filled: Roles, reading: Reading, entry: Entry | None
) -> tuple[int, int] | None:
    """Return where the day is told: the clause that names one, else the entry, else all."""
    clause = filled.clause
    if clause and any(_is_within(m, clause) for m in reading.dates):
        return clause
    return (entry.start, entry.end) if entry else None


def _as_date(mention: DateMention) -> EventDate:
    return EventDate(
        mention.first, mention.last, mention.time_precision, mention.date_prec,
        mention.mention, mention.basis,
    )  # fmt: skip


def _with_paragraph(report: Report, earlier: Sequence[Report]) -> Report:
    """Let a report know the day and place its paragraph was at."""
    same = _of_paragraph(earlier, report.paragraph)
    day = next((r.date for r in same if r.is_dated_here), None)
    where = next((r.place for r in same if r.is_placed_here), None)
    if report.date.basis != "publication" and day is None and not report.is_dated_here:
        at = report.date_mention
        paragraph = report.view.sentence.paragraph
        if at is not None and not at.is_speech and _in_paragraph(at, report, paragraph):
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


def _in_paragraph(mention: DateMention, report: Report, _paragraph: int) -> bool:
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
