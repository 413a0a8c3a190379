"""`conflictwire archive article`: what was cut, and what changed from text to text."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from flows.article_history import History, history_of
from tasks.loading.load import drop_texts, load_articles
from tasks.model.articles import Removal
from tests.unit.warehouse import make
from warehouse.connect import Warehouse

LATER = make.NOW + timedelta(hours=6)
CUT = Removal("Read also: [red]more\x1b[2J", "read_also", 1, "inserts:read_also")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An article that was edited once; both texts are held."""
    made = make.new_warehouse(tmp_path)
    first = make.article(1)
    edited = make.article(
        1, paragraphs=(first.paragraphs[0], "The army denied it."), removals=(CUT,)
    )
    for key, article, moment in (("a", first, make.NOW), ("b", edited, LATER)):
        with made.transaction(key, "run") as tx:
            load_articles(tx, [article], moment)
    return made


def shown(found: History) -> str:
    out = io.StringIO()
    found.show(Console(file=out, width=100, color_system=None))
    return out.getvalue()


def test_an_editor_sees_what_was_cut_and_what_changed(warehouse: Warehouse) -> None:
    found = history_of(warehouse.path, make.item(1).url)
    assert found is not None
    assert [(c.reason, c.rule_id, c.paragraph) for c in found.cuts] == [
        ("read_also", "inserts:read_also", 1)
    ]
    assert [r.recorded_at for r in found.revisions] == [make.NOW, LATER]
    diff = found.revisions[1].diff
    assert diff is not None
    assert "-The army said the attackers fled." in diff
    assert "+The army denied it." in diff
    text = shown(found)
    assert "Read also: [red]more" in text
    assert "\x1b" not in text


def test_dropped_texts_are_said_to_be_dropped(warehouse: Warehouse) -> None:
    with warehouse.transaction("drop", "run") as tx:
        drop_texts(tx, LATER + timedelta(days=1))
    found = history_of(warehouse.path, make.item(1).url)
    assert found is not None
    assert [r.diff for r in found.revisions] == [None, None]
    assert shown(found).count("dropped by the retention setting") == 3


def test_an_unknown_address_has_no_history(warehouse: Warehouse) -> None:
    assert history_of(warehouse.path, "https://a.example/never") is None
