"""`conflictwire doctor`: each fault it knows is named, with what to do about it."""

import os
import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.doctor import Finding, diagnose
from tasks.settings import Settings
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse, lock_path
from warehouse.lock import WriterLock
from warehouse.publish import ReleaseInfo, publish

FEEDS = """
[[feed]]
url = "https://sahel-courier.example/rss"
name = "Sahel Courier"
language = "en"
licence_note = "test"
"""
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory, reference_dir: Path) -> Path:
    """A home folder in which nothing is wrong."""
    home = tmp_path_factory.mktemp("healthy")
    warehouse = make.new_warehouse(home)
    fill(warehouse)
    _record(warehouse, "completed")
    release = ReleaseInfo("r1", "run", make.NOW, "1", "test-1", "ref")
    publish(warehouse.path, home / "public", release, 1)
    (home / "feeds.toml").write_text(FEEDS, encoding="utf-8")
    (home / "reference").symlink_to(reference_dir)
    return home


def _record(warehouse: Warehouse, status: str) -> None:
    with warehouse.transaction(f"run {status}", "run") as tx:
        tx.execute(
            "INSERT INTO meta.run BY NAME SELECT ? AS run_id, 'nightly' AS flow, "
            "?::TIMESTAMPTZ AS started_at, ? AS status, '1' AS code_version, "
            "'' AS row_hash",
            [status, make.NOW + timedelta(days=status == "failed"), status],
        )


@pytest.fixture
def home(healthy: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(healthy, tmp_path / "home", symlinks=True))


def _settings(home: Path, **changes: object) -> Settings:
    values = {
        "home": home,
        "feeds": home / "feeds.toml",
        "contact_url": "https://desk.example/bot",
    }
    return Settings(**{**values, **changes})  # type: ignore[arg-type]


def _finding(settings: Settings, what: str) -> Finding:
    return next(f for f in diagnose(settings) if f.what == what)


def test_where_nothing_is_wrong_it_says_so(home: Path) -> None:
    assert {f.state for f in diagnose(_settings(home))} == {"ok"}


def test_a_mistake_in_the_list_of_feeds_is_broken(home: Path) -> None:
    (home / "feeds.toml").write_text(FEEDS + 'colour = "red"\n', encoding="utf-8")
    found = _finding(_settings(home), "feeds")
    assert found.state == "broken"
    assert "colour" in found.advice


def test_no_list_of_feeds_is_broken(home: Path) -> None:
    (home / "feeds.toml").unlink()
    assert _finding(_settings(home), "feeds").state == "broken"


def test_publishers_must_see_a_real_address(home: Path) -> None:
    settings = _settings(home, contact_url=Settings().contact_url)
    found = _finding(settings, "contact address")
    assert found.state == "missing"
    assert "CONFLICTWIRE_CONTACT_URL" in found.advice


def test_a_gazetteer_is_built_by_the_first_run(home: Path) -> None:
    (home / "reference").unlink()
    found = _finding(_settings(home), "gazetteer")
    assert found.state == "missing"
    assert "conflictwire gazetteer build" in found.advice


def test_a_damaged_warehouse_is_broken(home: Path) -> None:
    settings = _settings(home)
    settings.warehouse_path.write_bytes(b"no database" * 1_000)
    found = _finding(settings, "warehouse")
    assert found.state == "broken"
    assert "cannot open" in found.advice


def test_lost_commits_are_broken(home: Path) -> None:
    settings = _settings(home)
    settings.warehouse_path.with_suffix(".last_commit").write_text("gone")
    found = _finding(settings, "warehouse")
    assert found.state == "broken"
    assert "'gone'" in found.advice


def test_a_busy_writer_is_named(home: Path) -> None:
    settings = _settings(home)
    with WriterLock(lock_path(settings.warehouse_path), 5):
        found = _finding(settings, "warehouse")
    assert found.state == "broken"
    assert str(os.getpid()) in found.advice


def test_a_run_that_failed_is_named_with_its_time(home: Path) -> None:
    settings = _settings(home)
    _record(Warehouse(settings.warehouse_path), "failed")
    found = _finding(settings, "last run")
    assert found.state == "broken"
    assert found.advice.startswith("nightly of 2026-03-02 06:30 UTC failed")


def test_no_published_file_says_what_to_run(home: Path) -> None:
    shutil.rmtree(home / "public")
    found = _finding(_settings(home), "published file")
    assert found.state == "missing"
    assert "make demo" in found.advice


def test_a_damaged_published_file_is_broken(home: Path) -> None:
    path = _settings(home).published_path
    content = bytearray(path.read_bytes())
    middle = slice(len(content) // 3, 2 * len(content) // 3)
    content[middle] = bytes(b ^ 0xFF for b in content[middle])
    path.chmod(0o644)
    path.write_bytes(content)
    found = _finding(_settings(home), "published file")
    assert found.state == "broken"
    assert "publish again" in found.advice


def test_a_full_disk_is_broken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 1_000_000_000))
    found = _finding(_settings(home), "disk")
    assert (found.state, found.advice) == ("broken", "1.0 GB free: make room")


@pytest.mark.parametrize(("broken", "code"), [(False, 0), (True, 1)])
def test_the_command_ends_with_1_when_something_is_broken(
    home: Path, monkeypatch: pytest.MonkeyPatch, broken: bool, code: int
) -> None:
    monkeypatch.setenv("CONFLICTWIRE_HOME", str(home))
    monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(home / "feeds.toml"))
    if broken:
        (home / "feeds.toml").unlink()
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == code
    assert "published file" in done.stdout
