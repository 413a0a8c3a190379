"""One Aho-Corasick automaton over every known form, and its word-bounded hits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick_rs

from tasks.reference.actor_book.model import Alias, Ethnicity, Noun
from tasks.reference.actor_book.tables import (
    load_aliases,
    load_countries,
    load_ethnicities,
    load_nouns,
    load_words,
)
from tasks.text.fold import fold


@dataclass(frozen=True, slots=True)
class CountryForm:
    """A word that points at a country; adjectives stand before any noun."""

    iso3: str
    form: str
    is_adjective: bool


@dataclass(slots=True)
class Entry:
    """Everything one folded form may stand for."""

    aliases: list[Alias] = field(default_factory=list)
    countries: list[CountryForm] = field(default_factory=list)
    noun: Noun | None = None
    is_member: bool = False  # joins a named actor although its own noun does not
    ethnicity: Ethnicity | None = None


class Hit(NamedTuple):
    """A known form at text[start:end], on word boundaries.

    A NamedTuple because a text has hundreds of them.
    """

    start: int
    end: int
    entry: Entry


class Lexicon:
    """All forms of the actor reference, compiled once and then only read."""

    def __init__(self) -> None:
        """Compile the tables."""
        entries: dict[str, Entry] = {}
        _add_aliases(entries)
        _add_countries(entries)
        _add_nouns(entries)
        _add_ethnicities(entries)
        self._forms = sorted(entries)
        self._entries = [entries[form] for form in self._forms]
        self._automaton = ahocorasick_rs.AhoCorasick(self._forms, store_patterns=False)
        self._prefixes = tuple(sorted(load_words()["denied_prefix"]))

    def __len__(self) -> int:
        """Return the number of distinct forms."""
        return len(self._forms)

    def hits(self, folded: str) -> Iterator[Hit]:
        """Yield every known form of the text, in order of its end."""
        for index, start, end in self._automaton.find_matches_as_indexes(
            folded, overlapping=True
        ):
            if self._is_bounded(folded, start, end):
                yield Hit(start, end, self._entries[index])

    def _is_bounded(self, folded: str, start: int, end: int) -> bool:
        if end < len(folded) and folded[end].isalnum():
            return False
        if start == 0:
            return True
        before = folded[start - 1]
        if before == "-":
            return not folded[max(0, start - 9) : start].endswith(self._prefixes)
        return not before.isalnum()


def _entry(entries: dict[str, Entry], form: str) -> Entry:
    return entries.setdefault(fold(form), Entry())


def _add_aliases(entries: dict[str, Entry]) -> None:
    for alias in (*load_aliases(), *load_aliases("state_aliases.tsv")):
        _entry(entries, alias.alias).aliases.append(alias)


def _add_countries(entries: dict[str, Entry]) -> None:
    for country in load_countries().values():
        for name in (country.name, *country.other_names, *country.capitals):
            form = CountryForm(country.iso3, name, is_adjective=False)
            _entry(entries, name).countries.append(form)
        for adjective in country.adjectives:
            form = CountryForm(country.iso3, adjective, is_adjective=True)
            _entry(entries, adjective).countries.append(form)


def _add_nouns(entries: dict[str, Entry]) -> None:
    for noun in load_nouns():
        for form in noun.forms:
            entry = _entry(entries, form)
            entry.is_member = entry.is_member or noun.is_member
            if entry.noun is None or entry.noun.needs_actor:
                entry.noun = noun


def _add_ethnicities(entries: dict[str, Entry]) -> None:
    for ethnicity in load_ethnicities():
        for form in ethnicity.forms:
            _entry(entries, form).ethnicity = ethnicity
