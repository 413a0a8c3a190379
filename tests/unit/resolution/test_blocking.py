"""Loading neighbours gives what the whole archive would, at the price of the night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.resolution.blocking import close_over, home_key, partner_keys
from tasks.resolution.contexts import MentionContext
from tasks.resolution.linking import score_pair
from tasks.resolution.resolve import resolve
from tests.unit.resolution.memory_events import MemoryEvents
from tests.unit.resolution.mentions import (
    DAY,
    GUNMEN,
    REBELS,
    event,
    on,
    place,
    report,
    toll,
)

NIGHT = datetime(2026, 6, 20, tzinfo=UTC)
PLACES = (
    place("Merawi", 11.41, 37.16),
    place("Bikolo", 11.45, 37.20),
    place("Amhara", 11.6, 37.4, 3),
    place("Gondar", 12.60, 37.46),
)


@st.composite
def _contexts(draw: st.DrawFn) -> list[MentionContext]:
    found = []
    for n in range(draw(st.integers(2, 9))):
        start = DAY + timedelta(days=draw(st.integers(0, 9)))
        end = start + timedelta(days=draw(st.sampled_from([0, 0, 0, 2, 12])))
        mention = event(
            f"m{n}",
            event_date=on(start, 1 if start == end else 2, end),
            location=draw(st.sampled_from(PLACES)),
            side1=(draw(st.sampled_from([REBELS, GUNMEN])),),
            fatalities=draw(st.sampled_from([toll(3, 3), toll(9, 9)])),
        )
        family = f"family-{draw(st.integers(0, 3))}"
        lineage = draw(st.sampled_from(["origin", "rewrite", "update"]))
        hours = draw(st.integers(0, 240))
        found.append(
            report(
                f"m{n}", hours=hours, family=family, lineage=lineage, mention=mention
            )
        )
    return found


@settings(max_examples=150, deadline=None)
@given(_contexts(), st.data())
def test_any_order_of_nights_gives_the_table_of_one_night(
    contexts: list[MentionContext], data: st.DataObject
) -> None:
    at_once = {e.event_id: e for e in resolve(contexts).events}
    store, rest = MemoryEvents(), data.draw(st.permutations(contexts))
    published: set[str] = set()
    while rest:
        size = data.draw(st.integers(1, 3))
        batch, rest = rest[:size], rest[size:]
        store.night(batch, NIGHT)
        published |= store.table().keys()
    assert store.table() == dict(sorted(at_once.items()))
    assert {store.resolve_id(old) for old in published} <= at_once.keys()


@settings(max_examples=150, deadline=None)
@given(_contexts())
def test_every_linked_pair_lies_in_each_others_blocks(
    contexts: list[MentionContext],
) -> None:
    for a in contexts:
        for b in contexts:
            if a is not b and score_pair(a, b).is_link:
                assert home_key(b) in partner_keys(a)
                assert home_key(a) in partner_keys(b)


def test_a_mention_that_changes_family_is_resolved_again() -> None:
    store = MemoryEvents()
    a, b = report("a"), report("b", hours=3)
    store.night([a, b], NIGHT)
    (before,) = store.table().values()
    copied = replace(b, family_id=a.family_id, lineage="identical_copy")
    store.night([copied], NIGHT)
    (after,) = store.table().values()
    assert (before.independent_origins, after.independent_origins) == (2, 1)


def test_the_number_of_mentions_loaded_does_not_grow_with_the_archive() -> None:
    loads = []
    for years in (1, 3):
        store = MemoryEvents()
        for n in range(years * 50):
            old = event(f"o{n}", event_date=on(DAY - timedelta(days=30 + 7 * n)))
            context = report(f"o{n}", hours=-24.0 * (30 + 7 * n), mention=old)
            store.mentions[old.mention_id] = context
        store.night([report("new")], NIGHT)
        loads.append(store.loaded)
    assert loads[0] == loads[1] == 0


def test_touched_stored_mentions_pull_in_their_component() -> None:
    stored = [report("a"), report("b", hours=1), report("far", location=PLACES[3])]
    closed = close_over(
        [stored[0]],
        lambda keys: [c for c in stored if home_key(c) in set(keys)],
        touched_ids=[stored[0].mention.mention_id],
    )
    assert {c.mention.article_id for c in closed} == {"article-a", "article-b"}


def test_nothing_new_loads_nothing() -> None:
    assert close_over([], lambda _: [report("a")]) == ()
