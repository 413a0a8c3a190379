"""The index leaves out only pairs that the comparison forbids, and most of those."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.model.coding import Location
from tasks.resolution.candidates import CandidateIndex
from tasks.resolution.clustering import LinkGraph
from tasks.resolution.contexts import MentionContext
from tasks.resolution.facts import facts_of
from tasks.resolution.linking import FORBIDDEN, score_pair
from tests.unit.resolution.mentions import DAY, event, on, report

_POINTS = st.one_of(
    st.tuples(st.floats(9, 13), st.floats(35, 39)),
    st.tuples(st.floats(-90, 90), st.sampled_from([-180.0, -179.9, 179.9, 180.0])),
    st.tuples(st.sampled_from([-89.9, 89.9]), st.floats(-180, 180)),
    st.none(),
)


@st.composite
def _mention(draw: st.DrawFn) -> MentionContext:
    key = f"m{draw(st.uuids())}"
    point = draw(_POINTS)
    start = DAY + timedelta(days=draw(st.integers(0, 6)))
    days = draw(st.sampled_from([0, 0, 0, 4]))
    place = Location(
        name=draw(st.sampled_from(["", "Merawi", "Bikolo", "Gondar"])),
        mention="",
        country=draw(st.sampled_from(["ETH", "ETH", None])),
        admin1=draw(st.sampled_from([None, "Amhara", "Tigray"])),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        geo_precision=draw(st.sampled_from([None, 1, 2, 3])),
    )
    mention = event(
        key,
        event_date=on(start, 2 if days else 1, start + timedelta(days=days)),
        event_type=draw(st.sampled_from(["Battles", "Protests", "Riots"])),
        location=place,
    )
    return report(
        key,
        hours=draw(st.integers(0, 200)),
        family=f"family-{draw(st.integers(0, 5))}",
        lineage=draw(st.sampled_from(["origin", "rewrite"])),
        mention=mention,
    )


@settings(max_examples=120, deadline=None)
@given(st.lists(_mention(), min_size=2, max_size=8))
def test_every_pair_that_is_not_forbidden_is_a_candidate_from_both_sides(
    contexts: list[MentionContext],
) -> None:
    index = CandidateIndex()
    numbers = [index.add(facts_of(c)) for c in contexts]
    for i, a in zip(numbers, contexts, strict=True):
        for j, b in zip(numbers, contexts, strict=True):
            if i != j and score_pair(a, b).score != FORBIDDEN:
                assert j in index.candidates(i)


@settings(max_examples=80, deadline=None)
@given(_mention(), _mention())
def test_the_score_does_not_depend_on_which_report_comes_first(
    a: MentionContext, b: MentionContext
) -> None:
    assert score_pair(a, b) == score_pair(b, a)


def test_comparisons_grow_with_the_mentions_not_with_their_square() -> None:
    """A country at war: as many events per area over four times the ground."""
    small, large = (_comparisons(side) for side in (8, 16))
    assert large <= 6 * small  # four times the mentions; all pairs: 16 times


def _comparisons(side: int) -> int:
    graph = LinkGraph()
    numbers = []
    for n in range(3 * side * side):
        row, column = divmod(n // 3, side)
        place = Location(
            name=f"Village {n // 3}",
            mention="",
            country="UKR",
            admin1=f"Oblast {row // 3}-{column // 3}",
            latitude=45 + row * 0.4,
            longitude=25 + column * 0.6,
            geo_precision=1,
        )
        numbers.append(
            graph.add(report(f"m{n}", mention=event(f"m{n}", location=place)))
        )
    for number in numbers:
        graph.links(number)
    return graph.comparisons
