"""SIGKILL anywhere: nothing lost, nothing twice. Real processes, real signals."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.verify import content_hashes, verify_file

ROOT = Path(__file__).parent.parent.parent

# A loader that stops at a named point and says so; the test kills it there.
_STOPPING = """
    import sys, time
    from pathlib import Path
    from tests.unit.warehouse import make
    from tasks.loading.load import load_articles, load_coded
    from warehouse.connect import Warehouse

    def stop(point):
        if point == sys.argv[2]:
            print(point, flush=True)
            time.sleep(60)

    warehouse = Warehouse(Path(sys.argv[1]), wait_s=20)
    numbers = range(1, 21)
    with warehouse.transaction("batch", "run") as tx:
        if not tx.already_done:
            stop("begun")
        load_articles(tx, [make.article(n) for n in numbers], make.NOW)
        if not tx.already_done:
            stop("half")
        load_coded(tx, [make.coded(n) for n in numbers], make.NOW)
        if not tx.already_done:
            stop("before commit")
    stop("after commit")
    print("done", flush=True)
"""

# A loader that commits one batch after another and acknowledges each on its output.
_LOOPING = """
    import sys
    from pathlib import Path
    from tests.unit.warehouse import make
    from tasks.loading.load import load_articles, load_coded
    from warehouse.connect import Warehouse

    warehouse = Warehouse(Path(sys.argv[1]), wait_s=20)
    for batch in range(int(sys.argv[2]), 10_000):
        with warehouse.transaction(f"batch-{batch}", "run") as tx:
            ids = range(batch * 5, batch * 5 + 5)
            load_articles(tx, [make.article(n) for n in ids], make.NOW)
            load_coded(tx, [make.coded(n) for n in ids], make.NOW)
        print(batch, flush=True)
"""


def _start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*_inherited(), str(ROOT)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _inherited() -> list[str]:
    return [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]


def _kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=20) == -signal.SIGKILL


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Hashes of the same load without any kill."""
    warehouse = make.new_warehouse(tmp_path_factory.mktemp("undisturbed"))
    whole = _start(_STOPPING, str(warehouse.path), "nowhere")
    assert whole.communicate(timeout=60)[0].strip() == "done"
    return content_hashes(warehouse.path)


@pytest.mark.parametrize("point", ["begun", "half", "before commit", "after commit"])
def test_a_load_killed_at_any_point_and_run_again_is_whole(
    tmp_path: Path, point: str, undisturbed: dict[str, str]
) -> None:
    warehouse = make.new_warehouse(tmp_path / "killed")
    killed = _start(_STOPPING, str(warehouse.path), point)
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == point
    _kill(killed)
    held = warehouse.read("SELECT count(*) FROM core.article").item()
    assert held == (20 if point == "after commit" else 0)
    assert warehouse.is_committed("batch") == (point == "after commit")

    again = _start(_STOPPING, str(warehouse.path), "nowhere")
    assert again.communicate(timeout=60)[0].strip() == "done"

    assert content_hashes(warehouse.path) == undisturbed
    assert warehouse.read("SELECT count(*) FROM meta.load_run").item() == 1


def test_a_killed_holder_frees_the_lock_at_once(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    holder = _start(_STOPPING, str(warehouse.path), "half")
    assert holder.stdout is not None
    holder.stdout.readline()
    _kill(holder)
    started = time.monotonic()
    assert warehouse.read("SELECT 1").item() == 1
    assert time.monotonic() - started < 5


@pytest.mark.slow
def test_kills_at_random_moments_lose_no_acknowledged_batch(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    moments = random.Random(20260301)
    next_batch = 0
    for _ in range(6):
        loader = _start(_LOOPING, str(warehouse.path), str(next_batch))
        assert loader.stdout is not None
        acknowledged = int(loader.stdout.readline())
        time.sleep(moments.uniform(0.0, 0.4))
        _kill(loader)
        acknowledged = max([acknowledged, *map(int, loader.stdout.read().split())])
        next_batch = _assert_whole_batches(warehouse, acknowledged) + 1
    verify_file(warehouse.path)


def _assert_whole_batches(warehouse: Warehouse, acknowledged: int) -> int:
    """Every batch is there entirely or not at all; return the newest one."""
    keys = warehouse.read("SELECT load_key FROM meta.load_run")["load_key"].to_list()
    batches = sorted(int(key.removeprefix("batch-")) for key in keys)
    assert batches == list(range(len(batches)))
    assert batches[-1] in (acknowledged, acknowledged + 1)
    for table in ("article", "event_mention", "claim", "coded_article"):
        held = warehouse.read(f"SELECT count(*) FROM core.{table}").item()
        assert held == 5 * len(batches), table
    return batches[-1]


def test_writers_in_several_processes_take_turns(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    script = """
        import sys
        from pathlib import Path
        from tests.unit.warehouse import make
        from tasks.loading.load import load_articles
        from warehouse.connect import Warehouse
        warehouse = Warehouse(Path(sys.argv[1]), wait_s=60)
        for n in range(5):
            number = int(sys.argv[2]) * 100 + n
            with warehouse.transaction(f"k-{number}", "run") as tx:
                load_articles(tx, [make.article(number)], make.NOW)
        print("done", flush=True)
    """
    writers = [_start(script, str(warehouse.path), str(w)) for w in (1, 2, 3)]
    assert [w.communicate(timeout=120)[0].strip() for w in writers] == ["done"] * 3
    assert warehouse.read("SELECT count(*) FROM core.article").item() == 15


def test_a_damaged_log_is_noticed(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    script = """
        import os, signal, sys
        from pathlib import Path
        from tests.unit.warehouse import make
        from tasks.loading.load import load_articles
        from warehouse.connect import Warehouse
        warehouse = Warehouse(Path(sys.argv[1]), wait_s=20)
        with warehouse.session() as connection:
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")
            with warehouse.transaction("k", "run") as tx:
                load_articles(tx, [make.article(1)], make.NOW)
            os.kill(os.getpid(), signal.SIGKILL)
    """
    _start(script, str(warehouse.path)).wait(timeout=60)
    wal = warehouse.path.with_name(warehouse.path.name + ".wal")
    assert wal.exists()
    wal.unlink()
    with pytest.raises(Exception, match="lacks the load 'k'"):
        warehouse.read("SELECT 1")


def test_a_second_run_over_the_same_night_changes_nothing(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse, 10)
    before = content_hashes(warehouse.path)
    fill(warehouse, 10, run_id="run-2")
    assert content_hashes(warehouse.path) == before
