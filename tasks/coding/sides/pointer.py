"""A word that ties an event to an actor, and who may be meant by it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.coding.reading.document import Reading, View
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch

NO_SIDE = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.RIOTERS})
STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})
ACCUSED_REACH = 60
VIOLENT = frozenset(
    {"attack", "raid", "ambush", "fight", "shoot", "kill", "bomb", "suicide", "airstrike",
     "drone", "strike", "shell", "grenade", "abduct", "burn"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that ties the event to an actor: status 'claimed', 'attributed', 'denied'."""

    party: ActorMatch
    status: str
    by: str | None
    start: int
    end: int
    rule_id: str
    tells_act: bool = False  # 'said it had captured a post': of the act it tells only


def named_after(
    reading: Reading,
    view: View,
    words: re.Pattern[str],
    reach: int,
    may: Callable[[ActorMatch], bool],
) -> Iterator[tuple[ActorMatch, int]]:
    """Yield each party that `words` end right before, and where those words begin.

    `may` tells whom the words can mean; `reach` is how far back they may begin.
    """
    for party in view.parties:
        if not may(party):
            continue
        low = max(view.sentence.start, party.start - reach)
        found = words.search(reading.folded[low : party.start])
        if found:
            yield party, low + found.start()


def is_known_side(party: ActorMatch) -> bool:
    """Return whether the party is armed and named, or of a named country."""
    return party.kind not in NO_SIDE and (
        not party.generic or party.country is not None
    )


def claimant(reading: Reading, view: View, position: int) -> ActorMatch | None:
    """Return the named group that is the subject: 'JNIM, which is tied to al-Qaeda, claimed'."""
    left = [
        p for p in view.parties
        if p.end <= position and p.kind not in NO_SIDE
        and not p.generic
    ]  # fmt: skip
    for party in left:
        if re.match(
            r"\)?, (?:which|who|whose|known|linked|tied|allied|an?|the)\b",
            reading.folded[party.end :][:10],
        ):
            return party
    plain = [
        p for p in left
        if not {"to", "with"} & set(reading.words_before(view, p.start, 1))
    ]  # fmt: skip
    found = plain or left
    return found[-1] if found else None


def may_claim(party: ActorMatch) -> bool:
    """Return whether the party is a named group that may claim an act."""
    return not party.generic and party.kind not in NO_SIDE | STATE
