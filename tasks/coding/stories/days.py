"""When a trigger happened: the day told of it, and whether its own sentence tells it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tasks.coding.dates.link import counts_from
from tasks.coding.dates.resolve import DateMention, event_date
from tasks.coding.reading.document import Reading, View
from tasks.coding.reading.entries import Entry
from tasks.coding.roles.roles import Roles
from tasks.coding.stories.asides import dates_a_late_death, is_told_as_past
from tasks.coding.stories.dated_words import dates_a_finding, follows_speech, is_counted
from tasks.coding.stories.status import Status
from tasks.model.coding import EventDate


class DayFinder:
    """Dates the triggers of one document."""

    def __init__(self, reading: Reading, entries: Sequence[Entry]) -> None:
        self._reading = reading
        self._entries = entries

    def when(
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
        kept = own is not None and (counts_from(mention, own) or own.is_open)
        if own is not None and here and named and dates and not (own.is_future or kept):
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
