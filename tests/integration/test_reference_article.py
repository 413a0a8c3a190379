"""CODEBOOK 12, last paragraph: the aggregator's rewrite, through the whole flow.

Once with the original page, when it is at hand, and always in our own words.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.demo.corpus import articles
from tests.integration.conftest import prepare_home
from tests.integration.small_site import HOST, feed, page, serve

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "lere_article.txt"
PUBLISHED = datetime(2023, 9, 18, 6, 0, tzinfo=UTC)


def original() -> tuple[str, list[str]]:
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line]
    return lines[0], lines[1:]


def own_words() -> tuple[str, list[str]]:
    """The newsroom's rewrite of the same story, with its inserts as page lines."""
    rewrite = next(a for a in articles() if a.id == "l02")
    lines: list[str] = []
    for number, paragraph in enumerate(rewrite.body):
        lines.append(paragraph)
        lines += [i.text for i in rewrite.inserts if i.after == number + 1]
    return rewrite.title, lines


CASES = [pytest.param(own_words, id="own-words")]
if SEED.exists():
    CASES.append(pytest.param(original, id="original"))


@pytest.fixture(params=CASES)
def published(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    reference_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """The published file after one night whose only news is that article."""
    title, paragraphs = request.param()
    documents = {
        "/feed": ("application/rss+xml", feed([("/lere", title, PUBLISHED)])),
        "/lere": ("text/html; charset=utf-8", page(title, paragraphs, PUBLISHED)),
    }
    home = tmp_path / "home"
    prepare_home(home, reference_dir)
    (home / "feeds.toml").write_text(
        f'[[feed]]\nurl = "https://{HOST}/feed"\nname = "Desk"\nlanguage = "en"\n'
        'licence_note = "test"\n',
        encoding="utf-8",
    )
    with serve(documents) as host_map:
        monkeypatch.setenv("CONFLICTWIRE_HOME", str(home))
        monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(home / "feeds.toml"))
        monkeypatch.setenv("CONFLICTWIRE_HOST_MAP", host_map)
        from flows.nightly import nightly

        nightly(now=PUBLISHED + timedelta(hours=3))
        yield home / "public" / "conflict.duckdb"


def ask(path: Path, sql: str) -> list[dict[str, Any]]:
    from warehouse.query import read_published

    return read_published(path, sql).dicts()


def test_the_page_is_one_claimed_event_in_the_right_lere(published: Path) -> None:
    [event] = ask(published, "FROM events")
    assert event["event_type"] == "Battles"
    assert event["sub_event_type"] == "Non-state actor overtakes territory"
    assert event["event_date"].isoformat() == "2023-09-17"
    assert (event["country_iso3"], event["location"]) == ("MLI", "Léré")
    assert event["admin1"] == "Timbuktu"
    assert abs(event["latitude"] - 15.71) < 0.3
    assert abs(event["longitude"] + 4.91) < 0.3
    assert event["actor1"] == "Coordination of Movements of Azawad"
    assert event["actor2"] == "Military Forces of Mali"
    assert event["responsibility_status"] == "claimed"
    assert "Azawad" in event["responsibility_by"] or "CMA" in event["responsibility_by"]

    assert event["fatalities_low"] == 3
    assert event["fatalities_best"] is None
    assert "several soldiers" in event["fatalities_text"]
    claims = ask(published, "FROM fatality_claims")
    several = [c for c in claims if "several" in c["count_text"]]
    assert several
    assert all("CMA" in c["claimant"] or "Azawad" in c["claimant"] for c in several)

    [article] = ask(published, "SELECT text FROM articles")
    for insert in ("Read Also", "Subscribe", "newsletter", "Kosovo", "Nigeria"):
        assert insert not in article["text"], insert
    assert not article["text"].rstrip().endswith("Comments")

    excluded = ask(published, "SELECT quote, why FROM exclusions")
    historical = " ".join(x["quote"] for x in excluded if x["why"] == "historical")
    for year in ("2012", "2015", "August 2020", "May 2021"):
        assert year in historical, year
