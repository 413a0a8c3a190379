"""What a piece of work costs: wall time, and processor time of this process and its children."""

import re
import resource
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Cost:
    """Seconds spent inside `with` blocks; entering again adds to it."""

    wall: float = 0.0
    processor: float = 0.0
    _wall_began: float = 0.0
    _processor_began: float = 0.0

    def __enter__(self) -> "Cost":
        """Start both clocks."""
        self._wall_began, self._processor_began = time.monotonic(), _used()
        return self

    def __exit__(self, *_: object) -> None:
        """Add what has passed since."""
        self.wall += time.monotonic() - self._wall_began
        self.processor += _used() - self._processor_began

    def rounded(self) -> dict[str, float]:
        """Return both as plain values."""
        return {"wall_s": round(self.wall, 2), "processor_s": round(self.processor, 2)}


def _used() -> float:
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def peak_mb() -> int:
    """Return the most memory this process ever held.

    Not getrusage's figure: a process inherits that of the one which started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    assert found is not None
    return int(found.group(1)) // 1024
