"""Acts told by their manner: crowds without a march, accords, bombs that fell from the air."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

TYPES = [
    (
        (
            "About 300 women walked through Jacmel in Haiti on Thursday beating saucepans to "
            "demand the release of a nurse."
        ),
        "Peaceful protest",
    ),
    (
        (
            "Teachers filed past the ministry in Lima on Thursday carrying candles to demand "
            "their pay."
        ),
        "Peaceful protest",
    ),
    (
        (
            "Hunters of Dan Na Ambassagou and fighters of JNIM concluded a local accord on "
            "Wednesday in Koro in central Mali."
        ),
        "Agreement",
    ),
    (
        (
            "Soldiers have driven the rebels of 3R out of Bocaranga in the Central African "
            "Republic, after a battle on Wednesday, officials said."
        ),
        "Government regains territory",
    ),
]


@pytest.mark.parametrize(("body", "sub_type"), TYPES)
def test_an_act_is_known_by_how_it_is_done(
    placing_coder: Coder, body: str, sub_type: str
) -> None:
    events = placing_coder.code(document(body, country=None)).mentions
    assert [e.sub_event_type for e in events] == [sub_type]


def test_a_deal_of_firms_is_none(placing_coder: Coder) -> None:
    body = "The two firms struck a deal in Bamako on Thursday to supply fertiliser."
    assert placing_coder.code(document(body)).mentions == ()


@pytest.mark.parametrize(
    ("title", "sub_type"),
    [
        ("Fourteen killed in air strike on market", "Air/drone strike"),
        ("Fourteen killed at market", "Remote explosive/landmine/IED"),
    ],
)
def test_a_headline_tells_that_bombs_fell_from_the_air(
    placing_coder: Coder, title: str, sub_type: str
) -> None:
    body = (
        "Fourteen civilians were killed when two bombs struck a market in Zabid in Yemen "
        "on Thursday.\n\nThe second bomb exploded four minutes later."
    )
    (event,) = placing_coder.code(document(body, title, country="YEM")).mentions
    assert event.sub_event_type == sub_type
