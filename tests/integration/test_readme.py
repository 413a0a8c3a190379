"""What README and tutorial promise, run on what the demo leaves behind."""

import importlib.util
import os
import re
import sys
from pathlib import Path

import pytest
import vl_convert
from typer.testing import CliRunner

from flows.cli import app
from tests.integration import console_blocks
from tests.integration.conftest import Demo
from warehouse.query import read_published

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, flags=re.DOTALL)
NOTEBOOK = ROOT / "docs" / "notebooks" / "first_look.py"
TUTORIAL = ROOT / "docs" / "tutorial.md"


@pytest.fixture
def home(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """The demo's home folder, as the commands' own."""
    monkeypatch.setenv("CONFLICTWIRE_HOME", str(demo.home))
    feeds = demo.home / "private" / "demo-feeds.toml"
    monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(feeds))
    return demo


def test_the_readme_keeps_its_word(home: Demo, tmp_path: Path) -> None:
    """Five queries with rows, and each reading command, on what the demo published."""
    assert len(QUERIES) == 5
    for sql in QUERIES:
        assert read_published(home.published, sql.strip().rstrip(";")).rows, sql

    run = CliRunner().invoke
    [(event_id,)] = read_published(
        home.published, "SELECT event_id FROM events ORDER BY event_id LIMIT 1"
    ).rows
    for arguments in (
        ["query", "FROM events LIMIT 5"],
        ["query", "--json", "FROM events LIMIT 5"],
        ["query", "--csv", "FROM events LIMIT 5"],
        ["explain", event_id],
        ["explain", "--json", event_id],
        ["export", "acled", "--out", str(tmp_path / "acled")],
        ["export", "parquet", "--out", str(tmp_path / "parquet")],
        ["verify"],
        ["doctor"],
        ["feeds", "list", "--json"],
        ["feeds", "export-opml", str(tmp_path / "feeds.opml")],
        ["diff", "2023-09-20", "latest"],
        ["report"],
    ):
        done = run(app, arguments)
        assert done.exit_code == 0, (arguments, done.output[-2000:], done.exception)
    assert list((tmp_path / "acled").iterdir())
    assert run(app, ["explain", "no-such-event"]).exit_code == 3
    assert run(app, ["query", "SELEC 1"]).exit_code == 1
    assert run(app, ["export", "no-such-layout"]).exit_code == 2


def test_the_tutorial_prints_what_it_shows(
    demo: Demo, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    steps = console_blocks.steps_of(page)
    assert len(steps) >= 14
    found = console_blocks.run(steps, tmp_path, _terminal(demo, tmp_path))
    if request.config.getoption("--rewrite-golden"):
        TUTORIAL.write_text(console_blocks.with_steps(page, found), "utf-8")
        return
    for shown, printed in zip(steps, found, strict=True):
        assert printed == shown, "if this is better: make golden, and review the diff"


def test_the_notebook_shows_map_series_and_what_was_known_when(home: Demo) -> None:
    """Run as its user's browser would, without one; nothing but loopback is reachable."""
    spec = importlib.util.spec_from_file_location("first_look", NOTEBOOK)
    assert spec is not None
    assert spec.loader is not None
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, found = notebook.app.run()

    assert found["placed"].height > 50
    drawn = vl_convert.vegalite_to_svg(found["world"].to_json())
    assert drawn.count('aria-roledescription="point"') == found["placed"].height
    assert "mark-shape role-mark" in drawn
    assert found["months"]["num_events"].sum() > 50
    assert 0 in found["months"]["num_events"].to_list()
    assert "<svg" in vl_convert.vegalite_to_svg(found["series"].to_json())
    then, now = (
        found["then_and_now"]["origins_then"],
        found["then_and_now"]["origins_now"],
    )
    assert (now - then).max() > 0
    assert found["moments"][0].startswith("2023-09-17")


def _terminal(demo: Demo, folder: Path) -> dict[str, str]:
    """Prepare a folder where the demo has run, and return a plain shell's environment.

    `make demo` was run by the fixture; here it prints again what it printed there.
    """
    (folder / "data").symlink_to(demo.home)
    (folder / "demo.txt").write_text(demo.printed, encoding="utf-8")
    make = folder / "bin" / "make"
    make.parent.mkdir()
    make.write_text('#!/bin/sh\ntest "$1" = demo && cat demo.txt\n', encoding="utf-8")
    make.chmod(0o755)
    commands = Path(sys.executable).parent
    path = os.pathsep.join([str(make.parent), str(commands), os.environ["PATH"]])
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CONFLICTWIRE_")}
    return {**kept, "PATH": path, "LC_ALL": "C.UTF-8"}


def test_every_command_explains_itself() -> None:
    listed = CliRunner().invoke(app, ["--help"])
    assert listed.exit_code == 0
    for name in (
        "run", "poll", "backfill", "reprocess", "publish", "report", "feeds", "explain",
        "diff", "export", "query", "verify", "doctor", "gazetteer", "serve-demo",
    ):  # fmt: skip
        assert name in listed.output
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0
