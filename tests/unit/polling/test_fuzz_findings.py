"""Replay of what fuzzing found, and of the corpus it starts from."""

from pathlib import Path

import pytest

from tests.fuzz.invariants import check

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"
DOCUMENTS = sorted([*(FUZZ / "findings").iterdir(), *(FUZZ / "corpus").iterdir()])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_document_keeps_every_promise(path: Path) -> None:
    check(path.read_bytes())


def test_there_is_something_to_replay() -> None:
    assert len(list((FUZZ / "corpus").iterdir())) >= 8
