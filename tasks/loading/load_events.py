"""Loads what resolution decided: events, their revisions, links and redirects."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import polars as pl

from tasks.loading import event_rows as events_as
from tasks.model.events import (
    EventLink,
    EventRedirect,
    EventRevision,
    ResolvedEvent,
)
from warehouse.lookup import number_of, rows_with
from warehouse.transaction import Transaction

WITHDRAWN_RULE = "R-WITHDRAW"
_IDS = "SELECT unnest(?::VARCHAR[])"


def load_resolution(
    tx: Transaction,
    *,
    events: Sequence[ResolvedEvent],
    revisions: Iterable[EventRevision],
    redirects: Sequence[EventRedirect],
    links: Iterable[EventLink],
    known_at: datetime,
) -> None:
    """Load the touched events; retire merged ids, withdraw events without a report.

    A published id never disappears: merged ids redirect, withdrawn events keep their
    row and their revisions. `known_at` dates withdrawals.
    """
    if tx.already_done:
        return
    tx.merge("core.event_revision", events_as.revision_rows(revisions))
    _close_earlier(tx)
    numbers, began = _current_revisions(tx, [e.event_id for e in events])
    tx.merge("core.event", events_as.event_rows(events, numbers))
    tx.merge("core.event_version", events_as.event_version_rows(events, numbers, began))
    tx.replace(
        "core.event_actor",
        events_as.event_actor_rows(events),
        column="event_id",
        values=[e.event_id for e in events],
    )
    tx.merge("core.event_link", events_as.link_rows(links))
    _redirect(tx, redirects)
    _withdraw(tx, known_at)


def _close_earlier(tx: Transaction) -> None:
    """End each value of a field where the next value of that field begins."""
    new = "SELECT event_id FROM core.event_revision WHERE run_id = $1"
    held = rows_with("core.event_revision", "event_id", new)
    tx.execute(
        "UPDATE core.event_revision r SET valid_to = n.valid_from "
        "FROM (SELECT event_id, changed_field, revision, valid_from "
        "FROM core.event_revision WHERE run_id = $1) n "
        f"WHERE r.rowid IN (SELECT row_number FROM {held}) "
        "AND n.event_id = r.event_id AND n.changed_field = r.changed_field "
        "AND r.revision < n.revision AND r.valid_to IS NULL",
        [tx.run_id],
    )


def _current_revisions(
    tx: Transaction, event_ids: list[str]
) -> tuple[dict[str, int], dict[str, datetime]]:
    held = rows_with("core.event_revision", "event_id", _IDS, "revision", "valid_from")
    rows = tx.read(
        "SELECT event_id, max(revision) AS revision, "
        f"arg_max(valid_from, revision) AS valid_from FROM {held} GROUP BY event_id",
        [event_ids],
    )
    ids = rows["event_id"].to_list()
    return (
        dict(zip(ids, rows["revision"].to_list(), strict=True)),
        dict(zip(ids, rows["valid_from"].to_list(), strict=True)),
    )


def _redirect(tx: Transaction, redirects: Sequence[EventRedirect]) -> None:
    """Record redirects and keep them flat: each old id names a surviving event."""
    if not redirects:
        return
    tx.merge("core.event_redirect", events_as.redirect_rows(redirects))
    # A chain of n merges is flat after n rounds; each round shortens every chain.
    while not _chains(tx).is_empty():
        tx.execute(
            "UPDATE core.event_redirect r SET event_id = n.event_id "
            "FROM core.event_redirect n "
            "WHERE r.event_id = n.old_event_id AND n.event_id != n.old_event_id"
        )
    old = [r.old_event_id for r in redirects]
    for table in ("core.event", "core.event_actor"):
        merged = rows_with(table, "event_id", _IDS)
        tx.execute(
            f"DELETE FROM {table} WHERE rowid IN (SELECT row_number FROM {merged})",
            [old],
        )
    tx.execute(
        "UPDATE core.event_link l SET event_id = r.event_id, "
        f"event_id_lookup = {number_of('r.event_id')} "
        "FROM core.event_redirect r WHERE l.event_id = r.old_event_id"
    )
    tx.touched("core.event", "core.event_actor", "core.event_link")


def _chains(tx: Transaction) -> pl.DataFrame:
    return tx.read(
        "SELECT r.old_event_id FROM core.event_redirect r "
        "JOIN core.event_redirect n ON r.event_id = n.old_event_id"
    )


def _withdraw(tx: Transaction, known_at: datetime) -> None:
    """Mark events that no mention supports any more, with a revision that says so."""
    if _is_each_mention_linked(tx):
        return
    found = tx.read(
        "SELECT event_id FROM core.event e WHERE NOT is_withdrawn AND NOT EXISTS "
        "(FROM core.event_link l WHERE l.event_id = e.event_id)"
    )
    if found.is_empty():
        return
    gone, ids = "SELECT unnest(?::VARCHAR[])", found["event_id"].to_list()
    tx.execute(
        "INSERT INTO core.event_revision SELECT event_id, revision + 1, ?, NULL, "
        "'withdrawn', 'false', 'true', ?, NULL, ?, md5(event_id), event_id_lookup "
        "FROM core.event "
        f"WHERE event_id IN ({gone})",
        [known_at, WITHDRAWN_RULE, tx.run_id, ids],
    )
    tx.execute(
        "INSERT INTO core.event_version BY NAME SELECT * EXCLUDE (payload) "
        "REPLACE (revision + 1 AS revision, true AS is_withdrawn), ? AS valid_from "
        f"FROM core.event WHERE event_id IN ({gone})",
        [known_at, ids],
    )
    tx.execute(
        "UPDATE core.event SET is_withdrawn = true, revision = revision + 1, "
        f"row_hash = 'withdrawn' WHERE event_id IN ({gone})",
        [ids],
    )


def _is_each_mention_linked(tx: Transaction) -> bool:
    """Say whether every event has as many links as it counts mentions: none lost its last.

    Counts and weighted sums of one reading each tell; where they differ, the events are
    looked for.
    """
    return bool(
        tx.read(
            "SELECT (SELECT (sum(num_mentions), sum(event_id_lookup * num_mentions)) "
            "FROM core.event WHERE NOT is_withdrawn) IS NOT DISTINCT FROM "
            "(SELECT (count(*), sum(event_id_lookup)) FROM core.event_link)"
        ).item()
    )
