"""The coder's view of the geoparser: one adapter, so that its shape is known once."""

import re
from dataclasses import dataclass
from typing import Protocol

from tasks.coding.reading.document import Reading, View
from tasks.coding.roles.roles import Roles
from tasks.geoparsing.values import Located
from tasks.model.coding import Document


class Places(Protocol):
    """Places of one document."""

    @property
    def country(self) -> str | None:
        """ISO3 of the main event's country."""
        ...

    def locate(
        self,
        start: int,
        end: int,
        *,
        own_sentence_only: bool = False,
        within: tuple[int, int] | None = None,
    ) -> Located | None:
        """Return where the trigger at [start, end) happened; of its sentence only names `within` count."""
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

    def locate(
        self,
        start: int,  # noqa: ARG002
        end: int,  # noqa: ARG002
        *,
        own_sentence_only: bool = False,  # noqa: ARG002
        within: tuple[int, int] | None = None,  # noqa: ARG002
    ) -> Located | None:
        """Return None."""
        return None


@dataclass(frozen=True, slots=True)
class NoPlaceFinder:
    """A finder that knows no place (tests of the grammar alone)."""

    def parse(self, document: Document) -> Places:
        """Return no places; the outlet's country stands in for the event's."""
        return NoPlaces(document.outlet_country)


_LOOKS = 2
_ASKS = 3  # triggers of this strength ask the geoparser for themselves
_NAMES_A_PLACE = re.compile(r"(?: [a-z]+)? (?:in|at|near|outside) (?=[^\W\d_a-z])")


class SentencePlaces:
    """Asks the geoparser once where it can: side words take the sentence's answer."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self._reading = reading
        self._places = places
        self._own: dict[int, Located | None] = {}
        self._fallback: dict[int, Located | None] = {}

    def place_of(self, filled: Roles, view: View) -> Located | None:
        """Return the trigger's place; 'Fano' in 'Fano fighters' is no town in Italy."""
        trigger, sentence = filled.trigger, view.sentence.index
        if trigger.form.strength < _LOOKS:
            # 'wounded', 'bodies': such words never say where by themselves
            return self._own.get(sentence)
        light = trigger.form.strength < _ASKS and not (
            filled.clause or _NAMES_A_PLACE.match(self._reading.text, trigger.end)
        )
        if light and sentence in self._own:
            found = self._own[sentence]
        else:
            found = self._places.locate(
                trigger.start, trigger.end, own_sentence_only=True, within=filled.clause
            )
            self._own[sentence] = found
        if found is None or _is_actor(self._reading, found):
            found = self._elsewhere(trigger.start, trigger.end, view.sentence.paragraph)
        return None if _is_of_another_clause(found, filled, view) else found

    def _elsewhere(self, start: int, end: int, paragraph: int) -> Located | None:
        """Return what the rest of the text says; a paragraph has one answer."""
        if paragraph not in self._fallback:
            found = self._places.locate(start, end)
            if found is not None and _is_actor(self._reading, found):
                found = None
            self._fallback[paragraph] = found
        return self._fallback[paragraph]


def _is_of_another_clause(found: Located | None, filled: Roles, view: View) -> bool:
    """'two were killed in Baidoa and four in Kismayo': each has its own."""
    if found is None or filled.clause is None:
        return False
    here = view.sentence.start <= found.start < view.sentence.end
    return here and not filled.clause[0] <= found.start < filled.clause[1]


def _is_actor(reading: Reading, where: Located) -> bool:
    view = reading.view_at(where.start)
    return any(
        p.listed and p.force is None and not p.generic
        and p.start <= where.start and where.end <= p.end
        for p in view.parties
    )  # fmt: skip
