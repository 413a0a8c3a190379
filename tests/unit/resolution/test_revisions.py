"""Merges redirect, late origins rename, withdrawn reports retire; nothing is dropped."""

from datetime import UTC, datetime, timedelta

from tasks.resolution.resolve import event_id, resolve
from tasks.resolution.revisions import (
    EARLIER_REPORT,
    MERGED,
    Revisions,
    StoredEvent,
    revise,
    snapshot,
)
from tests.unit.resolution.memory_events import MemoryEvents
from tests.unit.resolution.mentions import DAY, GUNMEN, event, on, place, report, toll

NIGHT = datetime(2026, 6, 8, 23, tzinfo=UTC)
LATER = NIGHT + timedelta(days=1)


def test_a_new_event_is_revision_one() -> None:
    store = MemoryEvents()
    (row,) = store.night([report("a")], NIGHT).revisions
    assert (row.revision, row.changed_field, row.valid_from) == (1, "created", NIGHT)
    assert row.valid_to is None


def test_each_changed_field_is_a_row_with_its_rule_and_report() -> None:
    store = MemoryEvents()
    store.night([report("a", side1=(GUNMEN,))], NIGHT)
    second = report("b", hours=20, fatalities=toll(6, 6))
    rows = {r.changed_field: r for r in store.night([second], LATER).revisions}
    assert {"actor1", "fatalities_best", "num_mentions"} <= rows.keys()
    assert rows["actor1"].rule_id == "named_over_unidentified"
    assert rows["actor1"].old_value == GUNMEN.name
    assert {r.mention_id for r in rows.values()} == {second.mention.mention_id}
    assert {r.revision for r in rows.values()} == {2}


def test_an_earlier_report_that_arrives_late_renames_the_event_and_redirects() -> None:
    store = MemoryEvents()
    store.night([report("late", hours=6)], NIGHT)
    changes = store.night([report("early")], LATER)
    (redirect,) = changes.redirects
    assert redirect.old_event_id == event_id("https://late.example/story", 0)
    assert redirect.event_id == event_id("https://early.example/story", 0)
    assert redirect.reason == EARLIER_REPORT
    assert store.table().keys() == {redirect.event_id}
    assert max(r.revision for r in changes.revisions) == 2


def test_a_merge_redirects_the_losing_id_for_ever() -> None:
    store = MemoryEvents()
    village, camp = place("Bikolo", 11.45, 37.20), place("Durbete", 11.62, 37.12)
    store.night(
        [report("a", location=village), report("b", hours=1, location=camp)], NIGHT
    )
    before = set(store.table())
    linking = [report(f"c{n}", hours=3 + n, mention=event(f"c{n}")) for n in range(3)]
    store.night(linking, LATER)
    lost = before - store.table().keys()
    assert {store.resolve_id(old) for old in before} <= store.table().keys()
    assert all(store.redirects[old].reason == MERGED for old in lost)


def test_merging_two_stored_events_names_the_survivor() -> None:
    a, b = resolve([report("a")]), resolve([report("b", hours=1)])
    previous = [StoredEvent(e, 3) for e in (*a.events, *b.events)]
    both = resolve([report("a"), report("b", hours=1)])
    changes = revise(previous, both, LATER)
    (redirect,) = changes.redirects
    assert (redirect.event_id, redirect.reason) == (a.events[0].event_id, MERGED)
    assert redirect.redirected_at == LATER
    assert changes.retired == ()
    assert {r.revision for r in changes.revisions} == {4}


def test_an_event_whose_reports_are_all_recoded_away_is_retired_not_dropped() -> None:
    old = resolve([report("a")]).events[0]
    changes = revise([StoredEvent(old)], resolve([]), LATER)
    assert changes == Revisions(retired=(old.event_id,))


def test_an_unchanged_resolution_gives_no_row() -> None:
    resolution = resolve([report("a"), report("b", hours=2)])
    previous = [StoredEvent(e) for e in resolution.events]
    assert revise(previous, resolution, LATER) == Revisions()


def test_a_split_keeps_the_id_with_the_earliest_report() -> None:
    together = resolve([report("a"), report("b", hours=2)]).events[0]
    moved = report(
        "b", hours=2, mention=event("b", event_date=on(DAY - timedelta(days=9)))
    )
    changes = revise([StoredEvent(together)], resolve([report("a"), moved]), LATER)
    created = [r for r in changes.revisions if r.changed_field == "created"]
    assert [r.event_id for r in created] == [event_id("https://b.example/story", 0)]
    assert changes.redirects == ()


def test_the_snapshot_names_the_fields_readers_see() -> None:
    (found,) = resolve([report("a", fatalities=toll(4, 4))]).events
    fields = snapshot(found)
    assert fields["fatalities_best"] == "4"
    assert fields["event_date"] == "2026-06-08/2026-06-08"
    assert fields["is_disputed"] == "false"
