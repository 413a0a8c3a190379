"""Which stored mentions must be loaded for new ones, so that cost follows the night.

Two mentions can only be one event in one country within a few days. What a new mention
changes is its connected component of linked mentions; `close_over` loads blocks until
every member of the touched components has all its possible partners at hand, so the
outcome is the same as if the whole archive had been loaded.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.resolution.clustering import LinkGraph
from tasks.resolution.contexts import (
    MAX_SPAN_DAYS,
    NEIGHBOUR_DAYS,
    MentionContext,
)


@dataclass(frozen=True, slots=True, order=True)
class BlockKey:
    """One country and day; country '' where the coder found none."""

    country: str
    day: date


Loader = Callable[[Collection[BlockKey]], Sequence[MentionContext]]


def home_key(context: MentionContext) -> BlockKey:
    """Return the block a mention is stored under."""
    return BlockKey(context.mention.location.country or "", context.day)


def partner_keys(context: MentionContext) -> frozenset[BlockKey]:
    """Return all blocks in which a mention of the same event may be stored.

    A partner may itself have started up to MAX_SPAN_DAYS before it comes near.
    """
    country = context.mention.location.country or ""
    first = context.day - timedelta(days=NEIGHBOUR_DAYS + MAX_SPAN_DAYS)
    last = context.last_day + timedelta(days=NEIGHBOUR_DAYS)
    return frozenset(
        BlockKey(country, first + timedelta(days=offset))
        for offset in range((last - first).days + 1)
    )


def close_over(
    new: Sequence[MentionContext],
    load: Loader,
    *,
    touched_ids: Iterable[str] = (),
) -> tuple[MentionContext, ...]:
    """Return the mentions of every component that new or re-familied mentions touch.

    `load` returns the stored mentions of the given blocks; `touched_ids` names stored
    mentions whose family or coding changed. A stored mention that is also new gives way.
    """
    graph, numbers = LinkGraph(), dict[str, int]()
    touched = frozenset(touched_ids)
    for context in new:
        numbers[context.mention.mention_id] = graph.add(context)
    affected = set(numbers.values())
    frontier, done = sorted(affected), set[BlockKey]()
    while frontier:
        wanted = {k for n in frontier for k in partner_keys(graph.context(n))} - done
        done |= wanted
        found = set[int]()
        for context in load(sorted(wanted)) if wanted else ():
            key = context.mention.mention_id
            if key not in numbers:
                numbers[key] = graph.add(context)
                found |= {numbers[key]} if key in touched else set()
        # All partners of the frontier are at hand now: its links are final.
        for number in frontier:
            found.update(graph.links(number))
        frontier = sorted(found - affected)
        affected |= found
    return tuple(sorted(map(graph.context, affected), key=lambda c: c.order))
