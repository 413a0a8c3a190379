"""Capitals change how much the coder's frames are trusted."""

import pytest

from tasks.classification.relevance import CAPITALS, MIXED_CASE, gate_for


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("GUNMEN KILLED NINE PEOPLE IN THE TOWN.", True),
        ("Gunmen killed nine people in the town.", False),
        ("gunmen killed nine people in the town.", False),
        ("UN and AU condemn attack on IDP camp in Mali", False),
        ("", False),
        ("مسلحون قتلوا تسعة", False),
        ("1990 -- 12", False),
    ],
)
def test_capitals_are_told_from_other_texts(text: str, capitals: bool) -> None:
    assert (gate_for(text) is CAPITALS) == capitals
    assert (gate_for(text) is MIXED_CASE) != capitals
