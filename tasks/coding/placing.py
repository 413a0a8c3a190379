"""The coder's view of the geoparser: one adapter, so that its shape is known once."""

from dataclasses import dataclass
from typing import Protocol

from tasks.geoparsing.values import Located
from tasks.model.coding import Document


class Places(Protocol):
    """Places of one document."""

    @property
    def country(self) -> str | None:
        """ISO3 of the main event's country."""
        ...

    def locate(self, start: int, end: int) -> Located | None:
        """Return where the trigger at [start, end) happened."""
        ...


class PlaceFinder(Protocol):
    """Makes the places of a document."""

    def parse(self, document: Document) -> Places:
        """Return the document's places."""
        ...


@dataclass(frozen=True, slots=True)
class NoPlaces:
    """The answer of a coder without a gazetteer: the text's place stays unknown."""

    country: str | None = None

    def locate(self, start: int, end: int) -> Located | None:  # noqa: ARG002
        """Return None."""
        return None


@dataclass(frozen=True, slots=True)
class NoPlaceFinder:
    """A finder that knows no place (tests of the grammar alone)."""

    def parse(self, document: Document) -> Places:
        """Return no places; the outlet's country stands in for the event's."""
        return NoPlaces(document.outlet_country)
