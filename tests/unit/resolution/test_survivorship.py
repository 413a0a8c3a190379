"""Which value survives, by which rule, and on how many independent origins it rests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.model.coding import Evidence, Fatalities
from tasks.resolution.survivorship import HELD_RULE, OVERTAKES, survive
from tasks.resolution.tolls import CONSERVATIVE_RULE, combine_tolls
from tests.unit.resolution.mentions import (
    DAY,
    GUNMEN,
    REBELS,
    claimed,
    event,
    on,
    place,
    report,
    said_by,
    toll,
)

REGION = place("Amhara", 11.6, 37.4, 3)


def _rules(contexts: list) -> dict[str, str]:  # type: ignore[type-arg]
    return dict(survive(contexts).rules)


def test_the_most_precise_place_survives() -> None:
    vague = report("a", location=REGION)
    exact = report("b", hours=2)
    found = survive([vague, exact])
    assert found.coded.location.name == "Merawi"
    assert dict(found.rules)["location"] == "most_precise_place"


def test_the_most_precise_date_survives() -> None:
    vague = report(
        "a", mention=event("a", event_date=on(DAY, 2, DAY + timedelta(days=2)))
    )
    exact = report("b", hours=2)
    assert survive([vague, exact]).coded.event_date.end == DAY


def test_a_named_group_survives_an_unidentified_one() -> None:
    found = survive([report("a", side1=(GUNMEN,)), report("b", hours=5)])
    assert found.coded.side1 == (REBELS,)
    assert dict(found.origins)["actors"] == 1


def test_a_claim_survives_an_attribution() -> None:
    a = report("a", responsibility_status="attributed", responsibility_by="the army")
    b = report("b", responsibility_status="claimed", responsibility_by="Fano")
    coded = survive([a, b]).coded
    assert (coded.responsibility_status, coded.responsibility_by) == ("claimed", "Fano")


def test_origins_count_families_and_not_articles() -> None:
    copies = [
        report(f"c{n}", hours=n, family="wire", lineage="identical_copy")
        for n in (1, 2, 3)
    ]
    found = survive([report("wire", family="wire"), *copies, report("own", hours=9)])
    assert dict(found.origins)["location"] == 2


def test_a_fact_found_only_in_a_retelling_raises_nothing() -> None:
    wire = report("wire", family="f", location=REGION)
    retold = report("spin", hours=2, family="f", lineage="rewrite")
    found = survive([wire, retold])
    assert found.coded.location.name == "Amhara"
    assert dict(found.origins)["location"] == 1


def test_a_field_only_a_retelling_states_is_marked_and_has_no_origin() -> None:
    wire = report("wire", family="f")
    retold = report(
        "spin", hours=2, family="f", lineage="rewrite", responsibility_status="claimed"
    )
    found = survive([wire, retold])
    assert dict(found.rules)["responsibility"] == "only_in_retelling"
    assert dict(found.origins)["responsibility"] == 0


@pytest.mark.parametrize(
    ("quote", "rule"),
    [
        pytest.param("pulled out before sunrise", "R", id="pulled out"),
        pytest.param("before pulling back towards the lakes", "R", id="pulling back"),
        pytest.param("the fighters quit the town on Monday", "R", id="quit"),
        pytest.param("were seen retreating north", "R", id="retreating"),
        pytest.param("they left the camp at dawn", "R", id="left the camp"),
        pytest.param("les assaillants se sont retirés dans la nuit", "R", id="retirés"),
        pytest.param("les rebelles ont quitté la ville", "R", id="quitté"),
        pytest.param("a gagné la brousse", "R-REV-1", id="the coder says so"),
    ],
)
def test_a_place_held_for_a_day_is_an_armed_clash(quote: str, rule: str) -> None:
    taken = report("a", sub_event_type=OVERTAKES)
    left = report("b", hours=14, evidence=(Evidence("event", 0, 1, quote, rule),))
    assert survive([taken, left]).coded.sub_event_type == "Armed clash"
    assert _rules([taken, left])["event_type"] == HELD_RULE


@pytest.mark.parametrize(
    "quote", ["an attack that left 12 dead", "l'attaque a fait 12 morts"]
)
def test_an_attack_that_left_dead_is_no_withdrawal(quote: str) -> None:
    taken = report("a", sub_event_type=OVERTAKES)
    later = report("b", hours=14, evidence=(Evidence("event", 0, 1, quote, "R"),))
    assert survive([taken, later]).coded.sub_event_type == OVERTAKES


def test_a_report_of_fighting_alone_does_not_undo_a_capture() -> None:
    taken = report("a", sub_event_type=OVERTAKES)
    assert survive([taken, report("b", hours=14)]).coded.sub_event_type == OVERTAKES


def test_a_withdrawal_reported_a_week_later_leaves_the_capture() -> None:
    taken = report("a", sub_event_type=OVERTAKES)
    left = report(
        "b", hours=7 * 24,
        evidence=(Evidence("event", 0, 1, "withdrew from the town", "R"),),
    )  # fmt: skip
    assert survive([taken, left]).coded.sub_event_type == OVERTAKES


@pytest.mark.parametrize("status", ["claimed", "attributed"])
def test_a_denial_beside_a_claim_is_a_dispute(status: str) -> None:
    a = report("a", responsibility_status=status)
    b = report("b", responsibility_status="denied")
    assert any(d.startswith("responsibility") for d in survive([a, b]).disputes)


def test_rival_exact_days_are_a_dispute_and_show_who_counts() -> None:
    a, b = (
        report("a"),
        report("b", mention=event("b", event_date=on(DAY - timedelta(days=1)))),
    )
    disputes = survive([a, b]).disputes
    assert any(d.startswith("event_date: ") and "(1)" in d for d in disputes)


def test_agreement_is_no_dispute() -> None:
    assert survive([report("a"), report("b", hours=1)]).disputes == ()


def test_knowledge_begins_with_the_report_that_brought_the_surviving_value() -> None:
    vague, exact = report("a", location=REGION), report("b", hours=30)
    echo = report("c", hours=90)
    assert survive([vague, exact, echo]).known_at == exact.first_seen_at


def test_independent_reports_add_confidence_and_copies_do_not() -> None:
    alone = survive([report("a", family="f")]).coded.confidence
    copied = survive(
        [report("a", family="f"), report("b", family="f", lineage="brief")]
    )
    both = survive([report("a", family="f"), report("b")]).coded.confidence
    assert copied.coded.confidence == alone
    assert both > alone


class TestTolls:
    """Figures become low, best and high by a named rule."""

    def test_silence_is_no_toll(self) -> None:
        assert combine_tolls([report("a")]) is None

    def test_one_firm_figure_is_the_toll(self) -> None:
        found = combine_tolls([report("a", fatalities=toll(9, 9))])
        assert found is not None
        assert (found.fatalities.low, found.fatalities.best) == (9, 9)

    def test_nobody_died_is_zero_and_not_unknown(self) -> None:
        found = combine_tolls(
            [report("a", fatalities=Fatalities(0, 0, 0, "nobody died"))]
        )
        assert found is not None
        assert (found.fatalities.low, found.fatalities.best, found.fatalities.high) == (
            0,
            0,
            0,
        )

    def test_at_least_stays_open_upward(self) -> None:
        found = combine_tolls(
            [report("a", fatalities=toll(12, 12, None, "at least 12"))]
        )
        assert found is not None
        assert found.fatalities.high is None

    def test_a_later_count_of_the_same_agency_replaces_the_earlier(self) -> None:
        first = report("a", family="f", fatalities=toll(12, 12))
        later = report(
            "b", hours=40, family="f", lineage="update", fatalities=toll(19, 19)
        )
        found = combine_tolls([first, later])
        assert found is not None
        assert (found.fatalities.low, found.fatalities.best) == (19, 19)
        assert found.rule_id == "R-REV-2"

    def test_an_altered_figure_of_a_retelling_is_ignored(self) -> None:
        wire = report("a", family="f", fatalities=toll(9, 9, 9))
        spun = report(
            "b", hours=3, family="f", lineage="rewrite", fatalities=toll(50, 50)
        )
        found = combine_tolls([wire, spun])
        assert found is not None
        assert (found.fatalities.best, found.fatalities.high) == (9, 9)

    def test_a_partys_word_widens_the_range_but_is_not_the_best(self) -> None:
        hospital = report(
            "a", fatalities=claimed(("hospital", 8, 8, None)), claims=(said_by("hospital", "medical"),)
        )  # fmt: skip
        rebels = report(
            "b", hours=9, fatalities=claimed(("Fano", 30, 30, None)), claims=(said_by("Fano", "rebel"),)
        )  # fmt: skip
        found = combine_tolls([hospital, rebels])
        assert found is not None
        fatalities = found.fatalities
        assert (fatalities.low, fatalities.best, fatalities.high) == (8, 8, 30)
        assert found.disputes

    def test_both_sides_losses_are_added_up(self) -> None:
        army = report(
            "a", fatalities=claimed(("army", 5, 5, 2), ("army", 7, 30, 1)), claims=(said_by("army", "state"),)
        )  # fmt: skip
        found = combine_tolls([army])
        assert found is not None
        fatalities = found.fatalities
        assert (fatalities.low, fatalities.best, fatalities.high) == (12, 12, 35)

    def test_the_conservative_rule_takes_the_lowest(self) -> None:
        contexts = [
            report("a", fatalities=toll(5, 5)),
            report("b", hours=1, fatalities=toll(4, 9, 9)),
        ]
        found = combine_tolls(contexts, rule=CONSERVATIVE_RULE)
        assert found is not None
        assert found.fatalities.best == found.fatalities.low == 4

    def test_a_vague_word_gives_way_to_a_count(self) -> None:
        vague = report("a", fatalities=Fatalities(3, None, 9, "several"))
        count = report("b", hours=6, fatalities=toll(2, 2))
        found = combine_tolls([vague, count])
        assert found is not None
        assert (found.fatalities.low, found.fatalities.best) == (2, 2)

    def test_offsets_of_other_reports_claims_are_dropped(self) -> None:
        own = claimed(("army", 5, 5, None))
        own = replace(own, claims=tuple(replace(c, start=4, end=9) for c in own.claims))
        contexts = [
            report("a", fatalities=own, claims=(said_by("army", "state"),)),
            report("b", hours=2, fatalities=replace(own)),
        ]
        found = combine_tolls(contexts)
        assert found is not None
        starts = [c.start for c in found.fatalities.claims]
        assert sorted(starts, key=str) == [4, None]
