"""Resolved events as rows: current state, actors, revisions, redirects, links."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import polars as pl

from tasks.loading.coding_rows import INTER_CODES, coded_fields
from tasks.loading.frames import Row, build_frame
from tasks.model.coding import Actor
from tasks.model.events import (
    EventLink,
    EventRedirect,
    EventRevision,
    ResolvedEvent,
)
from tasks.model.serialise import dump


def event_rows(
    events: Iterable[ResolvedEvent], revisions: Mapping[str, int]
) -> pl.DataFrame:
    """Return rows of core.event; `revisions` gives the current revision of each id."""
    rows = (
        {**_event(e, revisions.get(e.event_id, 1)), "payload": dump(e)} for e in events
    )
    return build_frame("core.event", rows)


def event_version_rows(
    events: Iterable[ResolvedEvent],
    revisions: Mapping[str, int],
    valid_from: Mapping[str, datetime],
) -> pl.DataFrame:
    """Return rows of core.event_version: the state that begins with that revision."""
    rows = (
        {
            **_event(e, revisions.get(e.event_id, 1)),
            "valid_from": valid_from.get(e.event_id, e.known_at),
        }
        for e in events
    )
    return build_frame("core.event_version", rows)


def event_actor_rows(events: Iterable[ResolvedEvent]) -> pl.DataFrame:
    """Return rows of core.event_actor: every member of both sides."""
    return build_frame("core.event_actor", (r for e in events for r in _actors(e)))


def revision_rows(revisions: Iterable[EventRevision]) -> pl.DataFrame:
    """Return rows of core.event_revision."""
    return build_frame("core.event_revision", (_revision(r) for r in revisions))


def redirect_rows(redirects: Iterable[EventRedirect]) -> pl.DataFrame:
    """Return rows of core.event_redirect."""
    rows = (
        {
            "old_event_id": r.old_event_id,
            "event_id": r.event_id,
            "redirected_at": r.redirected_at,
            "reason": r.reason,
        }
        for r in redirects
    )
    return build_frame("core.event_redirect", rows)


def link_rows(links: Iterable[EventLink]) -> pl.DataFrame:
    """Return rows of core.event_link: the event each mention belongs to, and why."""
    rows = (
        {
            "mention_id": x.mention_id,
            "event_id": x.event_id,
            "score": x.score,
            "reasons": list(x.reasons),
        }
        for x in links
    )
    return build_frame("core.event_link", rows)


def _event(event: ResolvedEvent, revision: int) -> dict[str, object]:
    return {
        "event_id": event.event_id,
        "revision": revision,
        "lead_mention_id": event.coded.mention_id,
        "is_withdrawn": False,
        **coded_fields(event.coded),
        "num_mentions": event.num_mentions,
        "num_sources": event.num_sources,
        "independent_origins": event.independent_origins,
        "is_disputed": event.is_disputed,
        "disputes": list(event.disputes),
        "first_reported_at": event.first_reported_at,
        "known_at": event.known_at,
    }


def _actors(event: ResolvedEvent) -> Iterator[Row]:
    for side, members in ((1, event.coded.side1), (2, event.coded.side2)):
        for ordinal, actor in enumerate(members):
            yield {
                "event_id": event.event_id,
                "side": side,
                "ordinal": ordinal,
                **_actor(actor),
            }


def _actor(actor: Actor) -> dict[str, object]:
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "mention": actor.mention,
        "kind": actor.kind.value,
        "inter": INTER_CODES[actor.kind],
        "country_iso3": actor.country,
        "is_listed": actor.listed,
        "confidence": actor.confidence,
    }


def _revision(revision: EventRevision) -> Row:
    return {
        "event_id": revision.event_id,
        "revision": revision.revision,
        "valid_from": revision.valid_from,
        "valid_to": revision.valid_to,
        "changed_field": revision.changed_field,
        "old_value": revision.old_value,
        "new_value": revision.new_value,
        "rule_id": revision.rule_id,
        "mention_id": revision.mention_id,
    }
