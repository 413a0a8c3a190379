"""The newsroom's articles and its clock: what exists on which day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

CORPORA = ("africa", "world", "lere", "extra")

# The newsroom's days: four around the Léré attack, then the month of the corpus.
DAYS: tuple[datetime, ...] = (
    datetime(2023, 9, 17, 22, 0, tzinfo=UTC),
    datetime(2023, 9, 18, 12, 0, tzinfo=UTC),
    datetime(2023, 9, 18, 23, 0, tzinfo=UTC),
    datetime(2023, 9, 20, 20, 0, tzinfo=UTC),
    datetime(2026, 3, 13, 20, 0, tzinfo=UTC),
    datetime(2026, 3, 31, 20, 0, tzinfo=UTC),
)


def clock(day: int) -> datetime:
    """Return the newsroom's time on day 1..len(DAYS); ValueError beyond."""
    if not 1 <= day <= len(DAYS):
        raise ValueError(f"the newsroom has days 1 to {len(DAYS)}, not {day}")
    return DAYS[day - 1]


@dataclass(frozen=True, slots=True)
class Insert:
    """Something a page shows inside or after the body that is not the article."""

    after: int  # number of body paragraphs before it
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A later state of the same page."""

    since: datetime
    title: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article as its outlet shows it; `page` is the kind of page."""

    id: str
    host: str
    outlet_name: str
    outlet_country: str
    path: str
    title: str
    summary: str
    body: tuple[str, ...]
    published_at: datetime
    updated_at: datetime | None
    byline: str | None
    wire_credit: str | None
    section: str
    inserts: tuple[Insert, ...]
    revisions: tuple[Revision, ...]
    page: str  # article | paywall | live_blog | video

    @property
    def url(self) -> str:
        """The address readers share."""
        return f"https://{self.host}{self.path}"

    def at(self, now: datetime) -> "DemoArticle":
        """Return the article as shown at that time: the latest revision applies."""
        due = [r for r in self.revisions if r.since <= now]
        if not due:
            return self
        last = max(due, key=lambda r: r.since)
        return replace(self, title=last.title, body=last.body, updated_at=last.since)


@lru_cache(maxsize=1)
def articles() -> tuple[DemoArticle, ...]:
    """Return every article of the newsroom, oldest first."""
    rows = [_article(row) for name in CORPORA for row in _rows(name)]
    return tuple(sorted(rows, key=lambda a: (a.published_at, a.id)))


def visible(now: datetime) -> tuple[DemoArticle, ...]:
    """Return the articles published by then, each in its state of that time."""
    return tuple(a.at(now) for a in articles() if a.published_at <= now)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    source = files("tasks.demo").joinpath(f"corpus/{name}.jsonl")
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _article(row: dict[str, Any]) -> DemoArticle:
    outlet = row["outlet"]
    updated = row.get("updated_at")
    return DemoArticle(
        id=row["id"],
        host=outlet["host"],
        outlet_name=outlet["name"],
        outlet_country=outlet["country"],
        path=row["url"].split(outlet["host"], 1)[1] or "/",
        title=row["title"],
        summary=row["summary"],
        body=tuple(row["body"]),
        published_at=datetime.fromisoformat(row["published_at"]),
        updated_at=datetime.fromisoformat(updated) if updated else None,
        byline=row.get("byline"),
        wire_credit=row.get("wire_credit"),
        section=row.get("section") or "news",
        inserts=tuple(Insert(n["after"], n["kind"], n["text"]) for n in row["noise"]),
        revisions=tuple(
            Revision(datetime.fromisoformat(r["from"]), r["title"], tuple(r["body"]))
            for r in row.get("revisions", ())
        ),
        page=row.get("page", "article"),
    )
