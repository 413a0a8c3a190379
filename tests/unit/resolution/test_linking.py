"""Two reports are one event or not, with reasons; some can never be."""

from datetime import date, timedelta

import pytest

from tasks.model.coding import Actor, ActorKind, EventMention, Evidence
from tasks.resolution.evidence import weights
from tasks.resolution.linking import FORBIDDEN, score_pair
from tasks.resolution.resolve import resolve
from tests.unit.resolution.mentions import (
    ARMY,
    DAY,
    GUNMEN,
    REBELS,
    VILLAGERS,
    event,
    on,
    place,
    report,
    toll,
)

NEXT = DAY + timedelta(days=1)
NEAR_MERAWI = place("Bikolo", 11.45, 37.20)
GONDAR = place("Gondar", 12.60, 37.46)
AMHARA = place("Amhara", 11.6, 37.4, 3)
UNMATCHED = place("Enashenifalen", None, None, 1)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="all fields alike"),
        pytest.param({"side1": (GUNMEN,)}, id="unidentified against named"),
        pytest.param(
            {"sub_event_type": "Non-state actor overtakes territory"}, id="sub"
        ),
        pytest.param({"location": NEAR_MERAWI}, id="a village five kilometres off"),
        pytest.param({"event_date": on(DAY, 2, NEXT)}, id="a vaguer date"),
        pytest.param({"side1": (ARMY,), "side2": (REBELS,)}, id="sides exchanged"),
        pytest.param({"fatalities": toll(9, 9)}, id="only one gives a toll"),
    ],
)
def test_independent_reports_of_one_clash_are_one_event(changes: object) -> None:
    a, b = report("a"), report("b", hours=3, mention=event("b", **changes))  # type: ignore[arg-type]
    assert len(resolve([a, b]).events) == 1


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        pytest.param(
            {"event_date": on(DAY + timedelta(days=4))}, "date:apart", id="day"
        ),
        pytest.param({"location": GONDAR}, "place:apart", id="another town"),
        pytest.param({"location": UNMATCHED}, "place:apart", id="another village"),
        pytest.param(
            {"event_type": "Protests", "sub_event_type": "Peaceful protest"},
            "type:far",
            id="a protest",
        ),
    ],
)
def test_some_differences_forbid_the_link(changes: object, level: str) -> None:
    pair = score_pair(report("a"), report("b", mention=event("b", **changes)))  # type: ignore[arg-type]
    assert pair.score == FORBIDDEN
    assert level in pair.reasons


def test_fighting_on_two_days_is_two_events() -> None:
    a = report("a")
    b = report("b", hours=26, mention=event("b", event_date=on(NEXT)))
    assert len(resolve([a, b]).events) == 2


def test_a_retelling_that_moves_the_day_tells_the_same_event() -> None:
    a = report("a", family="f")
    moved = event("b", event_date=on(NEXT))
    b = report("b", hours=4, family="f", lineage="rewrite", mention=moved)
    (found,) = resolve([a, b]).events
    assert found.coded.event_date.start == DAY


def test_an_update_of_the_same_agency_about_the_next_day_is_another_event() -> None:
    a = report("a", family="f")
    later = event("b", event_date=on(NEXT), primary=False)
    b = report("b", hours=26, family="f", lineage="update", mention=later)
    assert len(resolve([a, b]).events) == 2


def test_two_incidents_named_in_one_article_are_never_one_event() -> None:
    both = [report("a"), report("a", mention=event("a", 1))]
    assert score_pair(*both).reasons == ("article:same",)
    assert len(resolve(both).events) == 2


def test_a_third_report_cannot_join_two_incidents_of_one_article() -> None:
    first, second = report("a"), report("a", mention=event("a", 1))
    third = report("b", hours=1)
    events = resolve([first, second, third]).events
    assert sorted(e.num_mentions for e in events) == [1, 2]


