"""Groups mentions into events.

The outcome depends on the set of mentions alone: pairs are taken best first, ties by
publication order, and two groups join only if no pair across them is forbidden and the
pairs across agree on average.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.resolution.contexts import NEIGHBOUR_DAYS, MentionContext
from tasks.resolution.evidence import reach_degrees, types_exclude
from tasks.resolution.linking import FORBIDDEN, THRESHOLD, PairScore, score_pair

Memo = dict[tuple[str, str], PairScore]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one event in publication order, each with its best link."""

    contexts: tuple[MentionContext, ...]
    best: dict[str, PairScore]


def components(
    contexts: Sequence[MentionContext], memo: Memo | None = None
) -> list[list[MentionContext]]:
    """Return groups of mentions connected by links, in publication order.

    `memo` keeps pair scores between calls over growing sets.
    """
    graph = _Graph(contexts, {} if memo is None else memo)
    return [[graph.contexts[i] for i in group] for group in graph.components()]


def cluster(contexts: Sequence[MentionContext]) -> list[Cluster]:
    """Return the events of these mentions."""
    graph = _Graph(contexts, {})
    return [found for group in graph.components() for found in graph.split(group)]


class _Graph:
    """The possible pairs of the mentions at hand; what is missing is forbidden."""

    def __init__(self, contexts: Sequence[MentionContext], memo: Memo) -> None:
        self.contexts = sorted(contexts, key=lambda c: c.order)
        self._near: list[dict[int, PairScore]] = [{} for _ in self.contexts]
        self._reach = [reach_degrees(c.mention.location) for c in self.contexts]
        for i, j in self._neighbours():
            a, b = self.contexts[i], self.contexts[j]
            key = (a.mention.mention_id, b.mention.mention_id)
            score = memo.get(key)
            if score is None:
                score = memo[key] = score_pair(a, b)
            if score.score != FORBIDDEN:
                self._near[i][j] = self._near[j][i] = score

    def _neighbours(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of one country, near in time, that nothing obvious forbids."""
        blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
        for i, context in enumerate(self.contexts):
            country = context.mention.location.country or ""
            first, last = context.day.toordinal(), context.last_day.toordinal()
            for day in range(first, last + 1):
                blocks[country, day].append(i)
        seen: set[tuple[int, int]] = set()
        for (country, day), members in sorted(blocks.items()):
            days = range(day, day + NEIGHBOUR_DAYS + 1)
            near = sorted({j for d in days for j in blocks.get((country, d), ())})
            for i in members:
                seen.update((min(i, j), max(i, j)) for j in self._possible(i, near))
        yield from sorted(seen)

    def _possible(self, i: int, near: Sequence[int]) -> Iterator[int]:
        """Yield those of the mentions that type and latitude do not exclude."""
        context = self.contexts[i]
        reach = self._reach[i]
        for j in near:
            other = self.contexts[j]
            if i == j or types_exclude(context.mention, other.mention):
                continue
            latitude = other.mention.location.latitude
            is_out = (
                reach is not None
                and latitude is not None
                and not reach[0] <= latitude <= reach[1]
                and self._reach[j] is not None
            )
            if not is_out or context.family_id == other.family_id:
                yield j

    def components(self) -> list[list[int]]:
        """Return the connected components of the links."""
        group_of = list(range(len(self.contexts)))
        for i, near in enumerate(self._near):
            for j, score in near.items():
                if i < j and score.is_link:
                    a, b = _find(group_of, i), _find(group_of, j)
                    group_of[max(a, b)] = min(a, b)
        groups: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.contexts)):
            groups[_find(group_of, i)].append(i)
        return list(groups.values())

    def split(self, members: list[int]) -> list[Cluster]:
        """Return the events inside one component."""
        clusters = {i: [i] for i in members}
        home = {i: i for i in members}
        for i, j in self._links(members):
            a, b = sorted((home[i], home[j]))
            if a != b and self._may_join(clusters[a], clusters[b]):
                joined = clusters.pop(b)
                clusters[a] += joined
                home |= dict.fromkeys(joined, a)
        return [self._cluster(sorted(found)) for _, found in sorted(clusters.items())]

    def _links(self, members: list[int]) -> list[tuple[int, int]]:
        links = [
            (-score.score, i, j)
            for i in members
            for j, score in self._near[i].items()
            if i < j and score.is_link
        ]
        return [(i, j) for _, i, j in sorted(links)]

    def _may_join(self, a: list[int], b: list[int]) -> bool:
        total = 0.0
        for i in a:
            near = self._near[i]
            for j in b:
                score = near.get(j)
                if score is None:
                    return False
                total += score.score
        return total >= THRESHOLD * len(a) * len(b)

    def _cluster(self, members: list[int]) -> Cluster:
        best = {}
        for i in members:
            scores = [self._near[i][j] for j in members if j in self._near[i]]
            found = max(scores, key=lambda s: (s.score, s.reasons), default=None)
            mention_id = self.contexts[i].mention.mention_id
            best[mention_id] = found or PairScore(1.0, ("alone",))
        return Cluster(tuple(self.contexts[i] for i in members), best)


def _find(group_of: list[int], i: int) -> int:
    while group_of[i] != i:
        group_of[i] = group_of[group_of[i]]
        i = group_of[i]
    return i
