"""The steps that several flows share, each a few tasks in order."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from prefect.utilities.annotations import quote

from tasks.aggregation.task import aggregate
from tasks.archiving.task import apply_retention
from tasks.coding.task import batch_key, code_batch, coder_version, load_batch
from tasks.derivation.task import link_articles
from tasks.extraction.task import EXTRACTOR_VERSION, ExtractionPool, extract_batch
from tasks.loading.task import warehouse_of
from tasks.model.articles import Extraction
from tasks.model.coding import CodedArticle
from tasks.progress import ticker
from tasks.publishing.task import publish_release
from tasks.reference.task import prepare_reference
from tasks.reporting.task import show_release, summarise, write_reports
from tasks.resolution.task import resolve_events
from tasks.retrieval.task import retrieve_twins
from tasks.run import Run
from warehouse.store import (
    StoredResponse,
    responses_between,
    unextracted_responses,
)

Counts = dict[str, Any]
_FOREVER = datetime.max.replace(tzinfo=UTC)


def code_new_pages(run: Run) -> Counts:
    """Code every archived page that is neither an article nor a reject yet.

    A page that holds no text but names an AMP or print twin is set aside; once the
    others are coded, the twins are retrieved and those pages coded with them.
    """
    limit = run.settings.max_articles_per_run
    return _code_pages(
        run, unextracted_responses(warehouse_of(run), limit), fetch_twins=True
    )


def code_day(run: Run, day: date) -> Counts:
    """Code again what was retrieved on one UTC day."""
    begin = datetime.combine(day, time(), tzinfo=UTC)
    found = responses_between(warehouse_of(run), begin, begin + timedelta(days=1))
    return _code_pages(run, found)


def code_archive(run: Run) -> Counts:
    """Code again everything the archive holds, whatever the ledger says of it."""
    begin = datetime.min.replace(tzinfo=UTC)
    found = responses_between(warehouse_of(run), begin, _FOREVER)
    return _code_pages(run, found, again=True)


def connect_reports(run: Run, *, everything: bool = False) -> Counts:
    """Join what the new articles report: copies into families, reports into events.

    `everything` joins all articles anew, not only the new ones.
    """
    return {
        **link_articles(run, everything=everything),
        **resolve_events(run, everything=everything),
    }


def publish_and_report(
    run: Run, summary: Counts, *, everything: bool = False
) -> Counts:
    """Aggregate, publish atomically, and write the report and the run's artifacts.

    `everything` renews all periods, not only those that events moved in.
    """
    apply_retention(run)
    aggregate(run, everything=everything)
    published = publish_release(run)
    report = write_reports(run)
    summarise(run, {**summary, "published": published})
    show_release(run)
    return {"published": published, "report": report}


def _code_pages(
    run: Run,
    responses: Sequence[StoredResponse],
    *,
    again: bool = False,
    fetch_twins: bool = False,
) -> Counts:
    """Extract, code and load; a load that is in the ledger is skipped unless `again`."""
    prepare_reference(run)
    counts = Counter(pages=len(responses), articles=0, rejects=0, mentions=0)
    with ExtractionPool(run.settings.extraction_workers) as pool:
        coding = _Coding(run, pool, counts, f":{run.run_id}" if again else "")
        waiting = _code_all(coding, responses, may_wait=fetch_twins)
        if waiting:
            twins = {w.item_id: w.twin_url for w in waiting}
            counts.update(retrieve_twins(run, twins))
            _code_all(coding, [w.page for w in waiting], may_wait=False)
    return dict(counts)


class _Coding(NamedTuple):
    run: Run
    pool: ExtractionPool
    counts: Counter[str]
    key_suffix: str  # makes ledger keys of this run's own


class _Waiting(NamedTuple):
    """A page that is coded once its twin has been asked for."""

    page: StoredResponse
    item_id: str
    twin_url: str


class _Coded(NamedTuple):
    """What was made of a batch, and its pages that wait for a twin."""

    ready: list[Extraction]
    coded: list[CodedArticle]
    waiting: list[_Waiting]


def _code_all(
    coding: _Coding, responses: Sequence[StoredResponse], *, may_wait: bool
) -> list[_Waiting]:
    waiting = []
    with ticker("coding pages", len(responses)) as tick:
        for pages in _batches(responses, coding.run.settings.load_size):
            waiting += _code_and_load(coding, pages, may_wait=may_wait, tick=tick)
    return waiting


def _code_and_load(
    coding: _Coding,
    pages: list[StoredResponse],
    *,
    may_wait: bool,
    tick: Callable[..., None],
) -> list[_Waiting]:
    """Code some batches and load them in one transaction; return the pages that wait."""
    run = coding.run
    if warehouse_of(run).is_committed(_key(coding, pages)):
        tick(len(pages))
        return []
    parts = []
    for batch in _batches(pages, run.settings.batch_size):
        parts.append(_code_batch(coding, batch, may_wait=may_wait))
        tick(len(batch))
    ready = [found for part in parts for found in part.ready]
    coded = [article for part in parts for article in part.coded]
    waiting = [page for part in parts for page in part.waiting]
    later = {w.page.archived.response_id for w in waiting}
    if ready:
        key = _key(coding, [s for s in pages if s.archived.response_id not in later])
        load_batch(run, key, quote(ready), quote(coded))
    coding.counts.update(
        articles=len(coded),
        rejects=len(ready) - len(coded),
        mentions=sum(len(c.mentions) for c in coded),
    )
    return waiting


def _code_batch(
    coding: _Coding, batch: list[StoredResponse], *, may_wait: bool
) -> _Coded:
    # quote(): Prefect must not walk through fifty articles to look for futures.
    found: list[Extraction] = extract_batch(coding.run, quote(batch), coding.pool)
    waiting = _wanting_twins(batch, found) if may_wait else []
    later = {w.page.archived.response_id for w in waiting}
    ready = [e for e in found if e.reject is None or e.reject.response_id not in later]
    articles = [e.article for e in ready if e.article is not None]
    return _Coded(ready, code_batch(coding.run, quote(articles)), waiting)


def _wanting_twins(
    batch: Sequence[StoredResponse], found: Sequence[Extraction]
) -> list[_Waiting]:
    """Return the pages that a twin may mend; imported ones have no item and never ask."""
    urls = {
        e.reject.response_id: e.twin_url
        for e in found
        if e.reject is not None and e.twin_url is not None
    }
    return [
        _Waiting(page, page.item_id, url)
        for page in batch
        if page.item_id is not None and (url := urls.get(page.archived.response_id))
    ]


def _key(coding: _Coding, pages: Sequence[StoredResponse]) -> str:
    ids = [page.archived.response_id for page in pages]
    return batch_key(ids, EXTRACTOR_VERSION, coder_version()) + coding.key_suffix


def _batches(
    responses: Sequence[StoredResponse], size: int
) -> Iterator[list[StoredResponse]]:
    for start in range(0, len(responses), size):
        yield list(responses[start : start + size])
