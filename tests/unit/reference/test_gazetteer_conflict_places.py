"""Places where conflicts are reported, found by their English names alone."""

import csv
from pathlib import Path

import pytest

from tasks.geoparsing.resolve import Geoparser
from tasks.model.coding import Document
from tasks.reference.gazetteer import Gazetteer
from tasks.reference.places.geodesy import distance_km

_LIST = Path(__file__).with_name("conflict_places.tsv")
_MISSING = Path(__file__).with_name("missing_places.tsv")  # no small gazetteer has them
_NEAR_KM = 25.0


def _rows(path: Path = _LIST) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_list_holds_at_least_three_hundred_places() -> None:
    assert len({(r["name"], r["country"]) for r in _rows()}) >= 300


def test_names_resolve_within_25_km_in_the_right_country(
    gazetteer: Gazetteer,
) -> None:
    wrong = []
    for row in _rows():
        found = [
            p
            for p in gazetteer.lookup(row["name"], row["country"])
            if p.kind not in {"country", "admin1", "admin2", "region"}
        ]
        gap = min((_gap(p.latitude, p.longitude, row) for p in found[:1]), default=9e9)
        if gap > _NEAR_KM:
            wrong.append((row["name"], row["country"], gap))
    assert len(wrong) <= 0.02 * len(_rows()), wrong


@pytest.mark.slow
def test_the_geoparser_locates_an_attack_in_each(gazetteer: Gazetteer) -> None:
    parser = Geoparser(gazetteer)
    wrong = [row for row in _rows() if not _is_located(parser, gazetteer, row)]
    assert len(wrong) <= 0.02 * len(_rows()), wrong


@pytest.mark.parametrize(
    "row", _rows(_MISSING), ids=lambda r: f"{r['name']}-{r['country']}"
)
def test_an_attack_in_a_place_small_gazetteers_lack_is_located(
    gazetteer: Gazetteer, row: dict[str, str]
) -> None:
    assert _is_located(Geoparser(gazetteer), gazetteer, row)


def _is_located(parser: Geoparser, gazetteer: Gazetteer, row: dict[str, str]) -> bool:
    """Say whether a report from the country puts an attack within 25 km of the row."""
    country = gazetteer.country(row["country"])
    assert country is not None
    text = (
        f"{country.name}: gunmen kill three\n\nGunmen killed three people in "
        f"{row['name']} on Monday, an official said."
    )
    parsed = parser.parse(Document("a", text, text.partition("\n")[0]))
    start = text.index("killed")
    located = parsed.locate(start, start + 6)
    place = located.location if located else None
    return (
        place is not None
        and place.country == row["country"]
        and place.latitude is not None
        and place.longitude is not None
        and _gap(place.latitude, place.longitude, row) <= _NEAR_KM
    )


def _gap(latitude: float, longitude: float, row: dict[str, str]) -> float:
    return distance_km(
        latitude, longitude, float(row["latitude"]), float(row["longitude"])
    )
