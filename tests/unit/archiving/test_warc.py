import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.archiving import warc
from tasks.archiving.segments import SegmentWriter, read_responses
from tasks.archiving.warc import WarcCounts, export_warc, import_warc
from tasks.errors import ConfigError
from tasks.model.feeds import FeedItem, FetchedResponse

NOW = datetime(2026, 3, 3, 12, 0, 0, 123456, tzinfo=UTC)
DAY = (NOW - timedelta(days=1), NOW + timedelta(days=1))
ITEM = FeedItem("https://a.example/feed", "i1", None, "https://a.example/1", "Léré")
SENT = FetchedResponse(
    url="https://a.example/1?utm_source=rss",
    final_url="https://a.example/1",
    status=200,
    headers=(("Content-Type", "text/html"), ("X-Note", "b")),
    body="<html>Léré".encode(),
    retrieved_at=NOW,
    elapsed_ms=40,
    permanent_redirect_to="https://a.example/1",
)


def fill(folder: Path) -> None:
    with SegmentWriter(folder, "run1") as writer:
        writer.add(SENT, "article", ITEM)
        writer.add(
            FetchedResponse(
                "https://a.example/feed", "https://a.example/feed", 304, (), b"", NOW, 3
            ),
            "feed",
        )


def test_what_is_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "a")
    assert export_warc(tmp_path / "a", *DAY, tmp_path / "x.warc.gz") == 2
    with SegmentWriter(tmp_path / "b", "run1") as writer:
        counts = import_warc(tmp_path / "x.warc.gz", writer)
    assert counts == WarcCounts(imported=2, skipped=0, refused=0)
    before = list(read_responses(tmp_path / "a", *DAY))
    after = list(read_responses(tmp_path / "b", *DAY))
    assert [(a.response_id, a.kind) for a, _, _ in after] == [
        (a.response_id, a.kind) for a, _, _ in before
    ]
    assert after[0][1:] == (SENT, ITEM)


def test_export_is_deterministic_and_whole(tmp_path: Path) -> None:
    fill(tmp_path / "a")
    for name in ("x", "y"):
        export_warc(tmp_path / "a", *DAY, tmp_path / f"{name}.warc.gz")
    assert (tmp_path / "x.warc.gz").read_bytes() == (
        tmp_path / "y.warc.gz"
    ).read_bytes()
    assert not list(tmp_path.glob("*.tmp"))


def foreign(
    path: Path,
    body: bytes,
    headers: list[tuple[str, str]],
    url: str = "https://b.example/news",
) -> None:
    """Write a file as crawlers do: warcinfo, request, encoded response."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        writer.write_record(
            writer.create_warcinfo_record("x.warc.gz", {"software": "crawler"})
        )
        request = StatusAndHeaders(
            "GET /news HTTP/1.1", [("Host", "b.example")], is_http_request=True
        )
        writer.write_record(
            writer.create_warc_record(url, "request", http_headers=request)
        )
        status = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=status,
                warc_headers_dict={"WARC-Date": "2026-03-03T12:00:00Z"},
            )
        )  # fmt: skip


def test_files_of_other_crawlers_are_read_decoded(tmp_path: Path) -> None:
    import gzip

    foreign(
        tmp_path / "cc.warc.gz",
        gzip.compress(b"<html>news", mtime=0),
        [("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
    )
    with SegmentWriter(tmp_path / "b", "run1") as writer:
        assert import_warc(tmp_path / "cc.warc.gz", writer) == WarcCounts(1, 2, 0)
    ((archived, response, item),) = read_responses(tmp_path / "b", *DAY)
    assert (response.body, response.status, item) == (b"<html>news", 200, None)
    assert response.retrieved_at == datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    assert archived.kind == "article"
    assert response.header("content-encoding") is None


@pytest.mark.parametrize("url", ["dns:b.example", "ftp://b.example/x"])
def test_records_that_are_no_web_pages_are_refused(tmp_path: Path, url: str) -> None:
    foreign(tmp_path / "x.warc.gz", b"x", [], url)
    with SegmentWriter(tmp_path / "b", "run1") as writer:
        assert import_warc(tmp_path / "x.warc.gz", writer).imported == 0


def test_a_record_too_large_is_refused_and_the_file_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "_MAX_BODY", 5)
    fill(tmp_path / "a")
    export_warc(tmp_path / "a", *DAY, tmp_path / "x.warc.gz")
    with SegmentWriter(tmp_path / "b", "run1") as writer:
        counts = import_warc(tmp_path / "x.warc.gz", writer)
    assert (counts.imported, counts.refused) == (1, 1)


def test_a_truncated_file_gives_what_it_holds(tmp_path: Path) -> None:
    fill(tmp_path / "a")
    export_warc(tmp_path / "a", *DAY, tmp_path / "x.warc.gz")
    data = (tmp_path / "x.warc.gz").read_bytes()
    (tmp_path / "cut.warc.gz").write_bytes(data[: len(data) * 2 // 3])
    with SegmentWriter(tmp_path / "b", "run1") as writer:
        counts = import_warc(tmp_path / "cut.warc.gz", writer)
    assert counts.imported >= 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<html>not a warc at all</html>\n" * 40, id="html"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x1f\x8b\x08garbage", id="broken-gzip"),
    ],
)
def test_a_file_that_is_no_warc_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.warc").write_bytes(data)
    with SegmentWriter(tmp_path / "b", "run1") as writer, pytest.raises(ConfigError):
        import_warc(tmp_path / "x.warc", writer)
