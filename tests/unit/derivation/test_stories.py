"""Stories group reports of one development over days, and keep their ids."""

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.derivation.records import TextRecord
from tasks.derivation.stories import Story, cluster_stories, story_id
from tests.unit.derivation.texts import WIRE, record

FOLLOW_UP = (
    (
        "Residents of Wad Sharifa buried the dead on Tuesday, a day after raiders on camels "
        "attacked the eastern Sudan village, burnt its grain store and drove off 300 cows."
    ),
    (
        "Osman Babiker, the state spokesman, said police had crossed the Gash river after the "
        "raiders and that the market of Wad Sharifa would open again on Friday."
    ),
)
ELECTION = (
    (
        "Voters in Port Louis queued in the rain on Monday to choose a new parliament, with "
        "polls giving the opposition alliance a narrow lead over the governing party."
    ),
    (
        "The electoral commissioner said turnout had reached 61 percent by four in the "
        "afternoon. Counting begins on Tuesday and results are expected by Wednesday."
    ),
)


def _pool() -> list[TextRecord]:
    return [
        record("raid1"),
        record("raid2", FOLLOW_UP, hours=26, title="Sudan village buries its dead"),
        record("vote", ELECTION, hours=3, title="Mauritius votes in the rain"),
    ]


def _grouping(result_members: object) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for member in result_members:  # type: ignore[attr-defined]
        groups.setdefault(member.story_id, set()).add(member.article_id)
    return {frozenset(ids) for ids in groups.values()}


def test_reports_of_one_development_share_a_story() -> None:
    members = cluster_stories(_pool()).members
    assert _grouping(members) == {frozenset({"raid1", "raid2"}), frozenset({"vote"})}


@settings(max_examples=6, deadline=None)
@given(st.permutations(_pool()))
def test_the_order_within_a_batch_does_not_matter(pool: list[TextRecord]) -> None:
    assert cluster_stories(pool) == cluster_stories(_pool())


def test_a_follow_up_of_the_next_night_joins_the_stored_story() -> None:
    first, follow_up, vote = _pool()
    night1 = cluster_stories([first, vote])
    night2 = cluster_stories([follow_up], night1.stories)
    stored = {m.article_id: m.story_id for m in night1.members}
    assert night2.members[0].story_id == stored["raid1"]
    (story,) = night2.stories
    assert (story.num_articles, story.title) == (2, first.title)
    assert story.last_day > story.first_day


def test_a_story_is_named_after_the_article_that_opened_it() -> None:
    (member,) = cluster_stories([record("raid1")]).members
    assert member.story_id == story_id("https://raid1.example/story")


def test_stored_stories_never_merge() -> None:
    night1 = [
        cluster_stories([r]).stories[0] for r in (record("raid1"), record("raid9"))
    ]
    again = cluster_stories([record("raid3", hours=30)], night1)
    assert len(again.stories) == 1
    assert {s.story_id for s in night1} >= {again.stories[0].story_id}


def test_a_report_weeks_later_needs_to_be_more_alike() -> None:
    another = [
        (
            "Gunmen attacked a bus on the road to Gallabat in eastern Sudan, killing two "
            "passengers and wounding a driver, the transport union said."
        )
    ]
    night1 = cluster_stories([record("raid1")])
    soon, late = (
        cluster_stories(
            [record("bus", another, hours=24 * days, title="Bus attacked")],
            night1.stories,
        )
        .members[0]
        .story_id
        for days in (1, 20)
    )
    assert soon == night1.members[0].story_id
    assert late != soon


def test_a_story_keeps_a_bounded_number_of_terms() -> None:
    long = [" ".join(f"word{n}" for n in range(900))]
    result = cluster_stories([record("a", long), record("b", long, hours=1)])
    (story,) = result.stories
    assert isinstance(story, Story)
    assert 0 < len(story.terms) <= 250


def test_an_empty_night_gives_nothing() -> None:
    assert cluster_stories([]).members == ()


def test_the_words_of_a_wire_report_are_terms_once_stemmed() -> None:
    result = cluster_stories([record("a", WIRE), record("b", WIRE, hours=1)])
    assert {"camel", "wad sharifa"} <= set(result.stories[0].terms)


def _unrelated(number: int) -> Story:
    terms = tuple(f"term{number // 2}x{n}" for n in range(20))
    return Story(f"s{number}", 1, 20_570, 20_570, "other", terms, (0.2,) * 20)


def test_stories_that_no_article_is_like_cost_no_matrix() -> None:
    stored = [_unrelated(number) for number in range(2_000)]
    tracemalloc.start()
    result = cluster_stories(_pool(), stored)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(result.stories) == 2
    assert peak < 16 * 2**20
