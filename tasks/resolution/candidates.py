"""Which mentions at hand can be one event with a given one, without comparing all pairs.

Mentions are filed by country and week under the cell of the globe they lie in, their
region, their place name, and their family. What the index leaves out the comparison
would forbid (`tests/unit/resolution/test_candidates.py`).
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from math import cos, floor, radians, sin
from typing import NamedTuple

from tasks.model.coding import Location
from tasks.resolution.contexts import NEIGHBOUR_DAYS
from tasks.resolution.evidence import EARTH_KM, NEAR_KM, days_apart, types_exclude
from tasks.resolution.facts import Facts

_REGION = 3  # geo_precision
_WEEK = 8  # days: a mention and its neighbours lie in few
# Cubes in space rather than degrees: no special cases at the poles or the date line. The
# chord between two points is never longer than the way over ground.
_FINE_KM = NEAR_KM[2] * 1.01
_COARSE_KM = NEAR_KM[_REGION] * 1.01
_AROUND = tuple(product((-1, 0, 1), repeat=3))


_Label = tuple[str, object]  # on a shelf: what is filed under, and its value


class _Shelf(NamedTuple):
    """The mentions of one country and week."""

    country: str
    week: int


class CandidateIndex:
    """Mentions at hand, searchable for those that can be one event with another."""

    def __init__(self) -> None:
        self.facts: list[Facts] = []
        self._shelves: dict[_Shelf, dict[_Label, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._families: dict[str, list[int]] = defaultdict(list)

    def add(self, facts: Facts) -> int:
        """File a mention; return its number."""
        number = len(self.facts)
        self.facts.append(facts)
        self._families[facts.context.family_id].append(number)
        weeks = range(facts.day // _WEEK, facts.last_day // _WEEK + 1)
        country = facts.mention.location.country or ""
        labels = tuple(_filed_under(facts))
        for week in weeks:
            shelf = self._shelves[_Shelf(country, week)]
            for label in labels:
                shelf[label].append(number)
        return number

    def candidates(self, number: int) -> list[int]:
        """Return the numbers of all that may be one event with this one, sorted."""
        facts = self.facts[number]
        found = set(self._families[facts.context.family_id])
        first = (facts.day - NEIGHBOUR_DAYS) // _WEEK
        last = (facts.last_day + NEIGHBOUR_DAYS) // _WEEK
        country = facts.mention.location.country or ""
        labels = tuple(_looked_up(facts))
        for week in range(first, last + 1):
            shelf = self._shelves.get(_Shelf(country, week), {})
            for label in labels:
                if label in shelf:
                    found.update(shelf[label])
        found.discard(number)
        return sorted(n for n in found if not _exclude(facts, self.facts[n]))


def _exclude(a: Facts, b: Facts) -> bool:
    return days_apart(a, b) > NEIGHBOUR_DAYS or types_exclude(a.mention, b.mention)


def _is_located(place: Location) -> bool:
    return place.latitude is not None and place.longitude is not None


def _is_region(place: Location) -> bool:
    return (place.geo_precision or 1) >= _REGION


def _filed_under(facts: Facts) -> Iterator[_Label]:
    place = facts.mention.location
    yield "name", facts.place_name
    yield "all", ""
    yield "admin", facts.admin1
    if not _is_located(place):
        yield "nowhere", facts.admin1
        yield "nowhere", None
        return
    yield "coarse", _cell(place, _COARSE_KM)
    if _is_region(place):
        yield "region", _cell(place, _COARSE_KM)
        yield "region_of", facts.admin1
    else:
        yield "fine", _cell(place, _FINE_KM)


def _looked_up(facts: Facts) -> Iterator[_Label]:
    """Yield the shelves on which a partner can stand.

    A region takes in what lies in it; a place without coordinates whatever nothing
    tells apart from it; a point what lies near it.
    """
    place = facts.mention.location
    if not _is_located(place):
        yield "name", facts.place_name
        if facts.admin1:
            yield from (("admin", facts.admin1), ("admin", ""))
        else:
            yield "all", ""
        return
    if facts.admin1:
        yield from (("nowhere", facts.admin1), ("nowhere", ""))
    else:
        yield "nowhere", None
    if facts.place_name:
        yield (
            "name",
            facts.place_name,
        )  # a namesake without coordinates in another region
    coarse = _cell(place, _COARSE_KM)
    if _is_region(place):
        yield from (("coarse", cell) for cell in _cells_around(coarse))
        yield "admin", facts.admin1
        return
    yield from (("region", cell) for cell in _cells_around(coarse))
    yield "region_of", facts.admin1
    fine = _cell(place, _FINE_KM)
    yield from (("fine", cell) for cell in _cells_around(fine))


def _cell(place: Location, size_km: float) -> tuple[int, int, int]:
    latitude, longitude = (
        radians(place.latitude or 0.0),
        radians(place.longitude or 0.0),
    )
    scale = EARTH_KM / 2 / size_km
    return (
        floor(cos(latitude) * cos(longitude) * scale),
        floor(cos(latitude) * sin(longitude) * scale),
        floor(sin(latitude) * scale),
    )


def _cells_around(cell: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    x, y, z = cell
    return ((x + i, y + j, z + k) for i, j, k in _AROUND)
