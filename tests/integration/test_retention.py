"""CONFLICTWIRE_KEEP_BODIES_DAYS: texts go; hashes, spans and codes stay, and we say so."""

from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.demo.corpus import clock
from tests.integration.conftest import Newsroom
from warehouse.connect import Warehouse
from warehouse.verify import content_hashes
from warehouse.verify_evidence import dropped_texts, unsupported_evidence

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

KEPT = {
    "codes": "SELECT * EXCLUDE (confidence) FROM events ORDER BY event_id",
    "spans": "SELECT mention_id, evidence FROM event_mentions ORDER BY mention_id",
    "exclusions": "SELECT * FROM exclusions ORDER BY ALL",
    "hashes": "SELECT article_id, canonical_url, title, text_sha256, published_at, "
    "family_id, lineage FROM articles ORDER BY article_id",
    "responses": "SELECT url, body_sha256, body_bytes, retrieved_at FROM raw.response "
    "ORDER BY response_id",
}
TEXTS = (
    "SELECT count(text) FROM articles",
    "SELECT count(text) FROM core.article_revision",
    """SELECT count(*) FROM raw.feed_item
    WHERE payload->>'summary' IS NOT NULL OR payload->>'content_html' IS NOT NULL""",
    "SELECT count(*) FROM core.article WHERE details->>'summary' IS NOT NULL",
    """SELECT count(*) FROM (SELECT unnest((details->'removals')::JSON[]) AS cut
    FROM core.article) WHERE cut->>'text' != ''""",
)


def said(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_texts_go_and_everything_that_was_made_of_them_stays(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.publish import publish
    from flows.reprocess import reprocess

    newsroom.nightly(4)
    before: dict[str, Any] = {name: newsroom.ask(sql) for name, sql in KEPT.items()}
    assert all(newsroom.ask(sql)[0][0] > 0 for sql in TEXTS), "there is what to drop"
    monkeypatch.setenv("CONFLICTWIRE_KEEP_BODIES_DAYS", "30")

    publish(now=clock(5))  # two and a half years later

    assert {name: newsroom.ask(sql) for name, sql in KEPT.items()} == before
    assert [newsroom.ask(sql) for sql in TEXTS] == [[(0,)]] * len(TEXTS)
    assert unsupported_evidence(newsroom.published) == (0, [])
    dropped = dropped_texts(newsroom.published)
    assert dropped.articles == len(before["hashes"])
    assert dropped.spans > 10

    assert f"{dropped.articles} articles' texts were dropped by the retention" in said(
        "verify"
    )
    [(event_id, url)] = newsroom.ask(
        "SELECT event_id, canonical_url FROM event_mentions "
        "WHERE event_id IS NOT NULL ORDER BY mention_id LIMIT 1"
    )
    for target in (event_id, url):
        assert "the text was dropped by the retention setting" in said(
            "explain", target
        )

    # A reprocessing has nothing to read and leaves what there is.
    held = content_hashes(newsroom.settings.warehouse_path)
    summary = reprocess(now=clock(5))
    assert summary["articles"]["articles"] == 0
    assert summary["promoted"] is False
    assert content_hashes(newsroom.settings.warehouse_path) == held
    assert Warehouse(newsroom.settings.warehouse_path).read(
        "SELECT count(*) FROM core.reject"
    ).item() == len(newsroom.ask("FROM rejects"))
