"""When the first text is doubted, and which text is believed then."""

from dataclasses import replace

import pytest

from tasks.extraction import body as engine
from tasks.extraction.candidates import Offers, choose_body, doubt
from tasks.extraction.page import Body, paragraph_key

PROSE = (
    "Gunmen attacked the weekly market of Tamba on Monday and killed eleven traders there.",
    "The mayor said that houses were burned and that many families fled towards the river.",
    "Soldiers reached the town in the evening, as residents told the regional radio later.",
    "A spokesman of the governor promised help to those who had lost their houses in town.",
    "Eleven people were buried on Tuesday, and the market remained closed for several days.",
)
GOOD = Body("trafilatura-fast", PROSE)
OFFERS = Offers(
    title="Gunmen kill eleven traders at the market of Tamba",
    lead="Gunmen attacked the weekly market of Tamba and killed eleven traders.",
    jsonld_body=None,
    feed_content=None,
    linked=frozenset(),
)
OTHER = Body("trafilatura-fast", tuple(
    f"Our spring offers for your garden include tools, seeds and {n} kinds of flower pots."
    for n in range(6)
))  # fmt: skip
LINES = Body("trafilatura-fast", tuple(f"Headline number {n} of the day" for n in range(20)))  # fmt: skip


@pytest.mark.parametrize(
    ("body", "offers", "signal"),
    [
        (Body("x", ()), OFFERS, "empty"),
        (Body("x", PROSE[:2]), OFFERS, "short"),
        (GOOD, replace(OFFERS, jsonld_body=" ".join(PROSE * 3)), "shorter-than-stated"),
        (GOOD, replace(OFFERS, feed_content=" ".join(PROSE * 3)), "shorter-than-stated"),
        (GOOD, replace(OFFERS, linked={paragraph_key(p) for p in PROSE}), "linked"),
        (LINES, OFFERS, "no-prose"),
        (OTHER, OFFERS, "disagrees"),
        (GOOD, OFFERS, None),
    ],
)  # fmt: skip
def test_each_cheap_signal_is_seen(
    body: Body, offers: Offers, signal: str | None
) -> None:
    assert doubt(body, offers) == signal


def test_a_text_nobody_doubts_costs_no_second_opinion() -> None:
    def never() -> Body:
        raise AssertionError("a second opinion was asked")

    assert choose_body(GOOD, OFFERS, [never]) == (GOOD, "first")


@pytest.mark.parametrize(
    ("first", "rule"),
    [
        (Body("x", ()), "empty:replaced"),
        (OTHER, "disagrees:replaced"),
        (LINES, "no-prose:replaced"),
    ],
)
def test_a_better_second_opinion_replaces_the_first_and_the_rule_says_why(
    first: Body, rule: str
) -> None:
    second = Body("paragraph-cluster", PROSE)
    assert choose_body(first, OFFERS, [lambda: OTHER, lambda: second]) == (second, rule)


def test_a_second_opinion_that_is_no_better_leaves_the_first() -> None:
    short = Body("x", PROSE[:3])
    assert choose_body(short, OFFERS, [lambda: OTHER]) == (short, "short:kept")


def test_what_the_caller_knows_is_a_doubt_as_well() -> None:
    cookies = Body("x", tuple(f"We value your privacy and share data with partner {n}, who may store all of it for years." for n in range(9)))  # fmt: skip
    offers = replace(OFFERS, title="", lead="")
    assert doubt(cookies, offers) is None
    longer = Body("twin:trafilatura-fast", PROSE * 3)
    found = choose_body(
        cookies, offers, [lambda: longer], known_doubt="came-to-nothing"
    )
    assert found == (longer, "came-to-nothing:replaced")


def test_the_engine_never_remembers_texts_from_page_to_page() -> None:
    assert engine._FAST.dedup is False
    assert engine._SLOW.dedup is False
