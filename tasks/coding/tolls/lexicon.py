"""Words the toll reader knows, read from numbers.tsv and tolls_lexicon.tsv."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Numbers:
    """Folded number words of one language; a vague word is an interval."""

    units: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class TollWords:
    """Person nouns -> class; predicate words -> {form: kind}."""

    persons: dict[str, str]
    predicates: dict[str, dict[str, str]]


@cache
def numbers(language: str = "en") -> Numbers:
    """Return a language's number words (empty tables for an unknown one)."""
    units: dict[str, int] = {}
    scales: dict[str, int] = {}
    vague: dict[str, tuple[int, int | None]] = {}
    for lang, kind, form, low, high in _rows("numbers.tsv"):
        if lang != language:
            continue
        if kind == "vague":
            vague[form] = (int(low), int(high) if high else None)
        else:
            (units if kind == "unit" else scales)[form] = int(low)
    return Numbers(units, scales, vague)


@cache
def toll_words() -> TollWords:
    """Return person nouns and predicates."""
    persons: dict[str, str] = {}
    predicates: dict[str, dict[str, str]] = {}
    for kind, form, value in _rows("tolls_lexicon.tsv"):
        if kind == "person":
            persons[form] = value
        else:
            predicates.setdefault(form, {})[kind.removeprefix("pred:")] = value
    return TollWords(persons, predicates)


@cache
def word_class(name: str) -> frozenset[str]:
    """Return a closed class of tolls_words.tsv; an unknown name is a KeyError."""
    classes: dict[str, set[str]] = {}
    for cls, word in _rows("tolls_words.tsv"):
        classes.setdefault(cls, set()).add(word)
    return frozenset(classes[name])


def _rows(name: str) -> list[list[str]]:
    path = files("tasks.coding").joinpath(f"data/{name}")
    lines = [x for x in path.read_text("utf-8").splitlines() if x and x[0] != "#"]
    return [line.split("\t") for line in lines[1:]]
