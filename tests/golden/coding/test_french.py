"""The coder on the project's own French articles: floors that no change may break."""

import json
from pathlib import Path

import pytest

from benchmarks.coding_quality import GOLD, measure
from tasks.coding.coder import Coder

FLOORS = {
    "f1": 0.85, "type": 0.95, "sub_type": 0.9, "date": 0.9, "actors": 0.6, "best": 0.7,
}  # fmt: skip


@pytest.fixture(scope="module")
def coder(reference_dir: Path) -> Coder:
    """A coder over the built gazetteer."""
    return Coder.load(reference_dir)


def test_french_figures_stay_above_their_floors(coder: Coder) -> None:
    figures = measure(coder, "french")
    assert not {k: figures[k] for k, floor in FLOORS.items() if figures[k] < floor}, (
        figures
    )


def test_the_french_set_is_french_and_large_enough() -> None:
    lines = (GOLD / "french.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    assert len(articles) >= 25
    assert {a["language"] for a in articles} == {"fr"}
