"""What the flows ask of the warehouse before they work: states, items, responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.model.articles import ArchivedResponse
from tasks.model.feeds import FeedItem, FeedState
from tasks.model.serialise import load
from warehouse.connect import Warehouse

_RESPONSE = (
    "SELECT response_id, url, final_url, status, retrieved_at, body_sha256, "
    "body_bytes, kind, archive_path, archive_row, item_id FROM raw.response"
)


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """An archived response and the item it was retrieved for."""

    archived: ArchivedResponse
    item_id: str | None  # None: a feed document or robots.txt


def feed_states(warehouse: Warehouse) -> dict[str, FeedState]:
    """Return what polling remembers, by feed_url; feeds never polled are absent."""
    rows = warehouse.read("SELECT payload FROM raw.feed_state ORDER BY feed_url")
    states = (load(FeedState, text) for text in rows["payload"].to_list())
    return {state.feed_url: state for state in states}


# A page that could not be fetched is asked for again this long after, and so long.
RETRY_AFTER = timedelta(hours=4)
RETRY_FOR = timedelta(days=3)


def pending_items(warehouse: Warehouse, limit: int, now: datetime) -> list[FeedItem]:
    """Return items still to retrieve: neither a response nor a reject since they changed.

    A failed fetch is no last word: for some days it is tried again some hours later.
    Several feeds may carry one URL: it is offered once. Newest first seen first, so
    that a limit cuts the oldest.
    """
    rows = warehouse.read(
        "SELECT i.payload FROM raw.feed_item i WHERE NOT EXISTS "
        "(FROM raw.response r WHERE r.url = i.url AND r.kind = 'article' "
        "AND r.retrieved_at >= i.changed_at) AND NOT EXISTS "
        "(FROM core.reject x WHERE x.url = i.url AND x.recorded_at >= i.changed_at "
        "AND x.stage IN ('polling', 'retrieval', 'extraction') "
        "AND NOT (x.reason = 'fetch_failed' AND x.recorded_at <= ? "
        "AND i.changed_at >= ?)) "
        "QUALIFY row_number() OVER (PARTITION BY i.url "
        "ORDER BY i.changed_at DESC, i.first_seen_at, i.feed_url, i.item_id) = 1 "
        "ORDER BY i.changed_at DESC, i.published_at DESC NULLS LAST, i.item_id LIMIT ?",
        [now - RETRY_AFTER, now - RETRY_FOR, limit],
    )
    return [load(FeedItem, text) for text in rows["payload"].to_list()]


def items_by_id(warehouse: Warehouse, item_ids: Sequence[str]) -> dict[str, FeedItem]:
    """Return the stored items of these ids; unknown ids are absent."""
    rows = warehouse.read(
        "SELECT payload FROM raw.feed_item WHERE item_id IN "
        "(SELECT unnest(?::VARCHAR[])) ORDER BY item_id",
        [list(item_ids)],
    )
    items = (load(FeedItem, text) for text in rows["payload"].to_list())
    return {item.item_id: item for item in items}


def responses_of_run(
    warehouse: Warehouse, run_id: str, kind: str = "article"
) -> list[StoredResponse]:
    """Return what one run archived, in order of retrieval."""
    return _responses(warehouse, "run_id = ? AND kind = ?", [run_id, kind])


def responses_between(
    warehouse: Warehouse, since: datetime, until: datetime, kind: str = "article"
) -> list[StoredResponse]:
    """Return what was retrieved in [since, until), in order of retrieval."""
    return _responses(
        warehouse,
        "retrieved_at >= ? AND retrieved_at < ? AND kind = ?",
        [since, until, kind],
    )


def unextracted_responses(warehouse: Warehouse, limit: int) -> list[StoredResponse]:
    """Return archived pages that became neither an article nor a reject.

    They are what a run killed between archiving and loading leaves behind.
    """
    return _responses(
        warehouse,
        "kind = 'article' AND NOT EXISTS (FROM core.article_revision a "
        "WHERE a.response_id = raw.response.response_id) AND NOT EXISTS "
        "(FROM core.reject x WHERE x.url = raw.response.url "
        "AND x.recorded_at >= raw.response.retrieved_at) AND NOT EXISTS "
        # A page that was read again unchanged has an article and no new revision.
        "(FROM core.article a JOIN raw.response held ON held.response_id = a.response_id "
        "WHERE a.url = raw.response.url "
        "AND held.retrieved_at >= raw.response.retrieved_at)",
        [],
        limit,
    )


def known_responses(
    warehouse: Warehouse, response_ids: Sequence[str]
) -> frozenset[str]:
    """Return those of these ids that the archive holds already."""
    rows = warehouse.read(
        "SELECT response_id FROM raw.response "
        "WHERE response_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(response_ids)],
    )
    return frozenset(rows["response_id"].to_list())


def twins_of(
    warehouse: Warehouse, wanted: Mapping[str, str]
) -> dict[str, StoredResponse]:
    """Return the twin that was retrieved for each page; pages without one are absent.

    `wanted` is response_id of the page -> address of its twin. A page's twin is the
    first answer of that address before the page itself was retrieved again.
    """
    if not wanted:
        return {}
    rows = warehouse.read(
        "WITH w AS (SELECT unnest(?::VARCHAR[]) AS page_id, "
        "unnest(?::VARCHAR[]) AS twin_url) "
        "SELECT w.page_id, t.response_id FROM w "
        "JOIN raw.response p ON p.response_id = w.page_id "
        "JOIN raw.response t ON t.kind = 'twin' AND t.url = w.twin_url "
        "AND t.retrieved_at >= p.retrieved_at WHERE NOT EXISTS "
        "(FROM raw.response n WHERE n.kind = 'article' AND n.url = p.url "
        "AND n.retrieved_at > p.retrieved_at AND n.retrieved_at <= t.retrieved_at) "
        "QUALIFY row_number() OVER (PARTITION BY w.page_id "
        "ORDER BY t.retrieved_at, t.response_id) = 1",
        [list(wanted), list(wanted.values())],
    )
    pages = {str(twin): str(page) for page, twin in rows.iter_rows()}
    found = _responses(
        warehouse, "response_id IN (SELECT unnest(?::VARCHAR[]))", [list(pages)]
    )
    return {pages[stored.archived.response_id]: stored for stored in found}


def _responses(
    warehouse: Warehouse, where: str, values: list[object], limit: int | None = None
) -> list[StoredResponse]:
    cut = f"LIMIT {int(limit)}" if limit is not None else ""
    rows = warehouse.read(
        f"{_RESPONSE} WHERE {where} ORDER BY retrieved_at, response_id {cut}", values
    )
    return [
        StoredResponse(ArchivedResponse(*values), item_id)
        for *values, item_id in rows.iter_rows()
    ]
