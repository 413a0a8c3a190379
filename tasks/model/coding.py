"""What one article reports: mentions of events, each field with its evidence."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tasks.model.articles import Reject
from tasks.model.quick import quick_init


class ActorKind(StrEnum):
    """CODEBOOK 5; inter codes 1-8 are the first eight in this order."""

    STATE_FORCES = "state_forces"
    REBEL_GROUP = "rebel_group"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL_FORCES = "external_forces"
    UNIDENTIFIED = "unidentified"


class TemporalStatus(StrEnum):
    """CODEBOOK 3: status of one trigger, not of its sentence."""

    CURRENT = "current"
    RECENT_OTHER = "recent_other"
    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    DENIED = "denied"
    CLAIMED = "claimed"
    REPORTED = "reported"


@quick_init
@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the article's text; article.text[start:end] == quote, always."""

    field: str  # 'event' | 'event_type' | 'actor1' | 'actor2' | 'location' | 'date' | 'fatalities' | 'claim'
    start: int
    end: int
    quote: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of one side. actor_id None: not in the actor list (listed False)."""

    name: str  # canonical
    mention: str  # as written
    kind: ActorKind
    actor_id: str | None = None
    country: str | None = None  # ISO3 of a state force or of unidentified/civilians
    listed: bool = False
    confidence: float = 1.0


@quick_init
@dataclass(frozen=True, slots=True)
class Location:
    """Where, with both precision scales. Coordinates None: no gazetteer match."""

    name: str  # preferred name, or as written when unmatched
    mention: str  # the words, e.g. '20 km north of Ménaka'
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_id: str | None = None  # gazetteer id
    geo_precision: int | None = None  # 1 town 2 near/district 3 region
    where_prec: int | None = None  # UCDP 1-7
    confidence: float = 1.0


@quick_init
@dataclass(frozen=True, slots=True)
class EventDate:
    """When; start/end None only when the publication date is missing."""

    start: date | None
    end: date | None
    time_precision: int | None  # 1 day 2 week 3 month
    date_prec: int | None  # UCDP 1-5
    mention: str | None = None  # the words
    basis: str = ""  # 'weekday' | 'explicit' | 'relative' | 'publication' | ...


@quick_init
@dataclass(frozen=True, slots=True)
class FatalityClaim:
    """One figure as somebody's word. high None: open upward."""

    claimant: str | None  # None: the report itself
    count_text: str
    low: int
    high: int | None
    of: str | None = None  # 'soldiers', 'civilians', ...
    side: int | None = None  # 1 or 2; None: unknown or both
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Fatalities:
    """Deaths of one event by the range rule. Silent text: low 0, best None."""

    low: int = 0
    best: int | None = None
    high: int | None = None
    text: str | None = None
    claims: tuple[FatalityClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what (CODEBOOK 9)."""

    claimant: str
    # state rebel local_official witness ngo medical monitor media; unknown: no word says
    claimant_kind: str
    verb_class: str  # claimed confirmed denied reported not_verified
    subject: str  # responsibility toll control losses
    value: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """One article's coded report of an event (R-UNIT-3)."""

    mention_id: str  # UUID: hash of article_id and ordinal
    article_id: str
    ordinal: int  # position in the article's coding, 0 = primary
    primary: bool
    event_type: str
    sub_event_type: str
    disorder_type: str
    temporal_status: TemporalStatus
    event_date: EventDate
    location: Location
    side1: tuple[Actor, ...]
    side2: tuple[Actor, ...]
    initiator_known: bool
    civilian_targeting: bool
    fatalities: Fatalities
    responsibility_status: str | None  # 'claimed' | 'attributed' | 'denied' | None
    responsibility_by: str | None
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    confidence: float
    field_confidence: tuple[tuple[str, float], ...] = ()
    tags: str = ""  # e.g. 'crowd size=about 2,000'
    coder_version: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A span that looks like an event and is not one: kept, with its reason."""

    start: int
    end: int
    quote: str
    why: str  # a TemporalStatus value or an insert reason ('read_also', ...)
    rule_id: str = ""


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """Everything the coder says of one article; reject is set when mentions is empty."""

    article_id: str
    relevant: bool
    relevance_score: float
    mentions: tuple[EventMention, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    reject: Reject | None = None
    coder_version: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to code. text = title, blank line, paragraphs (as Article.text)."""

    article_id: str
    text: str
    title: str
    url: str = ""
    summary: str | None = None
    published_at: datetime | None = None  # UTC; None: unknown
    language: str | None = "en"
    outlet_country: str | None = None  # ISO3
    outlet_name: str | None = None
    section: str | None = None
    byline: str | None = None
    wire_credit: str | None = None
    excluded_spans: tuple[tuple[int, int, str], ...] = field(
        default=()
    )  # known inserts
