"""Slots of a trigger: who fills which role, and by which rule."""

from dataclasses import dataclass

from tasks.coding.reading.document import Thing, Trigger
from tasks.model.coding import ActorKind
from tasks.model.quick import quick_init
from tasks.reference.actors import ActorMatch

# Who bears arms, whatever the act.
ARMED = frozenset(
    {ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA,
     ActorKind.IDENTITY_MILITIA, ActorKind.EXTERNAL_FORCES, ActorKind.UNIDENTIFIED}
)  # fmt: skip
# Acts told by their instrument: 'drones killed' is an act of drones.
INSTRUMENTS = frozenset(
    {"drone", "airstrike", "shell", "bomb", "suicide", "grenade", "chemical"}
)


@quick_init
@dataclass(frozen=True, slots=True)
class Slot:
    """One filler of a role, and the rule that put it there."""

    party: ActorMatch | None
    thing: Thing | None
    rule_id: str

    @property
    def start(self) -> int:
        """Return where the filler begins."""
        return self.party.start if self.party else self.thing.start if self.thing else 0

    @property
    def end(self) -> int:
        """Return where the filler ends."""
        return self.party.end if self.party else self.thing.end if self.thing else 0


@quick_init
@dataclass(frozen=True, slots=True)
class Roles:
    """The filled slots of one trigger; mutual: the sides are equals."""

    trigger: Trigger
    initiators: tuple[Slot, ...] = ()
    targets: tuple[Slot, ...] = ()
    is_mutual: bool = False
    is_passive: bool = False
    method: str = ""  # act of the instrument that is the subject: 'drones killed'
    is_gapped: bool = False  # 'and four in Kismayo': the verb is left out
    clause: tuple[int, int] | None = None  # beside such: where day and place are told

    @property
    def act(self) -> str:
        """Return the act, by its method when an instrument does it."""
        return self.method or self.trigger.act
