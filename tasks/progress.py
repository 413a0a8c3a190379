"""Progress bars for long work: in a terminal, nowhere else."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

T = TypeVar("T")


def track(items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    """Yield the items, showing how many of `total` are done when a person watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(label, total=total)
        for item in items:
            yield item
            progress.advance(bar)
