"""What follows an attack - arrests, inquiries, visits - neither dates it nor is another."""

from datetime import date

import pytest

from tasks.coding.coder import Coder
from tasks.coding.dates.governing import governs, is_referred_to
from tests.unit.coding.coding_texts import document  # 2025-03-14, a Friday

LEAD = "Gunmen killed nine villagers in Bokkos in central Nigeria on Monday, residents said."
LATER = [
    "Police on Thursday arrested three men in connection with the attack.",
    "Detectives on Thursday questioned two youths suspected of the killings.",
    "The governor on Thursday visited the scene of the attack and promised more patrols.",
    "On Thursday the president condemned the massacre.",
    "Elders met on Thursday over the killings.",
]


@pytest.mark.parametrize("later", LATER)
def test_the_day_of_what_followed_is_not_the_day_of_the_attack(
    placing_coder: Coder, later: str
) -> None:
    coded = placing_coder.code(document(f"{LEAD}\n\n{later}", country="NGA"))
    (event,) = coded.mentions
    assert event.event_date.start == date(2025, 3, 10)
    assert event.fatalities.best == 9


def test_arrests_told_for_themselves_are_an_event(placing_coder: Coder) -> None:
    body = (
        "Police in Jos on Thursday arrested 40 opposition supporters, their party said."
    )
    (event,) = placing_coder.code(document(body, country="NGA")).mentions
    assert (event.sub_event_type, event.event_date.start) == (
        "Arrests",
        date(2025, 3, 13),
    )


def test_a_figure_goes_to_the_event_whose_act_a_later_word_names(
    placing_coder: Coder,
) -> None:
    body = (
        "A trader was killed by gunmen in Jos on Wednesday, police said.\n\n"
        "In a separate incident the previous day, unknown persons threw a hand grenade at "
        "the gate of a hotel in Bauchi, but there were no casualties.\n\n"
        "A committee formed over the killing has called a strike."
    )
    shot, grenade = placing_coder.code(document(body, country="NGA")).mentions
    assert (shot.fatalities.best, grenade.fatalities.best) == (1, 0)


@pytest.mark.parametrize(
    ("text", "act", "expected"),
    [
        ("on tuesday police arrested two men over the attack", "attack", True),
        ("on tuesday two men were charged with the deadly bombing", "bombing", True),
        ("on tuesday rebels carried out the attack", "attack", False),
        ("on tuesday five soldiers died in the attack", "attack", False),
        ("on tuesday the army said it repelled the attack", "attack", False),
    ],
)
def test_words_that_only_refer_to_an_act_leave_the_day_to_the_outer_verb(
    text: str, act: str, *, expected: bool
) -> None:
    start = text.index(act)
    assert is_referred_to(text, 0, start) is expected
    span = (start, start + len(act))
    assert governs(text, 0, (3, 10), span) is not expected


def test_a_claimed_killing_with_its_own_day_and_place_is_an_event(
    placing_coder: Coder,
) -> None:
    body = (
        "Three members of the New People's Army and a soldier were killed when government"
        " troops clashed with the rebels in Himamaylan, Negros Occidental, Philippines, on"
        " Wednesday.\n\nMeanwhile, the NPA owned responsibility for the killing of farmer"
        " Junie Valenzuela, 51, in Moises Padilla on Monday night. Police said four men shot"
        " him six times."
    )
    coded = placing_coder.code(document(body, "Four die in firefight", country="PHL"))
    found = [(m.sub_event_type, str(m.event_date.start)) for m in coded.mentions]
    assert found == [("Armed clash", "2025-03-12"), ("Attack", "2025-03-10")]
    assert coded.mentions[1].side1[0].name == "New People's Army (NPA)"
