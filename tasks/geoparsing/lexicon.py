"""The geoparser's word lists, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_CLASSES = ("admin_words", "district_words", "town_words", "name_heads")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words by role; see data/words.toml."""

    common: frozenset[str]
    given_names: frozenset[str]
    titles: frozenset[str]
    organisation_words: frozenset[str]
    admin_words: frozenset[str]
    district_words: frozenset[str]
    town_words: frozenset[str]
    name_heads: frozenset[str]
    locative_prepositions: frozenset[str]
    strong_locatives: frozenset[str]
    origin_prepositions: frozenset[str]
    speech_verbs: frozenset[str]
    connectors: frozenset[str]
    articles: frozenset[str]
    person_particles: frozenset[str]
    never_places: frozenset[str]
    name_openers: frozenset[str]
    unit_abbreviations: Mapping[str, tuple[str, str]]  # 'Ky.' -> country, unit
    classes_of_place: frozenset[str]  # what a name may be called: 'region', 'sitio'


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the word lists of data/."""
    with (_DATA / "words.toml").open("rb") as file:
        lists = {name: frozenset(v.split()) for name, v in tomllib.load(file).items()}
    lists["common"] = frozenset((_DATA / "common_words.txt").read_text().split())
    lists["given_names"] = frozenset((_DATA / "given_names.txt").read_text().split())
    classes = (lists[name] for name in _CLASSES)
    return Lexicon(
        **lists,
        unit_abbreviations=_unit_abbreviations(),
        classes_of_place=frozenset().union(*classes),
    )


def _unit_abbreviations() -> Mapping[str, tuple[str, str]]:
    lines = (_DATA / "unit_abbreviations.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {short: (country, unit) for short, country, unit in rows}
