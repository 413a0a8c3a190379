"""The report in a real browser: readable, quiet, offline, accessible."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = [(z, s) for z in ("phone", "desktop") for s in ("light", "dark")]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_RUN_AXE = """
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ["violations"] }).then((found) => done(
      found.violations.map((v) => [v.impact, v.id, v.nodes.slice(0, 3).map((n) => n.html)])));
"""


def test_five_hundred_events_stay_under_three_megabytes(large_report: Path) -> None:
    assert large_report.stat().st_size < 3_000_000


def test_the_list_holds_every_event(large_report: Path, open_report: Open) -> None:
    page = open_report(large_report)
    assert page.execute_script("return document.querySelectorAll('.event').length") == (
        500
    )


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_nothing_is_cut_or_scrolls_sideways(
    large_report: Path, open_report: Open, screenshots: Path, size: str, scheme: str
) -> None:
    page = open_report(large_report, size, scheme)
    _picture(page, screenshots / f"report-{size}-{scheme}.png")
    wide, across = page.execute_script(
        "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]"
    )
    assert wide <= across
    beyond = page.execute_script(
        "return [...document.querySelectorAll('.scroll')].filter((e) =>"
        " e.scrollWidth > e.clientWidth + 1).map((e) => e.getAttribute('aria-label'))"
    )
    assert beyond == [], "columns that nobody sees without scrolling sideways"
    for name in ("map", "series", "countries"):
        cut = page.execute_script(
            "const e = document.getElementById('chart-' + arguments[0]);"
            "return [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]",
            name,
        )
        assert cut == [0, 0], name


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_surge_stands_against_its_usual_level(
    large_report: Path, open_report: Open, size: str
) -> None:
    page = open_report(large_report, size)
    rows = page.execute_script(
        "const table = document.querySelector('[aria-label=Surges] table');"
        "table.scrollIntoView();"
        "return [...table.tBodies[0].rows].map((r) => [...r.cells].map((c) => c.innerText))"
    )
    assert {row[1] for row in rows} == {"Mopti, Mali"}
    weeks = [
        (int(events), float(usual), float(score)) for _, _, events, usual, score in rows
    ]
    assert weeks
    assert all(events > usual and score >= 3 for events, usual, score in weeks)
    wide, across = page.execute_script(
        "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]"
    )
    assert wide <= across


def test_it_asks_the_network_for_nothing(large_report: Path, open_report: Open) -> None:
    page = open_report(large_report)
    page.execute_script("document.querySelector('[data-zoom=fit]').click()")
    asked = [
        message["params"]["request"]["url"]
        for entry in page.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"]
        == "Network.requestWillBeSent"
    ]
    assert asked, "the performance log is empty: the test cannot tell"
    assert [u for u in asked if not u.startswith(("file:", "data:", "about:"))] == []


def test_the_console_is_silent(large_report: Path, open_report: Open) -> None:
    page = open_report(large_report)
    page.execute_script("document.querySelector('[data-zoom=fit]').click()")
    assert page.get_log("browser") == []


def test_first_paint_comes_within_a_second(
    large_report: Path, open_report: Open
) -> None:
    paints = [_first_paint(open_report(large_report)) for _ in range(3)]
    assert min(paints) < 1_000, paints


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_nothing_moves_while_it_loads(
    large_report: Path, open_report: Open, size: str
) -> None:
    page = open_report(large_report, size)
    assert sum(page.execute_script("return window.shifts")) < 0.01


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_no_serious_fault(
    large_report: Path, open_report: Open, size: str, scheme: str
) -> None:
    page = open_report(large_report, size, scheme)
    page.execute_script(
        "document.querySelectorAll('.event').forEach((e, i) => {"
        "  if (i > 20) e.remove(); else if (i < 3) e.querySelector('details').open = true })"
    )
    page.execute_script(AXE.read_text(encoding="utf-8"))
    page.set_script_timeout(60)
    faults = page.execute_async_script(_RUN_AXE)
    assert [f for f in faults if f[0] in {"serious", "critical"}] == []


def _first_paint(page: Any) -> float:
    return float(
        page.execute_script(
            "return performance.getEntriesByName('first-contentful-paint')[0].startTime"
        )
    )


def _picture(page: Any, path: Path) -> None:
    size = page.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": 3_000, "scale": 1}
    shot = page.execute_cdp_cmd(
        "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip}
    )
    path.write_bytes(base64.b64decode(shot["data"]))
