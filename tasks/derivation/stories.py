"""Stories: online clusters of reports about one development, for reading.

Average-link clustering over TF-IDF: new articles and the stories still open are nodes;
the most similar pair joins until no pair is similar enough. Stored stories keep their
ids and never join each other, so an id that was shown stays.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import numpy.typing as npt

from tasks.derivation.bands import day_number
from tasks.derivation.records import TextRecord
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
# Term frequencies of a small night are not those of the news: unseen documents are
# assumed, so that a word of every report of the night is not worthless.
ASSUMED_DOCUMENTS = 20

Vectors = npt.NDArray[np.float32]


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


@dataclass(slots=True)
class _Node:
    """A growing cluster; vector is the mean of its members' unit vectors."""

    vector: Vectors
    size: int
    first_day: int
    last_day: int
    story: Story | None
    records: list[TextRecord]


def _cluster_chunk(
    records: Sequence[TextRecord], stored: Sequence[Story]
) -> StoryResult:
    terms = [story_terms(r.title, r.text) for r in records]
    kept = [dict(zip(s.terms, s.weights, strict=True)) for s in stored]
    space = _Space(terms, kept)
    nodes = [
        _story_node(s, space.of_story(k)) for s, k in zip(stored, kept, strict=True)
    ]
    nodes += [
        _article_node(r, space.of_article(t))
        for r, t in zip(records, terms, strict=True)
    ]
    members, stories = [], []
    for node in _agglomerate(nodes):
        if node.records:
            story = _story_of(node, space)
            stories.append(story)
            members += [StoryMember(r.article_id, story.story_id) for r in node.records]
    return StoryResult(
        tuple(sorted(members, key=lambda m: m.article_id)), tuple(stories)
    )


class _Space:
    """The terms of a chunk as coordinates, weighted by how rare they are."""

    def __init__(
        self, articles: Sequence[dict[str, float]], stories: Sequence[dict[str, float]]
    ) -> None:
        counts = Counter(term for source in (*articles, *stories) for term in source)
        total = len(articles) + len(stories) + ASSUMED_DOCUMENTS
        shared = sorted(term for term, n in counts.items() if n >= 2)
        self._index = {term: i for i, term in enumerate(shared)}
        self._idf = {term: log(total / counts[term]) for term in counts}
        self._terms = shared

    def of_article(self, terms: dict[str, float]) -> Vectors:
        """Return the unit vector of an article; terms of one document carry its length."""
        weighted = {t: w * self._idf[t] for t, w in terms.items() if t in self._index}
        length = sqrt(sum(w * w for w in weighted.values())) or 1.0
        return self._vector({t: w / length for t, w in weighted.items()})

    def of_story(self, weights: dict[str, float]) -> Vectors:
        """Return the stored mean vector in this chunk's coordinates."""
        return self._vector({t: w for t, w in weights.items() if t in self._index})

    def _vector(self, weights: dict[str, float]) -> Vectors:
        vector = np.zeros(len(self._index), dtype=np.float32)
        for term, weight in weights.items():
            vector[self._index[term]] = weight
        return vector

    def top_terms(self, vector: Vectors) -> list[tuple[str, float]]:
        """Return the heaviest terms of a vector."""
        order = np.argsort(-vector, kind="stable")[:KEPT_TERMS]
        return [(self._terms[i], float(vector[i])) for i in order if vector[i] > 0]


def _story_node(story: Story, vector: Vectors) -> _Node:
    return _Node(vector, story.num_articles, story.first_day, story.last_day, story, [])


def _article_node(record: TextRecord, vector: Vectors) -> _Node:
    day = day_number(record.moment)
    return _Node(vector, 1, day, day, None, [record])


def _agglomerate(nodes: list[_Node]) -> Iterator[_Node]:
    """Yield the clusters after joining the most similar pairs first."""
    alive: dict[int, _Node] = dict(enumerate(nodes))
    near: dict[int, set[int]] = {i: set() for i in alive}
    heap: list[tuple[float, int, int]] = []
    for score, i, j in _similar_pairs(nodes):
        heap.append((-score, i, j))
        near[i].add(j)
        near[j].add(i)
    heapq.heapify(heap)
    while heap:
        _, i, j = heapq.heappop(heap)
        if i not in alive or j not in alive:
            continue
        joined, number = _join(alive.pop(i), alive.pop(j)), len(near)
        alive[number] = joined
        near[number] = {k for k in near[i] | near[j] if k in alive and k != number}
        for k in sorted(near[number]):
            near[k].add(number)
            score = float(alive[k].vector @ joined.vector)
            if _may_join(alive[k], joined, score):
                heapq.heappush(heap, (-score, k, number))
    yield from (alive[key] for key in sorted(alive))


def _similar_pairs(nodes: list[_Node]) -> Iterator[tuple[float, int, int]]:
    if not nodes:
        return
    matrix = np.vstack([node.vector for node in nodes])
    similar = matrix @ matrix.T
    rows, columns = np.nonzero(np.triu(similar >= SIMILARITY, k=1))
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        score = float(similar[i, j])
        if _may_join(nodes[i], nodes[j], score):
            yield score, i, j


def _may_join(a: _Node, b: _Node, similarity: float) -> bool:
    if a.story is not None and b.story is not None:
        return False
    gap = max(a.first_day - b.last_day, b.first_day - a.last_day)
    return similarity >= (SIMILARITY if gap <= FRESH_DAYS else LATE_SIMILARITY)


def _join(a: _Node, b: _Node) -> _Node:
    size = a.size + b.size
    return _Node(
        vector=(a.vector * a.size + b.vector * b.size) / np.float32(size),
        size=size,
        first_day=min(a.first_day, b.first_day),
        last_day=max(a.last_day, b.last_day),
        story=a.story or b.story,
        records=a.records + b.records,
    )


def _story_of(node: _Node, space: _Space) -> Story:
    first = min(node.records, key=lambda r: r.order)
    held = node.story
    top = space.top_terms(node.vector)
    return Story(
        story_id=held.story_id if held else story_id(first.canonical_url),
        num_articles=node.size,
        first_day=node.first_day,
        last_day=node.last_day,
        title=held.title if held else first.title,
        terms=tuple(term for term, _ in top),
        weights=tuple(weight for _, weight in top),
    )
