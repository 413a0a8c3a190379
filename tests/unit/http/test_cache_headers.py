"""Retry-After, max-age, Expires and who may keep validators."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.http.cache_headers import (
    MAX_WAIT,
    allows_validators,
    directives,
    freshness,
    http_date,
    retry_after,
)

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("1.5", timedelta(seconds=1.5)),
        ("Tue, 03 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Tuesday, 03-Nov-26 13:00:00 GMT", timedelta(hours=1)),
        ("Tue, 03 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("999999999999", MAX_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_WAIT),
        ("-5", None), ("soon", None), ("", None), (None, None), ("٣٠", None), ("1e9", None),
    ],
)  # fmt: skip
def test_retry_after_in_seconds_or_as_a_date(
    header: str | None, wait: timedelta | None
) -> None:
    assert retry_after(header, NOW) == wait


@given(st.text(max_size=60))
def test_any_retry_after_is_bounded_or_ignored(header: str) -> None:
    wait = retry_after(header, NOW)
    assert wait is None or timedelta(0) <= wait <= MAX_WAIT


@pytest.mark.parametrize(
    ("cache_control", "expires", "date", "fresh"),
    [
        ("max-age=600", None, None, timedelta(minutes=10)),
        ("public, MAX-AGE=600", "0", None, timedelta(minutes=10)),
        ('max-age="600"', None, None, timedelta(minutes=10)),
        ("max-age=600, max-age=9", None, None, timedelta(minutes=10)),
        ("no-cache, max-age=600", None, None, timedelta(0)),
        ("no-store", "Tue, 03 Nov 2026 13:00:00 GMT", None, timedelta(0)),
        ("max-age=-1", None, None, timedelta(0)),
        ("max-age=99999999999999999999", None, None, MAX_WAIT),
        (None, "Tue, 03 Nov 2026 13:00:00 GMT", None, timedelta(hours=1)),
        (None, "Tue, 03 Nov 2026 13:00:00 GMT", "Tue, 03 Nov 2026 12:30:00 GMT", timedelta(minutes=30)),
        (None, "Tue, 03 Nov 2026 11:00:00 GMT", None, timedelta(0)),
        (None, "0", None, timedelta(0)),
        (None, "-1", None, timedelta(0)),
        (None, None, None, timedelta(0)),
    ],
)  # fmt: skip
def test_freshness_as_rfc_9111_reads_it(
    cache_control: str | None, expires: str | None, date: str | None, fresh: timedelta
) -> None:
    assert freshness(cache_control, expires, date, NOW) == fresh


@given(*(st.none() | st.text(max_size=60) for _ in range(3)))
def test_any_headers_give_a_bounded_freshness(
    cache_control: str | None, expires: str | None, date: str | None
) -> None:
    assert timedelta(0) <= freshness(cache_control, expires, date, NOW) <= MAX_WAIT


@given(st.text(max_size=200))
def test_directives_of_any_text_are_lower_case(text: str) -> None:
    assert all(name == name.lower() for name in directives(text))


@given(st.text(max_size=60))
def test_http_date_is_utc_or_nothing(text: str) -> None:
    moment = http_date(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("cache_control", "expires", "allowed"),
    [(None, None, True), ("no-store", None, False), ("no-cache", None, True), (None, "0", False), (None, "-1", False), (None, "Tue, 03 Nov 2026 11:00:00 GMT", True)],
)  # fmt: skip
def test_who_may_keep_validators(
    cache_control: str | None, expires: str | None, *, allowed: bool
) -> None:
    assert allows_validators(cache_control, expires) is allowed
