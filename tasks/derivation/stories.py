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
from tasks.derivation.lexicon import news_terms
from tasks.derivation.records import TextRecord
from tasks.derivation.story_terms import story_terms
from tasks.model.articles import StoryMember

SIMILARITY = 0.14  # mean cosine between the members of two clusters
# A report that comes later than this after the last one must be far more alike to be
# the same development and not the next one of its kind.
FRESH_DAYS = 7
LATE_SIMILARITY = 1.4 * SIMILARITY
OPEN_DAYS = 30  # stories without news for longer need not be loaded
MIN_SHARED = 0.7  # of a text's length, taken as shared at least
KEPT_TERMS = 250
CHUNK = 1_000  # articles clustered at once; bounds the quadratic step
# Term frequencies of a small night are not those of the news: the reports that
# data/news_terms.tsv was counted over stand beside it.
COUNTED_DOCUMENTS = 107

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
    """A growing cluster: the mean of its members' unit vectors, all terms and shared."""

    terms: dict[str, float]
    vector: Vectors
    size: int
    first_day: int
    last_day: int
    story: Story | None
    records: list[TextRecord]


def _cluster_chunk(
    records: Sequence[TextRecord], stored: Sequence[Story]
) -> StoryResult:
    articles = [story_terms(r.title, r.text) for r in records]
    kept = [dict(zip(s.terms, s.weights, strict=True)) for s in stored]
    space = _Space(articles, kept)
    nodes = [_story_node(s, k, space) for s, k in zip(stored, kept, strict=True)]
    nodes += [
        _article_node(r, t, space) for r, t in zip(records, articles, strict=True)
    ]
    members, stories = [], []
    for node in _agglomerate(nodes):
        if node.records:
            story = _story_of(node)
            stories.append(story)
            members += [StoryMember(r.article_id, story.story_id) for r in node.records]
    return StoryResult(
        tuple(sorted(members, key=lambda m: m.article_id)), tuple(stories)
    )


class _Space:
    """The terms that two sources share as coordinates; rare terms weigh more."""

    def __init__(
        self, articles: Sequence[dict[str, float]], stories: Sequence[dict[str, float]]
    ) -> None:
        counts = Counter(term for source in (*articles, *stories) for term in source)
        total = len(articles) + len(stories) + COUNTED_DOCUMENTS
        usual = news_terms()
        shared = sorted(term for term, n in counts.items() if n >= 2)
        self._index = {term: i for i, term in enumerate(shared)}
        self._idf = {t: log(total / (n + usual.get(t, 0))) for t, n in counts.items()}

    def unit(self, terms: dict[str, float]) -> dict[str, float]:
        """Return TF-IDF weights; those of shared terms have about length one.

        What no other text says (a long text says more of it) must not make two texts
        less alike; but where little is shared at all, that little is not the whole.
        """
        weighted = {t: w * self._idf[t] for t, w in terms.items()}
        whole = sqrt(sum(w * w for w in weighted.values()))
        shared = sqrt(sum(w * w for t, w in weighted.items() if t in self._index))
        length = max(shared, MIN_SHARED * whole) or 1.0
        return {t: w / length for t, w in weighted.items()}

    def vector(self, weights: dict[str, float]) -> Vectors:
        """Return the weights of shared terms as coordinates."""
        vector = np.zeros(len(self._index), dtype=np.float32)
        for term, weight in weights.items():
            position = self._index.get(term)
            if position is not None:
                vector[position] = weight
        return vector


def _story_node(story: Story, terms: dict[str, float], space: _Space) -> _Node:
    days = story.first_day, story.last_day
    return _Node(terms, space.vector(terms), story.num_articles, *days, story, [])


def _article_node(record: TextRecord, terms: dict[str, float], space: _Space) -> _Node:
    day, unit = day_number(record.moment), space.unit(terms)
    return _Node(unit, space.vector(unit), 1, day, day, None, [record])


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
        terms=_mean(a, b),
        vector=(a.vector * a.size + b.vector * b.size) / np.float32(size),
        size=size,
        first_day=min(a.first_day, b.first_day),
        last_day=max(a.last_day, b.last_day),
        story=a.story or b.story,
        records=a.records + b.records,
    )


def _mean(a: _Node, b: _Node) -> dict[str, float]:
    size = a.size + b.size
    mean = {term: weight * a.size / size for term, weight in a.terms.items()}
    for term, weight in b.terms.items():
        mean[term] = mean.get(term, 0.0) + weight * b.size / size
    return mean


def _story_of(node: _Node) -> Story:
    first = min(node.records, key=lambda r: r.order)
    held = node.story
    top = sorted(node.terms.items(), key=lambda term: (-term[1], term[0]))[:KEPT_TERMS]
    return Story(
        story_id=held.story_id if held else story_id(first.canonical_url),
        num_articles=node.size,
        first_day=node.first_day,
        last_day=node.last_day,
        title=held.title if held else first.title,
        terms=tuple(term for term, _ in top),
        weights=tuple(weight for _, weight in top),
    )
