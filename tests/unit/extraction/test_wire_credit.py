import pytest

from tasks.extraction.wire_credit import find_wire_credit

BODY = "Armed men attacked the camp at dawn and held it until noon."


@pytest.mark.parametrize(
    ("paragraphs", "byline", "expected"),
    [
        pytest.param(["BAMAKO (AFP) - Armed men attacked."], None, "AFP", id="head-en"),
        pytest.param(["KYIV, March 3 (Reuters) – Shells fell."], None, "Reuters", id="head-date"),
        pytest.param(["JUBA, South Sudan (AP) — Fighting."], None, "AP", id="head-dash"),
        pytest.param(["Bamako (AFP) – Des hommes armés ont attaqué."], None, "AFP", id="head-fr"),
        pytest.param(["Bogotá, 3 mar (EFE).- Tres soldados murieron."], None, "EFE", id="head-es"),
        pytest.param(["بيروت (رويترز) - قتل شخصان في غارة."], None, "Reuters", id="head-ar"),
        pytest.param(["القاهرة (أ ف ب) - قتل شخصان."], None, "AFP", id="head-ar-afp"),
        pytest.param(["NAIROBI, March 20 (HAP) - A man blew himself up."], None, "HAP", id="head-unlisted"),
        pytest.param([BODY, "AFP"], None, "AFP", id="foot-alone"),
        pytest.param([BODY, "(Reuters)"], None, "Reuters", id="foot-brackets"),
        pytest.param([BODY, "Source: AFP"], None, "AFP", id="foot-source"),
        pytest.param([BODY, "Avec AFP"], None, "AFP", id="foot-fr"),
        pytest.param([BODY, "Con información de EFE"], None, "EFE", id="foot-es"),
        pytest.param([BODY, "المصدر: رويترز"], None, "Reuters", id="foot-ar"),
        pytest.param([BODY, BODY + " — AFP"], None, "AFP", id="foot-signature"),
        pytest.param([BODY, BODY + " — LWA"], None, "LWA", id="foot-unlisted"),
        pytest.param([BODY, "(Reporting by A. Name; Editing by B. Name)"], None, "Reuters", id="foot-reuters"),
        pytest.param([BODY], "AFP", "AFP", id="byline"),
        pytest.param([BODY], "Newsroom with Reuters", "Reuters", id="byline-with"),
        pytest.param([BODY, 'A witness told AFP: "We ran."', BODY], None, "AFP", id="told-en"),
        pytest.param([BODY, "Un témoin a déclaré à l’AFP.", BODY], None, "AFP", id="told-fr"),
        pytest.param([BODY, "Un vecino dijo a EFE que huyó.", BODY], None, "EFE", id="told-es"),
        pytest.param([BODY, "قال شاهد لوكالة فرانس برس إنهم فروا", BODY], None, "AFP", id="told-ar"),
    ],
)  # fmt: skip
def test_credits_are_found_where_agencies_stand(
    paragraphs: list[str], byline: str | None, expected: str
) -> None:
    assert find_wire_credit(paragraphs, byline) == expected


@pytest.mark.parametrize(
    ("paragraphs", "byline"),
    [
        pytest.param([BODY], None, id="nobody"),
        pytest.param([BODY], "Apolline Reutersen", id="a-name"),
        pytest.param(["Shares of Thomson Reuters rose on Monday after results."], None, id="company"),
        pytest.param(["The army (FAMa) said it had repelled the attack."], None, id="an-army"),
        pytest.param([BODY, "The tap was shut. An AP-style guide was printed."], None, id="no-source"),
        pytest.param([], None, id="no-text"),
    ],
)  # fmt: skip
def test_a_text_that_credits_nobody_has_no_credit(
    paragraphs: list[str], byline: str | None
) -> None:
    assert find_wire_credit(paragraphs, byline) is None


def test_the_line_of_credit_goes_before_a_quotation() -> None:
    text = ["PARIS (AFP) - Fighting.", "A witness told Reuters he had fled.", BODY]
    assert find_wire_credit(text, None) == "AFP"
