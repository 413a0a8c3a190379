"""What people see in a terminal: tables, summaries, errors that say what to do."""

import atexit
import functools
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tasks.errors import PipelineError


class _Terminal(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave without an error: a reader that has had enough (`| head`) is none."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0)


# In a pipe nothing knows the width: 140 columns keep one event on one line.
out = _Terminal(width=None if sys.stdout.isatty() else 140)
err = Console(stderr=True)


def _mute_interpreter_exit() -> None:
    """Keep the leak report that DuckDB's binding prints at exit off people's terminals.

    Registered first, it runs last: every traceback and every other exit handler has
    had its say by then.
    """
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


atexit.register(_mute_interpreter_exit)

P = ParamSpec("P")
R = TypeVar("R")

# Narrower than this a folded text can no longer be read.
_READABLE = 12
# What a table's rules and padding cost a column.
_RULED = 3
# Four digits need no separator, and a year must not have one.
_GROUPED = 10_000

EXIT_FAILED = 1
EXIT_NOTHING_THERE = 3


class NothingThereError(PipelineError):
    """What was asked for does not exist yet; the message says how to get it."""


def fail_on_expected_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn expected errors into one clear line and an exit code; bugs stay loud."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            out.on_broken_pipe()
        except NothingThereError as error:
            _stop(str(error), EXIT_NOTHING_THERE)
        except PipelineError as error:
            _stop(str(error), EXIT_FAILED)

    return wrapped


def _stop(message: str, code: int) -> NoReturn:
    err.print(f"[red]conflictwire:[/red] {escape(message)}", soft_wrap=True)
    raise typer.Exit(code) from None


def show_summary(summary: dict[str, Any]) -> None:
    """Print a run's figures as one table, nested groups as sections."""
    table = Table(title=str(summary.get("title", "Run")), title_justify="left")
    table.add_column("what")
    table.add_column("figure", justify="right")
    for name, value in summary.items():
        if name == "title":
            continue
        if isinstance(value, dict):
            for inner, figure in value.items():
                table.add_row(f"{name}: {inner}", _figure(figure))
        else:
            table.add_row(name.replace("_", " "), _figure(value))
    out.print(table)


def show_rows(title: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Print rows as a table; every cell is plain text, whatever it contains.

    Rows too wide for the terminal are printed as records, a line a column.
    """
    cells = [[_figure(value) for value in row] for row in rows]
    if _least_width(columns, cells) > out.width:
        _show_records(title, columns, cells)
        return
    table = Table(title=title or None, title_justify="left")
    for column in columns:
        table.add_column(escape(column), overflow="fold")
    for row in cells:
        table.add_row(*row)
    out.print(table)


def _least_width(columns: list[str], cells: list[list[str]]) -> int:
    """Return the narrowest a table can be with no more than a long text folded."""
    widths = [
        min(max(map(len, column)), _READABLE)
        for column in zip(columns, *cells, strict=True)
    ]
    return sum(widths) + _RULED * len(widths)


def _show_records(title: str, columns: list[str], cells: list[list[str]]) -> None:
    """Print each row as a grid of names and values, as psql's expanded display does."""
    if title:
        out.print(f"[italic]{escape(title)}[/italic]")
    for number, row in enumerate(cells, 1):
        out.print(f"[bold]row {number} of {len(cells)}[/bold]")
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim")
        grid.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            grid.add_row(escape(column), cell)
        out.print(grid)


def _figure(value: Any) -> str:
    if value is None:
        return "[dim]NULL[/dim]"
    if isinstance(value, int) and abs(value) >= _GROUPED:
        return f"{value:,}"
    printable = "".join(
        c if c.isprintable() or c == "\n" else "\ufffd" for c in str(value)
    )
    return escape(printable)
