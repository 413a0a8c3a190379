"""Every hostile answer ends as a row with its reason, all of them at once, bounded."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.feeds.hostile import CASES, Case

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report() -> Any:
    command = [sys.executable, "-m", "tests.fixtures.feeds.run_hostile"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    return json.loads(done.stdout)


def test_the_corpus_is_large_and_its_names_are_distinct() -> None:
    assert len(CASES) >= 200
    assert len({c.name for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_hostile_answer_ends_in_its_reason(case: Case, report: Any) -> None:
    reason, detail = report["reasons"][case.name]
    assert reason == case.expected, detail


def test_all_at_once_stay_within_400_megabytes(report: Any) -> None:
    """Server, client and parser together; the bombs alone would unpack to a gigabyte."""
    assert report["peak_kb"] < 400_000


def test_all_at_once_end_in_bounded_time(report: Any) -> None:
    assert report["seconds"] < 120
