"""The report's HTML and figures, without a browser."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import vl_convert

from tasks.reporting import charts, content
from tasks.reporting.events import share_reports
from tasks.reporting.report import render_report, write_report
from tests.browser import published


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published.hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published.large(tmp_path_factory.mktemp("small"), count=60)


@pytest.fixture(scope="module")
def html(hostile: Path) -> str:
    return render_report(hostile)


def test_hostile_titles_are_escaped(html: str) -> None:
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt; attack" in html
    assert "<script>window.hacked" not in html
    body = html[: html.index('id="report-data"')]
    assert "<img" not in body
    assert body.count("<script") == 1


def test_the_pages_data_survive_their_escaping(html: str) -> None:
    found = re.search(r'id="report-data">(.*?)</script>', html, re.DOTALL)
    assert found
    events = json.loads(found[1])["events"]
    assert {e["place"] for e in events} == {
        title[:500] for title in published.HOSTILE_TITLES
    }
    assert "<" not in found[1]


def test_nothing_points_to_another_place(html: str) -> None:
    own = html[: html.index('id="report-data"')]
    assert re.findall(r'(?:src|href)="(?!#|data:,)[^"]*"', own) == []
    assert "url(" not in own
    assert "default-src 'none'" in own


def test_the_same_release_gives_the_same_bytes(hostile: Path, html: str) -> None:
    assert render_report(hostile) == html


def test_the_newest_report_replaces_the_latest(hostile: Path, tmp_path: Path) -> None:
    latest = write_report(hostile, tmp_path)
    assert latest.name == "latest.html"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "latest.html",
        "report-2026-03-01T063000Z.html",
    ]


def test_headline_counts_change_against_the_release_before(small: Path) -> None:
    figures = {f.label: (f.value, f.change) for f in content.gather(small)["headline"]}
    assert figures["events in all"] == (60, 30)
    assert figures["articles read"] == (120, 60)
    assert figures["events in 7 days"] == (10, 3)


def test_events_are_new_or_not_by_the_release_before(small: Path) -> None:
    found = content.gather(small)["events"]
    changes = [e["change"] for e in found]
    assert changes.count("new") == 30
    assert changes.count("") == 30


def test_a_revision_tells_its_reason(small: Path) -> None:
    revised = content.gather(small)["revised"]
    assert [(r["old_value"], r["new_value"]) for r in revised] == [("5", "12")]
    assert revised[0]["reason"].startswith("a later count")


def test_a_disputed_event_lists_who_says_what(small: Path) -> None:
    disputed = content.gather(small)["disputed"]
    assert len(disputed) == 6
    assert [(f["claimant"], f["count_text"]) for f in disputed[0]["figures"]] == [
        ("The army", "12"),
        ("The army", "12"),
    ]


def test_first_report_of_a_family_comes_first(small: Path) -> None:
    for event in content.gather(small)["events"]:
        assert [r["lineage"] for r in event["reports"]] == ["origin", "rewrite"]
        assert len(event["reports"][1]["mutations"]) == 1
        assert event["more_reports"] == 0


def test_every_event_keeps_its_first_report_when_room_is_short() -> None:
    events = [{"reports": list(range(n)), "num_mentions": n} for n in (3, 0, 2, 1, 12)]
    share_reports(events, most=6)
    assert [len(e["reports"]) for e in events] == [2, 0, 2, 1, 1]
    assert [e["more_reports"] for e in events] == [1, 0, 0, 0, 11]
    share_reports(events, most=100)
    assert [len(e["reports"]) for e in events] == [2, 0, 2, 1, 1]


def test_days_without_polls_are_ranges(small: Path) -> None:
    assert content.gather(small)["gaps"]["quiet_days"] == []


def test_series_begin_with_the_first_event_of_half_a_year() -> None:
    old, new = {"event_date": date(2023, 9, 17)}, {"event_date": date(2026, 3, 29)}
    weeks = content.weeks_shown([old, new, {"event_date": None}])
    assert weeks == (date(2026, 2, 2), date(2026, 3, 30))
    assert content.weeks_shown([]) == (None, None)


@pytest.mark.parametrize(
    "spec",
    [
        charts.map_spec(),
        charts.series_spec(date(2026, 1, 5), date(2026, 3, 2)),
        charts.series_spec(None, None),
        charts.country_spec(date(2026, 1, 5), date(2026, 3, 2)),
    ],
)
def test_vega_lite_compiles_every_chart(spec: charts.Spec) -> None:
    assert vl_convert.vegalite_to_vega(spec)["$schema"].endswith(".json")
