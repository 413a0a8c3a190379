"""What the geoparser finds in one document."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tasks.model.coding import Location
from tasks.model.quick import quick_init
from tasks.reference.gazetteer import Place


class ToponymClass(StrEnum):
    """How a place name is used."""

    LITERAL = "literal"  # the place itself
    DEMONYM = "demonym"  # Malian, Gazans
    ASSOCIATIVE = "associative"  # inside another name: Lagos State University
    PERSON = "person"  # Vladimir Putin: no place at all
    UNKNOWN = "unknown"  # looks like a place from its context; not in the gazetteer


class Toponym(NamedTuple):
    """A name in the text and the place chosen for it; place None: none is known."""

    start: int
    end: int
    text: str
    toponym_class: ToponymClass
    place: Place | None
    score: float = 0.0  # of the chosen candidate; comparable inside one document only

    @property
    def country(self) -> str | None:
        """ISO3 of the chosen place."""
        return self.place.country if self.place else None


@quick_init
@dataclass(frozen=True, slots=True)
class Located:
    """Where an event happened, and the words that say so: text[start:end]."""

    location: Location
    start: int
    end: int
    rule_id: str  # 'place.sentence' | 'place.neighbour' | 'place.lead' | 'place.dateline' | …
