"""`conflictwire query`: tables for people, streams for programs."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.publish import ReleaseInfo, publish

MILLION = (
    "SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS words FROM range({rows}) t(i)"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("query")
    warehouse = make.new_warehouse(home)
    fill(warehouse)
    release = ReleaseInfo("r1", "run", make.NOW, "1", "test-1", "ref")
    publish(warehouse.path, home / "public", release, 1)
    return home


@pytest.fixture(autouse=True)
def _home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CONFLICTWIRE_HOME", str(home))
    return


def _query(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["query", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def _child(home: Path, *arguments: str) -> tuple[int, int, int]:
    """Run the command; return its exit code, lines written and peak memory in MB."""
    command = [sys.executable, "-m", "flows.cli", "query", *arguments]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        env={**os.environ, "CONFLICTWIRE_HOME": str(home)},
        cwd=Path(__file__).parents[3],
    ) as child:
        assert child.stdout is not None
        lines = sum(1 for _ in child.stdout)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, lines, used.ru_maxrss // 1024


def test_people_get_a_table() -> None:
    shown = _query("SELECT event_id, location FROM events ORDER BY 1")
    assert "┃ event_id ┃ location ┃" in shown
    assert "│ event-1  │ Tirkadja │" in shown


def test_a_long_table_stops_and_says_how_to_get_the_rest() -> None:
    done = CliRunner().invoke(app, ["query", "FROM range(201)"])
    assert "the first 200 rows; --csv or --json write all" in done.stderr
    assert "│ 199 " in done.stdout
    assert "│ 200 " not in done.stdout


def test_json_is_one_object_a_line() -> None:
    sql = "SELECT event_id, event_date, tags FROM events ORDER BY 1"
    written = _query("--json", sql)
    rows = [json.loads(line) for line in written.splitlines()]
    assert [r["event_id"] for r in rows] == ["event-1", "event-2", "event-3"]
    assert rows[0]["event_date"] == "2026-02-28"


def test_csv_has_a_header_and_no_formulas() -> None:
    written = _query("--csv", "SELECT '=1+1' AS a, 'x,y' AS b, NULL AS c")
    assert list(csv.reader(io.StringIO(written))) == [
        ["a", "b", "c"],
        ["'=1+1", "x,y", ""],
    ]


def test_no_rows_are_a_header_or_nothing() -> None:
    empty = "FROM events WHERE false"
    assert _query("--csv", f"SELECT event_id {empty}") == "event_id\n"
    assert _query("--json", f"SELECT event_id {empty}") == ""


def test_an_error_among_the_rows_is_an_error_of_the_command() -> None:
    sql = "SELECT CASE WHEN i < 20000 THEN i ELSE error('late') END FROM range(20001) t(i)"
    done = CliRunner().invoke(app, ["query", "--csv", sql])
    assert done.exit_code == 1
    assert "late" in done.stderr


@pytest.mark.slow
def test_a_million_rows_are_written_without_being_held(home: Path) -> None:
    few = _child(home, "--csv", MILLION.format(rows=10))
    many = _child(home, "--csv", MILLION.format(rows=1_000_000))
    assert (few[:2], many[:2]) == ((0, 11), (0, 1_000_001))
    # Held as Python values they would be 150 MB and more.
    assert many[2] - few[2] < 60


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(f"--csv '{MILLION.format(rows=200_000)}'", id="stream"),
        pytest.param("'FROM range(200)'", id="table"),
    ],
)
def test_a_reader_that_stops_early_is_no_error(home: Path, arguments: str) -> None:
    command = f"{sys.executable} -m flows.cli query {arguments} | head -n 2"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "CONFLICTWIRE_HOME": str(home)},
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.count("\n") == 2
    assert (done.returncode, done.stderr) == (0, "")
