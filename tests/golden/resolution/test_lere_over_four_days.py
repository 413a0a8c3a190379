"""The reference scenario day by day: what is published, and what changed since."""

import pytest

from tasks.model.events import EventRevision, ResolvedEvent
from tasks.resolution.resolve import event_id
from tasks.resolution.revisions import Revisions
from tests.golden.resolution import lere
from tests.unit.resolution.memory_events import MemoryEvents, shuffled

LERE = event_id(lere.A_LERE.canonical_url, 0)
BOUREM = event_id(lere.A_BOUREM.canonical_url, 1)


def _after(nights: int) -> tuple[MemoryEvents, Revisions]:
    store, changes = MemoryEvents(), Revisions()
    for known_at, new in lere.NIGHTS[:nights]:
        changes = store.night(new, known_at)
    return store, changes


def _event(nights: int) -> ResolvedEvent:
    return _after(nights)[0].table()[LERE]


def _diff(nights: int) -> dict[str, tuple[str | None, str | None, str]]:
    rows = _after(nights)[1].revisions
    return {
        r.changed_field: (r.old_value, r.new_value, r.rule_id)
        for r in rows
        if r.event_id == LERE
    }


def test_the_first_night_gives_two_events_and_nothing_else() -> None:
    store, changes = _after(1)
    assert store.table().keys() == {LERE, BOUREM}
    assert [r.changed_field for r in changes.revisions] == ["created", "created"]


def test_the_first_night_holds_a_claimed_capture_without_a_toll() -> None:
    event = _event(1)
    coded = event.coded
    assert (coded.event_type, coded.sub_event_type) == ("Battles", lere.TAKEN)
    assert str(coded.event_date.start) == "2023-09-17"
    assert coded.location.country == "MLI"
    assert [a.mention for a in coded.side1] == ["CMA"]
    assert (coded.responsibility_status, coded.responsibility_by) == (
        "claimed",
        "CMA spokesman",
    )


def test_the_aggregators_several_soldiers_does_not_become_the_toll() -> None:
    event = _event(1)
    fatalities = event.coded.fatalities
    assert (fatalities.low, fatalities.best, fatalities.text) == (1, None, "deaths")
    assert (event.num_mentions, event.num_sources, event.independent_origins) == (
        2,
        2,
        1,
    )
    assert dict(event.field_origins)["fatalities"] == 1


def test_bourem_is_a_disputed_event_of_its_own() -> None:
    bourem = _after(1)[0].table()[BOUREM]
    assert bourem.is_disputed
    assert str(bourem.coded.event_date.start) == "2023-09-12"
    assert (bourem.coded.fatalities.low, bourem.coded.fatalities.high) == (24, 99)


def test_an_independent_agency_adds_an_origin_and_changes_no_fact() -> None:
    assert _event(2).independent_origins == 2
    assert _diff(2) == {
        "num_mentions": ("2", "3", "count"),
        "num_sources": ("2", "3", "count"),
        "independent_origins": ("1", "2", "count"),
    }


def test_the_withdrawal_makes_it_an_armed_clash_by_r_rev_1() -> None:
    event = _event(3)
    assert event.coded.sub_event_type == "Armed clash"
    assert _diff(3)["sub_event_type"] == (lere.TAKEN, "Armed clash", "R-REV-1")


def test_the_named_side_stays_although_the_radio_names_nobody() -> None:
    assert [a.name for a in _event(3).coded.side1] == [lere.CMA.name]


def test_the_armys_figures_move_the_toll_by_r_rev_2() -> None:
    fatalities = _event(3).coded.fatalities
    assert (fatalities.low, fatalities.best, fatalities.high) == (12, 12, 35)
    diff = _diff(3)
    assert diff["fatalities_best"] == (None, "12", "R-REV-2")
    assert diff["fatalities_low"] == ("1", "12", "R-REV-2")


def test_the_rebels_figures_widen_the_range_and_make_it_disputed() -> None:
    before, event = _event(3), _event(4)
    fatalities = event.coded.fatalities
    assert (fatalities.low, fatalities.high) == (12, 65)
    assert not before.is_disputed
    assert event.is_disputed
    assert any("CSP: 35 soldiers" in text for text in event.disputes)
    assert {(c.claimant, c.side, c.low) for c in fatalities.claims} == {
        ("general staff", 2, 5),
        ("general staff", 1, 7),
        ("CSP", 2, 35),
        ("CSP", 1, 8),
    }


def test_the_umbrella_is_the_same_side_under_its_later_name() -> None:
    event = _event(4)
    assert lere.CSP_TOLL.mention.mention_id in event.mention_ids
    assert event.num_mentions == 6


def test_every_revision_names_its_report_and_the_history_is_gapless() -> None:
    rows: list[EventRevision] = [
        r for r in _after(4)[0].revisions if r.event_id == LERE
    ]
    assert sorted({r.revision for r in rows}) == [1, 2, 3, 4]
    assert all(r.mention_id for r in rows)
    third = {r.mention_id for r in rows if r.revision == 4}
    assert third == {lere.CSP_TOLL.mention.mention_id}
    starts = {r.revision: r.valid_from for r in rows}
    assert list(starts.values()) == [known_at for known_at, _ in lere.NIGHTS]


def test_running_a_night_again_changes_nothing() -> None:
    store, _ = _after(4)
    table = store.table()
    for known_at, new in lere.NIGHTS:
        assert store.night(new, known_at) == Revisions()
    assert store.table() == table


@pytest.mark.parametrize("seed", range(10))
def test_any_order_of_arrival_gives_the_same_ids_and_the_same_current_table(
    seed: int,
) -> None:
    expected = _after(4)[0].table()
    store = MemoryEvents()
    published: set[str] = set()
    for context in shuffled(lere.ALL, seed):
        store.night([context], lere.NIGHTS[-1][0])
        published |= store.table().keys()
    assert store.table() == expected
    assert {store.resolve_id(old) for old in published} == {LERE, BOUREM}
