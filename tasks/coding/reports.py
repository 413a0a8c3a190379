"""Live triggers with their day and place; what turns out old or future leaves the count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tasks.coding.dates import DateMention, event_date
from tasks.coding.placing import Places
from tasks.coding.reading import Reading, View
from tasks.coding.roles import Roles
from tasks.coding.status import RECENT, Status
from tasks.geoparsing.values import Located
from tasks.model.coding import EventDate, TemporalStatus


@dataclass(frozen=True, slots=True)
class Report:
    """One live trigger with its slots, day and place."""

    roles: Roles
    status: Status
    view: View
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

    @property
    def act(self) -> str:
        """Return the kind of act, the method of an instrument included."""
        return self.roles.act

    @property
    def strength(self) -> int:
        """Return the trigger's strength."""
        return self.roles.trigger.form.strength

    @property
    def start(self) -> int:
        """Return where the trigger begins."""
        return self.roles.trigger.start

    @property
    def paragraph(self) -> int:
        """Return the paragraph the report stands in; 0 is the title."""
        return self.view.sentence.paragraph


Told = tuple[Roles, Status, View]


def make_reports(
    reading: Reading, places: Places, told: Sequence[Told]
) -> tuple[list[Report], list[Told]]:
    """Return the reports of the live triggers, and every trigger with its final status.

    A trigger whose day turns out to be long past (or to come) by the running account is
    no report: 'On 23 March 2019 … Some 160 people were killed.'
    """
    scopes = entry_scopes(reading)
    reports: list[Report] = []
    final: list[Told] = []
    for filled, status, view in told:
        if not status.is_live:
            final.append((filled, status, view))
            continue
        report = _report(reading, places, filled, status, view, scopes)
        outdated = _outdated(reading, report)
        if outdated is None:
            reports.append(_with_paragraph(report, reports))
            final.append((filled, status, view))
        else:
            final.append((filled, outdated, view))
    return reports, final


def entry_scopes(reading: Reading) -> list[tuple[int, int]]:
    """Return the spans of the entries of a round-up ('NIGER. Two engineers …')."""
    entries: list[tuple[int, int]] = []
    seen = 0
    for sentence in reading.sentences:
        if sentence.paragraph == seen or sentence.paragraph == 0:
            continue
        seen = sentence.paragraph
        head = sentence.text.rstrip(".:")
        if 3 <= len(head) <= 30 and head.isupper():
            if entries:
                entries[-1] = (entries[-1][0], sentence.start)
            entries.append((sentence.start, len(reading.text)))
    return entries if len(entries) >= 2 else []


def _report(
    reading: Reading,
    places: Places,
    filled: Roles,
    status: Status,
    view: View,
    scopes: Sequence[tuple[int, int]],
) -> Report:
    trigger = filled.trigger
    number = next(
        (i for i, (a, b) in enumerate(scopes, 1) if a <= trigger.start < b), 0
    )
    when, mention = event_date(
        reading.dates, trigger.start, trigger.end, reading.sentences, reading.context,
        folded=reading.folded, scope=scopes[number - 1] if number else None,
    )  # fmt: skip
    own = status.mention
    sentence = view.sentence
    here = mention is not None and sentence.start <= mention.start < sentence.end
    if own is not None and here and own.first and not own.is_future and own != mention:
        when = EventDate(
            own.first,
            own.last,
            own.time_precision,
            own.date_prec,
            own.mention,
            own.basis,
        )
        mention = own
    where = _place_of(reading, places, trigger.start, trigger.end)
    placed_here = where is not None and sentence.start <= where.start < sentence.end
    line = reading.dateline
    if (
        where is not None
        and line is not None
        and where.start < line.end <= where.end + 60
    ):
        placed_here = placed_here and where.start >= line.end
    spoken = mention is not None and (
        mention.is_speech or _follows_speech(reading, view, mention)
    )
    home = where is None or number > 0 or where.location.country == places.country
    return Report(
        filled, status, view, when, mention, here and not spoken, where, placed_here,
        number, home, is_recap=_is_recap(view),
    )  # fmt: skip


def _is_recap(view: View) -> bool:
    return any("recap" in cue.classes for cue in view.cues)


def _follows_speech(reading: Reading, view: View, mention: DateMention) -> bool:
    """'said on a YouTube channel on Wednesday that' dates the telling."""
    for cue in view.cues:
        if "speech" in cue.classes and 0 <= cue.start - mention.end <= 3:
            return True  # 'on Thursday commiserated'
        if "speech" not in cue.classes or not 0 <= mention.start - cue.end <= 60:
            continue
        if any(cue.end <= t.start < mention.start for t in view.triggers):
            continue
        after = reading.words_after(view, mention.end, 1)
        if after == ["that"] or mention.start - cue.end <= 12:
            return True
    return False


def _with_paragraph(report: Report, earlier: Sequence[Report]) -> Report:
    """Let a report know the day and place its paragraph was at."""
    same = [r for r in earlier if r.paragraph == report.paragraph]
    day = next((r.date for r in reversed(same) if r.is_dated_here), None)
    where = next((r.place for r in reversed(same) if r.is_placed_here), None)
    if report.date.basis != "publication" and day is None and not report.is_dated_here:
        at = report.date_mention
        paragraph = report.view.sentence.paragraph
        if at is not None and not at.is_speech and _in_paragraph(at, report, paragraph):
            day = report.date
    return replace(
        report,
        paragraph_date=None if report.is_dated_here else day,
        paragraph_place=None if report.is_placed_here else where,
    )


def _in_paragraph(mention: DateMention, report: Report, _paragraph: int) -> bool:
    return 0 <= report.view.sentence.start - mention.end <= 300


def _place_of(reading: Reading, places: Places, start: int, end: int) -> Located | None:
    """Return the trigger's place; 'Fano' in 'Fano fighters' is no town in Italy."""
    where = places.locate(start, end)
    if where is None:
        return None
    view = reading.view_at(where.start)
    for party in view.parties:
        if party.generic or party.start > where.start or where.end > party.end:
            continue
        if party.listed and party.force is None:
            return None
    return where


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
