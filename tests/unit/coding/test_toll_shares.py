"""Figures that are shares of a whole, pronouns that count, and reports called untrue."""

from datetime import UTC, datetime

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import Document
from tasks.settings import Settings

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
