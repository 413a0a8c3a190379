"""A newsroom and a home folder for flows under test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.demo.corpus import clock
from tasks.demo.outlets import feeds_toml
from tasks.demo.server import DemoServer, serve_demo
from tasks.settings import Settings


@dataclass
class Newsroom:
    """The served newsroom, and a home folder whose settings point at it."""

    server: DemoServer
    home: Path

    @property
    def settings(self) -> Settings:
        return Settings()

    @property
    def published(self) -> Path:
        return self.settings.published_path

    def environment(self) -> dict[str, str]:
        return {
            "CONFLICTWIRE_HOME": str(self.home),
            "CONFLICTWIRE_FEEDS": str(self.home / "feeds.toml"),
            "CONFLICTWIRE_HOST_MAP": self.server.host_map,
            "CONFLICTWIRE_PER_HOST_SPACING_S": "0.01",
        }

    def nightly(self, day: int) -> dict[str, Any]:
        """Run the nightly flow on that day of the newsroom."""
        from flows.nightly import nightly

        self.server.set_day(day)
        return nightly(now=clock(day))

    def ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return rows of the published file."""
        from warehouse.query import read_published

        return read_published(self.published, sql, parameters).rows


@pytest.fixture
def newsroom(
    tmp_path: Path, reference_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Newsroom]:
    with serve_demo(day=1) as server:
        room = Newsroom(server, tmp_path / "home")
        prepare_home(room.home, reference_dir)
        for name, value in room.environment().items():
            monkeypatch.setenv(name, value)
        yield room


def prepare_home(home: Path, reference_dir: Path) -> None:
    """Make a home folder with the newsroom's feeds and the gazetteer already built."""
    home.mkdir(parents=True)
    (home / "feeds.toml").write_text(feeds_toml(), encoding="utf-8")
    (home / "reference").mkdir()
    for path in reference_dir.iterdir():
        os.link(path, home / "reference" / path.name) if _same_device(
            path, home
        ) else shutil.copy(path, home / "reference")


def _same_device(a: Path, b: Path) -> bool:
    return a.stat().st_dev == b.stat().st_dev


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass(frozen=True)
class Demo:
    """What `make demo` leaves behind: its home folder, and what it printed."""

    home: Path
    printed: str

    @property
    def published(self) -> Path:
        return self.home / "public" / "conflict.duckdb"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, reference_dir: Path) -> Demo:
    """Run `make demo` once, with the gazetteer already built; about a minute."""
    work = tmp_path_factory.mktemp("demo")
    home = work / "data"
    prepare_home(home, reference_dir)
    done = subprocess.run(
        [sys.executable, "-m", "flows.demo"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "CONFLICTWIRE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=1_800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    return Demo(home, done.stdout.replace(str(home), "data"))
