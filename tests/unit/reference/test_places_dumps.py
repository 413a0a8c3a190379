"""GeoNames dumps and Who's On First repositories, in their own formats."""

import json
import tracemalloc
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.reference.build_additions import build_additions
from tasks.reference.gazetteer import Gazetteer, open_gazetteer
from tasks.reference.hierarchy import Hierarchy, read_hierarchy
from tasks.reference.places.dumps import Tally

_LINE = (
    "{id}\t{name}\t{name}\tAlt One,Alt Two\t{lat}\t{lon}\tP\tPPL\tML\t\t08\t\t\t\t"
    "{population}\t\t260\tAfrica/Bamako\t2024-01-01"
)


def _country_file(folder: Path, lines: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "ML.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(number: int, name: str, lat: float = 16.0, population: int = 0) -> str:
    return _LINE.format(id=number, name=name, lat=lat, lon=-3.5, population=population)


@pytest.fixture
def reference(reference_dir: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "gazetteer.sqlite3").hardlink_to(reference_dir / "gazetteer.sqlite3")
    return folder


def test_a_geonames_country_file_adds_what_was_missing(
    tmp_path: Path, reference: Path
) -> None:
    source = tmp_path / "dump"
    known = Gazetteer(reference / "gazetteer.sqlite3").lookup("Goundam", "MLI")[0]
    _country_file(
        source,
        [
            _row(99000001, "Tinfouchtest"),
            _row(int(known.place_id[3:]), "Goundam").replace("Alt One,Alt Two", ""),
            _row(99000002, "Hoteltest").replace("PPL", "HTL"),
            "not a line",
        ],
    )
    report = build_additions(source, reference)
    assert (report.places_added, report.already_known, report.rows) == (1, 1, 4)
    assert dict(report.skipped) == {"feature not used": 1, "malformed line": 1}
    place = open_gazetteer(reference).lookup("alt one", "MLI")[0]
    assert (place.name, place.admin1, place.source) == (
        "Tinfouchtest",
        "Timbuktu",
        "geonames",
    )


def test_alternate_names_bring_the_preferred_english_one(
    tmp_path: Path, reference: Path
) -> None:
    source = tmp_path / "dump"
    _country_file(source, [_row(99000001, "Tinfouchtest")])
    (source / "alternateNamesV2.txt").write_text(
        "1\t99000001\ten\tTinfushia\t1\t\t\t\t\t\n"
        "2\t99000001\tar\tتين فوش\t\t\t\t\t\t\n"
        "3\t99000001\tlink\thttps://example.org\t\t\t\t\t\t\n",
        encoding="utf-8",
    )
    build_additions(source, reference)
    assert open_gazetteer(reference).lookup("Tinfushia")[0].name == "Tinfushia"


def test_a_place_known_already_gets_the_names_it_lacked(
    tmp_path: Path, reference: Path
) -> None:
    main = Gazetteer(reference / "gazetteer.sqlite3")
    known = main.lookup("Goundam", "MLI")[0]
    number = int(known.place_id[3:])
    source = tmp_path / "dump"
    _country_file(source, [_row(number, "Goundam")])
    (source / "alternateNamesV2.txt").write_text(
        f"1\t{number}\tfr\tGoundame\t\t\t\t\t\t\n2\t{number}\ten\tGoundam\t1\t\t\t\t\t\n"
    )
    report = build_additions(source, reference)
    both = open_gazetteer(reference)
    assert (report.places_added, report.already_known) == (0, 1)
    for name in ("Alt One", "Goundame"):
        assert [p.place_id for p in both.lookup(name, "MLI")] == [known.place_id]
    assert both.lookup("Goundam", "MLI") == main.lookup("Goundam", "MLI")
    around = both.near(known.latitude, known.longitude, 5)
    assert [p.place_id for _, p in around].count(known.place_id) == 1


def _hierarchy(source: Path, lines: list[str]) -> None:
    (source / "hierarchy.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_hierarchy_names_the_units_a_row_leaves_out(
    tmp_path: Path, reference: Path
) -> None:
    """A village without codes lies in an unknown fourth-level unit of Goundam cercle."""
    main = Gazetteer(reference / "gazetteer.sqlite3")
    cercle = main.unit("Goundam", "MLI", 2)
    assert cercle is not None
    source = tmp_path / "dump"
    bare = _row(99000001, "Tinfouchtest").replace("\t08\t", "\t\t")
    told = _row(99000002, "Otherfouch").replace("\t08\t", "\t09\t")  # Gao, it says
    _country_file(source, [bare, told])
    _hierarchy(
        source,
        [
            "99000010\t99000001\tADM",
            f"{cercle.place_id[3:]}\t99000010\tADM",
            f"{cercle.place_id[3:]}\t99000002\tADM",
            "99000011\t99000012\trange",
            "not a relation",
        ],
    )
    report = build_additions(source, reference)
    gazetteer = open_gazetteer(reference)
    (found,) = gazetteer.lookup("Tinfouchtest")
    assert (found.admin1, found.admin2) == ("Timbuktu", cercle.name)
    (kept,) = gazetteer.lookup("Otherfouch")
    assert (kept.admin1, kept.admin2) == ("Gao", None)
    assert report.placed_by_hierarchy == 1
    assert {"malformed line", "relation not used"} <= dict(report.skipped).keys()


def test_a_circle_in_the_hierarchy_ends(tmp_path: Path, reference: Path) -> None:
    source = tmp_path / "dump"
    _country_file(source, [_row(99000001, "Tinfouchtest").replace("\t08\t", "\t\t")])
    _hierarchy(source, ["99000002\t99000001\tADM", "99000001\t99000002\tADM"])
    assert build_additions(source, reference).placed_by_hierarchy == 0


def test_a_large_hierarchy_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "hierarchy.txt"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{i + 1}\t{i}\tADM\n" for i in range(60_000))
    tracemalloc.start()
    Hierarchy(read_hierarchy(path, Tally()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000  # as Python tuples the relations take twice that


def test_a_whos_on_first_region_takes_the_name_we_use(
    tmp_path: Path, reference: Path
) -> None:
    data = tmp_path / "whosonfirst-data-admin-ml" / "data" / "1"
    data.mkdir(parents=True)
    region = {"wof:id": 5, "wof:name": "Tombouctou", "wof:placetype": "region"}
    village = {
        "wof:id": 7, "wof:name": "Tinwoftest", "wof:placetype": "locality",
        "wof:country": "ML", "geom:latitude": 16.5, "geom:longitude": -3.0,
        "wof:hierarchy": [{"region_id": 5}],
    }  # fmt: skip
    for number, properties in enumerate((region, village)):
        (data / f"{number}.geojson").write_text(json.dumps({"properties": properties}))
    build_additions(tmp_path, reference)
    (place,) = open_gazetteer(reference).lookup("Tinwoftest", "MLI")
    assert place.admin1 == "Timbuktu"


def test_a_whos_on_first_repository_is_read(tmp_path: Path, reference: Path) -> None:
    data = tmp_path / "whosonfirst-data-admin-ml" / "data" / "1"
    data.mkdir(parents=True)
    region = {"wof:id": 5, "wof:name": "Kidal", "wof:placetype": "region"}
    village = {
        "wof:id": 7, "wof:name": "Tinwoftest", "wof:placetype": "locality",
        "wof:country": "ML", "geom:latitude": 19.0, "geom:longitude": 1.0,
        "wof:hierarchy": [{"region_id": 5}], "name:eng_x_variant": ["Tin Wof Test"],
    }  # fmt: skip
    for number, properties in enumerate((region, village)):
        (data / f"{number}.geojson").write_text(json.dumps({"properties": properties}))
    (data / "broken.geojson").write_text("{")
    report = build_additions(tmp_path, reference)
    assert report.places_added == 1
    assert ("malformed geojson", 1) in report.skipped
    place = open_gazetteer(reference).lookup("Tin Wof Test", "MLI")[0]
    assert (place.place_id, place.admin1) == ("wof:7", "Kidal")


def test_a_folder_without_dumps_is_a_mistake(tmp_path: Path, reference: Path) -> None:
    with pytest.raises(ConfigError, match="no GeoNames file"):
        build_additions(tmp_path / "reference", reference)


def test_a_second_build_replaces_the_first(tmp_path: Path, reference: Path) -> None:
    source = tmp_path / "dump"
    _country_file(source, [_row(99000001, "Tinfouchtest")])
    build_additions(source, reference)
    _country_file(source, [_row(99000003, "Otherfouch")])
    build_additions(source, reference)
    gazetteer = open_gazetteer(reference)
    assert gazetteer.lookup("Tinfouchtest") == ()
    assert gazetteer.lookup("Otherfouch")[0].place_id == "gn:99000003"
