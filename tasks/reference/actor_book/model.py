"""Values of the actor reference: table rows, and a match in a text."""

from dataclasses import dataclass
from datetime import date

from tasks.model.coding import ActorKind
from tasks.model.quick import quick_init


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory as an owner of forces and people."""

    iso3: str
    name: str
    article: str  # 'the' or ''
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]  # adjectives and demonyms
    capitals: tuple[str, ...]  # used for the state: "Kyiv's troops"
    unidentified_form: str  # 'Armed Group', or 'Gang' where armed actors are gangs

    @property
    def of_name(self) -> str:
        """Return the name as it stands after 'of': 'the Philippines'."""
        return f"{self.article} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Force:
    """One branch every state has: its canonical name and how an id ends."""

    force: str  # 'military', 'police', ...
    template: str  # 'Military Forces of {of_country}'
    parent: str | None  # branch it belongs to
    alias_nouns: tuple[str, ...]  # '{adjective} NOUN' are its generated aliases


@dataclass(frozen=True, slots=True)
class CountryYears:
    """Where an actor was active, and when; None: as long as the actor itself."""

    iso3: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class ListedActor:
    """An organised actor of the list."""

    actor_id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]  # ISO3, main country first
    active_from: int | None  # year; None: not known
    active_to: int | None  # year; None: still active
    parents: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    coalitions: tuple[str, ...] = ()
    wikidata_id: str | None = None
    ucdp_id: int | None = None
    source_note: str = ""
    country_years: tuple[CountryYears, ...] = ()  # one per country, in the same order


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor, and when and where it may be believed."""

    actor_id: str
    alias: str
    language: str = "en"
    valid_from: date | None = None
    valid_to: date | None = None
    condition: str = ""  # '' | 'country' | 'context'

    def is_valid(self, on: date | None) -> bool:
        """Return whether the name was in use on that day; an unknown day accepts."""
        if on is None:
            return True
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Noun:
    """A generic noun class such as 'gunmen' and what it stands for."""

    noun: str
    forms: tuple[str, ...]
    kind: ActorKind
    force: str | None
    is_member: bool  # joins a named actor beside it: 'Boko Haram insurgents'
    needs_actor: bool  # nothing alone: 'members', 'commanders'
    needs_country: bool  # nothing without a country: 'drones', 'forces'
    needs_count: bool  # nothing without a number: 'people'
    needs_people: bool  # nothing without a people: 'clan'
    is_organisation: bool
    is_weak: bool


@dataclass(frozen=True, slots=True)
class Ethnicity:
    """A people whose name before a noun makes it communal: 'Fulani militia'."""

    name: str
    forms: tuple[str, ...]
    countries: tuple[str, ...]


@quick_init
@dataclass(frozen=True, slots=True)
class ActorMatch:
    """One actor mentioned at text[start:end] == mention.

    `name` is canonical as far as the text alone tells; while `template` is not None
    the country is missing and `resolve_country` completes it.
    """

    start: int
    end: int
    mention: str
    actor_id: str | None  # None: not in the list and not a known state force
    name: str
    kind: ActorKind
    country: str | None  # ISO3 of a state force or of nationals; None: not said
    listed: bool
    generic: bool  # a noun such as 'gunmen', not a name
    noun: str | None  # plural noun class: 'soldiers', 'villagers', ...
    is_organisation: bool
    confidence: float
    force: str | None = None  # branch of a state force
    template: str | None = None  # 'Civilians ({country})' until resolved
    rule_id: str = ""

    @property
    def is_resolved(self) -> bool:
        """Return whether nothing is left for `resolve_country` to complete."""
        return self.template is None
