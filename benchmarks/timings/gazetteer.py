"""gazetteer: a name to its places against a bare dictionary of the same names.

The dictionary answers at once but holds everything in memory; `rss_mb` shows what ours
needs. `ours_million` is the same lookup over a million synthetic rows more.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.stages._geo import reference_dir
from tasks.reference.gazetteer import Gazetteer
from tasks.reference.places import store
from tasks.reference.places.rows import Draft, NameClass

_NAMES = 4_000
_SYNTHETIC = 1_000_000
_SEED = 11


def measure() -> dict[str, Any]:
    """Return microseconds per lookup, cold cache, ours and the dictionary's."""
    path = reference_dir() / "gazetteer.sqlite3"
    names = _sample(path)
    table = {name: (name,) for name in names}
    ours, reference = _time(Gazetteer(path), names), _dictionary(table, names)
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.sqlite3"
        _synthetic(large)
        million = _time(Gazetteer(large), [f"place {i * 97}" for i in range(_NAMES)])
    return {
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 1),
        "unit": "microseconds of processor time per lookup",
        "n": len(names),
        "ours_million": round(million, 2),
        "rss_mb": _memory(path),
    }


def _sample(path: Path) -> list[str]:
    """Return names as news has them: half known, half not."""
    import sqlite3

    rows = sqlite3.connect(path).execute(
        "SELECT DISTINCT key FROM name WHERE place % 97 = 0 LIMIT ?", (_NAMES // 2,)
    )
    names = [str(row[0]) for row in rows]
    names += [f"{name}x" for name in names]
    random.Random(_SEED).shuffle(names)
    return names


def _time(gazetteer: Gazetteer, names: list[str]) -> float:
    gazetteer.lookup("warm")
    start = time.process_time()
    for name in names:
        gazetteer.lookup_key(name)
    return (time.process_time() - start) / len(names) * 1e6


def _dictionary(table: dict[str, tuple[str]], names: list[str]) -> float:
    start = time.process_time()
    for name in names:
        table.get(name)
    return (time.process_time() - start) / len(names) * 1e6


def _synthetic(path: Path) -> None:
    connection = store.connect(path)
    connection.executescript(store.SCHEMA)
    for first in range(1, _SYNTHETIC, 100_000):
        drafts = []
        for number in range(first, first + 100_000):
            draft = Draft(f"s:{number}", f"Place {number}", "FRA", 0, 0, "village", "s")
            draft.add_name(f"place {number}", NameClass.PREFERRED)
            drafts.append(draft)
        store.write_places(connection, drafts, first)
    connection.close()


def _memory(path: Path) -> float:
    """Return the resident memory of a process that only looks names up."""
    code = (
        "import sys; from pathlib import Path; "
        "from tasks.reference.gazetteer import Gazetteer; "
        "g = Gazetteer(Path(sys.argv[1])); "
        "[g.lookup(f'{a}{b}') for a in ('san ', 'al ', '') for b in range(3000)]; "
        "print(Path('/proc/self/statm').read_text().split()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return round(int(done.stdout) * resource.getpagesize() / 1024**2, 1)
