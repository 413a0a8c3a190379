"""The steps that several flows share, each a few tasks in order."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from prefect.utilities.annotations import quote

from tasks.aggregation.task import aggregate
from tasks.archiving.task import apply_retention
from tasks.coding.task import batch_key, code_batch, coder_version, load_batch
from tasks.derivation.task import link_articles
from tasks.extraction.task import EXTRACTOR_VERSION, ExtractionPool, extract_batch
from tasks.loading.task import warehouse_of
from tasks.model.articles import Extraction
from tasks.progress import track
from tasks.publishing.task import publish_release
from tasks.reference.task import prepare_reference
from tasks.reporting.task import summarise, write_reports
from tasks.resolution.task import resolve_events
from tasks.run import Run
from warehouse.store import (
    StoredResponse,
    responses_between,
    unextracted_responses,
)

Counts = dict[str, Any]
_FOREVER = datetime.max.replace(tzinfo=UTC)


def code_new_pages(run: Run) -> Counts:
    """Code every archived page that is neither an article nor a reject yet."""
    limit = run.settings.max_articles_per_run
    return _code_pages(run, unextracted_responses(warehouse_of(run), limit))


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
    return {"published": published, "report": report}


def _code_pages(
    run: Run, responses: Sequence[StoredResponse], *, again: bool = False
) -> Counts:
    """Extract, code and load in batches; a batch in the ledger is skipped unless `again`."""
    prepare_reference(run)
    counts = {"pages": len(responses), "articles": 0, "rejects": 0, "mentions": 0}
    batches = list(_batches(responses, run.settings.batch_size))
    with ExtractionPool(run.settings.extraction_workers) as pool:
        for batch in track(batches, "coding batches", len(batches)):
            for name, figure in _code_batch(run, batch, pool, again=again).items():
                counts[name] += figure
    return counts


def _code_batch(
    run: Run, batch: list[StoredResponse], pool: ExtractionPool, *, again: bool
) -> dict[str, int]:
    ids = [stored.archived.response_id for stored in batch]
    key = batch_key(ids, EXTRACTOR_VERSION, coder_version())
    if again:
        key = f"{key}:{run.run_id}"
    if warehouse_of(run).is_committed(key):
        return {}
    # quote(): Prefect must not walk through fifty articles to look for futures.
    extractions: list[Extraction] = extract_batch(run, quote(batch), pool)
    articles = [e.article for e in extractions if e.article is not None]
    coded = code_batch(run, quote(articles))
    load_batch(run, key, quote(extractions), quote(coded))
    return {
        "articles": len(articles),
        "rejects": len(extractions) - len(articles),
        "mentions": sum(len(c.mentions) for c in coded),
    }


def _batches(
    responses: Sequence[StoredResponse], size: int
) -> Iterator[list[StoredResponse]]:
    for start in range(0, len(responses), size):
        yield list(responses[start : start + size])