def test_different_named_groups_at_one_place_and_day_stay_apart() -> None:
    other = Actor("Oromo Liberation Army", "OLA", ActorKind.REBEL_GROUP, listed=True)
    a = report("a", fatalities=toll(3, 3))
    changed = event(
        "b",
        side1=(other,),
        side2=(VILLAGERS,),
        event_type="Violence against civilians",
        sub_event_type="Attack",
        fatalities=toll(40, 40),
    )
    assert len(resolve([a, report("b", mention=changed)]).events) == 2


def test_an_umbrella_and_its_member_are_compatible() -> None:
    member = Actor("Coordination of Movements of Azawad", "CMA", ActorKind.REBEL_GROUP)
    umbrella = Actor(
        "Permanent Strategic Framework (CSP)", "CSP", ActorKind.REBEL_GROUP
    )
    a = report("a", side1=(member,))
    b = report("b", hours=2, side1=(umbrella,))
    assert "actors:umbrella" in score_pair(a, b).reasons
    assert len(resolve([a, b]).events) == 1


def test_a_region_without_a_point_may_hold_the_town() -> None:
    a = report("a")
    b = report("b", hours=2, mention=event("b", location=AMHARA))
    assert "place:inside_region" in score_pair(a, b).reasons


def test_the_same_words_in_one_family_speak_for_one_event() -> None:
    words = (
        Evidence("event", 0, 9, "stormed the camp at dawn", "R"),
        Evidence("date", 0, 9, "on Monday morning", "R"),
    )
    a = report("a", family="f", mention=event("a", evidence=words))
    b = report("b", family="f", lineage="brief", mention=event("b", evidence=words))
    assert "family:same_words" in score_pair(a, b).reasons


def test_every_link_is_explained_by_known_levels() -> None:
    resolution = resolve([report("a"), report("b", hours=1), report("c", hours=2)])
    assert len(resolution.links) == 3
    for link in resolution.links:
        assert link.reasons
        assert set(link.reasons) <= weights().keys()
        assert 0.5 <= link.score <= 1


def test_a_mention_without_partner_is_linked_alone() -> None:
    (link,) = resolve([report("a")]).links
    assert (link.reasons, link.score) == (("alone",), 1.0)


def test_mentions_without_a_date_are_matched_by_their_reports_day() -> None:
    undated = on(DAY)
    nothing = type(undated)(None, None, None, None)
    a = report("a", mention=event("a", event_date=nothing))
    b = report("b", hours=1, mention=event("b", event_date=nothing))
    (found,) = resolve([a, b]).events
    assert found.coded.event_date.start is None


def test_the_score_grows_with_agreement() -> None:
    a = report("a", fatalities=toll(9, 9))
    same = score_pair(a, report("b", fatalities=toll(9, 9)))
    far = score_pair(a, report("c", fatalities=toll(60, 60)))
    assert same.score > far.score


def test_an_event_id_comes_from_the_earliest_published_mention() -> None:
    late, early = report("late", hours=5), report("early")
    (found,) = resolve([late, early]).events
    (alone,) = resolve([early]).events
    assert found.event_id == alone.event_id
    assert isinstance(found.coded, EventMention)
    assert found.coded.event_date.start == date(2026, 6, 8)


def test_rare_names_in_the_evidence_speak_for_one_event() -> None:
    named = (Evidence("event", 0, 9, "killed Abebe Tessema and Almaz Girma", "R"),)
    a = report("a", evidence=named)
    b = report("b", hours=1, evidence=named)
    other = report("c", hours=2)
    assert "entities:shared" in score_pair(a, b).reasons
    assert score_pair(a, b).score > score_pair(a, other).score


def test_place_sides_and_days_are_no_rare_names() -> None:
    usual = (Evidence("event", 0, 9, "Fano attacked Merawi on Monday", "R"),)
    pair = score_pair(report("a", evidence=usual), report("b", evidence=usual))
    assert "entities:shared" not in pair.reasons
