"""Progress bars for long work: in a terminal, nowhere else."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

T = TypeVar("T")


def track(items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    """Yield the items, showing how many of `total` are done when a person watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    with Progress(*_columns(), console=Console(stderr=True)) as progress:
        bar = progress.add_task(label, total=total)
        for item in items:
            yield item
            progress.advance(bar)


@contextmanager
def ticker(label: str, total: int | None) -> Iterator[Callable[..., None]]:
    """Give a function to call once per finished piece, for work that is not a loop.

    It may be told how many pieces are done since the last call.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with Progress(*_columns(), console=Console(stderr=True)) as progress:
        bar = progress.add_task(label, total=total)
        yield lambda done=1: progress.advance(bar, done)


def _columns() -> tuple[ProgressColumn, ...]:
    return (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
