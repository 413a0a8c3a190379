"""Every speed figure can be had by `make bench` or `make benchlong`."""

import re
from pathlib import Path

from benchmarks.speed import names

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"


def test_each_figure_is_in_one_of_the_two_lists() -> None:
    text = MAKEFILE.read_text(encoding="utf-8")
    lists = re.findall(r"^BENCH(?:_LONG)? := (.+)$", text, re.MULTILINE)
    assert len(lists) == 2
    assert sorted(" ".join(lists).split()) == names()
