"""WARC out and in: what goes out comes back, and others' files are read."""

import gzip
import io
import random
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.archiving import warc_frames
from tasks.archiving.segments import SegmentWriter, read_responses
from tasks.archiving.warc import export_warc
from tasks.archiving.warc_read import Exchange, Left, read_warc
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
NOT_MODIFIED = FetchedResponse(
    "https://a.example/feed", "https://a.example/feed", 304, (), b"", NOW, 3
)
URL = "https://b.example/news"
HTML = [("Content-Type", "text/html")]


def fill(folder: Path) -> None:
    with SegmentWriter(folder, "run1") as writer:
        writer.add(SENT, "article", ITEM)
        writer.add(NOT_MODIFIED, "feed")


def exported(folder: Path, name: str = "x.warc.gz") -> Path:
    if not (folder / "a").exists():
        fill(folder / "a")
    export_warc(folder / "a", *DAY, folder / name)
    return folder / name


def taken(path: Path) -> list[Exchange]:
    return [found for found in read_warc(path) if isinstance(found, Exchange)]


def left(path: Path) -> Counter[str]:
    return Counter(found.reason for found in read_warc(path) if isinstance(found, Left))


def test_what_is_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    path = exported(tmp_path)
    assert len(list(read_responses(tmp_path / "a", *DAY))) == 2
    assert list(read_warc(path)) == [
        Exchange(SENT, "article", ITEM),
        Exchange(NOT_MODIFIED, "feed", None),
    ]


def test_export_is_deterministic_and_whole(tmp_path: Path) -> None:
    one, two = exported(tmp_path, "x.warc.gz"), exported(tmp_path, "y.warc.gz")
    assert one.read_bytes() == two.read_bytes()
    assert not list(tmp_path.glob("*.tmp"))


def test_only_one_kind_is_exported_when_asked(tmp_path: Path) -> None:
    fill(tmp_path / "a")
    count = export_warc(tmp_path / "a", *DAY, tmp_path / "x.warc.gz", kind="feed")
    assert count == 1
    assert [found.kind for found in taken(tmp_path / "x.warc.gz")] == ["feed"]


