"""From an answer to the next state: what is kept, flagged and persisted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.errors import FetchError
from tasks.model.feeds import Feed, FeedState, FetchedResponse, PollOutcome
from tasks.model.reasons import PollReason
from tasks.polling import decide
from tasks.polling.conditional_get import request_headers
from tasks.polling.parse import parse_feed

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
FEED = Feed("http://a.example/feed", "A")


def asked(state: FeedState | None = None, at: datetime = NOW) -> decide.Asked:
    return decide.Asked(FEED, state or FeedState(FEED.feed_url), FEED.feed_url, at)


def response(body: bytes = b"", status: int = 200, **headers: str) -> FetchedResponse:
    fields = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return FetchedResponse(FEED.feed_url, FEED.feed_url, status, fields, body, NOW, 7)


def document(inside: str) -> bytes:
    return f"<rss version='2.0'><channel>{inside}</channel></rss>".encode()


def after(inside: str, state: FeedState | None = None, **headers: str) -> PollOutcome:
    body = document(inside)
    answer = response(body, **headers)
    parsed = parse_feed(body, {}, FEED.feed_url)
    return decide.on_document(asked(state), answer, decide.body_digest(answer), parsed)


def item(number: int, date: str = "Mon, 02 Nov 2026 10:00:00 GMT") -> str:
    return (
        f"<item><title>N{number}</title><link>http://a.example/{number}</link>"
        f"<pubDate>{date}</pubDate></item>"
    )


@pytest.mark.parametrize(
    ("date", "suspect"),
    [("Tue, 03 Nov 2026 20:00:00 GMT", False), ("Thu, 05 Nov 2026 12:00:00 GMT", True),
     ("Sat, 01 Jan 2050 00:00:00 GMT", True), ("Mon, 02 Nov 1998 10:00:00 GMT", False)],
)  # fmt: skip
def test_date_in_the_future_is_kept_and_flagged(date: str, *, suspect: bool) -> None:
    (found,) = after(item(1, date)).items
    assert found.is_date_suspect is suspect
    assert found.published_at is not None


def test_wishes_of_a_document_outlive_it_through_304s() -> None:
    first = after(
        f"<ttl>300</ttl><skipHours><hour>17</hour><hour>18</hour></skipHours>{item(1)}"
    )
    assert first.poll.next_poll_at.hour == 19
    later = asked(first.state, NOW + timedelta(hours=7))
    second = decide.on_not_modified(later, response(status=304))
    assert second.poll.next_poll_at - later.at >= timedelta(minutes=300)
    assert second.state.skip_hours == (17, 18)


def test_feed_that_hardly_publishes_is_asked_rarely_and_a_busy_one_often() -> None:
    quiet = after(item(1, "Tue, 04 Nov 2025 10:00:00 GMT") + item(2)).poll
    busy = "".join(item(n, f"Tue, 03 Nov 2026 11:{n:02d}:00 GMT") for n in range(50))
    assert quiet.next_poll_at - NOW >= timedelta(hours=12)
    assert after(busy).poll.next_poll_at - NOW < timedelta(minutes=40)


SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("inside", "headers", "least"),
    [
        ("", {"Cache_Control": "public, max-age=36000"}, timedelta(hours=10)),
        ("", {"Date": "Tue, 03 Nov 2026 12:00:00 GMT", "Expires": "Tue, 03 Nov 2026 21:00:00 GMT"}, timedelta(hours=9)),
        ("<ttl>480</ttl>", {}, timedelta(hours=8)),
        (f"<x {SY}/><sy:updatePeriod {SY}>daily</sy:updatePeriod><sy:updateFrequency {SY}>3</sy:updateFrequency>", {}, timedelta(hours=8)),
        ("<ttl>480</ttl>", {"Cache_Control": "max-age=36000"}, timedelta(hours=10)),
    ],
)  # fmt: skip
def test_what_document_and_headers_wish_is_waited_for(
    inside: str, headers: dict[str, str], least: timedelta
) -> None:
    """One item a day or so: the feed's own rhythm would ask sooner."""
    items = "".join(item(n, f"Mon, {n:02d} Nov 2026 {n:02d}:00:00 GMT") for n in (1, 2))
    fast = FeedState(FEED.feed_url, items_per_week=2_000.0)
    outcome = after(inside + items * 9, fast, **headers)
    wait = outcome.poll.next_poll_at - NOW
    assert least <= wait <= least * 1.1


