"""Which stored mentions must be loaded for new ones, so that cost follows the night.

Two mentions can only be one event in one country within a few days. What a new mention
changes is its connected component of linked mentions; `close_over` loads blocks until
every member of the touched components has all its possible partners at hand, so the
outcome is the same as if the whole archive had been loaded.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.resolution.clustering import Memo, components
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
    mine = {c.mention.mention_id: c for c in new}
    touched = set(touched_ids) | mine.keys()
    wanted = frozenset().union(*(partner_keys(c) for c in new)) if new else frozenset()
    loaded: dict[str, MentionContext] = {}
    done: frozenset[BlockKey] = frozenset()
    memo: Memo = {}
    while wanted - done:
        fresh = load(sorted(wanted - done))
        done |= wanted
        loaded |= {c.mention.mention_id: c for c in fresh}
        affected = _affected({**loaded, **mine}, touched, memo)
        wanted = frozenset().union(*(partner_keys(c) for c in affected))
    return _affected({**loaded, **mine}, touched, memo)


def _affected(
    at_hand: dict[str, MentionContext], touched: set[str], memo: Memo
) -> tuple[MentionContext, ...]:
    groups = components([at_hand[key] for key in sorted(at_hand)], memo)
    return tuple(
        context
        for group in groups
        if any(c.mention.mention_id in touched for c in group)
        for context in group
    )
