"""Prefect boundary of derivation: new articles find their family and their story."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import NamedTuple

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.derivation.bands import day_number
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import (
    children_to_rederive,
    load_neighbourhood,
    store_bands,
)
from tasks.derivation.records import TextRecord, text_record
from tasks.derivation.stories import OPEN_DAYS, Story, StoryResult, cluster_stories
from tasks.loading import load
from tasks.loading.task import warehouse_of
from tasks.progress import track
from tasks.run import Run
from warehouse.connect import Warehouse
from warehouse.store_articles import articles_by_id
from warehouse.store_touched import (
    DERIVATION,
    articles_already_in_stories,
    articles_to_link,
    articles_to_link_again,
)
from warehouse.stories import StoryRow, replace_stories, select_open_stories

_CHUNK = 1_000  # articles per transaction: memory stays flat in a large back-fill


class _Night(NamedTuple):
    run: Run
    warehouse: Warehouse


@task(name="link near-copies", cache_policy=NO_CACHE)
def link_articles(run: Run, *, everything: bool = False) -> dict[str, int]:
    """Find copies, rewrites and briefs among and around the new articles; group stories.

    `everything` forgets what was found and looks at all articles again; a story that
    an article has stays its story.
    """
    derived = 0
    warehouse = warehouse_of(run)
    with warehouse.session():
        night = _Night(run, warehouse)
        ids = articles_to_link(warehouse)
        if everything:
            ids = articles_to_link_again(warehouse)
            _forget(night, ids)
        starts = range(0, len(ids), _CHUNK)
        for start in track(starts, "linking articles", len(starts)):
            derived += _link(night, ids[start : start + _CHUNK])
    get_run_logger().info("articles=%d derived=%d", len(ids), derived)
    return {"linked articles": len(ids), "derived articles": derived}


def _forget(night: _Night, ids: list[str]) -> None:
    key = f"forget:{night.run.run_id}"
    with night.warehouse.transaction(key, night.run.run_id, stage=DERIVATION) as tx:
        for table in ("core.article_lineage", "core.mutation", "core.text_band"):
            tx.execute(
                f"DELETE FROM {table} WHERE article_id IN "
                "(SELECT unnest(?::VARCHAR[]))",
                [ids],
            )


def _link(night: _Night, ids: list[str]) -> int:
    """Link one chunk in one transaction; return how many texts derive from another."""
    with night.warehouse.session() as connection:
        articles = articles_by_id(night.warehouse, ids)
        records = [text_record(article) for article in articles]
        records += children_to_rederive(connection, ids)
        prepared = prepare(records)
        hood = load_neighbourhood(
            connection,
            prepared.bands,
            window_days=night.run.settings.neighbour_days,
        )
        result = derive(prepared, hood)
        stories = _cluster(night, [r for r in records if r.article_id in set(ids)])
        key = f"link:{night.run.run_id}:{ids[0]}"
        with night.warehouse.transaction(key, night.run.run_id, stage=DERIVATION) as tx:
            # Bands first: an article without a lineage has none stored to look for.
            store_bands(tx.connection, result.bands)
            load.load_derivation(
                tx, result.lineage, result.mutations, stories.members, result.rederived
            )
            replace_stories(tx.connection, [_row(s) for s in stories.stories])
    return sum(row.parent_article_id is not None for row in result.lineage)


def _cluster(night: _Night, records: Sequence[TextRecord]) -> StoryResult:
    placed = articles_already_in_stories(
        night.warehouse, [r.article_id for r in records]
    )
    new = [r for r in records if r.article_id not in placed]
    if not new:
        return StoryResult()
    days = [day_number(r.moment) for r in new]
    with night.warehouse.session() as connection:
        rows = select_open_stories(
            connection, min(days) - OPEN_DAYS, max(days) + OPEN_DAYS
        )
    return cluster_stories(new, list(_stories(rows)))


def _stories(rows: Iterable[StoryRow]) -> Iterable[Story]:
    return (Story(*astuple(row)) for row in rows)


def _row(story: Story) -> StoryRow:
    return StoryRow(*astuple(story))
