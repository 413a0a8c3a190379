"""The deployments on a real Prefect server and worker, against the demo newsroom."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.demo.corpus import DAYS, clock
from tests.integration.conftest import Newsroom
from warehouse.verify import content_hashes

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
LAST = len(DAYS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def deployed(newsroom: Newsroom) -> Iterator[dict[str, str]]:
    """Everything `make up` brings up, in a home folder of its own; yields the environment."""
    port = free_port()
    env = {
        **os.environ,
        **newsroom.environment(),
        "CONFLICTWIRE_PREFECT_PORT": str(port),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(newsroom.home / "prefect"),
    }
    try:
        yield env
    finally:
        call(env, "-m", "flows.server", "down")


def call(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def run_deployment(env: dict[str, str], name: str, **parameters: str) -> str:
    pairs = [part for k, v in parameters.items() for part in ("-p", f"{k}={v}")]
    return call(
        env, "-m", "prefect", "deployment", "run", f"{name}/{name}", *pairs, "--watch"
    )


def test_nightly_and_backfill_run_as_deployments(
    newsroom: Newsroom, deployed: dict[str, str]
) -> None:
    call(deployed, "-m", "flows.server", "up")
    call(deployed, "-m", "flows.server", "up")  # again: changes nothing, ends with 0

    newsroom.server.set_day(LAST)
    run_deployment(deployed, "nightly", now=clock(LAST).isoformat())
    assert newsroom.ask("SELECT count(*) >= 25 FROM events") == [(True,)]

    before = content_hashes(newsroom.settings.warehouse_path)
    run_deployment(
        deployed,
        "backfill",
        since="2026-03-31",
        until="2026-04-01",
        now=clock(LAST).isoformat(),
    )
    assert content_hashes(newsroom.settings.warehouse_path) == before
    flows = newsroom.ask("SELECT count(DISTINCT release_id) FROM releases")
    assert flows == [(1,)], "the same moment is the same release"
