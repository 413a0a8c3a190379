"""Using the report: filters, the map, the evidence view, the keyboard."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKS = "#chart-map .mark-symbol.role-mark path"


def test_a_filter_updates_list_map_and_charts(
    large_report: Path, open_report: Open
) -> None:
    page = open_report(large_report)
    _fill(page, "country", "Mali")
    _fill(page, "type", "Battles")
    expected = page.execute_script(
        "return [...document.querySelectorAll('.event')].filter((e) =>"
        " e.dataset.country === 'Mali' && e.dataset.type === 'Battles').length"
    )
    assert 0 < expected < 100
    assert _status(page) == f"{expected} of 500 events fit the filters"
    _until(lambda: _count(page, MARKS) == expected)
    assert _count(page, ".event:not([hidden])") == expected
    _until(lambda: _chart_titles(page) == ["Mali"])
    shown = page.execute_script(
        "return [...new Set([...document.querySelectorAll('.event:not([hidden])')]"
        ".map((e) => e.dataset.country + ' ' + e.dataset.type))]"
    )
    assert shown == ["Mali Battles"]


def test_clearing_the_filters_brings_all_back(
    large_report: Path, open_report: Open
) -> None:
    page = open_report(large_report)
    _fill(page, "text", "no such word anywhere")
    assert _status(page).startswith("0 of 500")
    _until(lambda: _count(page, MARKS) == 0)
    page.execute_script("document.querySelector('button[type=reset]').click()")
    _until(lambda: _status(page) == "500 of 500 events")
    _until(lambda: _count(page, MARKS) == 500)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("only", "new", 250),
        ("only", "disputed", 50),
        ("origins", "3", 167),
        ("from", "2026-02-20", 80),
        ("text", "suárez", 100),
    ],
)
def test_each_filter_counts_right(
    large_report: Path, open_report: Open, name: str, value: str, expected: int
) -> None:
    page = open_report(large_report)
    _fill(page, name, value)
    assert _status(page) == f"{expected} of 500 events fit the filters"


def test_a_click_on_the_map_opens_that_events_evidence(
    large_report: Path, open_report: Open
) -> None:
    page = open_report(large_report)
    _fill(page, "text", "event-393")
    _until(lambda: _count(page, MARKS) == 1)
    _click(page, MARKS)
    _until(lambda: _opened(page) == ["event-393"])
    evidence = page.execute_script(
        "return document.querySelector('.event details[open]').innerText"
    )
    assert "killed at least 12 people" in evidence
    assert "Where it departs from its origin" in evidence
    assert "Left out of this report" in evidence
    assert page.execute_script(
        "return document.activeElement.closest('.event').dataset.id"
    ) == ("event-393")


def test_a_revision_leads_to_its_event_even_beyond_the_first_page(
    large_report: Path, open_report: Open
) -> None:
    page = open_report(large_report)
    target = page.execute_script(
        "const a = [...document.querySelectorAll('a[href^=\"#event-\"]')].find((a) =>"
        " document.querySelector(a.hash).hidden);"
        "a.click(); return a.hash.slice(1)"
    )
    _until(lambda: _opened(page) == [target.removeprefix("event-")])


def test_the_list_shows_forty_and_then_all(
    large_report: Path, open_report: Open
) -> None:
    page = open_report(large_report)
    assert _count(page, ".event:not([hidden])") == 40
    page.execute_script("document.getElementById('more').click()")
    assert _count(page, ".event:not([hidden])") == 500


def test_the_keyboard_reaches_filters_map_tools_and_evidence(
    large_report: Path, open_report: Open
) -> None:
    page = open_report(large_report)
    names: list[str] = []
    while "summary" not in names and len(names) < 60:
        _press(page, "Tab", 9)
        names.append(
            page.execute_script(
                "const e = document.activeElement;"
                "return e.name || e.dataset.zoom || e.className || e.localName"
            )
        )
    assert names[0] == "skip"
    for wanted in ("text", "type", "country", "only", "origins", "in", "fit"):
        assert wanted in names, wanted
    _press(page, "Enter", 13)
    _until(lambda: len(_opened(page)) == 1)


def test_zooming_moves_the_map(large_report: Path, open_report: Open) -> None:
    page = open_report(large_report)
    before = _first_mark(page)
    page.execute_script("document.querySelector('[data-zoom=in]').click()")
    _until(lambda: _first_mark(page) != before)
    page.execute_script("document.querySelector('[data-zoom=world]').click()")
    _until(lambda: _first_mark(page) == before)


def _fill(page: Any, name: str, value: str) -> None:
    page.execute_script(
        "const e = document.querySelector(`form [name=${arguments[0]}]`);"
        "e.value = arguments[1]; e.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def _status(page: Any) -> str:
    return str(
        page.execute_script("return document.getElementById('shown').textContent")
    )


def _count(page: Any, selector: str) -> int:
    return int(
        page.execute_script(
            "return document.querySelectorAll(arguments[0]).length", selector
        )
    )


def _chart_titles(page: Any) -> list[str]:
    titles: list[str] = page.execute_script(
        "return [...document.querySelectorAll('#chart-countries .role-title-text text,"
        " #chart-countries .role-header text')].map((e) => e.textContent)"
    )
    return [title for title in titles if title]


def _opened(page: Any) -> list[str]:
    found: list[str] = page.execute_script(
        "return [...document.querySelectorAll('.event:has(> details[open])')]"
        ".map((e) => e.dataset.id)"
    )
    return found


def _first_mark(page: Any) -> str:
    return str(
        page.execute_script(
            "return document.querySelector(arguments[0]).getAttribute('transform')",
            MARKS,
        )
    )


def _click(page: Any, selector: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    mark = page.find_element(By.CSS_SELECTOR, selector)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", mark)
    ActionChains(page).move_to_element(mark).click().perform()


def _press(page: Any, key: str, code: int) -> None:
    text = {"text": "\r"} if key == "Enter" else {}
    base = {"key": key, "code": key, "windowsVirtualKeyCode": code}
    page.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyDown", **base, **text})
    page.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp", **base})


def _until(true: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)
