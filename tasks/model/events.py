"""Events: mentions resolved across articles, every revision kept."""

from dataclasses import dataclass, field
from datetime import datetime

from tasks.model.coding import EventMention


@dataclass(frozen=True, slots=True)
class ResolvedEvent:
    """An event's current state; `mention` holds the surviving value of each coded field.

    Survivorship rules are named in `field_rules` (field -> rule id), and
    field_origins counts independent text families per field.
    """

    event_id: str
    mention_ids: tuple[str, ...]
    coded: EventMention  # surviving fields; mention_id is the lead mention's
    num_mentions: int
    num_sources: int  # publishers
    independent_origins: int  # families of text
    is_disputed: bool
    first_reported_at: datetime | None
    known_at: datetime  # when we first could have known the current state
    field_rules: tuple[tuple[str, str], ...] = ()
    field_origins: tuple[tuple[str, int], ...] = ()
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRevision:
    """One changed field of one event at one moment of knowledge (bitemporal)."""

    event_id: str
    revision: int
    valid_from: datetime
    valid_to: datetime | None  # None: still valid
    changed_field: str  # 'created' for revision 1
    old_value: str | None
    new_value: str | None
    rule_id: str
    mention_id: str | None  # the report that caused it


@dataclass(frozen=True, slots=True)
class EventRedirect:
    """A losing id after a merge; it stays resolvable for ever (R-REV-3)."""

    old_event_id: str
    event_id: str
    redirected_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class EventLink:
    """Why a mention belongs to its event."""

    mention_id: str
    event_id: str
    score: float
    reasons: tuple[str, ...] = field(default=())
