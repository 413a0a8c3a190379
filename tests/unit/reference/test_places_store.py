"""The file's layout: what is written is what is read, however often a name occurs."""

import sqlite3
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.reference import build
from tasks.reference.gazetteer import Gazetteer
from tasks.reference.places import store
from tasks.reference.places.rows import Draft, NameClass


def _draft(number: int, country: str | None, name: str = "Santa Ana") -> Draft:
    draft = Draft(f"t:{number}", name, country, 1.5, -0.25, "town", "test")
    draft.population = 1000 - number
    draft.add_name("santa ana", NameClass.ALIAS)
    return draft


def _write(path: Path, batches: list[list[Draft]]) -> Gazetteer:
    connection = store.create(path)
    first = 1
    for batch in batches:
        store.write_places(connection, batch, first)
        first += len(batch)
    store.finish(connection, {"version": "test"})
    return Gazetteer(path)


def test_every_field_is_read_as_it_was_written(tmp_path: Path) -> None:
    draft = Draft(
        "t:1", "Léré", "MLI", 15.7123456789, -4.9, "village", "test",
        admin1="Timbuktu", admin2=None, population=7, precision_km=0.5,
        timezone="Africa/Bamako",
    )  # fmt: skip
    draft.add_name("lere", NameClass.PREFERRED)
    gazetteer = _write(tmp_path / "g.sqlite3", [[draft]])
    (found,) = gazetteer.lookup("Léré")
    assert tuple(found) == (
        "t:1", "Léré", "MLI", "Timbuktu", None, 15.7123456789, -4.9, "village", 7, 0.5,
        "test", "Africa/Bamako", NameClass.PREFERRED,
    )  # fmt: skip
    assert gazetteer.place("t:1") == found


def test_a_name_of_hundreds_of_places_keeps_the_least_country(tmp_path: Path) -> None:
    many = [_draft(n, "MEX") for n in range(150)]
    few = [_draft(n, "PHL") for n in range(200, 203)]
    sea = _draft(300, None)
    gazetteer = _write(tmp_path / "g.sqlite3", [[*many, *few, sea]])
    anywhere = gazetteer.lookup("Santa Ana")
    assert [p.place_id for p in anywhere] == [f"t:{n}" for n in range(60)]
    assert [p.place_id for p in gazetteer.lookup("Santa Ana", "PHL")] == [
        "t:200", "t:201", "t:202",
    ]  # fmt: skip
    assert len(gazetteer.lookup("Santa Ana", "MEX")) == 60
    assert gazetteer.lookup("Santa Ana", "MLI") == ()


def test_batches_share_one_list_of_profiles(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    _write(path, [[_draft(1, "MEX")], [_draft(2, "MEX"), _draft(3, "PHL")]])
    rows = sqlite3.connect(path).execute("SELECT id, country FROM profile ORDER BY id")
    assert rows.fetchall() == [(0, "MEX"), (1, "PHL")]


@pytest.mark.parametrize("name", ["Santa\tAna", "Santa\nAna", "Santa\r\nAna\t"])
def test_a_hostile_name_does_not_break_its_line(tmp_path: Path, name: str) -> None:
    gazetteer = _write(tmp_path / "g.sqlite3", [[_draft(1, "MEX", name)]])
    (found,) = gazetteer.lookup("santa ana")
    assert (found.name.split(), found.population) == (["Santa", "Ana"], 999)


def test_a_file_of_another_layout_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "additions.sqlite3"
    _write(path, [[_draft(1, "MEX")]])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = 'old' WHERE key = 'layout'")
    connection.commit()
    connection.close()
    with pytest.raises(ConfigError, match=r"additions.sqlite3 .* build it again"):
        Gazetteer(path)


def test_the_data_version_follows_the_builders_code_and_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, table = tmp_path / "builder.py", tmp_path / "countries.tsv"
    code.write_text("a = 1\n")
    table.write_text("name\n")
    covered = {path.name for path in build.BUILDERS}
    assert {"build.py", "assemble.py", "keys.py", "store.py", "fold.py"} <= covered
    monkeypatch.setattr(build, "BUILDERS", (code,))
    versions = []
    for path, content in [(code, "a = 1\n"), (code, "a = 2\n"), (table, "other\n")]:
        path.write_text(content)
        versions.append(build.data_version(tmp_path))
    assert len(set(versions)) == 3
