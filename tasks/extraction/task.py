"""Prefect boundary of extraction: a batch of archived pages becomes articles."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archiving.errors import BodyDropped
from tasks.archiving.segments import read_many, read_one
from tasks.extraction.extract import EXTRACTOR_VERSION
from tasks.extraction.workers import ExtractionPool, PageInput
from tasks.feeds import load_feeds
from tasks.loading.task import warehouse_of
from tasks.model.articles import ArchivedResponse, Extraction
from tasks.model.feeds import Feed, FetchedResponse
from tasks.run import Run
from warehouse.store import StoredResponse, items_by_id, twins_of

__all__ = ["EXTRACTOR_VERSION", "ExtractionPool", "extract_batch"]


@task(name="extract", cache_policy=NO_CACHE)
def extract_batch(
    run: Run, batch: Sequence[StoredResponse], pool: ExtractionPool
) -> list[Extraction]:
    """Return one extraction per response, in order; a bad page is a reject.

    A page without a text is read again with its twin, if that is in the archive.
    """
    pages = _pages(run, batch)
    extractions = _mend(run, pages, pool.extract(pages), pool)
    rejected = sum(e.reject is not None for e in extractions)
    get_run_logger().info("pages=%d rejected=%d", len(pages), rejected)
    return extractions


def _mend(
    run: Run,
    pages: Sequence[PageInput],
    extractions: list[Extraction],
    pool: ExtractionPool,
) -> list[Extraction]:
    wanted = {
        page.response_id: found.twin_url
        for page, found in zip(pages, extractions, strict=True)
        if found.twin_url is not None and page.response_id is not None
    }
    twins = twins_of(warehouse_of(run), wanted)
    if not twins:
        return extractions
    archive = run.settings.archive_dir
    again = [
        replace(page, twin=twin)
        for page in pages
        if page.response_id in twins
        and (twin := _read_or_none(archive, twins[page.response_id].archived))
    ]
    mended = dict(
        zip((page.response_id for page in again), pool.extract(again), strict=True)
    )
    return [
        mended.get(page.response_id, found)
        for page, found in zip(pages, extractions, strict=True)
    ]


def _pages(run: Run, batch: Sequence[StoredResponse]) -> list[PageInput]:
    feeds: dict[str, Feed] = {f.feed_url: f for f in load_feeds(run.settings.feeds)}
    ids = [stored.item_id for stored in batch if stored.item_id]
    items = items_by_id(warehouse_of(run), ids)
    pages = []
    for stored, response in zip(batch, _responses(run, batch), strict=True):
        if response is None:
            continue
        item = items.get(stored.item_id) if stored.item_id else None
        pages.append(
            PageInput(
                response=response,
                item=item,
                feed=feeds.get(item.feed_url) if item else None,
                first_seen_at=stored.archived.retrieved_at,
                response_id=stored.archived.response_id,
            )
        )
    return pages


def _responses(
    run: Run, batch: Sequence[StoredResponse]
) -> Sequence[FetchedResponse | None]:
    """Return the archived responses; None where the retention setting dropped the body."""
    archive, wanted = run.settings.archive_dir, [s.archived for s in batch]
    try:
        return list(read_many(archive, wanted))
    except BodyDropped:
        return [_read_or_none(archive, archived) for archived in wanted]


def _read_or_none(archive: Path, archived: ArchivedResponse) -> FetchedResponse | None:
    try:
        return read_one(archive, archived)
    except BodyDropped:
        return None
