from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.archiving.errors import BodyDropped
from tasks.archiving.retention import drop_bodies
from tasks.archiving.segments import SegmentWriter, read_one, read_responses
from tasks.model.articles import ArchivedResponse
from tasks.model.feeds import FeedItem, FetchedResponse

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
ITEM = FeedItem(
    "f", "i1", "g", "u", "A title to be dropped", summary="A text to be dropped"
)


def store(folder: Path, *ages: float) -> list[ArchivedResponse]:
    with SegmentWriter(folder, "run") as writer:
        return [
            writer.add(
                FetchedResponse(
                    f"https://a.example/{age}", "https://a.example/final", 200, (("A", "b"),),
                    b"A body to be dropped", NOW - timedelta(days=age), 5,
                ),
                "article",
                ITEM,
            )
            for age in ages
        ]  # fmt: skip


def test_old_bodies_go_and_their_hashes_stay(tmp_path: Path) -> None:
    old, young = store(tmp_path, 40, 2)
    assert drop_bodies(tmp_path, NOW, keep_days=30) == 1
    with pytest.raises(BodyDropped):
        read_one(tmp_path, old)
    assert read_one(tmp_path, young).body == b"A body to be dropped"
    data = (tmp_path / old.archive_path).read_bytes()
    assert old.body_sha256.encode() in data
    assert old.url.encode() in data


def test_no_text_is_left_in_the_file(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (old,) = store(tmp_path, 40)
    drop_bodies(tmp_path, NOW, keep_days=30)
    text = str(pq.read_table(tmp_path / old.archive_path).to_pylist())
    assert "to be dropped" not in text
    assert "i1" in text


def test_a_file_with_both_keeps_the_young_rows(tmp_path: Path) -> None:
    limit_day = store(tmp_path, 30.2, 29.8)  # one UTC day or two, whatever the hour
    assert drop_bodies(tmp_path, NOW, keep_days=30) == 1
    assert read_one(tmp_path, limit_day[1]).status == 200


def test_dropping_again_changes_nothing(tmp_path: Path) -> None:
    (old,) = store(tmp_path, 40)
    drop_bodies(tmp_path, NOW, keep_days=30)
    before = (tmp_path / old.archive_path).read_bytes()
    assert drop_bodies(tmp_path, NOW, keep_days=30) == 0
    assert (tmp_path / old.archive_path).read_bytes() == before


def test_reading_a_range_with_dropped_bodies_says_so(tmp_path: Path) -> None:
    store(tmp_path, 40)
    drop_bodies(tmp_path, NOW, keep_days=30)
    with pytest.raises(BodyDropped):
        list(read_responses(tmp_path, NOW - timedelta(days=60), NOW))


def test_keeping_for_no_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        drop_bodies(tmp_path, NOW, keep_days=0)
