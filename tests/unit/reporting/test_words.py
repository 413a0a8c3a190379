"""Figures and codes in words."""

import pytest

from tasks.reporting.words import (
    change_text,
    precision_text,
    rule_text,
    rule_texts,
    shorten,
    toll_text,
)


@pytest.mark.parametrize(
    ("low", "best", "high", "text"),
    [
        (5, 5, 5, "5"),
        (0, 0, 0, "0"),
        (13, 35, 43, "35 (13 to 43)"),
        (12, 12, None, "12 or more"),
        (5, 12, None, "12 (at least 5)"),
        (0, None, None, "not reported"),
        (3, None, None, "at least 3"),
        (3, None, 9, "3 to 9, no best figure"),
        (60, None, 60, "60, no best figure"),
    ],
)
def test_a_toll_never_hides_its_range(
    low: int, best: int | None, high: int | None, text: str
) -> None:
    row = {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high}
    assert toll_text(row) == text


def test_changes_carry_a_sign() -> None:
    assert [change_text(n) for n in (1200, -3, 0)] == ["+1,200", "−3", "no change"]


def test_an_unknown_precision_is_shown_as_it_is() -> None:
    assert precision_text(1) == "the place itself"
    assert precision_text(None) == "only the country"
    assert precision_text(9) == "geo_precision 9"


def test_an_unknown_rule_is_named_by_its_id() -> None:
    assert rule_text("R-NEW-1") == "R-NEW-1"
    assert rule_text("R-REV-2").startswith("a later count")


def test_every_rule_has_a_sentence() -> None:
    for rule, text in rule_texts().items():
        assert text
        assert text[0].islower(), rule
        assert not text.endswith("."), rule


def test_shortened_texts_say_so() -> None:
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"
    assert shorten(None, 3) is None
