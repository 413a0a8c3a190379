"""Mentions -> events: a pure function of the set of mentions, whatever their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from tasks.model.events import EventLink, ResolvedEvent
from tasks.resolution.clustering import cluster
from tasks.resolution.contexts import MentionContext
from tasks.resolution.linking import PairScore
from tasks.resolution.survivorship import survive


@dataclass(frozen=True, slots=True)
class Resolution:
    """Events of a closed set of mentions, and why each mention belongs to its event."""

    events: tuple[ResolvedEvent, ...] = ()
    links: tuple[EventLink, ...] = ()


def resolve(mentions: Sequence[MentionContext]) -> Resolution:
    """Return the events of these mentions, sorted by id.

    Pass whole components (blocking.close_over): a component cut in two would come out
    as other events than the archive holds.
    """
    unique = {c.mention.mention_id: c for c in mentions}
    events, links = [], []
    for found in cluster([unique[key] for key in sorted(unique)]):
        event = _event(found.contexts)
        events.append(event)
        links += [_link(event.event_id, c, found.best) for c in found.contexts]
    return Resolution(
        tuple(sorted(events, key=lambda e: e.event_id)),
        tuple(sorted(links, key=lambda link: link.mention_id)),
    )


def event_id(canonical_url: str, ordinal: int) -> str:
    """Return the id of the event whose earliest-published mention this is."""
    return str(uuid5(NAMESPACE_URL, f"event:{canonical_url}#{ordinal}"))


def _event(group: Sequence[MentionContext]) -> ResolvedEvent:
    first = group[0]
    survivors = survive(group)
    published = [c.published_at for c in group if c.published_at is not None]
    return ResolvedEvent(
        event_id=event_id(first.canonical_url, first.mention.ordinal),
        mention_ids=tuple(c.mention.mention_id for c in group),
        coded=survivors.coded,
        num_mentions=len(group),
        num_sources=len({c.publisher for c in group}),
        independent_origins=len({c.family_id for c in group}),
        is_disputed=bool(survivors.disputes),
        first_reported_at=min(published, default=None),
        known_at=survivors.known_at,
        field_rules=survivors.rules,
        field_origins=survivors.origins,
        disputes=survivors.disputes,
    )


def _link(
    event: str, context: MentionContext, scores: dict[str, PairScore]
) -> EventLink:
    score = scores[context.mention.mention_id]
    return EventLink(context.mention.mention_id, event, score.score, score.reasons)
