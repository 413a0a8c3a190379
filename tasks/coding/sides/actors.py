"""A side as stored: from a candidate, or from what the type implies."""

from collections.abc import Mapping

from tasks.coding.sides.votes import Candidate
from tasks.model.coding import Actor, ActorKind
from tasks.reference.actor_book.tables import load_countries
from tasks.reference.actors import ActorMatch


def replace_match(candidate: Candidate, match: ActorMatch) -> Candidate:
    """Return the candidate with another reading of its mention."""
    return Candidate(match, candidate.weight, candidate.rule_id, candidate.first)


def to_actor(candidate: Candidate) -> Actor:
    """Return the actor as stored."""
    match = candidate.match
    return Actor(
        name=match.name,
        mention=match.mention,
        kind=match.kind,
        actor_id=match.actor_id,
        country=match.country,
        listed=match.listed,
        confidence=match.confidence,
    )


def implied(kind: ActorKind, country: str | None, mention: str = "") -> Actor | None:
    """Return the actor a type implies when nobody is named: victims, unknown attackers."""
    known = load_countries().get(country or "")
    if known is None:
        names: Mapping[ActorKind, str] = {
            ActorKind.CIVILIANS: "Civilians",
            ActorKind.UNIDENTIFIED: "Unidentified Armed Group",
            ActorKind.PROTESTERS: "Protesters",
            ActorKind.RIOTERS: "Rioters",
            ActorKind.STATE_FORCES: "Military Forces",
        }
        return Actor(names[kind], mention, kind, confidence=0.5)
    names = {
        ActorKind.CIVILIANS: f"Civilians ({known.name})",
        ActorKind.UNIDENTIFIED: f"Unidentified {known.unidentified_form} ({known.name})",
        ActorKind.PROTESTERS: f"Protesters ({known.name})",
        ActorKind.RIOTERS: f"Rioters ({known.name})",
        ActorKind.STATE_FORCES: f"Military Forces of {known.of_name}",
    }
    return Actor(names[kind], mention, kind, country=country, confidence=0.5)
