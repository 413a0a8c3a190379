"""What answers mean, and what robots.txt answers mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.http.robots import rules_of
from tasks.http.status import is_bot_challenge, reason_of
from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import PollReason

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


def response(status: int, body: bytes = b"", **headers: str) -> FetchedResponse:
    fields = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return FetchedResponse("u", "u", status, fields, body, NOW, 1)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(200, None), (304, PollReason.NOT_MODIFIED), (401, PollReason.UNAUTHORIZED),
     (403, PollReason.FORBIDDEN), (404, PollReason.NOT_FOUND), (410, PollReason.GONE),
     (418, PollReason.CLIENT_ERROR), (429, PollReason.RATE_LIMITED),
     (500, PollReason.SERVER_ERROR), (204, PollReason.UNEXPECTED_STATUS),
     (302, PollReason.UNEXPECTED_STATUS), (999, PollReason.UNEXPECTED_STATUS)],
)  # fmt: skip
def test_status_has_its_reason(status: int, reason: PollReason | None) -> None:
    assert reason_of(response(status)) is reason


def test_article_that_mentions_a_captcha_is_no_challenge() -> None:
    body = b"<html>" + b"<p>Fighting went on near the town.</p>" * 500 + b"g-recaptcha"
    assert not is_bot_challenge(response(200, body))
    assert not is_bot_challenge(response(200, b"<rss><title>Just a moment"))
    assert is_bot_challenge(response(200, b"<html><title>Just a moment...</title>"))


@given(st.integers(100, 999), st.binary(max_size=200))
def test_any_answer_has_a_reason_or_is_a_document(status: int, body: bytes) -> None:
    reason = reason_of(response(status, body))
    assert (reason is None) <= (status == 200)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, True), (401, True), (403, True), (404, True), (410, True), (429, False),
     (500, False), (503, False), (304, False)],
)  # fmt: skip
def test_robots_status_as_rfc_9309_reads_it(status: int, *, allowed: bool) -> None:
    rules = rules_of(response(status))
    assert rules.allows("http://a.example/x", "Conflictwire") is allowed


ROBOTS = b"""\xef\xbb\xbfUser-agent: *
Disallow: /private
Allow: /private/open
Crawl-delay: 3

User-agent: OtherBot
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/robots.txt", True),
    ],
)
def test_longest_rule_wins_and_a_byte_order_mark_does_no_harm(
    path: str, *, allowed: bool
) -> None:
    rules = rules_of(response(200, ROBOTS))
    assert rules.allows(f"http://a.example{path}", "Conflictwire") is allowed
    assert rules.crawl_delay("Conflictwire") == 3
    assert rules.crawl_delay("OtherBot") is None


@given(st.binary(max_size=500))
def test_any_robots_txt_gives_an_answer(body: bytes) -> None:
    rules = rules_of(response(200, body))
    assert rules.allows("http://a.example/x", "Conflictwire") in {True, False}
    delay = rules.crawl_delay("Conflictwire")
    assert delay is None or delay > 0
