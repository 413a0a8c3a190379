"""Feeds, polls, items and archived responses as rows."""

from collections.abc import Iterable
from datetime import datetime

import polars as pl

from tasks.loading.frames import Row, build_frame
from tasks.loading.ids import content_id
from tasks.model.articles import ArchivedResponse
from tasks.model.feeds import Feed, FeedItem, FeedPoll, FeedState
from tasks.model.serialise import dump


def feed_rows(feeds: Iterable[Feed]) -> pl.DataFrame:
    """Return rows of raw.feed."""
    return build_frame("raw.feed", (_feed(f) for f in feeds))


def feed_state_rows(states: Iterable[FeedState]) -> pl.DataFrame:
    """Return rows of raw.feed_state."""
    return build_frame("raw.feed_state", (_state(s) for s in states))


def feed_poll_rows(polls: Iterable[FeedPoll]) -> pl.DataFrame:
    """Return rows of raw.feed_poll."""
    return build_frame("raw.feed_poll", (_poll(p) for p in polls))


def feed_item_rows(items: Iterable[tuple[FeedItem, datetime]]) -> pl.DataFrame:
    """Return rows of raw.feed_item for (item, time of the poll that brought it)."""
    return build_frame("raw.feed_item", (_item(i, seen) for i, seen in items))


def response_rows(
    responses: Iterable[tuple[ArchivedResponse, FeedItem | None]],
) -> pl.DataFrame:
    """Return rows of raw.response; the item is None for feeds and robots.txt."""
    return build_frame("raw.response", (_response(r, i) for r, i in responses))


def _feed(feed: Feed) -> Row:
    return {
        "feed_url": feed.feed_url,
        "name": feed.name,
        "country_code": feed.country_code,
        "language": feed.language,
        "poll_interval_s": int(feed.poll_interval.total_seconds()),
        "licence_note": feed.licence_note,
        "expect_min_items_per_week": feed.expect_min_items_per_week,
        "checked_on": feed.checked_on,
        "is_sitemap": feed.is_sitemap,
    }


def _state(state: FeedState) -> Row:
    return {
        "feed_url": state.feed_url,
        "status": state.status.value,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "body_sha256": state.body_sha256,
        "etag_lies": state.etag_lies,
        "last_polled_at": state.last_polled_at,
        "last_success_at": state.last_success_at,
        "last_new_item_at": state.last_new_item_at,
        "next_poll_at": state.next_poll_at,
        "consecutive_failures": state.consecutive_failures,
        "last_reason": state.last_reason.value if state.last_reason else None,
        "polls_since_full": state.polls_since_full,
        "empty_streak": state.empty_streak,
        "moved_to": state.moved_to,
        "moved_confirmations": state.moved_confirmations,
        "items_per_week": state.items_per_week,
        "payload": dump(state),
    }


def _poll(poll: FeedPoll) -> Row:
    return {
        "poll_id": content_id(poll.feed_url, poll.polled_at.isoformat()),
        "feed_url": poll.feed_url,
        "polled_at": poll.polled_at,
        "reason": poll.reason.value,
        "http_status": poll.http_status,
        "num_items": poll.num_items,
        "num_new_items": poll.num_new_items,
        "num_fell_off": poll.num_fell_off,
        "body_bytes": poll.body_bytes,
        "elapsed_ms": poll.elapsed_ms,
        "next_poll_at": poll.next_poll_at,
        "detail": poll.detail,
    }


def _item(item: FeedItem, seen_at: datetime) -> Row:
    return {
        "item_id": item.item_id,
        "feed_url": item.feed_url,
        "guid": item.guid,
        "url": item.url,
        "title": item.title,
        "author": item.author,
        "published_at": item.published_at,
        "updated_at": item.updated_at,
        "is_date_suspect": item.is_date_suspect,
        "source_publisher": item.source_publisher,
        "language": item.language,
        "first_seen_at": seen_at,
        "changed_at": seen_at,
        "payload": dump(item),
    }


def _response(response: ArchivedResponse, item: FeedItem | None) -> Row:
    return {
        "response_id": response.response_id,
        "url": response.url,
        "final_url": response.final_url,
        "status": response.status,
        "retrieved_at": response.retrieved_at,
        "body_sha256": response.body_sha256,
        "body_bytes": response.body_bytes,
        "kind": response.kind,
        "archive_path": response.archive_path,
        "archive_row": response.archive_row,
        "item_id": item.item_id if item else None,
        "feed_url": item.feed_url if item else None,
    }
