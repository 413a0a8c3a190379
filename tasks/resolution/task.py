"""Prefect boundary of resolution: touched mentions, with their neighbours, become events."""

from collections import Counter
from collections.abc import Collection

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.loading.load_events import load_resolution
from tasks.loading.task import warehouse_of
from tasks.resolution.blocking import BlockKey, close_over
from tasks.resolution.contexts import RETOLD, MentionContext
from tasks.resolution.resolve import Resolution, resolve
from tasks.resolution.revisions import StoredEvent, revise
from tasks.run import Run
from warehouse.connect import Warehouse
from warehouse.store_articles import (
    StoredMention,
    event_revision_numbers,
    events_by_id,
    events_of_mentions,
    mentions_by_id,
    mentions_in_blocks,
)
from warehouse.store_touched import RESOLUTION, all_mentions, mentions_to_resolve

_CHUNK = 20_000  # mentions per transaction when everything is resolved again


@task(name="resolve events", cache_policy=NO_CACHE)
def resolve_events(run: Run, *, everything: bool = False) -> dict[str, int]:
    """Join the touched mentions and all they may belong with into events; keep revisions.

    `everything` takes all mentions as touched.
    """
    warehouse = warehouse_of(run)
    figures = Counter[str]()
    with warehouse.session():
        if everything:
            ids, size = all_mentions(warehouse), _CHUNK
        else:
            ids = mentions_to_resolve(warehouse)
            size = max(1, len(ids))  # a night is one transaction
        for start in range(0, max(1, len(ids)), size):
            figures.update(_resolve(run, warehouse, ids[start : start + size], start))
    get_run_logger().info("mentions=%d %s", len(ids), dict(figures))
    return {"resolved mentions": len(ids), **figures}


def _resolve(
    run: Run, warehouse: Warehouse, ids: list[str], start: int
) -> dict[str, int]:
    touched = mentions_by_id(warehouse, ids)
    contexts = [_context(stored) for stored in touched]
    closed = close_over(contexts, lambda keys: _blocks(warehouse, keys))
    key = f"resolve:{run.run_id}" + (f":{start}" if start else "")
    return _load(run, warehouse, resolve(closed), touched, key)


def _blocks(warehouse: Warehouse, keys: Collection[BlockKey]) -> list[MentionContext]:
    stored = mentions_in_blocks(warehouse, [(k.country, k.day) for k in keys])
    return [_context(row) for row in stored]


def _load(
    run: Run,
    warehouse: Warehouse,
    resolution: Resolution,
    touched: list[StoredMention],
    key: str,
) -> dict[str, int]:
    known_at = run.now()
    ids = {e.event_id for e in resolution.events}
    held = {link.mention_id for link in resolution.links}
    before = {s.event_id for s in touched if s.event_id is not None}
    before |= events_of_mentions(warehouse, sorted(held))
    previous = _stored_events(warehouse, sorted(ids | before))
    changes = revise(previous, resolution, known_at)
    with warehouse.transaction(key, run.run_id, stage=RESOLUTION) as tx:
        load_resolution(
            tx,
            events=resolution.events,
            revisions=changes.revisions,
            redirects=changes.redirects,
            links=resolution.links,
            known_at=known_at,
        )
    created = sum(r.changed_field == "created" for r in changes.revisions)
    revised = {r.event_id for r in changes.revisions if r.changed_field != "created"}
    return {
        "new events": created,
        "revised events": len(revised),
        "merged events": len(changes.redirects),
    }


def _stored_events(warehouse: Warehouse, ids: list[str]) -> list[StoredEvent]:
    numbers = event_revision_numbers(warehouse, ids)
    events = events_by_id(warehouse, ids)
    return [StoredEvent(event, numbers[event.event_id]) for event in events]


def _context(stored: StoredMention) -> MentionContext:
    lineage = stored.lineage or "origin"
    is_agency = stored.wire_credit is not None and lineage == "origin"
    return MentionContext(
        mention=stored.mention,
        publisher=stored.publisher,
        published_at=stored.published_at,
        first_seen_at=stored.first_seen_at,
        canonical_url=stored.canonical_url,
        family_id=stored.family_id or stored.canonical_url,
        lineage=lineage,
        authority=2 if is_agency else 0 if lineage in RETOLD else 1,
    )
