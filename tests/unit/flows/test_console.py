"""What a terminal shows of rows: a table where it can be read, records where not."""

import io
from typing import Any

import pytest
from rich.console import Console

from flows import console


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    sink = io.StringIO()
    monkeypatch.setattr(console, "out", Console(file=sink, width=100))
    return sink


def test_a_row_with_more_columns_than_fit_is_shown_as_a_record(
    shown: io.StringIO,
) -> None:
    columns = [f"column_{n}" for n in range(50)]
    rows: list[tuple[Any, ...]] = [
        tuple(f"value {n} of {row}" for n in range(50)) for row in ("one", "two")
    ]
    console.show_rows("Wide", columns, rows)
    lines = shown.getvalue().splitlines()
    assert lines[0] == "Wide"
    assert "row 2 of 2" in lines
    assert all(any(f"value {n} of two" in line for line in lines) for n in range(50))


def test_long_texts_fold_inside_a_table_while_their_columns_can_be_read(
    shown: io.StringIO,
) -> None:
    console.show_rows("", ["event_id", "quote"], [("e1", "word " * 100)])
    assert "┃ event_id ┃ quote" in shown.getvalue()


def test_years_have_no_separator_and_large_figures_have_one(shown: io.StringIO) -> None:
    console.show_rows("", ["year", "rows", "sure"], [(2026, 1_234_567, True)])
    for cell in ("2026", "1,234,567", "True"):
        assert f" {cell} " in shown.getvalue()


def test_markup_and_control_characters_in_a_record_stay_text(
    shown: io.StringIO,
) -> None:
    hostile = ("[red]x[/red]", "a\x1b[2Jb", *["w" * 12] * 20)
    console.show_rows("", [f"c{n}" for n in range(22)], [hostile])
    assert "[red]x[/red]" in shown.getvalue()
    assert "\x1b" not in shown.getvalue()
