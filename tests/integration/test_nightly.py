"""The nightly flow on the demo newsroom, over real HTTP, into real files."""

from collections import Counter
from pathlib import Path

import pytest

from tasks.demo.corpus import DAYS
from tasks.demo.outlets import outlets
from tests.integration.conftest import Newsroom, prepare_home
from warehouse.verify import content_hashes
from warehouse.verify_evidence import unsupported_evidence

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

LAST = len(DAYS)


def test_a_night_leaves_a_published_file_and_a_report(newsroom: Newsroom) -> None:
    summary = newsroom.nightly(LAST)

    events = newsroom.ask("SELECT count(*) FROM events")[0][0]
    outlets_used = newsroom.ask(
        "SELECT count(DISTINCT publisher) FROM event_mentions WHERE event_id IS NOT NULL"
    )[0][0]
    assert events >= 25
    assert outlets_used >= 10
    assert (newsroom.settings.reports_dir / "latest.html").stat().st_size < 3_000_000
    assert summary["published"]["events"] >= events
    assert newsroom.ask(
        "SELECT count(*) FROM rejects WHERE reason = 'coder_error'"
    ) == [(0,)]
    reasons = dict(newsroom.ask("SELECT reason, count(*) FROM rejects GROUP BY reason"))
    assert {"paywall", "live_blog", "video_page", "sport"} <= reasons.keys()
    spans, wrong = unsupported_evidence(newsroom.published)
    assert spans > 100
    assert wrong == []
    _assert_artifacts(newsroom, events)


def _assert_artifacts(newsroom: Newsroom, events: int) -> None:
    """The run left its figures, two tables and a link to the report in Prefect."""
    from prefect.artifacts import Artifact

    found = {
        key: Artifact.get(key)
        for key in ("run-summary", "newest-events", "feeds-to-look-at", "report")
    }
    assert all(found.values()), found
    kinds = {key: artifact.type for key, artifact in found.items() if artifact}
    assert kinds == {
        "run-summary": "markdown",
        "newest-events": "table",
        "feeds-to-look-at": "table",
        "report": "markdown",
    }
    data = {key: str(artifact.data) for key, artifact in found.items() if artifact}
    assert f"| published: events | {events}" in data["run-summary"]
    assert data["newest-events"].count('"event_id"') == 20
    assert "Lost Page" in data["feeds-to-look-at"]
    report = (newsroom.settings.reports_dir / "latest.html").resolve()
    assert report.as_uri() in data["report"]


def test_one_request_per_feed_and_page_and_a_row_for_each_failure(
    newsroom: Newsroom,
) -> None:
    newsroom.nightly(LAST)

    asked = Counter(newsroom.server.requests)
    assert max(asked.values()) == 1, [k for k, n in asked.items() if n > 1]
    polls = dict(newsroom.ask("SELECT feed_url, reason FROM feed_polls"))
    assert len(polls) == len(outlets())
    assert polls["https://lostpage.example/feed.xml"] == "http_404"
    assert polls["https://closeddesk.example/feed.xml"] == "http_410"
    assert polls["https://busydesk.example/feed.xml"] == "http_429"
    assert polls["https://emptyherald.example/feed.xml"] == "empty"


def test_a_second_run_over_the_same_day_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.nightly(LAST)
    before = content_hashes(newsroom.settings.warehouse_path)
    asked = sum(newsroom.server.requests.values())

    summary = newsroom.nightly(LAST)

    assert content_hashes(newsroom.settings.warehouse_path) == before
    assert sum(newsroom.server.requests.values()) == asked, "nothing was due"
    assert summary["articles"]["pages"] == 0


def test_two_nights_end_where_one_catch_up_night_ends(
    newsroom: Newsroom,
    tmp_path: Path,
    reference_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Events and ids do not depend on when an article was first seen."""
    events = (
        "SELECT event_id, event_date, location, sub_event_type, num_mentions, "
        "independent_origins FROM events ORDER BY event_id"
    )
    newsroom.nightly(LAST - 1)
    newsroom.nightly(LAST)
    stepwise = newsroom.ask(events)

    other = Newsroom(newsroom.server, tmp_path / "other")
    prepare_home(other.home, reference_dir)
    for name, value in other.environment().items():
        monkeypatch.setenv(name, value)
    other.nightly(LAST)

    assert other.ask(events) == stepwise


def test_the_lere_story_is_revised_from_day_to_day(newsroom: Newsroom) -> None:
    """CODEBOOK 12 over four days: claim, rewrite, second origin, withdrawal, tolls."""
    lere = (
        "SELECT sub_event_type, independent_origins, fatalities_low, fatalities_best, "
        "is_disputed FROM events WHERE country_iso3 = 'MLI' AND location = 'Léré'"
    )
    newsroom.nightly(1)
    assert newsroom.ask(lere) == [
        ("Non-state actor overtakes territory", 1, 1, None, False)
    ]
    newsroom.nightly(2)
    [(sub_type, origins, *_)] = newsroom.ask(lere)
    assert sub_type == "Armed clash"  # R-REV-1: they left during the night
    assert origins == 3
    newsroom.nightly(3)
    newsroom.nightly(4)
    [(_, _, low, _, disputed)] = newsroom.ask(lere)
    assert low >= 1
    assert disputed is True
    rules = {r for (r,) in newsroom.ask("SELECT DISTINCT rule_id FROM event_revisions")}
    assert "R-REV-1" in rules
    elsewhere = newsroom.ask(
        "SELECT location FROM events WHERE event_date < '2023-12-31' "
        "AND (country_iso3 IS NULL OR country_iso3 != 'MLI')"
    )
    assert elsewhere == []