def record(
    body: bytes = b"<html>news",
    headers: list[tuple[str, str]] = HTML,
    *,
    url: str = URL,
    kind: str = "response",
    status: str = "200 OK",
    date: str = "2026-03-03T12:00:00Z",
    packed: bool = True,
) -> bytes:
    """Return the bytes of one record as a crawler writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
    if kind == "request":
        head = StatusAndHeaders(
            "GET /news HTTP/1.1", [("Host", "b.example")], is_http_request=True
        )
    if kind == "warcinfo":
        writer.write_record(writer.create_warcinfo_record("x", {"software": "c"}))
        return out.getvalue()
    if kind == "revisit":
        writer.write_record(writer.create_revisit_record(
            url, digest="sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A", refers_to_uri=url,
            refers_to_date=date, http_headers=head,
        ))  # fmt: skip
        return out.getvalue()
    writer.write_record(
        writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=head,
            warc_headers_dict={"WARC-Date": date},
        )
    )  # fmt: skip
    return out.getvalue()


def file_of(folder: Path, records: Iterable[bytes], name: str = "cc.warc.gz") -> Path:
    (folder / name).write_bytes(b"".join(records))
    return folder / name


def crawl(*, packed: bool = True) -> list[bytes]:
    """Return the records of a file such as CC-NEWS."""
    return [
        record(kind="warcinfo", packed=packed),
        record(kind="request", packed=packed),
        record(b"<html>one", packed=packed),
        record(kind="revisit", packed=packed),
        record(b"<html>two", url="https://b.example/2", packed=packed),
        record(b"<html>gone", status="404 Not Found", packed=packed),
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_files_of_other_crawlers_give_the_pages_that_were_served(
    tmp_path: Path, packed: bool
) -> None:
    path = file_of(tmp_path, crawl(packed=packed))
    found = taken(path)
    assert [f.response.body for f in found] == [b"<html>one", b"<html>two"]
    assert {(f.kind, f.item, f.response.status) for f in found} == {
        ("article", None, 200)
    }
    assert found[0].response.retrieved_at == datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    assert left(path) == {"other_record": 2, "revisit": 1, "http_404": 1}


def test_a_file_packed_as_one_gzip_member_is_read_as_well(tmp_path: Path) -> None:
    path = file_of(tmp_path, [gzip.compress(b"".join(crawl(packed=False)))])
    assert len(taken(path)) == 2


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        pytest.param("gzip", gzip.compress, id="gzip"),
        pytest.param("deflate", zlib.compress, id="deflate"),
        pytest.param("gzip", bytes, id="said-to-be-coded-and-is-not"),
        pytest.param("x-unheard-of", bytes, id="unknown-coding"),
    ],
)
def test_bodies_are_stored_decoded(tmp_path: Path, coding: str, pack: type) -> None:
    headers = [*HTML, ("Content-Encoding", coding)]
    [found] = taken(file_of(tmp_path, [record(pack(b"<html>news"), headers)]))
    assert found.response.body == b"<html>news"
    assert found.response.header("content-encoding") is None


def test_a_chunked_body_is_put_together(tmp_path: Path) -> None:
    headers = [*HTML, ("Transfer-Encoding", "chunked")]
    path = file_of(
        tmp_path, [record(b"6\r\n<html>\r\n4\r\nnews\r\n0\r\n\r\n", headers)]
    )
    assert [f.response.body for f in taken(path)] == [b"<html>news"]


LAST = record(b"<html>last", url="https://b.example/last")


def packed_head(head: bytes) -> bytes:
    return gzip.compress(b"WARC/1.0\r\n" + head)


HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "dns": (lambda: record(url="dns:b.example"), "not_http"),
    "ftp": (lambda: record(url="ftp://b.example/x"), "not_http"),
    "no host": (lambda: record(url="https://"), "not_http"),
    "long address": (lambda: record(url="https://b.example/" + "x" * 5_000), "not_http"),
    "broken address": (lambda: record(url="https://[b.example/"), "not_http"),
    "no date": (lambda: record(date="yesterday"), "bad_date"),
    "first year": (lambda: record(date="0001-01-01T00:00:00+14:00"), "bad_date"),
    "last year": (lambda: record(date="9999-12-31T23:59:59-14:00"), "bad_date"),
    "no status": (lambda: record(status="banana"), "bad_status"),
    "large body": (lambda: record(b"x" * 20_500_000), "too_large"),
    "large record": (lambda: record(b"x" * 22_000_000), "too_large"),
    "body bomb": (
        lambda: record(gzip.compress(b"A" * 25_000_000), [*HTML, ("Content-Encoding", "gzip")]),
        "too_large",
    ),
    "bad chunks": (
        lambda: record(b"zz\r\nnews", [*HTML, ("Transfer-Encoding", "chunked")]), None,
    ),
    "no address": (
        lambda: packed_head(b"WARC-Type: response\r\nContent-Length: 5\r\n\r\nhello"),
        "unreadable: AttributeError",
    ),
    "endless": (
        lambda: packed_head(b"Content-Length: 99999999999999\r\n\r\nhello"), "too_large",
    ),
    "short": (lambda: packed_head(b"Content-Length: 900\r\n\r\nhello"), "truncated"),
    "negative": (lambda: packed_head(b"Content-Length: -1\r\n\r\nhello"), "not_a_record"),
    "no length": (lambda: packed_head(b"no length at all\r\n\r\nhello"), "not_a_record"),
    "endless line": (lambda: packed_head(b"x" * 3_000_000), "not_a_record"),
    "many starts": (
        lambda: gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" * 20_000), "not_a_record",
    ),
    "no record": (lambda: gzip.compress(b"A" * 50_000_000), "not_a_record"),
    "control characters": (lambda: record(headers=[("X-\x00", "\x01")] * 900), None),
    "bytes of no encoding": (
        lambda: gzip.compress(gzip.decompress(record()).replace(b"text/html", b"text/\xff\xfe\xed\xa0")),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_record_ends_with_its_reason_and_the_file_goes_on(
    tmp_path: Path, name: str
) -> None:
    make, reason = HOSTILE[name]
    path = file_of(tmp_path, [record(kind="warcinfo"), make(), LAST])
    found = taken(path)
    assert found[-1].response.body == b"<html>last"
    assert reason is None or reason in left(path)
    with SegmentWriter(tmp_path / "a", "run") as writer:  # and it can be archived
        for exchange in found:
            writer.add(exchange.response, exchange.kind, exchange.item)


def test_plain_files_find_the_next_record_after_garbage(tmp_path: Path) -> None:
    good = record(packed=False)
    path = file_of(tmp_path, [good, b"\x00garbage\r\n" * 9_999, good, b"WARC/1.0\r\nx\r\n\r\n", good])  # fmt: skip
    assert len(taken(path)) == 3
    assert left(path) == {"not_a_record": 2}


def test_a_broken_member_costs_itself(tmp_path: Path) -> None:
    broken = bytearray(record(b"<html>" + random.Random(4).randbytes(9_000)))
    broken[3_000:3_400] = b"\xff" * 400
    path = file_of(tmp_path, [record(b"<html>one"), bytes(broken), LAST])
    assert [f.response.body for f in taken(path)] == [b"<html>one", b"<html>last"]
    assert left(path) == {"broken_gzip": 1}


def test_what_unpacks_without_end_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc_frames, "_MAX_MEMBER", 1_000_000)
    path = file_of(tmp_path, [record(), gzip.compress(b"\n" * 30_000_000), LAST])
    assert [f.response.body for f in taken(path)] == [b"<html>news", b"<html>last"]


def test_a_forged_note_is_no_feed_item(tmp_path: Path) -> None:
    data = exported(tmp_path).read_bytes()
    plain = gzip.decompress(data).replace(b'"title": "L\xc3\xa9r\xc3\xa9"', b'"title":    [[5]]')  # fmt: skip
    assert b"[[5]]" in plain
    page, feed = taken(file_of(tmp_path, [plain], "forged.warc"))
    assert (page.kind, page.item) == ("article", None)
    assert feed.kind == "feed"


def test_a_truncated_file_gives_what_it_holds(tmp_path: Path) -> None:
    data = exported(tmp_path).read_bytes()
    path = file_of(tmp_path, [data[: len(data) * 2 // 3]], "cut.warc.gz")
    assert [found.response for found in taken(path)] == [SENT]


@given(cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=9)), max_size=4))
def test_no_damage_stops_the_reader(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[float, bytes]]
) -> None:
    whole = b"".join(crawl())
    data = bytearray(whole)
    for where, junk in cuts:
        at = int(where * len(data))
        data[at : at + len(junk)] = junk[: len(data) - at]
    path = file_of(tmp_path_factory.mktemp("w"), [record(kind="warcinfo"), bytes(data)])
    assert 1 <= len(list(read_warc(path))) <= 40


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<html>not a warc at all</html>\n" * 40, id="html"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x1f\x8b\x08garbage", id="broken-gzip"),
        pytest.param(gzip.compress(b"not a warc"), id="another-gzip"),
    ],
)
def test_a_file_that_is_no_warc_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ConfigError):
        list(read_warc(file_of(tmp_path, [data])))


def test_progress_adds_up_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = file_of(tmp_path, crawl())
    seen: list[int] = []
    list(read_warc(path, seen.append))
    assert sum(seen) == path.stat().st_size
