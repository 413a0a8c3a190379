"""Rows on their way into the gazetteer file."""

from dataclasses import dataclass, field
from enum import IntEnum


class NameClass(IntEnum):
    """How a name stands to its place; smaller is stronger."""

    PREFERRED = 0
    ALIAS = 1
    DEMONYM = 2


@dataclass(slots=True)
class Draft:
    """A place while sources are merged into it; frozen once it is written."""

    place_id: str
    name: str
    country: str | None
    latitude: float
    longitude: float
    kind: str
    source: str
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    precision_km: float = 1.0
    timezone: str | None = None
    names: dict[str, NameClass] = field(default_factory=dict)  # key -> class

    def add_name(self, key: str, name_class: NameClass) -> None:
        """Keep the strongest class a name has."""
        if key and name_class < self.names.get(key, NameClass.DEMONYM + 1):
            self.names[key] = name_class


@dataclass(frozen=True, slots=True)
class City:
    """A populated place of a source gazetteer, as that source has it."""

    geonames_id: int
    name: str
    latitude: float
    longitude: float
    iso2: str
    population: int
    timezone: str
    admin1_code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admin:
    """A first or second level unit; code as GeoNames writes it ('ML.08', 'ML.08.7670552')."""

    geonames_id: int
    code: str
    name: str
    level: int
    names: tuple[str, ...]

    @property
    def iso2(self) -> str:
        """Country part of the code."""
        return self.code[:2]

    @property
    def parent_code(self) -> str:
        """Code of the first-level unit it lies in (itself, at level 1)."""
        return ".".join(self.code.split(".")[:2])


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A row of countries.tsv."""

    iso3: str
    name: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdminNameRow:
    """A row of admin1.tsv: English name, other names, a better centre where given."""

    code: str
    name: str
    variants: tuple[str, ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A row of regions.tsv: a region that is no administrative unit."""

    names: tuple[str, ...]
    country: str | None
    latitude: float
    longitude: float
    kind: str


@dataclass(frozen=True, slots=True)
class SupplementRow:
    """A row of supplement/*.tsv: a hand-written place; the first name is preferred."""

    names: tuple[str, ...]
    country: str
    admin1: str
    admin2: str | None
    latitude: float
    longitude: float
    kind: str
    precision_km: float
    note: str  # source note of its block
    remark: str = ""  # why its point differs from another gazetteer's, or what it is
