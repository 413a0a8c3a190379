"""Which of the candidates face each other: a named group, a state, whoever finds a bomb."""

from tasks.coding.roles.slots import ARMED
from tasks.coding.sides.pointer import STATE
from tasks.coding.sides.votes import Candidate
from tasks.model.coding import ActorKind

INSURGENT = frozenset(
    {ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA}
)


def finders_first(
    first: list[Candidate], second: list[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """Whoever stops a weapon is the state; whoever made it is the other side."""
    everyone = [*first, *second]
    finders = [c for c in everyone if c.kind in STATE]
    if not finders:
        return first, second
    return finders, [c for c in everyone if c.kind not in STATE]


def named_foe(
    first: list[Candidate], second: list[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """'Nine members of X and two soldiers died; militants had opened fire': X fought.

    So they do where nobody is said to have opened fire: 'were killed in a gunfight'.
    """
    vague = [c for c in first[:3] if c.kind is ActorKind.UNIDENTIFIED]
    if (first and not vague) or any(c.kind in INSURGENT for c in first):
        return first, second
    named = [c for c in second if c.kind in INSURGENT and not c.match.generic]
    if not named or not any(c.kind in STATE for c in second):
        return first, second
    return [named[0], *first], [c for c in second if c is not named[0]]


def prefer_named(ranked: list[Candidate]) -> list[Candidate]:
    """A named group stands for 'gunmen' of the same story."""
    if not ranked or ranked[0].kind is not ActorKind.UNIDENTIFIED:
        return ranked
    named = [c for c in ranked if c.kind in ARMED - STATE - {ActorKind.UNIDENTIFIED}]
    if named and named[0].weight >= 0.25 * ranked[0].weight:
        return [named[0], *[c for c in ranked if c is not named[0]]]
    return ranked
