"""Texts that speak of war and report none; goods, places and hours that decide an event."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Review: 'Salt Road' is a fine thriller", "On Thursday night the smugglers shot two guards and burned the village of Bankass, and the army attacked at dawn. I left the hall shaken.", "culture"),
        ("Film review - a heist in the desert", "Rebels ambushed the convoy near Bankass on Thursday, killing nine soldiers, in the first scene.", "culture"),
        ("Special forces storm village as Flintlock ends", "Commandos stormed a village held by “terrorists” on a firing range near Bankass on Thursday and killed the lookouts, the closing act of the annual edition of the exercise.", "exercise"),
    ],
)  # fmt: skip
def test_reviews_and_drills_report_no_event(
    coder: Coder, title: str, text: str, reason: str
) -> None:
    coded = coder.code(document(text, title=title))
    assert coded.reject is not None, coded.mentions
    assert coded.reject.reason == reason


def test_a_figurative_battle_without_anybody_is_no_event(coder: Coder) -> None:
    text = (
        "The bloodbath began on Thursday at the congress of the ruling party. Nobody can "
        "recall such an attack.\n\nIt was a suicide bombing in slow motion, one delegate said."
    )
    assert not coder.code(document(text, title="A party turns on itself")).relevant


@pytest.mark.parametrize(
    "text",
    [
        "Armed men broke into three warehouses in Bankass on Thursday and carried off 40 tonnes of rice and a generator.",
        "Militiamen broke into a clinic in Bankass on Thursday and carried off medicines and two motorcycles, but nobody was harmed.",
    ],
)  # fmt: skip
def test_goods_carried_off_are_loot(coder: Coder, text: str) -> None:
    event = coder.code(document(text)).mentions[0]
    assert event.sub_event_type == "Looting/property destruction"


def test_people_carried_off_are_abducted(coder: Coder) -> None:
    text = "Gunmen carried off nine women and 40 cattle from Bankass on Thursday."
    event = coder.code(document(text)).mentions[0]
    assert event.sub_event_type == "Abduction/forced disappearance"


@pytest.mark.parametrize(
    "text",
    [
        "Government soldiers drove JNIM fighters out of Bankass, a farming town, on Thursday after two hours of fighting.",
        "The army pushed rebel fighters out of the town of Bankass on Thursday, a colonel said.",
    ],
)  # fmt: skip
def test_to_drive_fighters_out_of_a_place_retakes_it(coder: Coder, text: str) -> None:
    event = coder.code(document(text)).mentions[0]
    assert event.sub_event_type == "Government regains territory"


def test_a_new_post_is_a_base(coder: Coder) -> None:
    text = (
        "A Turkish army convoy crossed the border on Thursday evening and set up a new "
        "military post on a hill near Bankass."
    )
    event = coder.code(document(text, title="New post")).mentions[0]
    assert event.sub_event_type == "Headquarters or base established"


def test_an_hour_told_inside_a_night_gives_the_day(coder: Coder) -> None:
    text = (
        "Two guards were killed during the night of Tuesday to Wednesday when gunmen "
        "attacked a post in Bankass.\n\nThe gunmen came at about 2 a.m. on Wednesday. They "
        "exchanged fire with the guards for an hour."
    )
    when = coder.code(document(text)).mentions[0].event_date
    assert str(when.start) == "2025-03-12"
