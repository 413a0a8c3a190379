"""Stories: online clusters of reports about one development, for reading.

Average-link clustering over TF-IDF: new articles and the stories still open are nodes;
the most similar pair joins until no pair is similar enough. Stored stories keep their
ids and never join each other, so an id that was shown stays.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from tasks.derivation.bands import day_number
from tasks.derivation.records import TextRecord
from tasks.derivation.story_space import Similarities, TermSpace
from tasks.derivation.story_terms import story_terms
from tasks.model.articles import StoryMember

SIMILARITY = 0.14  # mean cosine between the members of two clusters
# A report that comes later than this after the last one must be far more alike to be
# the same development and not the next one of its kind.
FRESH_DAYS = 7
LATE_SIMILARITY = 1.4 * SIMILARITY
OPEN_DAYS = 30  # stories without news for longer need not be loaded
KEPT_TERMS = 250
CHUNK = 1_000  # articles clustered at once; bounds the quadratic step


@dataclass(frozen=True, slots=True)
class Story:
    """A story between runs: its size, its days and its mean term weights."""

    story_id: str
    num_articles: int
    first_day: int
    last_day: int
    title: str
    terms: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class StoryResult:
    """Rows to write: the story of each new article, and every story that changed."""

    members: tuple[StoryMember, ...] = ()
    stories: tuple[Story, ...] = ()


def cluster_stories(
    new: Iterable[TextRecord], stored: Sequence[Story] = ()
) -> StoryResult:
    """Put each new article into an open story or a new one.

    Pass stories that have news within OPEN_DAYS of the new articles.
    """
    ordered = sorted(new, key=lambda r: r.order)
    stories = {s.story_id: s for s in stored}
    members: list[StoryMember] = []
    changed: dict[str, Story] = {}
    for start in range(0, len(ordered), CHUNK):
        found = _cluster_chunk(ordered[start : start + CHUNK], list(stories.values()))
        members += found.members
        changed |= {s.story_id: s for s in found.stories}
        stories |= changed
    return StoryResult(tuple(members), tuple(changed[key] for key in sorted(changed)))


def story_id(canonical_url: str) -> str:
    """Return the id of the story that this article opens."""
    return str(uuid5(NAMESPACE_URL, "story:" + canonical_url))


@dataclass(frozen=True, slots=True)
class _Node:
    """A growing cluster: at most one stored story, and the articles that joined."""

    size: int
    first_day: int
    last_day: int
    story: Story | None
    articles: tuple[int, ...]  # by their place in publication order


def _cluster_chunk(
    records: Sequence[TextRecord], stored: Sequence[Story]
) -> StoryResult:
    """Cluster articles, given in publication order, with the stored stories."""
    articles = [story_terms(r.title, r.text) for r in records]
    space = TermSpace(articles, [(s.terms, s.weights) for s in stored])
    similar = space.similarities()
    # A story that no article is like stays as it is.
    reached = np.nonzero((similar[:, : len(stored)] >= SIMILARITY).any(axis=0))[0]
    nodes = [_story_node(stored[n]) for n in reached.tolist()]
    nodes += [_article_node(n, record) for n, record in enumerate(records)]
    members, stories = [], []
    for node in _agglomerate(nodes, _square(similar, reached.tolist())):
        if node.articles:
            story = _story_of(node, records, space.units)
            stories.append(story)
            members += [
                StoryMember(records[n].article_id, story.story_id)
                for n in node.articles
            ]
    return StoryResult(
        tuple(sorted(members, key=lambda m: m.article_id)), tuple(stories)
    )


def _square(similar: Similarities, reached: list[int]) -> Similarities:
    """Return the similarities of all nodes; two stories are not like each other."""
    num_articles, num_texts = similar.shape
    size = len(reached) + num_articles
    square = np.zeros((size, size), dtype=np.float32)
    columns = [*reached, *range(num_texts - num_articles, num_texts)]
    square[len(reached) :] = similar[:, columns]
    square[: len(reached), len(reached) :] = square[len(reached) :, : len(reached)].T
    return square


def _story_node(story: Story) -> _Node:
    return _Node(story.num_articles, story.first_day, story.last_day, story, ())


def _article_node(number: int, record: TextRecord) -> _Node:
    day = day_number(record.moment)
    return _Node(1, day, day, None, (number,))


def _agglomerate(nodes: list[_Node], similar: Similarities) -> Iterator[_Node]:
    """Yield the clusters after joining the most similar pairs first.

    A cluster's similarity is the mean of its members': the row of two joined ones is
    the mean of their rows. A joined cluster takes a new number and its part's row.
    """
    alive: dict[int, _Node] = dict(enumerate(nodes))
    row_of = list(alive)
    number_at = list(alive)
    heap = list(_similar_pairs(nodes, similar))
    heapq.heapify(heap)
    while heap:
        _, i, j = heapq.heappop(heap)
        if i not in alive or j not in alive:
            continue
        a, b = alive.pop(i), alive.pop(j)
        joined, number, row = _join(a, b), len(row_of), row_of[i]
        mean = similar[row] * a.size + similar[row_of[j]] * b.size
        similar[row] = similar[:, row] = mean / np.float32(joined.size)
        for place in np.nonzero(similar[row] >= SIMILARITY)[0].tolist():
            other, score = number_at[place], float(similar[row, place])
            if other in alive and _may_join(alive[other], joined, score):
                heapq.heappush(heap, (-score, other, number))
        alive[number] = joined
        row_of.append(row)
        number_at[row] = number
    yield from (alive[key] for key in sorted(alive))


def _similar_pairs(
    nodes: list[_Node], similar: Similarities
) -> Iterator[tuple[float, int, int]]:
    rows, columns = np.nonzero(np.triu(similar >= SIMILARITY, k=1))
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        score = float(similar[i, j])
        if _may_join(nodes[i], nodes[j], score):
            yield -score, i, j


def _may_join(a: _Node, b: _Node, similarity: float) -> bool:
    if a.story is not None and b.story is not None:
        return False
    gap = max(a.first_day - b.last_day, b.first_day - a.last_day)
    return similarity >= (SIMILARITY if gap <= FRESH_DAYS else LATE_SIMILARITY)


def _join(a: _Node, b: _Node) -> _Node:
    return _Node(
        size=a.size + b.size,
        first_day=min(a.first_day, b.first_day),
        last_day=max(a.last_day, b.last_day),
        story=a.story or b.story,
        articles=tuple(sorted((*a.articles, *b.articles))),
    )


def _story_of(
    node: _Node, records: Sequence[TextRecord], units: Sequence[dict[str, float]]
) -> Story:
    first, held = records[node.articles[0]], node.story
    terms = _mean(node, [units[n] for n in node.articles])
    top = sorted(terms.items(), key=lambda term: (-term[1], term[0]))[:KEPT_TERMS]
    return Story(
        story_id=held.story_id if held else story_id(first.canonical_url),
        num_articles=node.size,
        first_day=node.first_day,
        last_day=node.last_day,
        title=held.title if held else first.title,
        terms=tuple(term for term, _ in top),
        weights=tuple(weight for _, weight in top),
    )


def _mean(node: _Node, units: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the mean term weights of a stored story and the articles new in it."""
    total: dict[str, float] = {}
    if node.story is not None:
        held = zip(node.story.terms, node.story.weights, strict=True)
        total = {term: weight * node.story.num_articles for term, weight in held}
    for unit in units:
        for term, weight in unit.items():
            total[term] = total.get(term, 0.0) + weight
    return {term: weight / node.size for term, weight in total.items()}
