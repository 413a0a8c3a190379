"""The two sides of a protest or riot: the crowd, and whoever meets it."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.coding.event_types.names import RIOTS, Decision
from tasks.coding.sides.actors import replace_match
from tasks.coding.sides.pointer import STATE
from tasks.coding.sides.votes import CROWDS, Ballot, Candidate
from tasks.model.coding import ActorKind
from tasks.reference.actor_book.tables import load_countries
from tasks.reference.actors import of_force, recast


def crowd_sides(
    ballot: Ballot, decision: Decision, country: str | None
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Whoever marches is a protester, whoever burns a rioter, whatever their trade."""
    everyone = [*ballot.ranked("initiators"), *ballot.ranked("targets")]
    kind = ActorKind.RIOTERS if decision.event_type == RIOTS else ActorKind.PROTESTERS
    crowd = [c for c in everyone if c.kind in CROWDS]
    crowd = crowd or [
        c for c in ballot.ranked("initiators") if c.kind is ActorKind.CIVILIANS
    ]
    side1 = _as_kind(crowd[:1], kind, country)
    if decision.sub_event_type == "Peaceful protest":
        return side1, ()
    if decision.sub_event_type == "Mob violence":
        victims = [
            c
            for c in ballot.ranked("targets")
            if c is not (crowd[0] if crowd else None)
        ]
        return side1, tuple(victims[:1])
    state = [_as_police(c, country) for c in everyone if c.kind in STATE]
    beside = [
        c for c in state[1:3]
        if frozenset((state[0].match.name, c.match.name)) in ballot.together
    ]  # fmt: skip
    return side1, (*state[:1], *beside)


def _as_police(candidate: Candidate, country: str | None) -> Candidate:
    """'Security forces' that meet a crowd are police unless the text says soldiers."""
    match = candidate.match
    iso3 = match.country or country
    if not match.generic or match.noun != "security forces" or iso3 is None:
        return candidate
    return replace_match(candidate, of_force(match, "police", iso3))


def _as_kind(
    found: Sequence[Candidate], kind: ActorKind, country: str | None
) -> tuple[Candidate, ...]:
    out = []
    for candidate in found:
        match = candidate.match
        iso3 = match.country or country
        if match.kind is not kind and iso3 in load_countries():
            match = recast(replace(match, generic=True), kind, iso3)
        out.append(replace_match(candidate, match))
    return tuple(out)
