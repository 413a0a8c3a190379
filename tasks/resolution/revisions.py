"""What a new resolution changes in the stored events: revisions, redirects, retirements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tasks.model.coding import Actor, EventMention
from tasks.model.events import EventRedirect, EventRevision, ResolvedEvent
from tasks.resolution.resolve import Resolution

CREATED = "created"
MERGED = "merged"
EARLIER_REPORT = "earlier_report"
COUNT = "count"  # a figure about the reports, not from one


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A current event as stored, with its newest revision number (1 = created)."""

    event: ResolvedEvent
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Revisions:
    """Rows to write after a resolution.

    revisions: new rows; where an earlier open row names the same event and field, it
    ends (valid_to) where the new one begins.
    redirects: losing ids; keep pointing earlier redirects at the surviving id.
    retired: ids that no report supports any more; the rows stay, marked withdrawn.
    """

    revisions: tuple[EventRevision, ...] = ()
    redirects: tuple[EventRedirect, ...] = ()
    retired: tuple[str, ...] = ()


def revise(
    previous: Sequence[StoredEvent], resolution: Resolution, known_at: datetime
) -> Revisions:
    """Compare stored current events with the resolution that replaces them.

    `previous` holds every stored event with a mention among the resolved ones, and any
    stored event under an id the resolution uses. Nothing changed gives no row.
    """
    stored = {s.event.event_id: s for s in previous}
    home = {m: e.event_id for e in resolution.events for m in e.mention_ids}
    heirs = {
        old: heir
        for old in sorted(stored)
        if old not in {e.event_id for e in resolution.events}
        and (heir := _heir(stored[old].event, home)) is not None
    }
    revisions: list[EventRevision] = []
    for event in resolution.events:
        held = stored.get(event.event_id) or _inherited(event, heirs, stored)
        revisions += _changes(held, event, known_at)
    gone = sorted(
        stored.keys() - {e.event_id for e in resolution.events} - heirs.keys()
    )
    return Revisions(
        revisions=tuple(revisions),
        redirects=tuple(
            _redirect(stored[old].event, heirs[old], stored, known_at) for old in heirs
        ),
        retired=tuple(gone),
    )


def _heir(old: ResolvedEvent, home: dict[str, str]) -> str | None:
    """Return the event that holds most of the old event's mentions."""
    homes = [home[m] for m in old.mention_ids if m in home]
    return max(sorted(set(homes)), key=homes.count, default=None)


def _inherited(
    event: ResolvedEvent, heirs: dict[str, str], stored: dict[str, StoredEvent]
) -> StoredEvent | None:
    """Return the stored event that lives on under the new id, if any.

    An earlier report that arrives late changes the id; the history goes on under it.
    """
    old = [stored[o] for o, heir in heirs.items() if heir == event.event_id]
    return max(
        old, key=lambda s: (s.event.num_mentions, s.event.event_id), default=None
    )


def _redirect(
    old: ResolvedEvent, heir: str, stored: dict[str, StoredEvent], at: datetime
) -> EventRedirect:
    reason = MERGED if heir in stored else EARLIER_REPORT
    return EventRedirect(old.event_id, heir, at, reason)


def _changes(
    held: StoredEvent | None, event: ResolvedEvent, known_at: datetime
) -> Iterable[EventRevision]:
    if held is None:
        yield _row(event, 1, known_at, _Change(CREATED, None, event.event_id, CREATED))
        return
    cause = _cause(held.event, event)
    for change in _changed_fields(held.event, event):
        yield _row(event, held.revision + 1, known_at, change, cause)


class _Change(NamedTuple):
    field: str
    old: str | None
    new: str | None
    rule: str


def _changed_fields(before: ResolvedEvent, after: ResolvedEvent) -> Iterable[_Change]:
    if before.event_id != after.event_id:
        yield _Change("event_id", before.event_id, after.event_id, EARLIER_REPORT)
    old, new, rules = snapshot(before), snapshot(after), dict(after.field_rules)
    for field, value in new.items():
        if old.get(field) != value:
            rule = rules.get(_RULE_FIELDS.get(field, field), COUNT)
            yield _Change(field, old.get(field), value, rule)


def _cause(before: ResolvedEvent, after: ResolvedEvent) -> str:
    """Return the latest report that the event did not have before."""
    fresh = [m for m in after.mention_ids if m not in before.mention_ids]
    return (fresh or list(after.mention_ids))[-1]


def _row(
    event: ResolvedEvent,
    revision: int,
    at: datetime,
    change: _Change,
    cause: str | None = None,
) -> EventRevision:
    return EventRevision(
        event_id=event.event_id,
        revision=revision,
        valid_from=at,
        valid_to=None,
        changed_field=change.field,
        old_value=change.old,
        new_value=change.new,
        rule_id=change.rule,
        mention_id=cause or event.mention_ids[0],
    )


_RULE_FIELDS = {
    "sub_event_type": "event_type",
    "actor1": "actors",
    "actor2": "actors",
    "responsibility_by": "responsibility",
    "geo_precision": "location",
    "fatalities_low": "fatalities",
    "fatalities_best": "fatalities",
    "fatalities_high": "fatalities",
}


def snapshot(event: ResolvedEvent) -> dict[str, str | None]:
    """Return the published fields of an event as text, the unit of revision."""
    coded = event.coded
    return {
        "event_type": coded.event_type,
        "sub_event_type": coded.sub_event_type,
        "event_date": _span(coded),
        "location": coded.location.name,
        "geo_precision": _text(coded.location.geo_precision),
        "actor1": _names(coded.side1),
        "actor2": _names(coded.side2),
        "fatalities_low": str(coded.fatalities.low),
        "fatalities_best": _text(coded.fatalities.best),
        "fatalities_high": _text(coded.fatalities.high),
        "responsibility": coded.responsibility_status,
        "responsibility_by": coded.responsibility_by,
        "num_mentions": str(event.num_mentions),
        "num_sources": str(event.num_sources),
        "independent_origins": str(event.independent_origins),
        "is_disputed": str(event.is_disputed).lower(),
    }


def _span(coded: EventMention) -> str | None:
    dates = coded.event_date
    return f"{dates.start}/{dates.end}" if dates.start else None


def _names(side: tuple[Actor, ...]) -> str | None:
    return "; ".join(a.name for a in side) or None


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
