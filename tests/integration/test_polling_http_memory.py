"""Ten thousand feeds in one run: memory hardly grows with their number."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import asyncio, sys
from benchmarks.timings import poll
with poll._Server() as server:
    asyncio.run(poll._poll(server.port, int(sys.argv[1])))
# Not ru_maxrss: that begins at what the process that started us held.
status = open("/proc/self/status").read()
print(status.split("VmHWM:")[1].split()[0])
"""


def peak_kb(number: int) -> int:
    command = [sys.executable, "-c", SCRIPT, str(number)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=240, check=True
    )
    return int(done.stdout)


@pytest.mark.slow
def test_memory_is_flat_in_the_number_of_feeds() -> None:
    few, many = peak_kb(1_000), peak_kb(10_000)
    assert many < 500_000
    assert many - few < 60_000, "under 7 kB a feed, its state included"
