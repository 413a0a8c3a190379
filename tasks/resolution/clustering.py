"""Groups mentions into events.

The outcome depends on the set of mentions alone: pairs are taken best first, ties by
publication order, and two groups join only if no pair across them is forbidden and the
pairs across agree on average.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.resolution.candidates import CandidateIndex
from tasks.resolution.contexts import MentionContext
from tasks.resolution.facts import facts_of
from tasks.resolution.linking import FORBIDDEN, THRESHOLD, PairScore, score_facts


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one event in publication order, each with its best link."""

    contexts: tuple[MentionContext, ...]
    best: dict[str, PairScore]


class LinkGraph:
    """Mentions at hand and the links between them; each pair is compared once at most."""

    def __init__(self, contexts: Iterable[MentionContext] = ()) -> None:
        self._index = CandidateIndex()
        self._scores: dict[tuple[int, int], PairScore] = {}
        for context in contexts:
            self.add(context)

    @property
    def comparisons(self) -> int:
        """Return how many pairs were compared so far."""
        return len(self._scores)

    def add(self, context: MentionContext) -> int:
        """Add a mention; return its number."""
        return self._index.add(facts_of(context))

    def context(self, number: int) -> MentionContext:
        """Return the mention of that number."""
        return self._index.facts[number].context

    def links(self, number: int) -> dict[int, PairScore]:
        """Return all at hand that this mention is linked to."""
        found = {n: self.score(number, n) for n in self._index.candidates(number)}
        return {n: score for n, score in found.items() if score.is_link}

    def score(self, i: int, j: int) -> PairScore:
        """Compare two mentions."""
        key = (i, j) if i < j else (j, i)
        found = self._scores.get(key)
        if found is None:
            found = score_facts(self._index.facts[i], self._index.facts[j])
            self._scores[key] = found
        return found


def cluster(contexts: Sequence[MentionContext]) -> list[Cluster]:
    """Return the events of these mentions."""
    graph = LinkGraph(sorted(contexts, key=lambda c: c.order))
    links = [graph.links(n) for n in range(len(contexts))]
    return [
        found
        for group in _components(links)
        for found in _Split(graph, links, group).clusters()
    ]


def _components(links: Sequence[dict[int, PairScore]]) -> list[list[int]]:
    group_of = list(range(len(links)))
    for i, near in enumerate(links):
        for j in near:
            a, b = _find(group_of, i), _find(group_of, j)
            group_of[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(links)):
        groups[_find(group_of, i)].append(i)
    return list(groups.values())


def _find(group_of: list[int], i: int) -> int:
    while group_of[i] != i:
        group_of[i] = group_of[group_of[i]]
        i = group_of[i]
    return i


class _Split:
    """The events inside one connected component."""

    def __init__(
        self,
        graph: LinkGraph,
        links: Sequence[dict[int, PairScore]],
        members: list[int],
    ) -> None:
        self._graph = graph
        self._links = links
        self._members = members
        self._refused: set[tuple[int, int, int, int]] = set()

    def clusters(self) -> list[Cluster]:
        """Join groups along their links, best first."""
        groups = {i: [i] for i in self._members}
        home = {i: i for i in self._members}
        for i, j in self._best_first():
            a, b = sorted((home[i], home[j]))
            if a != b and self._may_join(groups[a], groups[b]):
                joined = groups.pop(b)
                groups[a] += joined
                home |= dict.fromkeys(joined, a)
        return [self._cluster(sorted(found)) for _, found in sorted(groups.items())]

    def _best_first(self) -> list[tuple[int, int]]:
        links = [
            (-score.score, i, j)
            for i in self._members
            for j, score in self._links[i].items()
            if i < j
        ]
        return [(i, j) for _, i, j in sorted(links)]

    def _may_join(self, a: list[int], b: list[int]) -> bool:
        """True unless a pair across is forbidden or the pairs disagree on average.

        Two groups that may not join are asked again only after one has grown.
        """
        asked = (a[0], len(a), b[0], len(b))
        if asked in self._refused:
            return False
        total = 0.0
        for i in a:
            for j in b:
                score = self._graph.score(i, j).score
                if score == FORBIDDEN:
                    self._refused.add(asked)
                    return False
                total += score
        agree = total >= THRESHOLD * len(a) * len(b)
        if not agree:
            self._refused.add(asked)
        return agree

    def _cluster(self, members: list[int]) -> Cluster:
        best, inside = {}, set(members)
        for i in members:
            # Whoever joined did so along a link, so the best score is among them.
            scores = [s for j, s in self._links[i].items() if j in inside]
            found = max(scores, key=lambda s: (s.score, s.reasons), default=None)
            mention_id = self._graph.context(i).mention.mention_id
            best[mention_id] = found or PairScore(1.0, ("alone",))
        return Cluster(tuple(self._graph.context(i) for i in members), best)
