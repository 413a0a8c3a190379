"""Two items of one service with two dates are two items; nothing else is said by a dateline."""

import pytest

from tasks.derivation.copies import judge_copy
from tasks.derivation.dateline import Dateline, dateline_of, dates_differ
from tasks.derivation.pairs import judge
from tasks.derivation.profile import profile
from tests.unit.derivation.texts import WIRE, record

BODY = WIRE[0].split(" - ", 1)[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "SAN JUAN, 3 MAR 26 (STATE RADIO) -- [TEXT] Gunmen",
            Dateline("state radio", "3 mar 26"),
            id="monitored broadcast",
        ),
        pytest.param(
            "KASSALA, May 4 (RNA) - Gunmen", Dateline("rna", "may 4"), id="agency"
        ),
        pytest.param(
            "SAN JUAN, NO DATE (STATE RADIO) -- Gunmen",
            Dateline("state radio", "no date"),
            id="undated",
        ),
        pytest.param("KASSALA, Sudan (RNA) - Gunmen", None, id="a country is no date"),
        pytest.param("Gunmen killed 4 (police) - others fled", None, id="no dateline"),
    ],
)
def test_a_dateline_is_read(text: str, expected: Dateline | None) -> None:
    assert dateline_of(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        pytest.param("May 4", "May 5", True, id="two days"),
        pytest.param("May 4", "NO DATE", True, id="undated"),
        pytest.param("May 4", "may  4", False, id="one day"),
    ],
)
def test_one_service_dates_its_items(a: str, b: str, *, differ: bool) -> None:
    texts = [f"KASSALA, {date} (RNA) - {BODY}" for date in (a, b)]
    assert dates_differ(*texts) is differ


def test_another_service_may_date_a_copy_as_it_likes() -> None:
    assert not dates_differ(
        f"KASSALA, May 4 (RNA) - {BODY}", f"KASSALA, May 5 (SUNA) - {BODY}"
    )


def test_the_same_words_under_another_date_are_no_copy_but_may_be_an_update() -> None:
    first = record("a", [f"KASSALA, May 4 (RNA) - {BODY}", *WIRE[1:]])
    later = record("b", [f"KASSALA, May 5 (RNA) - {BODY}", *WIRE[1:]], hours=20)
    a, b = profile(first), profile(later)
    assert judge_copy(a, b).reason == "other_dateline"
    found = judge(a, b).pair
    assert found is not None
    assert (found.lineage, found.is_word_for_word) == ("update", False)


def test_an_agencys_report_of_the_next_attack_is_no_update_of_the_last() -> None:
    first = record("a", credit="Red Nile Agency (RNA)")
    next_one = record(
        "b",
        (
            (
                "KASSALA, Sudan (RNA) - Gunmen attacked the village of Umm Safari in eastern "
                "Sudan before dawn on Tuesday, killing six people, a health worker said."
            ),
            (
                "It came a day after 14 people were killed in Wad Sharifa, where 23 were wounded. "
                "The health worker, Amna Idris, told RNA that the clinic in Kassala was full."
            ),
        ),
        title="Gunmen kill six in raid on Umm Safari",
        hours=26,
        credit="Red Nile Agency (RNA)",
    )
    titled = record("a", title="Gunmen kill 14 in raid on Wad Sharifa")
    assert judge(profile(titled), profile(next_one)).pair is None
    follow_up = record("c", next_one.text.split("\n\n")[1:], hours=26)
    assert judge(profile(first), profile(follow_up)).pair is not None
