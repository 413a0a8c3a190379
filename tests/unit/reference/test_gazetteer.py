"""The gazetteer users get: names, countries, units, other spellings, threads."""

import threading
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.reference.gazetteer import Gazetteer, Place, open_gazetteer
from tasks.reference.places.geodesy import displaced, distance_km
from tasks.reference.places.rows import NameClass


def _first(gazetteer: Gazetteer, name: str, country: str | None = None) -> Place:
    found = gazetteer.lookup(name, country)
    assert found, f"{name} is not in the gazetteer"
    return found[0]


def test_lere_of_mali_is_found_beside_its_larger_namesakes(
    gazetteer: Gazetteer,
) -> None:
    countries = {place.country for place in gazetteer.lookup("Léré")}
    assert {"MLI", "TCD", "NGA"} <= countries
    mali = _first(gazetteer, "lere", "MLI")
    assert (mali.admin1, mali.source) == ("Timbuktu", "supplement")
    assert distance_km(mali.latitude, mali.longitude, 15.71, -4.91) < 5


@pytest.mark.parametrize(
    ("name", "country", "preferred"),
    [
        pytest.param("Hudaydah", "YEM", "Hodeidah", id="article dropped"),
        pytest.param("Deir Ezzor", "SYR", "Deir ez-Zor", id="two transliterations"),
        pytest.param("Tinzawaten", "MLI", "Tinzaouaten", id="supplement alias"),
        pytest.param("BALAKLIYA", "UKR", "Balakliia", id="capitals"),
        pytest.param("Al Junaynah", "SDN", "El Geneina", id="GeoNames main name"),
    ],
)
def test_variants_lead_to_the_preferred_english_name(
    gazetteer: Gazetteer, name: str, country: str, preferred: str
) -> None:
    assert preferred in {place.name for place in gazetteer.lookup(name, country)}


@pytest.mark.parametrize(
    ("name", "iso3", "name_class"),
    [
        ("Mali", "MLI", NameClass.PREFERRED),
        ("Malian", "MLI", NameClass.DEMONYM),
        ("Burkinabe", "BFA", NameClass.DEMONYM),
        ("DR Congo", "COD", NameClass.ALIAS),
        ("Burma", "MMR", NameClass.ALIAS),
        ("U.S.", "USA", NameClass.ALIAS),
    ],
)
def test_countries_are_known_by_name_and_demonym(
    gazetteer: Gazetteer, name: str, iso3: str, name_class: NameClass
) -> None:
    assert gazetteer.country_of(name) == iso3
    assert _first(gazetteer, name).name_class == name_class


@pytest.mark.parametrize(
    ("name", "country", "unit"),
    [
        ("Tombouctou", "MLI", "Timbuktu"),
        ("Nord-Kivu", "COD", "North Kivu"),
        ("Tigrai", "ETH", "Tigray"),
        ("Halab", "SYR", "Aleppo"),
        ("Arakan", "MMR", "Rakhine"),
        ("Papua Pegunungan", "IDN", "Highland Papua"),
    ],
)
def test_first_level_units_carry_their_english_name(
    gazetteer: Gazetteer, name: str, country: str, unit: str
) -> None:
    found = gazetteer.unit(name, country)
    assert found is not None
    assert found.name == unit


def test_a_region_has_the_coordinates_of_its_capital_at_hand(
    gazetteer: Gazetteer,
) -> None:
    unit = gazetteer.unit("Timbuktu", "MLI")
    assert unit is not None
    seat = gazetteer.seat(unit)
    assert seat is not None
    assert (seat.name, seat.kind) == ("Timbuktu", "city")


def test_regions_that_are_no_units_are_places_too(gazetteer: Gazetteer) -> None:
    assert _first(gazetteer, "Donbas").country == "UKR"
    assert _first(gazetteer, "Darfur").country == "SDN"
    shared = {place.country for place in gazetteer.lookup("Sahel region")}
    assert shared == {"BFA", None}  # the Burkinabe unit, and the belt across Africa


def test_another_spelling_is_found_only_inside_the_country_asked(
    gazetteer: Gazetteer,
) -> None:
    assert "Al-Sukhnah" in {p.name for p in gazetteer.sounds_like("As Soukhna", "SYR")}
    assert gazetteer.sounds_like("As Soukhna", "FRA") == ()


def test_neighbours_and_near_places(gazetteer: Gazetteer) -> None:
    assert "NER" in gazetteer.neighbours("MLI")
    near = gazetteer.near(16.77, -3.01, km=20)
    assert "Timbuktu" in {place.name for gap, place in near if gap < 2}
    assert [gap for gap, _ in near] == sorted(gap for gap, _ in near)


def test_unknown_names_and_ids_are_absent_not_errors(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Xyzzyville") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.place("gn:0") is None
    assert gazetteer.unit("Nowhere", "MLI") is None
    assert gazetteer.country_of("Klingon") is None


def test_contains_checks_country_and_unit(gazetteer: Gazetteer) -> None:
    lere = _first(gazetteer, "Léré", "MLI")
    assert gazetteer.contains("MLI", "Timbuktu", lere)
    assert not gazetteer.contains("MLI", "Gao", lere)
    assert not gazetteer.contains("TCD", None, lere)


def test_several_threads_read_at_once(gazetteer: Gazetteer) -> None:
    names = ["Léré", "Goma", "Kharkiv", "Bria"] * 50
    results: list[int] = []

    def read() -> None:
        fresh = Gazetteer(gazetteer.path)
        results.append(
            sum(len(fresh.lookup(n)) + len(gazetteer.lookup(n)) for n in names)
        )

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(set(results)) == 1


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="gazetteer build"):
        open_gazetteer(tmp_path)


def test_displacement_is_the_inverse_of_distance() -> None:
    lat, lon = displaced(15.92, 2.40, 0, 20)
    assert lat > 15.92
    assert lon == pytest.approx(2.40, abs=0.01)
    assert distance_km(15.92, 2.40, lat, lon) == pytest.approx(20, abs=0.1)
