"""Readers of the TSV tables; a malformed row is a ConfigError naming its line."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from tasks.errors import ConfigError
from tasks.model.coding import ActorKind
from tasks.reference.actor_book.model import (
    Alias,
    Country,
    CountryYears,
    Ethnicity,
    Force,
    ListedActor,
    Noun,
)

DATA_DIR = Path(__file__).parent.parent / "data" / "actors"
CONDITIONS = frozenset({"", "country", "context"})


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA_DIR / name
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            if None in row or None in row.values():
                raise ConfigError(f"{name}:{reader.line_num}: wrong number of columns")
            yield row


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _kind(value: str, name: str) -> ActorKind:
    try:
        return ActorKind(value)
    except ValueError as error:
        raise ConfigError(f"{name}: unknown actor kind {value!r}") from error


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@cache
def load_countries() -> dict[str, Country]:
    """Return the countries by ISO3."""
    return {
        row["iso3"]: Country(
            row["iso3"],
            row["name"],
            row["article"],
            _parts(row["other_names"]),
            _parts(row["adjectives"]),
            _parts(row["capitals"]),
            row["unidentified_form"],
        )
        for row in _rows("countries.tsv")
    }


@cache
def load_places() -> dict[str, Country]:
    """Return countries and the territories that only ever lend a name to an event.

    Territories own no forces here and are not looked for in texts: 'New Jersey
    police' are not Jersey's.
    """
    territories = {
        row["iso3"]: Country(
            row["iso3"], row["name"], row["article"], (), (), (), "Armed Group"
        )
        for row in _rows("territories.tsv")
    }
    return territories | load_countries()


@cache
def load_forces() -> dict[str, Force]:
    """Return the branches of a state by their key."""
    return {
        row["force"]: Force(
            row["force"],
            row["template"],
            row["parent"] or None,
            _parts(row["alias_nouns"]),
        )
        for row in _rows("forces.tsv")
    }


def load_nouns() -> tuple[Noun, ...]:
    """Return the generic nouns."""
    return tuple(_noun(row) for row in _rows("nouns.tsv"))


def _noun(row: dict[str, str]) -> Noun:
    flags = row["flags"]
    if set(flags) - set("mxkcowp"):
        raise ConfigError(f"nouns.tsv: unknown flag in {row['noun']}: {flags}")
    return Noun(
        row["noun"],
        _parts(row["forms"]),
        _kind(row["kind"], "nouns.tsv"),
        row["force"] or None,
        is_member="m" in flags or "k" in flags,
        needs_actor="x" in flags,
        needs_country="k" in flags,
        needs_count="c" in flags,
        needs_people="p" in flags,
        is_organisation="o" in flags,
        is_weak="w" in flags,
    )


def load_ethnicities() -> tuple[Ethnicity, ...]:
    """Return the peoples whose armed groups are communal."""
    return tuple(
        Ethnicity(row["name"], _parts(row["forms"]), _parts(row["countries"]))
        for row in _rows("ethnicities.tsv")
    )


@cache
def load_words() -> dict[str, frozenset[str]]:
    """Return the small word lists by role."""
    words: dict[str, set[str]] = {}
    for row in _rows("words.tsv"):
        words.setdefault(row["role"], set()).add(row["word"])
    return {role: frozenset(members) for role, members in words.items()}


def load_listed() -> tuple[ListedActor, ...]:
    """Return the organised actors."""
    return tuple(_listed(row) for row in _rows("actors.tsv"))


def _listed(row: dict[str, str]) -> ListedActor:
    years = tuple(_country_years(part) for part in _parts(row["countries"]))
    return ListedActor(
        row["actor_id"],
        row["name"],
        _kind(row["kind"], "actors.tsv"),
        tuple(year.iso3 for year in years),
        _year(row["active_from"]),
        _year(row["active_to"]),
        _parts(row["parents"]),
        _parts(row["successors"]),
        _parts(row["coalitions"]),
        row["wikidata_id"] or None,
        _year(row["ucdp_id"]),
        row["source_note"],
        years,
    )


def _country_years(part: str) -> CountryYears:
    """Return 'MLI', 'MLI:2021' or 'MLI:2021-2025' taken apart."""
    iso3, _, years = part.partition(":")
    first, _, last = years.partition("-")
    return CountryYears(iso3, _year(first), _year(last))


def load_aliases(name: str = "aliases.tsv") -> tuple[Alias, ...]:
    """Return the aliases of listed actors, or of states ('state_aliases.tsv')."""
    return tuple(_alias(row, name) for row in _rows(name))


def _alias(row: dict[str, str], name: str) -> Alias:
    if row["condition"] not in CONDITIONS:
        raise ConfigError(f"{name}: unknown condition {row['condition']!r}")
    return Alias(
        row["actor_id"],
        row["alias"],
        row["language"],
        _day(row["valid_from"]),
        _day(row["valid_to"]),
        row["condition"],
    )
