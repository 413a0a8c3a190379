"""What a derived text adds or changes is named field by field."""

import pytest

from tasks.derivation.mutations import MAX_MUTATIONS, find_mutations
from tasks.derivation.profile import profile
from tasks.model.articles import Mutation
from tests.unit.derivation.texts import WIRE, record

RETOLD = (
    (
        "Terrorists on camels stormed the village of Wad Sharifa in eastern Sudan on Monday "
        "morning, killing several people and burning the grain store, residents said."
    ),
    (
        "Health worker Amna Idris said 40 wounded had been carried to a clinic in Khartoum. "
        '"The army has abandoned us to our fate," one resident said.'
    ),
)


@pytest.fixture(scope="module")
def found() -> tuple[Mutation, ...]:
    return find_mutations(profile(record("a")), profile(record("b", RETOLD, hours=5)))


@pytest.mark.parametrize(
    ("field", "value", "instead"),
    [
        ("time", "morning", "dawn"),
        ("fatalities", "several", "14"),
        ("number", "40", "23"),
        ("place", "khartoum", "kassala"),
        ("actor", "terrorists", None),
    ],
)
def test_a_changed_fact_is_named_with_what_the_parent_says(
    found: tuple[Mutation, ...], field: str, value: str, instead: str | None
) -> None:
    match = [m for m in found if (m.field, m.child_value) == (field, value)]
    assert [m.parent_value for m in match] == [instead]
    assert match[0].unsupported_by_origin


def test_a_quotation_nobody_gave_the_origin_is_named(
    found: tuple[Mutation, ...],
) -> None:
    quotes = [m.child_value for m in found if m.field == "quote"]
    assert quotes == ["the army has abandoned us to our fate,"]


def test_each_mutation_quotes_the_child(found: tuple[Mutation, ...]) -> None:
    text = record("b", RETOLD).text
    assert found
    assert all(m.child_quote in text for m in found)


def test_a_copy_has_no_mutations() -> None:
    assert find_mutations(profile(record("a")), profile(record("b", hours=1))) == ()


def test_a_brief_has_no_mutations() -> None:
    brief = profile(record("b", WIRE[:2], hours=1))
    assert find_mutations(profile(record("a")), brief) == ()


def test_neutral_names_of_armed_people_are_no_mutation() -> None:
    reworded = (WIRE[0].replace("Gunmen", "Fighters"), *WIRE[1:])
    child = profile(record("b", reworded, hours=1))
    assert find_mutations(profile(record("a")), child) == ()


def test_mutations_of_one_text_are_bounded() -> None:
    endless = [
        f"In town number {n} there were {n * 7} dead and {n * 3} hurt."
        for n in range(500)
    ]
    child = profile(record("b", endless, hours=1))
    assert len(find_mutations(profile(record("a")), child)) == MAX_MUTATIONS
