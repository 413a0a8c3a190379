"""R-REV-1 in one report: takers who left within a day clashed, and the words are kept."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

NIGHT = "during the night, residents said."
TAKEN = "Rebels overran two army camps at Bankass on Thursday"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            f"The rebels who overran two army camps on Thursday withdrew from the town {NIGHT}",
            "withdrew from the town during the night",
        ),
        (
            f"{TAKEN}. The rebels pulled out of the town before dawn, residents said.",
            "pulled out of the town before dawn",
        ),
        (
            f"{TAKEN} before retreating to the hills, residents said.",
            "retreating to the hills",
        ),
    ],
)
def test_takers_who_left_within_a_day_clashed(
    coder: Coder, text: str, quote: str
) -> None:
    event = coder.code(document(text)).mentions[0]
    assert (event.event_type, event.sub_event_type) == ("Battles", "Armed clash")
    [shown] = [e for e in event.evidence if e.field == "control"]
    assert (shown.quote, shown.rule_id) == (quote, "R-REV-1")
    decided = [e.rule_id for e in event.evidence if e.field == "event_type"]
    assert decided == ["R-REV-1"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{TAKEN}. Soldiers withdrew from the town.", id="losers"),
        pytest.param(f"{TAKEN}. The army had abandoned the town.", id="losers-left"),
        pytest.param(
            f"{TAKEN}. The rebels have not withdrawn from the town.", id="negated"
        ),
        pytest.param(
            f"{TAKEN}. The rebels said they would withdraw from the town.", id="future"
        ),
        pytest.param(
            "Rebels captured one town near Bankass on Thursday and gave up another.",
            id="another",
        ),
    ],
)
def test_a_place_the_takers_did_not_leave_stays_taken(coder: Coder, text: str) -> None:
    event = coder.code(document(text)).mentions[0]
    assert event.sub_event_type == "Non-state actor overtakes territory"
    assert all(e.field != "control" for e in event.evidence)
