"""Who claims an event, and on whom others pin it (CODEBOOK 5, last two rules)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.coding.reading import Reading, View
from tasks.coding.roles import Roles
from tasks.coding.status import Status
from tasks.model.coding import ActorKind, TemporalStatus
from tasks.reference.actors import ActorMatch

_NO_SIDE = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.RIOTERS})
_BLAME_REACH = 45
_PASSIVE_BLAME = re.compile(
    r"\b(?:believed|thought|suspected|alleged|said|understood|presumed) to (?:have been |be )?"
    r"(?:\w+ )?(?:by |from |members? of |fighters? of )?"
)
_SAID_BEHIND = re.compile(
    r" (?:has |have |later |also )?(?:said|says) (?:that )?(?:it|they|its \w+|their \w+) "
    r"(?:was|were|is|had been) (?:behind|responsible for)"
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that ties the event to an actor: status 'claimed', 'attributed', 'denied'."""

    party: ActorMatch
    status: str
    by: str | None
    start: int
    end: int
    rule_id: str


def pointers(
    reading: Reading, roles: Sequence[tuple[Roles, Status, View]]
) -> list[Pointer]:
    """Return every claim and attribution of the text that is not history."""
    found: list[Pointer] = []
    for filled, status, view in roles:
        if filled.trigger.act == "claim" and status.value not in {
            TemporalStatus.HISTORICAL, TemporalStatus.FUTURE, TemporalStatus.HYPOTHETICAL
        }:  # fmt: skip
            found.extend(_claims(reading, view, filled, status))
    for view in reading.views:
        found.extend(_said_behind(reading, view))
        found.extend(_blames(reading, view))
    return sorted(found, key=lambda p: p.start)


def _claims(
    reading: Reading, view: View, filled: Roles, status: Status
) -> Iterator[Pointer]:
    left = [p for p in view.parties if p.end <= filled.trigger.start]
    slots = [s.party for s in filled.initiators if s.party]
    for party in slots or left[-1:]:
        if (
            party.kind in _NO_SIDE
            or party.kind is ActorKind.UNIDENTIFIED
            and party.generic
        ):
            continue
        denied = status.value in {TemporalStatus.NEGATED, TemporalStatus.DENIED}
        if denied:
            continue
        yield Pointer(
            party, "claimed", party.mention, party.start, filled.trigger.end,
            "R-RESP-CLAIMED",
        )  # fmt: skip


def _said_behind(reading: Reading, view: View) -> Iterator[Pointer]:
    for party in view.parties:
        match = _SAID_BEHIND.match(reading.folded, party.end)
        if match and party.kind not in _NO_SIDE:
            yield Pointer(
                party,
                "claimed",
                party.mention,
                party.start,
                match.end(),
                "R-RESP-BEHIND",
            )


def _blames(reading: Reading, view: View) -> Iterator[Pointer]:
    for cue in view.cues:
        if "blame" not in cue.classes:
            continue
        for party in view.parties:
            gap = party.start - cue.end
            if not 0 <= gap <= _BLAME_REACH or party.kind in _NO_SIDE:
                continue
            between = reading.spaced[cue.end : party.start].split()
            if "not" in between or len(between) > 7:
                break
            speaker = next(
                (p.mention for p in view.parties if p.end <= cue.start), None
            )
            yield Pointer(
                party, "attributed", speaker, cue.start, party.end, "R-RESP-BLAMED"
            )
            break
