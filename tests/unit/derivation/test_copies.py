"""Copies are found whatever was cut or added; look-alikes with other facts are not."""

import pytest

from tasks.derivation.copies import judge_copy
from tasks.derivation.profile import profile
from tests.unit.derivation.texts import WIRE, bomb_report, record


def _reason(a: object, b: object) -> str:
    return judge_copy(profile(a), profile(b)).reason  # type: ignore[arg-type]


def test_a_word_for_word_copy_under_another_title_is_a_copy() -> None:
    other = record("b", title="Fourteen dead in dawn raid", hours=3)
    verdict = judge_copy(profile(record("a")), profile(other))
    assert (verdict.is_copy, verdict.similarity) == (True, 1.0)


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_the_opening_paragraphs_alone_are_a_copy(kept: int) -> None:
    assert _reason(record("a"), record("b", WIRE[:kept], hours=1)) == "copy"


def test_a_brief_inside_a_longer_page_is_found_by_containment() -> None:
    verdict = judge_copy(profile(record("a")), profile(record("b", WIRE[:1], hours=1)))
    assert verdict.similarity < 0.4
    assert verdict.containment > 0.9


def test_a_local_lead_before_the_wire_text_is_a_copy() -> None:
    lead = (
        (
            "The member for Kassala in the national assembly, Hamid Tahir, on Monday offered "
            "his condolences to the families and asked for a police post in the district."
        ),
    )
    assert _reason(record("a"), record("b", (*lead, *WIRE), hours=5)) == "copy"


def test_paragraphs_in_another_order_are_a_copy() -> None:
    assert _reason(record("a"), record("b", tuple(reversed(WIRE)), hours=1)) == "copy"


def test_an_updated_toll_in_the_same_text_is_a_copy_not_a_template() -> None:
    updated = [p.replace("14 people", "17 people").replace("23", "31") for p in WIRE]
    assert _reason(record("a"), record("b", updated, hours=8)) == "copy"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"place": "Auno"}, "template:name", id="another place"),
        pytest.param({"district": "Jere"}, "template:name", id="another district"),
        pytest.param({"dead": "Six"}, "template:toll", id="another toll"),
        pytest.param({"unit": "21st Brigade"}, "template:unit", id="another unit"),
        pytest.param({"day": "Friday"}, "template:day", id="another day"),
        pytest.param(
            {"place": "Auno", "day": "Friday", "dead": "Six"},
            "template:day",
            id="place, day and toll",
        ),
    ],
)
def test_the_same_words_about_another_incident_are_never_merged(
    change: dict[str, str], why: str
) -> None:
    a = record("a", bomb_report(), title="Bomb kills soldiers")
    b = record("b", bomb_report(**change), title="Bomb kills soldiers", hours=72)
    assert _reason(a, b) == why


def test_the_same_weekday_a_week_later_is_another_day() -> None:
    a = record("a", bomb_report(), title="Bomb kills soldiers")
    b = record("b", bomb_report(), title="Bomb kills soldiers", hours=7 * 24)
    assert _reason(a, b) == "template:week"


def test_page_furniture_shared_by_two_texts_makes_no_copy() -> None:
    furniture = (
        "Sign up for our newsletter to get the top stories of the day in your inbox.",
        "All rights reserved. Additional reporting by agencies.",
    )
    one = ("The singer Halima Noor, who sold two million records, died in Asmara.",)
    two = ("Ministers met in Port Louis to discuss tariffs on sugar and textiles.",)
    a, b = record("a", (*one, *furniture)), record("b", (*two, *furniture))
    assert _reason(a, b) != "copy"


@pytest.mark.parametrize("text", [(), ("",), ("Yes.",), ("\u200b",), ("x" * 5000,)])
def test_texts_without_substance_are_nobodys_copy(text: tuple[str, ...]) -> None:
    assert _reason(record("a"), record("b", text, title="")) != "copy"
