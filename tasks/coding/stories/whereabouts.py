"""Where a story happened: the place most told and most exact, nearest its defining act."""

import re
from collections.abc import Sequence

from tasks.coding.stories.reports import Report
from tasks.geoparsing.values import Located
from tasks.reference.places.geodesy import distance_km

_SAME_PLACE_KM = 25.0
_REGION = 3  # geo_precision of a region or country
_EXACTNESS = (1.0, 0.8, 0.1, 0.3, 0.1, 0.0)  # by vagueness
_PLAIN = 0.8  # 'in Loruk', 'the town of Martakert': a place, though in no gazetteer
_BEFORE_NAME = re.compile(
    r"\b(?:in|at|near|outside|(?:town|village|city|hamlet|district|settlement|locality|"
    r"community|suburb|island) of) $"
)
_NO_TOWN = re.compile(
    r"(?:road|avenue|street|square|highway|boulevard|bridge|river|forest|hills?|base|camp)$"
)
_REACH = 24
_UNKNOWN_HERE = 2  # vagueness of a name no gazetteer knows, told beside the act
_GUESSED = 0.5  # what a sentence that names no place adds to the one the text is at


def place_of(
    reports: Sequence[Report], anchor: Report, support: frozenset[str]
) -> Report:
    """Return the report whose place is the event's; `support`: acts that only attend."""
    pool = [r for r in reports if r.place is not None]
    if not pool:
        return anchor
    weights: dict[str, float] = {}
    for report in pool:
        assert report.place is not None
        name = report.place.location.name
        weight = _weight(report, anchor)
        if report.act in support:
            weight *= 0.5
        weights[name] = weights.get(name, 0.0) + weight

    def rank(report: Report) -> tuple[float, int]:
        assert report.place is not None
        return -weights[report.place.location.name], vagueness(report)

    return min(pool, key=rank)


def vagueness(report: Report) -> int:
    """0: a known town told beside the act … 5: no place at all."""
    if report.place is None:
        return 5
    location = report.place.location
    known = location.latitude is not None
    exact = (location.geo_precision or _REGION) < _REGION
    title = report.paragraph == 0
    if known and exact:
        return 0 if report.is_placed_here and not title else 1
    if known:
        return 3
    return 2 if report.is_placed_here else 4


def _is_plain(report: Report) -> bool:
    """Tell whether the words make an unknown name a town: 'in', 'the village of'."""
    where = report.place
    if where is None or vagueness(report) != _UNKNOWN_HERE:
        return False
    if where.location.place_id is not None:
        return False  # a country or a sea: known, without a point
    sentence = report.view.sentence
    named = sentence.text[: where.end - sentence.start]
    before = sentence.text[: where.start - sentence.start]
    if _NO_TOWN.search(named.lower()):
        return False
    return _BEFORE_NAME.search(before[-_REACH:].lower()) is not None


def _weight(report: Report, anchor: Report) -> float:
    """A place counts by how exact it is and how near the defining act it is told."""
    exact = _PLAIN if _is_plain(report) else _EXACTNESS[vagueness(report)]
    if report.view is anchor.view:
        near = 2.0
    else:
        near = 1.2 if abs(report.paragraph - anchor.paragraph) <= 1 else 0.5
    if report.paragraph == 0:
        near = 0.8
    mention = report.place.location.mention if report.place else ""
    if "kilomet" in mention or " km" in mention:
        near *= 1.8  # 'ten kilometres from Banki' is where, 'the Bama road' is the way
    if not report.is_placed_here:
        near *= _GUESSED
    return exact * near * (1.0 if report.is_home else 0.15)


def are_apart(one: Located | None, other: Located | None) -> bool:
    """Return whether two places are told apart: both precise and not near each other."""
    if one is None or other is None:
        return False
    a, b = one.location, other.location
    if a.name == b.name or _REGION in {a.geo_precision, b.geo_precision}:
        return a.country != b.country
    if (
        a.latitude is None
        or a.longitude is None
        or b.latitude is None
        or b.longitude is None
    ):
        return False
    gap = distance_km(a.latitude, a.longitude, b.latitude, b.longitude)
    return gap > _SAME_PLACE_KM
