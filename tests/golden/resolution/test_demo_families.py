"""The families our authors meant are the families found in the demo newsroom."""

import json
from collections import defaultdict
from datetime import datetime
from importlib.resources import files

import pytest

from tasks.derivation.records import TextRecord
from tasks.model.articles import ArticleLineage
from tests.unit.derivation.memory_store import MemoryStore

CORPORA = ("africa", "world")


def _rows(name: str) -> list[dict[str, object]]:
    text = files("tasks.demo").joinpath(f"corpus/{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _record(row: dict[str, object]) -> TextRecord:
    outlet, body = row["outlet"], row["body"]
    assert isinstance(outlet, dict)
    assert isinstance(body, list)
    moment = datetime.fromisoformat(str(row["published_at"]))
    return TextRecord(
        article_id=str(row["id"]),
        canonical_url=str(row["url"]),
        publisher=outlet["name"],
        title=str(row["title"]),
        text="\n\n".join((str(row["title"]), *body)),
        published_at=moment,
        first_seen_at=moment,
        language="en",
    )


@pytest.fixture(scope="module", params=CORPORA)
def newsroom(
    request: pytest.FixtureRequest,
) -> tuple[list[dict[str, object]], dict[str, ArticleLineage]]:
    rows = _rows(request.param)
    store = MemoryStore()
    store.add(_record(row) for row in rows)
    return rows, store.lineage


def test_families_are_those_the_authors_wrote(
    newsroom: tuple[list[dict[str, object]], dict[str, ArticleLineage]],
) -> None:
    rows, lineage = newsroom
    meant, found = defaultdict(set), defaultdict(set)
    for row in rows:
        meant[row["family"]].add(row["id"])
        found[lineage[str(row["id"])].family_id].add(row["id"])
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, meant.values()))


def test_every_derived_text_has_its_kind_and_its_parent(
    newsroom: tuple[list[dict[str, object]], dict[str, ArticleLineage]],
) -> None:
    rows, lineage = newsroom
    derived = [row for row in rows if row["derived_from"]]
    assert derived
    for row in derived:
        got = lineage[str(row["id"])]
        assert (got.lineage, got.parent_article_id) == (
            row["lineage"],
            row["derived_from"],
        )
