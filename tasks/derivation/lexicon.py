"""Reads the versioned word lists of derivation (data/*.tsv)."""

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def read_pairs(name: str) -> dict[str, str]:
    """Return the second column of data/<name>.tsv by the first."""
    raw = resources.files("tasks.derivation") / "data" / f"{name}.tsv"
    pairs: dict[str, str] = {}
    for line in raw.read_text("utf-8").splitlines()[2:]:
        first, second = line.split("\t")
        pairs[first] = second
    return pairs


def number_words() -> dict[str, str]:
    """Return digits by small number word."""
    return read_pairs("number_words")


def common_capitals() -> dict[str, str]:
    """Return the class of each capitalised word that identifies nothing."""
    return read_pairs("common_capitals")


@lru_cache(maxsize=1)
def calendar() -> frozenset[str]:
    """Return weekdays and months."""
    return frozenset(w for w, kind in common_capitals().items() if kind == "calendar")


def agencies() -> dict[str, str]:
    """Return canonical names of news agencies by their folded short names."""
    return read_pairs("agencies")


def fact_words() -> dict[str, str]:
    """Return the field that each fact word belongs to."""
    return read_pairs("fact_words")


@lru_cache(maxsize=1)
def page_furniture() -> tuple[str, ...]:
    """Return the folded phrases that mark a sentence as no part of a report."""
    return tuple(read_pairs("page_furniture"))


@lru_cache(maxsize=1)
def news_terms() -> dict[str, int]:
    """Return in how many reports of the counted newsroom each term occurs."""
    return {term: int(n) for term, n in read_pairs("news_terms").items()}
