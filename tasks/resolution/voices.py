"""Who speaks for an event: one voice per family of texts, and how many stand behind a value.

A retold text repeats its origin; what only the retelling states is its writer's. So a
family speaks through its origin and its updates, and through a retelling only where
nothing else of the family reports the event.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tasks.resolution.contexts import MentionContext

V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Choice:
    """The mention whose value of a field survives, by which rule, and its support."""

    context: MentionContext
    rule_id: str
    origins: int  # families that state the value; 0: only a retelling does


def voices(contexts: Sequence[MentionContext]) -> list[MentionContext]:
    """Return the mentions that speak for their families, in publication order."""
    families: dict[str, list[MentionContext]] = defaultdict(list)
    for context in sorted(contexts, key=lambda c: c.order):
        families[context.family_id].append(context)
    chosen = []
    for members in families.values():
        firsthand = [c for c in members if not c.is_retold]
        chosen += firsthand or members[:1]
    return sorted(chosen, key=lambda c: c.order)


def support(
    contexts: Iterable[MentionContext],
    value_of: Callable[[MentionContext], V | None],
) -> dict[V, int]:
    """Return how many families state each value."""
    families: dict[V, set[str]] = defaultdict(set)
    for context in contexts:
        value = value_of(context)
        if value is not None:
            families[value].add(context.family_id)
    return {value: len(found) for value, found in families.items()}


def choose(
    contexts: Sequence[MentionContext],
    value_of: Callable[[MentionContext], V | None],
    quality_of: Callable[[MentionContext], float],
    rule_id: str,
) -> Choice | None:
    """Return the best-stated value: quality, then origins, authority, recency.

    Where no voice states the field, a retelling may (rule 'only_in_retelling').
    """
    speaking = voices(contexts)
    stating = [c for c in speaking if value_of(c) is not None]
    counts = support(stating, value_of)
    if not stating:
        others = [c for c in contexts if value_of(c) is not None]
        first = min(others, key=lambda c: c.order, default=None)
        return Choice(first, "only_in_retelling", 0) if first else None

    def rank(context: MentionContext) -> tuple[float, int, int, object]:
        value = value_of(context)
        origins = counts[value] if value is not None else 0
        return (quality_of(context), origins, context.authority, context.order)

    value = value_of(max(stating, key=rank))
    # Whoever said so first carries the value: an echo must not change the event.
    same = [c for c in stating if value_of(c) == value]
    first = min(same, key=lambda c: (-quality_of(c), c.order))
    return Choice(first, rule_id, counts[value] if value is not None else 0)
