"""Figures that are shares of a whole, pronouns that count, and reports called untrue."""

from datetime import UTC, datetime

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import Document
from tasks.settings import Settings
from tests.unit.coding.coding_texts import document

CODER = Coder.load(Settings().reference_dir)
CASES = [
    ("Gunmen shot two policemen in Mosul on Monday. Both were killed.", 2, 2),
    ("Attackers shot two traders in Lahore on Monday; both died in hospital.", 2, 2),
    (
        (
            "Five workers were shot dead in Mandera on Sunday. Reports that one man had "
            "been beheaded were not true, police said."
        ),
        5,
        5,
    ),
    (
        (
            "Five workers were shot dead in Mandera on Sunday. The governor denied reports "
            "that two more had died."
        ),
        5,
        5,
    ),
    (
        (
            "Six people were wounded when an attacker threw a grenade into a cafe in "
            "Mitrovica on Monday. None of the injured is in danger of dying."
        ),
        0,
        0,
    ),
    (
        (
            "Car bomb kills five policemen in Kirkuk\nFive policemen and three civilians "
            "were killed when a car bomb exploded in Kirkuk on Saturday."
        ),
        8,
        8,
    ),
    (
        (
            "Twelve people were killed when shells landed in a market in Mogadishu on "
            "Tuesday. Crews collected nine bodies and three people died in hospital."
        ),
        12,
        12,
    ),
]


@pytest.mark.parametrize(("text", "low", "best"), CASES, ids=[c[0][:40] for c in CASES])
def test_shares_pronouns_and_untrue_reports(text: str, low: int, best: int) -> None:
    title = text.split("\n", maxsplit=1)[0] if "\n" in text else ""
    published = datetime(2024, 8, 6, 12, tzinfo=UTC)
    coded = CODER.code(Document("x", text, title, published_at=published))
    (mention,) = coded.mentions
    assert (mention.fatalities.low, mention.fatalities.best) == (low, best)


@pytest.mark.parametrize(
    ("body", "toll"),
    [
        ("A woman and her twin daughters were killed by a stray shell in Goma, DR Congo, on Monday.", (3, 3)),
        ("Shells killed seven people in the Hamdaniya district of Aleppo, Syria, on Monday and six more in neighbouring Salaheddine.", (13, 13)),
        ("Three policemen and two terrorists were killed when a band attacked a post in Khash, Iran, on Monday, police said. The band fled, leaving behind two of their dead.", (5, 5)),
        ("Two soldiers were killed in Vavuniya, Sri Lanka, on Monday. 'Two of our men died on the spot,' an army spokesman said.", (2, 2)),
        ("A bomb exploded in a market in Bauchi, Nigeria, on Monday. Seven died at the scene and three in hospital, police said.", (10, 10)),
        ("The bodies of two traders who had been shot in the head were found on Monday outside Sokolo, Mali.", (2, 2)),
    ],
)  # fmt: skip
def test_the_dead_of_one_breath_are_added_up(
    placing_coder: Coder, body: str, toll: tuple[int, int]
) -> None:
    found = placing_coder.code(document(body)).mentions[0].fatalities
    assert (found.low, found.best) == toll


def test_bodies_with_their_hands_bound_were_killed(placing_coder: Coder) -> None:
    body = (
        "The bodies of nine men, their hands bound, were found on Monday outside Sokolo,"
        " Mali, residents said. They had been taken by soldiers on Sunday."
    )
    found = placing_coder.code(document(body, "Nine bodies found")).mentions[0]
    assert (found.sub_event_type, found.fatalities.best) == ("Attack", 9)


def test_bodies_without_a_mark_are_nobodys_victims(placing_coder: Coder) -> None:
    body = "The bodies of nine men were recovered from the river near Sokolo, Mali, on Monday after a boat sank."
    assert not placing_coder.code(document(body)).mentions
