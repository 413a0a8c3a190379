"""The warehouse on DuckDB 1.5: its tests again, and one file passed to and fro.

The package is installed beside the environment, pinned by hash, and put first on the
path of child processes.
"""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.publish import ReleaseInfo, publish
from warehouse.verify import content_hashes

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / ".cache" / "duckdb-1.5.5"
LOCK = ROOT / "tests" / "requirements-duckdb15.lock"

SUITE = (
    "tests/unit/warehouse",
    "tests/unit/loading",
    "tests/unit/exporting",
    "tests/unit/aggregation/test_load.py",
    "tests/unit/aggregation/test_dyad_days.py",
    "tests/structure/test_queries.py",
    "tests/structure/test_dictionary.py",
    "tests/integration/test_publish.py",
    "tests/integration/test_warehouse_kill.py",
)

_READ_AND_WRITE = """
import sys
from pathlib import Path
import duckdb
from tests.unit.warehouse.fill import fill
from warehouse.migrate import open_warehouse

assert duckdb.__version__.startswith("1.5"), duckdb.__version__
with duckdb.connect(sys.argv[1], read_only=True) as published:
    names = published.execute(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
    ).fetchall()
    for (name,) in names:
        published.execute(f'SELECT * FROM "{name}"').fetchall()
    print(len(names), len(published.execute("FROM event('event-1')").fetchall()))
fill(open_warehouse(Path(sys.argv[2])), 5, run_id="on 1.5")
"""


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Return an environment whose `import duckdb` is 1.5.5."""
    if not (TARGET / "duckdb").is_dir():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run(
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--require-hashes",
                "--no-deps",
                "--python",
                sys.executable,
                "--target",
                TARGET,
                "-r",
                LOCK,
            ],
            check=True,
            timeout=300,
        )
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(TARGET), str(ROOT)])}


@pytest.mark.slow
def test_the_warehouse_tests_pass_on_duckdb_1_5(environment: dict[str, str]) -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            "not slow",
            "-p",
            "no:cacheprovider",
            *SUITE,
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4_000:]


@pytest.mark.slow
def test_a_file_goes_from_2_0_to_1_5_and_back(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    assert not duckdb.__version__.startswith("1.5")
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    release = ReleaseInfo("r1", "run", make.NOW, "1", "test-1", "ref")
    published = publish(warehouse.path, tmp_path / "public", release, 1)
    child = subprocess.run(
        [sys.executable, "-c", _READ_AND_WRITE, published.path, warehouse.path],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2_000:]
    views, found = map(int, child.stdout.split())
    assert (views > 30, found) == (True, 1)
    assert warehouse.read("SELECT count(*) FROM main.events").item() == 5
    before = content_hashes(warehouse.path)
    fill(warehouse, 5, run_id="on 2.0 again")
    assert content_hashes(warehouse.path) == before
