"""feeds.toml: what a person configured, read strictly, written back without loss."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from yarl import URL

from tasks.errors import ConfigError
from tasks.model.feeds import Feed

_KEYS = {
    "url", "name", "country_code", "language", "poll_interval", "licence_note",
    "expect_min_items_per_week", "checked_on", "is_sitemap",
}  # fmt: skip
_REQUIRED = ("url", "name", "language", "licence_note")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def load_feeds(path: Path) -> tuple[Feed, ...]:
    """Return the configured feeds in file order; ConfigError names the first mistake."""
    document = _read(path).unwrap()
    if unknown := set(document) - {"feed"}:
        raise ConfigError(f"{path}: unknown key {min(unknown)!r}")
    tables = document.get("feed", [])
    if not isinstance(tables, list) or not tables:
        raise ConfigError(f"{path}: no [[feed]] tables")
    feeds = tuple(
        _feed(table, f"{path}: feed {n}") for n, table in enumerate(tables, 1)
    )
    _refuse_duplicates(feeds, path)
    return feeds


def save_checked_on(path: Path, checked: Mapping[str, date]) -> int:
    """Write the day of each successful check; return how many feeds were marked.

    Comments and order stay; the file is replaced in one step.
    """
    document = _read(path)
    marked = 0
    for table in document.get("feed", []):
        day = checked.get(str(table["url"]))
        if day is not None:
            table["checked_on"] = day.isoformat()
            marked += 1
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(tomlkit.dumps(document), encoding="utf-8")
    temporary.replace(path)
    return marked


def append_feeds(path: Path, feeds: Iterable[Feed]) -> int:
    """Append feeds whose address the file lacks; return how many were added.

    What the file holds, comments included, stays as it is.
    """
    document = _read(path)
    tables = document.setdefault("feed", tomlkit.aot())
    known = {normal_url(str(table["url"])) for table in tables}
    added = 0
    for feed in feeds:
        if normal_url(feed.feed_url) in known:
            continue
        known.add(normal_url(feed.feed_url))
        tables.append(_table(feed))
        added += 1
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(tomlkit.dumps(document), encoding="utf-8")
    load_feeds(temporary)  # what we wrote must read back
    temporary.replace(path)
    return added


def _table(feed: Feed) -> Any:
    table = tomlkit.table()
    table["url"] = feed.feed_url
    table["name"] = feed.name
    if feed.country_code:
        table["country_code"] = feed.country_code
    table["language"] = feed.language
    table["poll_interval"] = f"{int(feed.poll_interval.total_seconds() // 60)}m"
    table["licence_note"] = feed.licence_note or "terms not read yet"
    if feed.is_sitemap:
        table["is_sitemap"] = True
    return table


def normal_url(url: str) -> str:
    """Return the form under which two spellings of one feed address are equal."""
    parsed = URL(url).with_fragment(None)
    host = (parsed.host or "").rstrip(".").removeprefix("www.")
    path = parsed.raw_path.rstrip("/")
    return f"{host}{path}?{parsed.raw_query_string}"


def _read(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as exc:
        raise ConfigError(f"{path}: cannot be read: {exc}") from exc
    except TOMLKitError as exc:
        raise ConfigError(f"{path}: {exc}") from exc


def _feed(table: Any, where: str) -> Feed:
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: not a table")
    if unknown := set(table) - _KEYS:
        raise ConfigError(f"{where}: unknown key {min(unknown)!r}")
    for key in _REQUIRED:
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise ConfigError(f"{where}: {key!r} is missing or empty")
    where = f"{where} ({table['name']})"
    return Feed(
        feed_url=_url(table["url"], where),
        name=table["name"].strip(),
        country_code=_country(table.get("country_code"), where),
        language=_language(table["language"], where),
        poll_interval=_interval(table.get("poll_interval", "30m"), where),
        licence_note=table["licence_note"].strip(),
        expect_min_items_per_week=_count(
            table.get("expect_min_items_per_week", 0), where
        ),
        checked_on=_day(table.get("checked_on"), where),
        is_sitemap=_flag(table.get("is_sitemap", False), where),
    )


def _url(value: str, where: str) -> str:
    try:
        parsed = URL(value)
    except ValueError as exc:
        raise ConfigError(f"{where}: url {value!r} is unreadable") from exc
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.user:
        raise ConfigError(f"{where}: url {value!r} is not a plain http(s) address")
    return value


def _country(value: Any, where: str) -> str | None:
    if value is None:
        return None  # international
    if value not in _countries():
        raise ConfigError(f"{where}: country_code {value!r} is not ISO 3166-1 alpha-3")
    return str(value)


@cache
def _countries() -> frozenset[str]:
    table = files("tasks.reference") / "data" / "places" / "countries.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(line.split("\t", 1)[0] for line in lines)


def _language(value: str, where: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", value):
        raise ConfigError(f"{where}: language {value!r} is not an ISO 639 code")
    return value


def _interval(value: Any, where: str) -> timedelta:
    match = re.fullmatch(r"([1-9]\d{0,3})([mhd])", str(value))
    if match is None:
        raise ConfigError(f"{where}: poll_interval {value!r} is not like '30m' or '6h'")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ConfigError(f"{where}: expect_min_items_per_week {value!r} is no count")
    return value


def _day(value: Any, where: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as exc:
        raise ConfigError(f"{where}: checked_on {value!r} is no day") from exc


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: is_sitemap {value!r} is not true or false")
    return value


def _refuse_duplicates(feeds: Sequence[Feed], path: Path) -> None:
    seen: dict[str, str] = {}
    for feed in feeds:
        known = seen.setdefault(normal_url(feed.feed_url), feed.feed_url)
        if known is not feed.feed_url:
            raise ConfigError(f"{path}: {feed.feed_url} repeats {known}")
