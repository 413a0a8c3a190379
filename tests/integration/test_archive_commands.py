"""`conflictwire archive …`: a crawler's file in, coded, and out again."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows import environment
from flows.cli import app
from tasks.archiving.warc_read import Exchange, read_warc
from tasks.demo.corpus import articles
from tests.integration.conftest import prepare_home
from tests.integration.small_site import page
from warehouse.query import read_published
from warehouse.verify import content_hashes

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

STORY = next(a for a in articles() if a.id == "l02")
PUBLISHED = datetime(2023, 9, 18, 6, 0, tzinfo=UTC)
URL = "https://desk.example/lere"


def crawl(path: Path, *urls: str) -> Path:
    """Write a file as CC-NEWS has them: no feed item, requests, a revisit, a 404."""
    html = page(STORY.title, list(STORY.body), PUBLISHED)
    when = {"WARC-Date": "2023-09-18T09:00:00Z"}
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "c"}))
        for url in urls:
            asked = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
            writer.write_record(
                writer.create_warc_record(url, "request", http_headers=asked)
            )
            for status, body in (("200 OK", html), ("404 Not Found", b"<html>gone")):
                head = StatusAndHeaders(
                    status, [("Content-Type", "text/html")], protocol="HTTP/1.1"
                )
                writer.write_record(
                    writer.create_warc_record(
                        url, "response", payload=io.BytesIO(body), length=len(body),
                        http_headers=head, warc_headers_dict=when,
                    )
                )  # fmt: skip
        writer.write_record(
            writer.create_revisit_record(
                urls[0], digest="sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A",
                refers_to_uri=urls[0], refers_to_date=when["WARC-Date"],
            )
        )  # fmt: skip
    return path


def call(*arguments: object) -> str:
    done = CliRunner().invoke(app, ["archive", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def records(*files: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call("import-warc", "--json", *files))["records"]
    return found


def segments(home: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (home / "archive").rglob("*.parquet")}


def test_a_crawlers_file_is_taken_in_once_coded_and_given_out(
    tmp_path: Path, reference_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    prepare_home(home, reference_dir)
    monkeypatch.setenv("CONFLICTWIRE_HOME", str(home))
    monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(home / "feeds.toml"))
    monkeypatch.setattr(environment, "apply", lambda _: None)  # the test's own server
    one = crawl(tmp_path / "CC-NEWS-1.warc.gz", URL)

    assert records(one) == {
        "imported": 1,
        "known": 0,
        "left: other_record": 2,
        "left: http_404": 1,
        "left: revisit": 1,
    }
    before = segments(home), content_hashes(home / "private" / "warehouse.duckdb")
    assert records(one) == {"files known": 1}
    again = tmp_path / "another-name-and-one-more-page.warc.gz"
    again.write_bytes(one.read_bytes() + one.read_bytes())
    assert records(again)["known"] == 2
    after = segments(home), content_hashes(home / "private" / "warehouse.duckdb")
    assert after == before

    from flows.reprocess import reprocess

    reprocess(now=datetime(2023, 9, 19, tzinfo=UTC))
    published = home / "public" / "conflict.duckdb"
    sql = "SELECT canonical_url, feed_url, published_at FROM articles"
    assert read_published(published, sql).rows == [(URL, None, PUBLISHED)]
    events = read_published(published, "SELECT count(*) > 0 FROM events").rows
    assert events == [(True,)]

    out = tmp_path / "out" / "all.warc.gz"
    call("export-warc", "--out", out)
    [whole] = read_warc(out)
    assert isinstance(whole, Exchange)
    assert whole.response.url == URL
    call("export-warc", "--out", out, "--until", "2023-09-18")
    assert list(out.parent.iterdir()) == [out]
