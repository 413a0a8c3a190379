"""The two sides of an event: votes, claims of responsibility, then what the type implies."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.coding.event_types import names as event_types
from tasks.coding.event_types.names import Decision
from tasks.coding.roles.slots import ARMED
from tasks.coding.sides.actors import replace_match
from tasks.coding.sides.crowds import crowd_sides
from tasks.coding.sides.foes import INSURGENT, finders_first, named_foe, prefer_named
from tasks.coding.sides.pointer import STATE, Pointer
from tasks.coding.sides.votes import Ballot, Candidate
from tasks.model.coding import ActorKind
from tasks.reference.actors import as_militia, of_force, place_in, recast

_POINTER_WEIGHT = {"claimed": 6.0, "attributed": 3.0}
_COMMUNITY = frozenset({"farmers", "villagers", "fishermen", "miners", "shepherds"})
_ASSOCIATE_SHARE = 0.6
_SUFFERS = 3.0
_FOUGHT = frozenset({event_types.BATTLES, event_types.EXPLOSIONS})
_ONE_SIDED = frozenset({"Peaceful protest", "Headquarters or base established"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and how the initiator is known."""

    side1: tuple[Candidate, ...]
    side2: tuple[Candidate, ...]
    initiator_known: bool
    responsibility_status: str | None
    responsibility_by: str | None
    pointer: Pointer | None


def settle(
    ballot: Ballot,
    decision: Decision,
    found: Sequence[Pointer],
    country: str | None,
) -> Sides:
    """Return the sides of an event of the decided type."""
    if decision.sub_event_type == "Disrupted weapons use":
        _point_at_owners(ballot, found, country)
        found = ()
    pointer = _apply_pointers(ballot, found, country)
    crowd = decision.event_type in {event_types.PROTESTS, event_types.RIOTS}
    pair = (
        crowd_sides(ballot, decision, country)
        if crowd
        else _armed_sides(ballot, decision)
    )
    side1, side2 = pair
    if decision.event_type in _FOUGHT:
        side1 = tuple(_as_army(c, country) for c in side1)
        side2 = tuple(_as_army(c, country) for c in side2)
    known = bool(side1) and side1[0].kind is not ActorKind.UNIDENTIFIED
    mutual = ballot.mutual and decision.sub_event_type == "Armed clash"
    if known and mutual and pointer is None and not _leads(ballot, side1[0]):
        known = False
    status = pointer.status if pointer and not crowd else None
    return Sides(side1, side2, known, status, pointer.by if pointer else None, pointer)


def _as_army(candidate: Candidate, country: str | None) -> Candidate:
    """'The regime's jet bombed', 'fighting the government': a government fights by its army."""
    match = candidate.match
    iso3 = match.country or country
    if not match.generic or match.noun != "government" or iso3 is None:
        return candidate
    return replace_match(candidate, of_force(match, "military", iso3))


def _leads(ballot: Ballot, candidate: Candidate) -> bool:
    """More than a mutual report says that this side began."""
    return candidate.weight > ballot.mutual


def _point_at_owners(
    ballot: Ballot, found: Sequence[Pointer], country: str | None
) -> None:
    """Whoever laid the bomb that was defused is the other side of its finding."""
    for pointer in found:
        placed = place_in(pointer.party, country) if country else pointer.party
        if placed.kind not in STATE and placed.name not in ballot.targets:
            ballot.targets[placed.name] = Candidate(
                placed, _POINTER_WEIGHT["claimed"], pointer.rule_id, placed.start
            )


def _apply_pointers(
    ballot: Ballot, found: Sequence[Pointer], country: str | None
) -> Pointer | None:
    chosen: Pointer | None = None
    for pointer in found:
        placed = place_in(pointer.party, country) if country else pointer.party
        top = [c for c in ballot.ranked("initiators") if c.kind in ARMED][:1]
        contradicts = (
            pointer.status == "attributed"
            and top
            and top[0].kind is not ActorKind.UNIDENTIFIED
            and not (top[0].match.generic and top[0].kind in INSURGENT)
            and top[0].match.name != placed.name
        )
        if contradicts:
            continue
        known = ballot.initiators.get(placed.name)
        weight = _POINTER_WEIGHT[pointer.status]
        if known is not None:
            known.weight += weight
        else:
            ballot.initiators[placed.name] = Candidate(
                placed, weight, pointer.rule_id, pointer.party.start
            )
        if chosen is None or (
            pointer.status == "claimed" and chosen.status != "claimed"
        ):
            chosen = pointer
    return chosen


