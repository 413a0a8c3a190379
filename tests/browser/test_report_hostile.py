"""Texts that try to be more than text, in a real browser."""

from pathlib import Path

import pytest

from tests.browser.conftest import SIZES, Open
from tests.browser.published import HOSTILE_TITLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_no_title_runs_or_becomes_markup(
    hostile_report: Path, open_report: Open
) -> None:
    page = open_report(hostile_report)
    page.execute_script(
        "document.querySelectorAll('details').forEach((d) => { d.open = true })"
    )
    assert page.execute_script("return window.hacked") is None
    assert page.execute_script("return document.images.length") == 0
    assert page.execute_script("return document.scripts.length") == 3
    assert page.get_log("browser") == []


def test_titles_stand_there_as_they_are(
    hostile_report: Path, open_report: Open
) -> None:
    page = open_report(hostile_report)
    shown = page.execute_script(
        "return [...document.querySelectorAll('.report h3')].map((e) => e.textContent)"
    )
    short = {title if len(title) <= 200 else title[:199] + "…" for title in HOSTILE_TITLES}  # fmt: skip
    assert set(shown) == short


def test_direction_overrides_end_where_their_text_ends(
    hostile_report: Path, open_report: Open
) -> None:
    page = open_report(hostile_report)
    loose = page.execute_script(
        "const walk = document.createTreeWalker(document.querySelector('main'), 4);"
        "const found = [];"
        "while (walk.nextNode()) { const t = walk.currentNode;"
        "  if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(t.data) &&"
        "      getComputedStyle(t.parentElement).unicodeBidi !== 'isolate' &&"
        "      !t.parentElement.closest('bdi')) found.push(t.parentElement.outerHTML) }"
        "return found"
    )
    assert loose == []


@pytest.mark.parametrize("size", list(SIZES))
def test_endless_words_do_not_widen_the_page(
    hostile_report: Path, open_report: Open, size: str
) -> None:
    page = open_report(hostile_report, size)
    page.execute_script(
        "document.querySelectorAll('.event details').forEach((d) => { d.open = true })"
    )
    wide, across = page.execute_script(
        "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]"
    )
    assert wide <= across
