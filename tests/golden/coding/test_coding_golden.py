"""The coder on the project's own articles: floors that a change of rules may not break."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.coding_quality import GOLD, measure
from tasks.coding.coder import Coder
from tasks.model.coding import Document

FLOORS = {
    "development": {
        "f1": 0.85,
        "type": 0.9,
        "sub_type": 0.8,
        "date": 0.9,
        "actors": 0.8,
    },
    "fresh": {
        "f1": 0.88,
        "type": 0.93,
        "sub_type": 0.9,
        "date": 0.93,
        "actors": 0.7,
        "best": 0.85,
    },
    "third_world": {
        "f1": 0.88,
        "type": 0.95,
        "sub_type": 0.88,
        "date": 0.95,
        "best": 0.9,
    },
    "third_africa": {
        "f1": 0.92,
        "type": 0.95,
        "sub_type": 0.92,
        "date": 0.9,
        "best": 0.85,
    },
    "blind_3": {"f1": 0.87, "type": 0.87, "sub_type": 0.87, "date": 0.95, "best": 0.9},
    "blind_4": {"f1": 0.86, "type": 0.85, "sub_type": 0.8, "date": 0.85, "best": 0.78},
    "fifth_world": {"f1": 0.89, "type": 0.92, "sub_type": 0.9, "date": 0.85},
    "sixth_americas": {"f1": 0.85, "type": 0.9, "sub_type": 0.87, "date": 0.85},
    "sixth_mixed": {"f1": 0.82, "type": 0.87, "sub_type": 0.82, "date": 0.88},
    "fourth_world": {"f1": 0.84, "type": 0.93, "sub_type": 0.88, "best": 0.88},
    "fourth_traps": {"f1": 0.82, "type": 0.9, "sub_type": 0.9, "date": 0.93},
    "blind_2": {"f1": 0.85, "type": 0.93, "sub_type": 0.85, "date": 0.93},
    "blind": {"f1": 0.7, "type": 0.9, "sub_type": 0.8, "date": 0.9, "actors": 0.5},
}


@pytest.fixture(scope="module")
def coder(reference_dir: Path) -> Coder:
    """A coder over the built gazetteer."""
    return Coder.load(reference_dir)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figures_stay_above_their_floors(coder: Coder, name: str) -> None:
    figures = measure(coder, name)
    below = {k: figures[k] for k, floor in FLOORS[name].items() if figures[k] < floor}
    assert not below, figures


@pytest.mark.parametrize(
    "name",
    [
        "development",
        "blind",
        "third_world",
        "third_africa",
        "sixth_americas",
        "sixth_mixed",
    ],
)
def test_gold_quotes_are_in_their_articles(name: str) -> None:
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = "\n\n".join([row["title"], *row["body"]])
        assert all(b["quote"] in text for b in row["gold"]["background"]), row["id"]


def test_the_two_sets_share_no_article() -> None:
    ids = [
        json.loads(line)["id"]
        for name in ("development", "blind")
        for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(ids) == len(set(ids)) == 24


def test_what_follows_undated_belongs_to_the_day_the_account_is_at(
    coder: Coder,
) -> None:
    title = "Mali: army strikes back after raid on Niafunké camp"
    text = (
        f"{title}\n\nJihadists attacked an army camp in Niafunké on Saturday, killing 12 "
        "soldiers, hospital sources said.\n\nThe army said its air strike on Monday near "
        "Léré had killed around 30 fighters.\n\nTwo herders, reached by telephone, disputed "
        "that account. They said that four shepherds and a child had been killed."
    )
    published = datetime(2026, 3, 10, 12, tzinfo=UTC)
    coded = coder.code(Document("x", text, title, published_at=published))
    raid, strike = (m.fatalities for m in coded.mentions)
    assert (raid.low, raid.best) == (12, 12)
    assert {c.count_text for c in strike.claims} == {
        "around 30 fighters", "four shepherds and a child",
    }  # fmt: skip
    assert strike.best is None  # a boast, and others count other dead
