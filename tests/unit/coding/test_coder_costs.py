"""What a coder costs: start-up, memory, time in proportion to length, and no traps.

Times are of the processor, best of several, and compared with each other or with bounds
several times what is needed: a busy machine must not decide.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tasks.coding.coder import Coder
from tasks.coding.reading.document import MAX_CODED_CHARS
from tasks.model.coding import Document

ROOT = Path(__file__).resolve().parents[3]
_STORY = (
    "Gunmen killed {n} villagers in Goundam, in Mali's northern Timbuktu region, on "
    "Sunday, the army said. Residents said {n} houses were burned near Léré.\n\n"
)
# Text that invites a pattern to try again and again.
_TRAPS = {
    "one word": "attack ",
    "one letter": "a",
    "capitals": "Mali ",
    "no spaces": "killed,",
    "open quotes": '"he said ',
    "numbers": "12 to 15 or ",
    "full stops": ". ",
    "line breaks": "\n",
    "spaces": "   ",
    "dates": "on Monday 3 March ",
    "commas": "the army, the police, ",
    "titles": "Gen. ",
    "of the": "north of the ",
    "abbreviations": "U.S. ",
    "apostrophes": "N'",
    "hyphens": "ex-",
    "passive": "killed by ",
    "pairs of names": "JNIM and ",
    "split verbs": "set a b c d e ",
    "open brackets": "(CMA",
    "negations": "no no no ",
}


@pytest.fixture(scope="module")
def coder(reference_dir: Path) -> Coder:
    """The coder users get, places included."""
    return Coder.load(reference_dir)


def _seconds(coder: Coder, text: str) -> float:
    document = Document("t", text, "")
    start = time.process_time()
    coder.code(document)
    return time.process_time() - start


def test_a_fresh_process_starts_within_two_seconds_and_250_mb(
    reference_dir: Path,
) -> None:
    code = """
import json, sys, time
from pathlib import Path
from tasks.coding.coder import Coder
from tasks.model.coding import Document
coder = Coder.load(Path(sys.argv[1]))
ready = time.process_time()
for n in range(20):
    coder.code(Document("t", sys.argv[2].format(n=n) * 5, ""))
status = Path("/proc/self/status").read_text()  # ru_maxrss would be the parent's too
print(json.dumps([ready, int(status.split("VmHWM:")[1].split()[0]) / 1024]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(reference_dir), _STORY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ready, peak_mb = json.loads(done.stdout)
    assert ready < 2.0
    assert peak_mb < 250


def test_four_times_the_text_costs_about_four_times_the_time(coder: Coder) -> None:
    _seconds(coder, _STORY.format(n=3) * 5)
    short = min(
        _seconds(coder, "".join(_STORY.format(n=n) for n in range(2, 22)))
        for _ in range(3)
    )
    long = min(
        _seconds(coder, "".join(_STORY.format(n=n) for n in range(2, 82)))
        for _ in range(3)
    )
    assert long < 8 * short


@pytest.mark.slow
@pytest.mark.parametrize("piece", _TRAPS.values(), ids=_TRAPS.keys())
def test_repetition_costs_no_more_than_any_text(coder: Coder, piece: str) -> None:
    text = "Gunmen attacked Goundam. " + piece * (MAX_CODED_CHARS // len(piece))
    assert _seconds(coder, text) < 15


def test_five_megabytes_cost_what_the_longest_text_read_costs(coder: Coder) -> None:
    story = "".join(_STORY.format(n=n % 90) for n in range(40_000))
    assert len(story) > 5_000_000
    whole, read = _seconds(coder, story), _seconds(coder, story[:MAX_CODED_CHARS])
    assert whole < 3 * read + 1
    assert coder.code(Document("t", story, "")).mentions
