"""A run's figures as markdown, for Prefect's artifacts."""

from collections.abc import Iterator
from typing import Any


def markdown_summary(summary: dict[str, Any]) -> str:
    """Return a heading and one table row per figure."""
    lines = [f"# {_cell(summary.get('title', 'Run'))}", "", "| what | figure |"]
    lines.append("|---|---:|")
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in _flat(summary)]
    return "\n".join(lines)


def _flat(summary: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in summary.items():
        if name == "title":
            continue
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}: ")
        else:
            yield prefix + name, value


def _cell(value: Any) -> str:
    """Escape what would break out of a table cell."""
    text = str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    return text.replace("<", "&lt;")