def test_configured_floor_holds_for_answers_and_for_failures() -> None:
    slow = replace(FEED, poll_interval=timedelta(hours=20))
    ask = decide.Asked(slow, FeedState(slow.feed_url), slow.feed_url, NOW)
    fine = decide.on_not_modified(ask, response(status=304)).poll
    failed = decide.on_failure(ask, FetchError(PollReason.CONNECT)).poll
    assert fine.next_poll_at - NOW >= timedelta(hours=20)
    assert failed.next_poll_at - NOW >= timedelta(hours=20)


def test_days_the_document_skips_are_skipped() -> None:
    days = "<skipDays><day>Tuesday</day><day>Wednesday</day></skipDays>"
    assert after(days + item(1)).poll.next_poll_at.date() == date(2026, 11, 5)


def test_feed_that_lied_once_is_not_trusted_again() -> None:
    liar = after(item(2), after(item(1), ETag='"1"').state, ETag='"1"').state
    assert liar.etag_lies
    honest = after(item(3), liar, ETag='"2"').state
    assert honest.etag_lies
    assert request_headers(honest) == ()


def test_empty_answers_count_on_while_unchanged() -> None:
    state = replace(FeedState(FEED.feed_url), last_new_item_at=NOW)
    state = after("", state).state
    assert state.empty_streak == 1
    assert (
        decide.on_not_modified(asked(state), response(status=304)).state.empty_streak
        == 2
    )
    assert decide.on_same_body(asked(state), response(), "x").state.empty_streak == 2


def test_empty_answer_does_not_make_old_items_new_again() -> None:
    first = after(item(1))
    second = after("", first.state)
    assert second.poll.reason is PollReason.EMPTY
    assert after(item(1), second.state).items == ()


def test_document_row_counts_items_bytes_and_time() -> None:
    first = after(item(1))
    poll = after(item(1) + item(2), first.state).poll
    assert (poll.num_items, poll.num_new_items, poll.num_fell_off) == (2, 1, 0)
    assert poll.body_bytes == len(document(item(1) + item(2)))
    assert (poll.elapsed_ms, poll.http_status) == (7, 200)


def test_failure_keeps_what_was_known_of_the_feed() -> None:
    known = after(item(1), ETag='"v1"').state
    outcome = decide.on_failure(asked(known), FetchError(PollReason.DNS, "gone"))
    kept = outcome.state
    assert (kept.etag, kept.guids_in_last_document) == (
        '"v1"',
        known.guids_in_last_document,
    )
    assert kept.last_success_at == known.last_success_at
    assert kept.consecutive_failures == 1
    assert outcome.poll.http_status is None
    assert outcome.poll.detail == "gone"
    back = decide.on_not_modified(asked(kept), response(status=304)).state
    assert back.consecutive_failures == 0


@pytest.mark.parametrize(
    ("status", "blocks"), [(429, True), (503, True), (500, False), (404, False)]
)
def test_retry_after_counts_on_429_and_503_and_is_persisted(
    status: int, *, blocks: bool
) -> None:
    reason = PollReason.RATE_LIMITED if status == 429 else PollReason.SERVER_ERROR
    answer = response(status=status, Retry_After="40000")
    state = decide.on_failure(asked(), FetchError(reason), answer).state
    assert (state.blocked_until == NOW + timedelta(seconds=40_000)) is blocks
    assert state.next_poll_at is not None
    assert (state.next_poll_at >= NOW + timedelta(seconds=40_000)) is blocks


def test_feed_on_a_resting_host_is_no_failure_of_its_own() -> None:
    until = NOW + timedelta(hours=1)
    outcome = decide.on_blocked_host(asked(), until)
    assert outcome.state.consecutive_failures == 0
    assert outcome.state.blocked_until == until
    assert outcome.poll.reason is PollReason.RATE_LIMITED
