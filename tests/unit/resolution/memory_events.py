"""A store of mentions and events in memory, run night by night as the flow does."""

import random
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from tasks.model.events import EventRedirect, EventRevision, ResolvedEvent
from tasks.resolution.blocking import BlockKey, close_over, home_key
from tasks.resolution.contexts import MentionContext
from tasks.resolution.resolve import resolve
from tasks.resolution.revisions import Revisions, StoredEvent, revise


class MemoryEvents:
    """Mentions, current events, revisions and redirects."""

    def __init__(self) -> None:
        self.mentions: dict[str, MentionContext] = {}
        self.current: dict[str, StoredEvent] = {}
        self.revisions: list[EventRevision] = []
        self.redirects: dict[str, EventRedirect] = {}
        self.retired: set[str] = set()
        self.loaded = 0

    def night(
        self,
        new: Iterable[MentionContext],
        known_at: datetime,
        touched: Sequence[str] = (),
    ) -> Revisions:
        """Add mentions, resolve what they touch, keep every revision."""
        fresh = list(new)
        closed = close_over(fresh, self._load, touched_ids=touched)
        self.mentions |= {c.mention.mention_id: c for c in fresh}
        resolution = resolve(closed)
        held = {m for e in resolution.events for m in e.mention_ids}
        previous = [
            s
            for s in self.current.values()
            if held & set(s.event.mention_ids)
            or s.event.event_id in {e.event_id for e in resolution.events}
        ]
        changes = revise(previous, resolution, known_at)
        self._write(resolution.events, previous, changes)
        return changes

    def table(self) -> dict[str, ResolvedEvent]:
        """Return the current events by id."""
        return {key: stored.event for key, stored in sorted(self.current.items())}

    def resolve_id(self, event_id: str) -> str:
        """Follow redirects to the id that holds now."""
        while event_id in self.redirects:
            event_id = self.redirects[event_id].event_id
        return event_id

    def _load(self, keys: Collection[BlockKey]) -> list[MentionContext]:
        wanted = set(keys)
        found = [c for c in self.mentions.values() if home_key(c) in wanted]
        self.loaded += len(found)
        return found

    def _write(
        self,
        events: Sequence[ResolvedEvent],
        previous: Sequence[StoredEvent],
        changes: Revisions,
    ) -> None:
        numbers = {r.event_id: r.revision for r in changes.revisions}
        before = {s.event.event_id: s.revision for s in previous}
        for stored in previous:
            self.current.pop(stored.event.event_id)
        for event in events:
            key = event.event_id
            revision = numbers.get(key, before.get(key, 1))
            self.current[key] = StoredEvent(event, revision)
            self.redirects.pop(key, None)
        self.revisions += changes.revisions
        self.redirects |= {r.old_event_id: r for r in changes.redirects}
        self.retired |= set(changes.retired)


def shuffled(items: Sequence[MentionContext], seed: int) -> list[MentionContext]:
    """Return the items in an order fixed by the seed."""
    order = list(items)
    random.Random(seed).shuffle(order)
    return order
