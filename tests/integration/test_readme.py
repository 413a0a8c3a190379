"""What README promises, run against a published file."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.demo.corpus import DAYS
from tests.integration.conftest import Newsroom

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, flags=re.DOTALL)


def test_the_readme_keeps_its_word(newsroom: Newsroom, tmp_path: Path) -> None:
    """Five queries with rows, and each reading command, on one published night."""
    newsroom.nightly(5)
    newsroom.nightly(len(DAYS))

    assert len(QUERIES) == 5
    for sql in QUERIES:
        assert newsroom.ask(sql.strip().rstrip(";")), sql

    run = CliRunner().invoke
    [(event_id,)] = newsroom.ask(
        "SELECT event_id FROM events ORDER BY event_id LIMIT 1"
    )
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
        ["diff", "2026-03-13", "latest"],
        ["report"],
    ):
        done = run(app, arguments)
        assert done.exit_code == 0, (arguments, done.output[-2000:], done.exception)
    assert list((tmp_path / "acled").iterdir())
    assert run(app, ["explain", "no-such-event"]).exit_code == 3
    assert run(app, ["query", "SELEC 1"]).exit_code == 1
    assert run(app, ["export", "no-such-layout"]).exit_code == 2


def test_every_command_explains_itself() -> None:
    listed = CliRunner().invoke(app, ["--help"])
    assert listed.exit_code == 0
    for name in (
        "run", "poll", "backfill", "reprocess", "publish", "report", "feeds", "explain",
        "diff", "export", "query", "verify", "doctor", "gazetteer", "serve-demo",
    ):  # fmt: skip
        assert name in listed.output
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0
