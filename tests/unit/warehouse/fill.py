"""Loads a small night into a warehouse, as the flows do."""

from dataclasses import replace
from datetime import datetime

from tasks.loading.load import (
    load_articles,
    load_coded,
    load_derivation,
    load_feeds,
    load_polls,
    load_rejects,
    load_responses,
)
from tasks.loading.load_events import load_resolution
from tests.unit.warehouse import make
from warehouse.connect import Warehouse


def fill(
    warehouse: Warehouse,
    count: int = 3,
    *,
    run_id: str = "run-1",
    at: datetime = make.NOW,
) -> None:
    """Load `count` articles with one event each, plus one page that failed."""
    numbers = range(1, count + 1)
    items = [make.item(n) for n in range(1, count + 2)]
    with warehouse.transaction(f"{run_id}:polls", run_id) as tx:
        load_feeds(tx, [make.feed(), make.feed("Quiet Post")])
        load_polls(tx, [make.outcome(*items, polled_at=at)])
    with warehouse.transaction(f"{run_id}:batch", run_id) as tx:
        load_responses(tx, [(make.response(n), make.item(n)) for n in numbers])
        load_rejects(tx, [make.fetch_reject(count + 1)], at)
        load_articles(tx, [make.article(n) for n in numbers], at)
        load_coded(tx, [make.coded(n) for n in numbers], at)
        load_derivation(
            tx,
            [make.lineage(n, parent=1 if n == 2 else None) for n in numbers],
            [make.mutation(2, 1)] if count > 1 else [],
            [make.story(n) for n in numbers],
        )
        load_resolution(
            tx,
            events=[replace(make.event(n), known_at=at) for n in numbers],
            revisions=[make.created(n, at) for n in numbers],
            redirects=[],
            links=[make.link(n) for n in numbers],
            known_at=at,
        )
