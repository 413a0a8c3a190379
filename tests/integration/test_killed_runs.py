"""A flow process killed with SIGKILL around a load: nothing lost, nothing twice."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.demo.corpus import DAYS
from tests.integration.conftest import Newsroom, prepare_home
from warehouse.verify import content_hashes

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

LAST = len(DAYS)
_SCRIPT = Path(__file__).with_name("killed_run.py")


def run_process(room: Newsroom, day: int, kill: str) -> int:
    """Run one night in a process of its own; `kill` names where it dies, if at all."""
    env = {
        **os.environ,
        **room.environment(),
        # A Prefect home of its own per process: what is tested is the warehouse, and a
        # killed process holds its slot there until the lease ends.
        "PREFECT_HOME": str(room.home.parent / f"prefect-{room.home.name}-{kill}"),
    }
    log = room.home.parent / f"{room.home.name}-{kill}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(_SCRIPT), str(day), kill],
            env=env,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout=240)
        finally:
            # A killed flow leaves the temporary Prefect server it started.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if code not in (0, -signal.SIGKILL):
        raise AssertionError(log.read_text(errors="replace")[-3000:])
    return code


@pytest.fixture
def undisturbed(
    newsroom: Newsroom, tmp_path: Path, reference_dir: Path
) -> dict[str, str]:
    """Table hashes of a night that nobody killed."""
    room = Newsroom(newsroom.server, tmp_path / "undisturbed")
    prepare_home(room.home, reference_dir)
    newsroom.server.set_day(LAST)
    assert run_process(room, LAST, "never") == 0
    return content_hashes(room.home / "private" / "warehouse.duckdb")


def test_kills_before_and_after_commit_lose_and_double_nothing(
    newsroom: Newsroom, undisturbed: dict[str, str]
) -> None:
    warehouse = newsroom.home / "private" / "warehouse.duckdb"
    for kill in ("before-commit", "after-commit"):
        assert run_process(newsroom, LAST, kill) == -signal.SIGKILL
    assert run_process(newsroom, LAST, "never") == 0

    after = content_hashes(warehouse)
    assert {t for t in undisturbed if after[t] != undisturbed[t]} == set()