def _armed_sides(
    ballot: Ballot, decision: Decision
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    first = prefer_named(
        [c for c in ballot.ranked("initiators") if not _suffers(ballot, c)]
    )
    second = ballot.ranked("targets")
    if decision.event_type == event_types.BATTLES:
        first, second = named_foe(first, second)
    if decision.sub_event_type == "Disrupted weapons use":
        first, second = finders_first(first, second)
    if decision.sub_event_type == "Change to group/activity" and second:
        first, second = second, first  # who surrenders acts; who receives is the other
    if decision.event_type == event_types.BATTLES:
        first = _as_communal(first, ballot)
    if decision.event_type != event_types.STRATEGIC_TYPE:
        first = [replace_match(c, as_militia(c.match)) for c in first]
        first = [c for c in first if c.kind in ARMED or c.kind is ActorKind.RIOTERS]
    side1 = _with_associates(ballot, first, second)
    names = {c.match.name for c in side1}
    rest = [c for c in second if c.match.name not in names]
    if not rest and (ballot.mutual or decision.sub_event_type == "Agreement"):
        rest = [c for c in first[1:2] if not c.match.generic or c.kind in ARMED]
        side1 = side1[:1]
    if decision.event_type == event_types.BATTLES:
        rest = [c for c in _as_communal(rest, ballot) if c.match.name not in names]
        rest = _opponents(ballot, side1, rest)
    elif decision.event_type == event_types.VIOLENCE:
        rest = [c for c in rest if c.kind not in ARMED] or rest
    elif decision.event_type == event_types.EXPLOSIONS:
        named = [c for c in rest if c.kind is not ActorKind.UNIDENTIFIED]
        rest = _targeted_first(named or rest)
    if decision.sub_event_type in _ONE_SIDED:
        rest = []
    if decision.sub_event_type == "Change to group/activity":
        rest = [c for c in rest if c.rule_id == "R-ROLE-SURRENDERED-TO"]
    if decision.event_type == event_types.EXPLOSIONS and _is_manned(ballot, rest):
        rest = []
    side2 = rest[:1] + [
        c for c in rest[1:3] if c.weight >= _ASSOCIATE_SHARE * rest[0].weight
    ]
    return tuple(side1), tuple(side2)


def _suffers(ballot: Ballot, candidate: Candidate) -> bool:
    """Told as target far more than as initiator: 'Ranger killed; grenade wounds two'."""
    other = ballot.targets.get(candidate.match.name)
    return other is not None and other.weight > _SUFFERS * candidate.weight


def _with_associates(
    ballot: Ballot, first: list[Candidate], second: list[Candidate]
) -> list[Candidate]:
    """The main actor and those who act beside it in one breath: 'A and B attacked'."""
    side = first[:1]
    foes = {c.match.name for c in second}
    return side + [
        c for c in first[1:4]
        if frozenset((side[0].match.name, c.match.name)) in ballot.together
        and c.match.name not in foes
    ]  # fmt: skip


def _opponents(
    ballot: Ballot, side1: list[Candidate], rest: list[Candidate]
) -> list[Candidate]:
    """In a battle the other camp is the target: soldiers for rebels, rebels for soldiers."""
    armed = prefer_named([c for c in rest if c.kind in ARMED])
    if not side1:
        return armed or rest
    state = side1[0].kind in STATE
    everyone = [*armed, *ballot.ranked("initiators")]
    names = {c.match.name for c in side1}
    across = [
        c for c in everyone
        if (c.kind in STATE) != state and c.kind in ARMED and c.match.name not in names
    ]  # fmt: skip
    if not state and side1[0].kind is not ActorKind.UNIDENTIFIED:
        armed = [c for c in armed if c.kind is not ActorKind.UNIDENTIFIED]
    return prefer_named(across) or armed or rest


def _is_manned(ballot: Ballot, rest: list[Candidate]) -> bool:
    """'A grenade fired into a base wounded two men': the men are of the base."""
    things = ballot.things
    military = things.get("mil_object", 0.0) > things.get("civ_object", 0.0)
    return military and all(c.match.noun == "people" for c in rest)


def _targeted_first(rest: list[Candidate]) -> list[Candidate]:
    """A named armed group that a strike hit comes before the bystanders."""
    named = [
        c for c in rest
        if c.kind in ARMED and not c.match.generic and c.weight >= 0.3 * rest[0].weight
    ]  # fmt: skip
    return [*named, *[c for c in rest if c not in named]]


def _as_communal(found: list[Candidate], ballot: Ballot) -> list[Candidate]:
    """Farmers who fight herders are a communal militia, not civilians."""
    communal = ActorKind.IDENTITY_MILITIA
    everyone = [*ballot.initiators.values(), *ballot.targets.values()]
    if not ballot.mutual or all(c.kind is not communal for c in everyone):
        return found
    return [
        replace_match(c, recast(c.match, communal, c.match.country or ""))
        if c.match.noun in _COMMUNITY and c.match.generic and c.match.country
        else c
        for c in found
    ]
