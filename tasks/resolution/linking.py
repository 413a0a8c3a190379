"""Groups mentions into events: pairwise probability with reasons, cannot-link rules.

The outcome depends on the set of mentions alone: pairs are taken best first, ties by
publication order, and two groups join only if no pair across them is forbidden and the
pairs across agree on average.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.resolution.contexts import NEIGHBOUR_DAYS, MentionContext
from tasks.resolution.evidence import compare, weights

THRESHOLD = 0.5
FORBIDDEN = -1.0


@dataclass(frozen=True, slots=True)
class PairScore:
    """Probability that two mentions report one event; FORBIDDEN: they cannot."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_link(self) -> bool:
        """True when the pair alone speaks for one event."""
        return self.score >= THRESHOLD


def score_pair(a: MentionContext, b: MentionContext) -> PairScore:
    """Return the probability of one event, with the levels that led to it."""
    evidence = compare(a, b)
    reasons = tuple(e.level for e in evidence)
    if any(e.bits is None for e in evidence):
        return PairScore(FORBIDDEN, reasons)
    bits = (weights()["prior"] or 0.0) + sum(e.bits or 0.0 for e in evidence)
    return PairScore(1 / (1 + 2**-bits), reasons)


def components(contexts: Sequence[MentionContext]) -> list[list[MentionContext]]:
    """Return groups of mentions connected by links, in publication order."""
    return _Graph(contexts).components()


def cluster(
    contexts: Sequence[MentionContext],
) -> list[tuple[list[MentionContext], dict[str, PairScore]]]:
    """Return events as groups of mentions, with the best link of each mention."""
    graph = _Graph(contexts)
    return [found for group in graph.components() for found in graph.split(group)]


class _Graph:
    """All pair scores of the mentions at hand; only neighbours in time are compared."""

    def __init__(self, contexts: Sequence[MentionContext]) -> None:
        self._contexts = sorted(contexts, key=lambda c: c.order)
        self._scores: dict[tuple[int, int], PairScore] = {}
        for i, j in self._neighbours():
            self._scores[i, j] = score_pair(self._contexts[i], self._contexts[j])

    def _neighbours(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of one country whose days lie near each other."""
        blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
        for i, context in enumerate(self._contexts):
            country = context.mention.location.country or ""
            first, last = context.day.toordinal(), context.last_day.toordinal()
            for day in range(first, last + 1):
                blocks[country, day].append(i)
        seen = set()
        for (country, day), members in blocks.items():
            days = range(day, day + NEIGHBOUR_DAYS + 1)
            near = [i for d in days for i in blocks.get((country, d), ())]
            seen |= {(min(i, j), max(i, j)) for i in members for j in near if i != j}
        yield from sorted(seen)

    def _score(self, i: int, j: int) -> PairScore | None:
        return self._scores.get((min(i, j), max(i, j)))

    def components(self) -> list[list[MentionContext]]:
        """Return the connected components of the links."""
        group_of = list(range(len(self._contexts)))
        for (i, j), score in self._scores.items():
            if score.is_link:
                a, b = _find(group_of, i), _find(group_of, j)
                group_of[max(a, b)] = min(a, b)
        groups: dict[int, list[MentionContext]] = defaultdict(list)
        for i, context in enumerate(self._contexts):
            groups[_find(group_of, i)].append(context)
        return list(groups.values())

    def split(
        self, group: list[MentionContext]
    ) -> list[tuple[list[MentionContext], dict[str, PairScore]]]:
        """Return the events inside one component."""
        index = {id(c): i for i, c in enumerate(self._contexts)}
        members = [index[id(c)] for c in group]
        clusters = {i: [i] for i in members}
        home = {i: i for i in members}
        for i, j, _ in self._links(members):
            a, b = sorted((home[i], home[j]))
            if a != b and self._may_join(clusters[a], clusters[b]):
                clusters[a] += clusters.pop(b)
                home |= dict.fromkeys(clusters[a], a)
        return [
            ([self._contexts[i] for i in sorted(found)], self._best(found))
            for _, found in sorted(clusters.items())
        ]

    def _links(self, members: list[int]) -> list[tuple[int, int, float]]:
        chosen = set(members)
        links = [
            (i, j, s.score)
            for (i, j), s in self._scores.items()
            if s.is_link and i in chosen and j in chosen
        ]
        return sorted(links, key=lambda link: (-link[2], link[0], link[1]))

    def _may_join(self, a: list[int], b: list[int]) -> bool:
        scores = [self._score(i, j) for i in a for j in b]
        if any(s is None or s.score == FORBIDDEN for s in scores):
            return False  # None: too far apart in time to have been compared
        return sum(s.score for s in scores if s) / len(scores) >= THRESHOLD

    def _best(self, members: list[int]) -> dict[str, PairScore]:
        """Return the best link of each member to another member."""
        best = {}
        for i in members:
            scores = [s for j in members if j != i and (s := self._score(i, j))]
            found = max(scores, key=lambda s: (s.score, s.reasons), default=None)
            mention_id = self._contexts[i].mention.mention_id
            best[mention_id] = found or PairScore(1.0, ("alone",))
        return best


def _find(group_of: list[int], i: int) -> int:
    while group_of[i] != i:
        group_of[i] = group_of[group_of[i]]
        i = group_of[i]
    return i
