from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tasks.archiving import segments
from tasks.archiving.errors import ArchiveError
from tasks.archiving.segments import SegmentWriter, read_one, read_responses
from tasks.model.feeds import FeedItem, FetchedResponse

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
FAR = (NOON - timedelta(days=9), NOON + timedelta(days=9))


def response(url: str, at: datetime = NOON, body: bytes = b"<html>") -> FetchedResponse:
    return FetchedResponse(
        url=url,
        final_url=url + "?final",
        status=200,
        headers=(
            ("Content-Type", "text/html"),
            ("Set-Cookie", "a"),
            ("Set-Cookie", "b"),
        ),
        body=body,
        retrieved_at=at,
        elapsed_ms=12,
        permanent_redirect_to=None,
    )


ITEM = FeedItem(
    feed_url="https://a.example/feed",
    item_id="i1",
    guid=None,
    url="https://a.example/1",
    title="Léré",
    published_at=NOON,
    categories=("Mali", "Niger"),
)


def test_what_was_added_is_read_back_whole(tmp_path: Path) -> None:
    sent = response("https://a.example/1", body=b"\x00\xff raw")
    with SegmentWriter(tmp_path, "run1") as writer:
        archived = writer.add(sent, "article", ITEM)
    assert list(read_responses(tmp_path, *FAR)) == [(archived, sent, ITEM)]
    assert read_one(tmp_path, archived) == sent


def test_nothing_is_visible_before_close(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, "run1")
    archived = writer.add(response("https://a.example/1"), "article")
    assert list(read_responses(tmp_path, *FAR)) == []
    with pytest.raises(ArchiveError, match="no such segment"):
        read_one(tmp_path, archived)
    writer.close()
    assert len(list(read_responses(tmp_path, *FAR))) == 1


def test_a_failed_block_leaves_no_file(tmp_path: Path) -> None:
    def fails() -> None:
        with SegmentWriter(tmp_path, "run1") as writer:
            writer.add(response("https://a.example/1"), "article")
            raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        fails()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_same_responses_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with SegmentWriter(tmp_path / name, "run1") as writer:
            for n in range(30):
                writer.add(response(f"https://a.example/{n}"), "article", ITEM)
    files = [sorted((tmp_path / name).rglob("*.parquet")) for name in ("a", "b")]
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]
    assert len(files[0]) == 1


def test_range_is_half_open_and_days_are_utc(tmp_path: Path) -> None:
    midnight = datetime(2026, 3, 4, tzinfo=UTC)
    plus3 = (midnight + timedelta(hours=1)).astimezone(ZoneInfo("Africa/Nairobi"))
    with SegmentWriter(tmp_path, "run1") as writer:
        writer.add(response("before", midnight - timedelta(microseconds=1)), "article")
        writer.add(response("at", midnight), "article")
        writer.add(response("after", plus3), "article")
        writer.add(response("end", midnight + timedelta(days=1)), "article")
    found = read_responses(tmp_path, midnight, midnight + timedelta(days=1))
    assert [r.url for _, r, _ in found] == ["at", "after"]


def test_kind_selects(tmp_path: Path) -> None:
    with SegmentWriter(tmp_path, "run1") as writer:
        writer.add(response("f"), "feed")
        writer.add(response("a"), "article")
    assert [r.url for _, r, _ in read_responses(tmp_path, *FAR, kind="feed")] == ["f"]


def test_unknown_kind_is_refused(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, "run1")
    with pytest.raises(ArchiveError, match="unknown kind"):
        writer.add(response("a"), "page")
    writer.abort()


def test_a_second_run_with_the_same_id_overwrites_nothing(tmp_path: Path) -> None:
    for url in ("first", "second"):
        with SegmentWriter(tmp_path, "run1") as writer:
            writer.add(response(url), "article")
    assert [r.url for _, r, _ in read_responses(tmp_path, *FAR)] == ["first", "second"]


def test_large_runs_are_split_into_groups_and_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "GROUP_ROWS", 3)
    monkeypatch.setattr(segments, "PART_ROWS", 10)
    with SegmentWriter(tmp_path, "run1") as writer:
        archived = [writer.add(response(f"u{n}"), "article") for n in range(25)]
    assert len(list(tmp_path.rglob("*.parquet"))) == 3
    assert [r.url for _, r, _ in read_responses(tmp_path, *FAR)] == [
        f"u{n}" for n in range(25)
    ]
    assert [read_one(tmp_path, a).url for a in archived] == [f"u{n}" for n in range(25)]


def test_a_killed_run_leaves_only_what_cleaning_removes(tmp_path: Path) -> None:
    SegmentWriter(tmp_path, "run1").add(response("a"), "article")  # never closed
    assert list(read_responses(tmp_path, *FAR)) == []
    assert segments.remove_leftovers(tmp_path) == 1
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_wrong_pointer_is_an_error_not_another_page(tmp_path: Path) -> None:
    from dataclasses import replace

    with SegmentWriter(tmp_path, "run1") as writer:
        archived = [writer.add(response(u), "article") for u in ("a", "b")]
    for wrong in (
        replace(archived[0], archive_row=1),
        replace(archived[0], archive_row=9),
        replace(archived[0], archive_path="../outside.parquet"),
    ):
        with pytest.raises(ArchiveError):
            read_one(tmp_path, wrong)


@pytest.mark.parametrize("run_id", ["", "../x", "a/b", ".hidden", "x" * 101])
def test_a_run_id_that_is_no_file_name_is_refused(tmp_path: Path, run_id: str) -> None:
    with pytest.raises(ArchiveError, match="run id"):
        SegmentWriter(tmp_path, run_id)


def test_another_layout_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "2026-03-03").mkdir()
    pq.write_table(pa.table({"a": [1]}), tmp_path / "2026-03-03" / "x-00000.parquet")
    with pytest.raises(ArchiveError, match="layout"):
        list(read_responses(tmp_path, *FAR))
