"""Similarities found by postings are the cosines that comparing all texts would give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.derivation.story_space import TermSpace

TERMS = st.dictionaries(
    st.sampled_from([f"term{n}" for n in range(9)]), st.floats(0.5, 3.0), max_size=6
)


def _product(a: dict[str, float], b: dict[str, float]) -> float:
    return sum(weight * b[term] for term, weight in a.items() if term in b)


@given(st.lists(TERMS, min_size=1, max_size=5), st.lists(TERMS, max_size=4))
def test_similarities_are_products_of_all_shared_terms(
    articles: list[dict[str, float]], stories: list[dict[str, float]]
) -> None:
    space = TermSpace(articles, [(s.keys(), s.values()) for s in stories])
    found = space.similarities()
    assert found.shape == (len(articles), len(stories) + len(articles))
    for number, row in enumerate(found.tolist()):
        for place, other in enumerate((*stories, *space.units)):
            if place != len(stories) + number:
                wanted = _product(space.units[number], other)
                assert row[place] == pytest.approx(wanted, abs=1e-5)


def test_a_term_of_one_text_only_makes_nothing_alike() -> None:
    space = TermSpace([{"a": 1.0}, {"b": 1.0}], [(["c"], [1.0])])
    assert not space.similarities().any()


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    common = {"war": 1.0}
    space = TermSpace([{"war": 1.0, "wad sharifa": 1.0}, common, common, common], [])
    unit = space.units[0]
    assert unit["wad sharifa"] > unit["war"] > 0
