"""gazetteer: a name to its places against a bare dictionary of the same names.

The dictionary answers at once but holds everything in memory; `rss_mb` shows what ours
needs. `ours_million` is the same lookup over a million synthetic rows more.
"""

import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.stages._geo import reference_dir
from tasks.reference.gazetteer import Gazetteer
from tasks.reference.places import store
from tasks.reference.places.rows import Draft, NameClass

_NAMES = 4_000
_SYNTHETIC = 1_000_000
_SEED = 11
_EVERY = 97  # places of which one gives its name to the sample
_TURNS = 3  # the best of them: other processes only ever slow one down


def measure() -> dict[str, Any]:
    """Return microseconds per lookup, cold cache, ours and the dictionary's."""
    path = reference_dir() / "gazetteer.sqlite3"
    known = _sample(path)
    unknown = [f"{name}x" for name in known]
    table = {name: (name,) for name in known}
    found, missed, reference = (
        min(figures)
        for figures in zip(
            *(_turn(path, known, unknown, table) for _ in range(_TURNS)), strict=True
        )
    )
    ours = (found + missed) / 2
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.sqlite3"
        _synthetic(large)
        million = _time(Gazetteer(large), [f"place {i * 97}" for i in range(_NAMES)])
    return {
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 1),
        "unit": "microseconds of processor time per lookup",
        "n": len(known) + len(unknown),
        "ours_known": round(found, 2),
        "ours_unknown": round(missed, 2),
        "ours_million": round(million, 2),
        "rss_mb": _memory(path),
    }


def _turn(
    path: Path, known: list[str], unknown: list[str], table: dict[str, tuple[str]]
) -> tuple[float, float, float]:
    """Return the times of known and unknown names, and of the dictionary."""
    return (
        _time(Gazetteer(path), known),
        _time(Gazetteer(path), unknown),
        _dictionary(table, known + unknown),
    )


def _sample(path: Path) -> list[str]:
    """Return names that exist, in no order the file would favour.

    A name of many places is that many times as likely as a name of one.
    """
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT key, places FROM name WHERE country = ''")
    names: list[str] = []
    places = 0
    for key, lines in rows:
        before, places = places, places + lines.count("\n") + 1
        if before // _EVERY < places // _EVERY:
            names.append(key)
    random.Random(_SEED).shuffle(names)
    return names[: _NAMES // 2]


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
    connection = store.create(path)
    for first in range(1, _SYNTHETIC, 100_000):
        drafts = []
        for number in range(first, first + 100_000):
            draft = Draft(f"s:{number}", f"Place {number}", "FRA", 0, 0, "village", "s")
            draft.add_name(f"place {number}", NameClass.PREFERRED)
            drafts.append(draft)
        store.write_places(connection, drafts, first)
    store.finish(connection, {"version": "synthetic"})


def _memory(path: Path) -> float:
    """Return the resident memory of a process after it looked a third of all names up.

    By then the mapped part of the file and both caches are full.
    """
    rows = sqlite3.connect(path).execute("SELECT key FROM name WHERE country = ''")
    keys = islice(rows, 0, None, 3)
    code = (
        "import sys; from pathlib import Path; "
        "from tasks.reference.gazetteer import Gazetteer; "
        "g = Gazetteer(Path(sys.argv[1])); "
        "[None for line in sys.stdin if g.lookup_key(line[:-1]) is None]; "
        "print(Path('/proc/self/statm').read_text().split()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        input="".join(f"{key}\n" for (key,) in keys),
        capture_output=True,
        text=True,
        check=True,
    )
    return round(int(done.stdout) * resource.getpagesize() / 1024**2, 1)
