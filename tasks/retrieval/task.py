"""Prefect boundary of retrieval: pending items in, their pages archived and recorded."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archiving.segments import SegmentWriter
from tasks.http.client import HttpClient, policy_from_settings
from tasks.loading import load
from tasks.loading.task import warehouse_of
from tasks.model.articles import Reject
from tasks.model.feeds import FeedItem, FetchedResponse
from tasks.progress import ticker
from tasks.retrieval.retrieve import retrieve_articles
from tasks.run import Run
from warehouse.store import items_by_id, pending_items

_FLUSH = 200  # pages held in memory before they are archived ...
_FLUSH_BYTES = 64_000_000  # ... or this much of them

Retrieved = tuple[FeedItem, FetchedResponse | Reject]
_Answer = tuple[FetchedResponse, str, FeedItem | None]  # the string is the kind


@task(name="retrieve articles", cache_policy=NO_CACHE)
def retrieve_pending(run: Run) -> dict[str, int]:
    """Retrieve the pages of items that have none; return counts of pages and rejects."""
    items = pending_items(
        warehouse_of(run), run.settings.max_articles_per_run, run.now()
    )
    counts = asyncio.run(_retrieve(run, items, _Kind("article")))
    get_run_logger().info("articles retrieved %s", dict(counts))
    return dict(counts)


@task(name="retrieve twins", cache_policy=NO_CACHE)
def retrieve_twins(run: Run, wanted: Mapping[str, str]) -> dict[str, int]:
    """Retrieve, for items whose page held no text, the page's twin; return counts.

    `wanted` is item_id -> address. One request each, under the rules of any article;
    what fails stays the reject that the page is.
    """
    items = items_by_id(warehouse_of(run), list(wanted))
    asked = [replace(item, url=wanted[item.item_id]) for item in items.values()]
    counts = asyncio.run(_retrieve(run, asked, _Kind("twin", items)))
    get_run_logger().info("twins retrieved %s", dict(counts))
    return {"twins asked": len(asked), "twins retrieved": counts["pages"]}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is retrieved, and for a twin the items as their feeds gave them."""

    name: str  # 'article' | 'twin'
    items: Mapping[str, FeedItem] | None = None


async def _retrieve(run: Run, items: Sequence[FeedItem], kind: _Kind) -> Counter[str]:
    counts: Counter[str] = Counter(pending=len(items), pages=0, rejects=0)
    waiting: list[Retrieved] = []
    answers: list[_Answer] = []  # what is no page: robots.txt, and answers such as 404
    held = 0
    settings = run.settings
    async with HttpClient(policy_from_settings(settings), now=run.clock) as client:
        with ticker(f"retrieving {kind.name}s", len(items)) as tick:
            async for item, result in retrieve_articles(
                items,
                client,
                run.clock,
                concurrency=settings.fetch_concurrency,
                max_bytes=settings.max_page_bytes,
                total_timeout_s=settings.article_timeout_s,
                keep=lambda *answer: answers.append(answer),
            ):
                counts["rejects" if isinstance(result, Reject) else "pages"] += 1
                waiting.append((item, result))
                held += len(result.body) if isinstance(result, FetchedResponse) else 0
                tick()
                if len(waiting) >= _FLUSH or held >= _FLUSH_BYTES:
                    _record(run, waiting, answers, kind, counts.total())
                    waiting, held = [], 0
                    answers.clear()
    _record(run, waiting, answers, kind, counts.total())
    return counts


def _record(  # archive first, then load: what the warehouse knows, the archive holds
    run: Run,
    retrieved: Sequence[Retrieved],
    answers: Sequence[_Answer],
    kind: _Kind,
    part: int,
) -> None:
    if not retrieved:
        return
    name = "pages" if kind.items is None else "twins"
    pages: list[_Answer] = [
        (result, kind.name, item)
        for item, result in retrieved
        if isinstance(result, FetchedResponse)
    ]
    with SegmentWriter(run.settings.archive_dir, f"{run.run_id}-{name}") as archive:
        archived = []
        for response, its_kind, item in (*pages, *answers):
            given = (
                item if item is None or kind.items is None else kind.items[item.item_id]
            )
            archived.append((archive.add(response, its_kind, given), given))
    rejects = [result for _, result in retrieved if isinstance(result, Reject)]
    key = f"{name}:{run.run_id}:{part}"
    with warehouse_of(run).transaction(key, run.run_id) as tx:
        load.load_responses(tx, archived)
        if kind.items is None:
            load.load_rejects(tx, rejects, run.now())
