"""The data files of dates, tolls and claims: every row well formed, no form listed twice."""

import unicodedata
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from tasks.coding.claims.lexicon import KINDS, claim_words
from tasks.coding.dates.lexicon import calendar_words
from tasks.coding.tolls.lexicon import numbers, toll_words, word_class

WIDTHS = {
    "numbers.tsv": 5,
    "dates_lexicon.tsv": 4,
    "dates_zones.tsv": 2,
    "tolls_lexicon.tsv": 3,
    "tolls_words.tsv": 2,
    "claim_verbs.tsv": 3,
}
KEYS = {  # leading columns that identify a row
    "numbers.tsv": 3,
    "dates_lexicon.tsv": 3,
    "dates_zones.tsv": 1,
    "tolls_lexicon.tsv": 2,
    "tolls_words.tsv": 2,
    "claim_verbs.tsv": 2,
}


def rows(name: str) -> list[list[str]]:
    text = files("tasks.coding").joinpath(f"data/{name}").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    return [line.split("\t") for line in lines[1:]]


@pytest.mark.parametrize("name", WIDTHS)
def test_every_row_has_all_columns(name: str) -> None:
    assert {len(row) for row in rows(name)} == {WIDTHS[name]}


@pytest.mark.parametrize("name", KEYS)
def test_no_row_is_listed_twice(name: str) -> None:
    keys = [tuple(row[: KEYS[name]]) for row in rows(name)]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("name", sorted(set(WIDTHS) - {"dates_zones.tsv"}))
def test_forms_are_folded(name: str) -> None:
    for row in rows(name):
        for cell in row:
            assert cell == cell.strip()
            assert unicodedata.normalize("NFKD", cell).lower() == cell or ":" in cell


def test_zones_exist_and_countries_are_iso3() -> None:
    for country, zone in rows("dates_zones.tsv"):
        assert len(country) == 3
        assert country.isupper()
        assert ZoneInfo(zone).key == zone


def test_calendar_is_complete() -> None:
    words = calendar_words()
    assert set(words.weekdays.values()) == set(range(7))
    assert set(words.months.values()) == set(range(1, 13))


def test_vague_numbers_are_intervals_of_the_codebook() -> None:
    vague = numbers("en").vague
    assert vague["couple"] == (2, 2)
    assert vague["several"] == (3, 9)
    assert vague["dozens"] == (24, 99)
    assert vague["scores"] == (40, 99)
    assert vague["hundreds"] == (200, 999)
    assert numbers("en").units["dozen"] == 12
    assert all(high is None or low <= high for low, high in vague.values())


def test_person_classes_and_fates_are_closed_sets() -> None:
    words = toll_words()
    assert set(words.persons.values()) == {"state", "armed", "civilians", "people"}
    fates = {kind for forms in words.predicates.values() for kind in forms.values()}
    assert fates == {"killed", "wounded", "missing", "captured"}
    forms = {form for forms in words.predicates.values() for form in forms}
    assert forms == {"ed", "ing", "s", "intr", "noun", "of"}


def test_no_person_is_also_a_thing() -> None:
    assert word_class("thing").isdisjoint(toll_words().persons)


def test_unknown_word_class_is_loud() -> None:
    with pytest.raises(KeyError):
        word_class("no such class")


def test_claim_kinds_and_verb_classes_are_those_of_the_codebook() -> None:
    words = claim_words()
    assert set(words.verbs.values()) == {"reported", "claimed", "confirmed", "denied"}
    assert set(words.speakers.values()) == set(KINDS)


def test_a_row_of_alternatives_stands_for_each_of_its_forms() -> None:
    verbs = claim_words().verbs
    assert verbs["placed their death toll"] == verbs["put its losses"] == "reported"
    assert not [form for form in verbs if "/" in form or "_" in form]
