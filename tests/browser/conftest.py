"""Headless Chromium for the report's tests; without one they say how to get it."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.reporting.report import render_report
from tests.browser import published

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW = (
    "no chromium and chromedriver: `apt-get install chromium chromium-driver` "
    "(Debian, Ubuntu) or put both on PATH"
)
SIZES = {"phone": (360, 780), "desktop": (1440, 900)}
OBSERVE = """
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((e) => {
      if (!e.hadRecentInput) window.shifts.push(e.value);
    })).observe({ type: "layout-shift", buffered: true });
"""

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser with an empty profile for all tests of the session."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip(HOW)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability(
        "goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"}
    )
    started = webdriver.Chrome(options=options, service=Service(driver))
    started.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVE}
    )
    yield started
    started.quit()


@pytest.fixture
def open_report(chromium: Any) -> Open:
    """Return a function that opens a report at a size and in a colour scheme."""

    def opened(report: Path, size: str = "desktop", scheme: str = "light") -> Any:
        width, height = SIZES[size]
        for log in ("browser", "performance"):
            chromium.get_log(log)
        _emulate(chromium, width, height, scheme)
        chromium.get("about:blank")
        chromium.get(report.as_uri())
        _wait_ready(chromium)
        return chromium

    return opened


@pytest.fixture(scope="session")
def large_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 500 events with 1,000 reports, in a region that was quiet before."""
    folder = tmp_path_factory.mktemp("large")
    return _rendered(published.large(folder, watched_weeks=20), folder)


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of articles whose texts try to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    return _rendered(published.hostile(folder), folder)


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures are kept for people to look at."""
    folder = Path(__file__).resolve().parents[2] / "test-artifacts" / "report"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _rendered(file: Path, folder: Path) -> Path:
    report = folder / "report.html"
    report.write_text(render_report(file), encoding="utf-8")
    return report


def _emulate(browser: Any, width: int, height: int, scheme: str) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {
            "width": width,
            "height": height,
            "deviceScaleFactor": 1,
            "mobile": width < 600,
        },
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )


def _wait_ready(browser: Any, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not browser.execute_script("return document.body.dataset.ready"):
        assert time.monotonic() < until, "the charts were not drawn"
        time.sleep(0.05)
