"""Silent death, coverage loss, moves, and validators that lie."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.model.feeds import Feed, FeedItem, FeedState, FeedStatus, FetchedResponse
from tasks.polling import conditional_get, moves
from tasks.polling.changes import ids_of, keys_of, new_or_changed, num_unknown
from tasks.polling.health import (
    MIN_SILENCE,
    fell_off,
    identical_documents,
    items_per_week,
    judge,
)

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
FEED = Feed("http://a.example/feed", "A")
STATE = FeedState(FEED.feed_url)


def item(number: int, at: datetime | None = None, **more: str) -> FeedItem:
    return FeedItem(
        FEED.feed_url, f"id{number}", str(number), f"http://a.example/{number}",
        more.get("title", f"News {number}"), published_at=at,
    )  # fmt: skip


def response(**headers: str) -> FetchedResponse:
    fields = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return FetchedResponse(FEED.feed_url, FEED.feed_url, 200, fields, b"x", NOW, 1)


def test_feed_that_once_had_items_and_is_empty_twice_is_silent() -> None:
    state = replace(STATE, empty_streak=2, last_new_item_at=NOW)
    assert judge(FEED, state, NOW).status is FeedStatus.SILENT
    assert judge(FEED, replace(state, empty_streak=1), NOW).status is FeedStatus.ACTIVE


def test_feed_that_never_had_items_is_silent_only_if_items_are_expected() -> None:
    state = replace(STATE, empty_streak=5)
    assert judge(FEED, state, NOW).status is FeedStatus.ACTIVE
    expecting = replace(FEED, expect_min_items_per_week=3)
    assert judge(expecting, state, NOW).status is FeedStatus.SILENT


@pytest.mark.parametrize(
    ("rate", "days", "status"),
    [
        (70.0, 2, FeedStatus.ACTIVE),
        (70.0, 4, FeedStatus.SILENT),
        (1.0, 30, FeedStatus.ACTIVE),
        (1.0, 40, FeedStatus.SILENT),
        (None, 400, FeedStatus.ACTIVE),
    ],
)
def test_silence_is_judged_against_the_feeds_own_rhythm(
    rate: float | None, days: int, status: FeedStatus
) -> None:
    state = replace(
        STATE, items_per_week=rate, last_new_item_at=NOW - timedelta(days=days)
    )
    verdict = judge(FEED, state, NOW)
    assert verdict.status is status
    assert bool(verdict.alarm) is (status is FeedStatus.SILENT)


def test_a_weekend_is_not_a_death() -> None:
    state = replace(STATE, items_per_week=5_000.0, last_new_item_at=NOW - MIN_SILENCE)
    assert judge(FEED, state, NOW).status is FeedStatus.ACTIVE


def test_rhythm_comes_from_the_documents_dates_and_slows_when_they_age() -> None:
    items = [item(n, NOW - timedelta(hours=12 * n)) for n in range(1, 15)]
    assert items_per_week(items, NOW, None) == pytest.approx(14)
    later = items_per_week(items, NOW + timedelta(weeks=1), None)
    assert later == pytest.approx(7)
    assert items_per_week(items, NOW, 28.0) == pytest.approx(21)


def test_rhythm_without_two_usable_dates_stays_as_it_was() -> None:
    suspect = replace(item(1, NOW + timedelta(days=400)), is_date_suspect=True)
    assert items_per_week([item(2), suspect], NOW, 3.0) == 3.0
    assert items_per_week([], NOW, None) is None


def test_nothing_fell_off_while_one_known_entry_is_left() -> None:
    assert fell_off({"id1"}, [item(3), item(2), item(1)], NOW) == 0
    assert fell_off(set(), [item(3)], NOW) == 0
    assert fell_off({"id1"}, [], NOW) == 0


def test_loss_is_the_hole_filled_at_the_new_documents_rate() -> None:
    fresh = [item(n, NOW + timedelta(hours=10 + n)) for n in range(10, 15)]
    assert fell_off({"id1"}, fresh, NOW) == 20


def test_loss_of_unknown_size_counts_as_one() -> None:
    assert fell_off({"id1"}, [item(9)], NOW) == 1
    assert fell_off({"id1"}, [item(9, NOW), item(8, NOW)], None) == 1


def test_feeds_with_the_same_document_are_found() -> None:
    states = [
        FeedState(u, body_sha256=d) for u, d in (("b", "1"), ("a", "1"), ("c", "2"))
    ]
    assert identical_documents([*states, FeedState("d")]) == (("a", "b"),)


def test_edited_item_is_changed_but_not_new() -> None:
    old = [item(1), item(2)]
    edited = [item(1, title="News 1, corrected"), item(2), item(3)]
    keys = keys_of(old)
    fresh = new_or_changed(edited, keys_of(edited), keys)
    assert [i.item_id for i in fresh] == ["id1", "id3"]
    assert num_unknown(fresh, keys) == 1
    assert ids_of(keys) == {"id1", "id2"}


def test_permanent_target_must_stay_the_same_to_be_believed() -> None:
    state = STATE
    for target in ("http://b/", "http://b/", "http://c/", "http://c/", "http://c/"):
        assert moves.poll_url(FEED, state) == FEED.feed_url
        state = moves.after_answer(state, FEED.feed_url, target)
    assert moves.poll_url(FEED, state) == "http://c/"


def test_one_answer_without_redirect_forgets_the_target() -> None:
    state = moves.after_answer(STATE, FEED.feed_url, "http://b/")
    assert moves.after_answer(state, FEED.feed_url, None).moved_to is None


def test_confirmed_address_answers_by_itself_and_may_move_on() -> None:
    state = replace(STATE, moved_to="http://b/", moved_confirmations=3)
    assert moves.after_answer(state, "http://b/", None) == state
    moved = moves.after_answer(state, "http://b/", "http://c/")
    assert (moved.moved_to, moved.moved_confirmations) == ("http://c/", 1)


def test_confirmed_address_that_fails_falls_back_to_the_configured_one() -> None:
    state = replace(STATE, moved_to="http://b/", moved_confirmations=3)
    assert (
        moves.poll_url(FEED, moves.after_failure(state, "http://b/")) == FEED.feed_url
    )
    assert moves.after_failure(state, FEED.feed_url) == state


@pytest.mark.parametrize(
    ("etag", "last_modified", "items_changed", "lies"),
    [
        ('"v1"', None, False, True),
        ('W/"v1"', None, False, False),
        ('W/"v1"', None, True, True),
        ('"v2"', None, True, False),
        (None, "Mon, 02 Nov 2026 10:00:00 GMT", True, True),
        (None, "Mon, 02 Nov 2026 10:00:00 GMT", False, False),
        (None, "Tue, 03 Nov 2026 10:00:00 GMT", True, False),
        (None, None, True, False),
    ],
)
def test_validator_lies_when_it_stays_and_the_content_changes(
    etag: str | None, last_modified: str | None, *, items_changed: bool, lies: bool
) -> None:
    old = etag if etag != '"v2"' else '"v1"'
    state = replace(
        STATE,
        body_sha256="old",
        etag=old,
        last_modified="Mon, 02 Nov 2026 10:00:00 GMT",
    )
    headers = {"ETag": etag, "Last_Modified": last_modified}
    answer = response(**{k: v for k, v in headers.items() if v})
    found = conditional_get.validator_lies(
        state, answer, "new", items_changed=items_changed
    )
    assert found is lies
    assert not conditional_get.validator_lies(state, answer, "old", items_changed=True)


@given(st.text(max_size=1_100))
def test_stored_validator_is_verbatim_and_can_be_sent_back(value: str) -> None:
    stored = conditional_get.validators_of(response(ETag=value)).etag
    assert stored is None or stored == value
    if stored is not None:
        assert stored.isprintable()


@given(st.integers(0, 200), st.integers(1, 50), st.booleans())
def test_a_full_get_is_never_further_away_than_its_period(
    since: int, every: int, lies: bool
) -> None:
    state = replace(STATE, polls_since_full=since, etag='"v1"', etag_lies=lies)
    assert conditional_get.is_full_get_due(state, every) is (lies or since >= every - 1)
    asked = conditional_get.request_headers(state, every)
    assert bool(asked) is not (lies or since >= every - 1)
