"""Pages per second on one core against trafilatura.extract with its defaults.

Everything an article needs is included on our side: parsing, metadata, dates, the
text, inserts, language, wire credit, page kind and canonical address. The reference
returns the text alone. Pages: the development pages when they lie beside the
checkout, else the demo newsroom's. Both sides start warm, as the pool's children do, and
of several rounds the least counts: other work on the machine only ever adds.

`two_processes` is how much quicker the pool is with two workers than with one, and
`machine_two_processes` what the same machine gives two plain trafilatura loops: pages
that share caches and memory bandwidth cannot do better than that.
"""

import gzip
import json
import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from trafilatura import extract

from tasks.demo.corpus import articles
from tasks.demo.outlets import outlets
from tasks.demo.pages import render_article
from tasks.errors import ArticleError
from tasks.extraction.child import warm_up
from tasks.extraction.extract import extract_page
from tasks.extraction.workers import ExtractionPool, PageInput
from tasks.model.feeds import FetchedResponse

_DEVELOPMENT = Path(__file__).resolve().parents[3] / "shared" / "gold"
_FILES = ("extract_aeb.dev.jsonl.gz", "extract_newspages.dev.jsonl.gz")
_ROUNDS = 3
_WARM_UP = 5


def measure() -> dict[str, Any]:
    """Return pages per second of processor time, ours and the reference's, in turn."""
    pages = list(_pages())
    ours, reference = _one_core(pages)
    inputs = _inputs(pages)
    with ExtractionPool(1) as one, ExtractionPool(2) as two:
        for pool in (one, two):
            pool.extract(inputs[: 2 * _WARM_UP])
        gain, gain_wall = _gain(
            lambda: _in_pool(one, inputs), lambda: _in_pool(two, inputs)
        )
    ceiling, ceiling_wall = _gain(
        lambda: _plainly(pages, 1), lambda: _plainly(pages, 2)
    )
    return {
        "ours": round(len(pages) / ours, 1),
        "reference": round(len(pages) / reference, 1),
        "ratio": round(reference / ours, 3),
        "unit": "pages/s on one core",
        "n": len(pages),
        "two_processes": gain,
        "two_processes_by_the_clock": gain_wall,
        "machine_two_processes": ceiling,
        "machine_two_processes_by_the_clock": ceiling_wall,
    }


def _one_core(pages: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the processor time of all pages, ours and the reference's, page by page."""
    warm_up()
    for html, url in pages[:_WARM_UP]:
        _ours(html, url)
        extract(html, url=url)
    rounds = [[_both(*page) for page in pages] for _ in range(_ROUNDS)]
    least = [map(min, zip(*took, strict=True)) for took in zip(*rounds, strict=True)]
    ours, reference = (sum(side) for side in zip(*least, strict=True))
    return ours, reference


def _both(html: str, url: str) -> tuple[float, float]:
    start = process_time()
    _ours(html, url)
    middle = process_time()
    extract(html, url=url)
    return middle - start, process_time() - middle


def _ours(html: str, url: str) -> None:
    try:
        extract_page(html, url)
    except ArticleError:
        return  # a page that is no article took its time all the same


@dataclass(frozen=True, slots=True)
class _Took:
    """What one round over all pages took."""

    wall_s: float
    cpu_s: float  # of one worker on average, and of what hands out the pages


def _gain(
    alone: Callable[[], _Took], paired: Callable[[], _Took]
) -> tuple[float, float]:
    """Return how many times quicker two are than one: by processor time, by the clock.

    Processor time is what counts on a machine that others use as well: it says what two
    processes give when each has a core to itself. Rounds are taken in turn.
    """
    ones, twos = [], []
    for _ in range(_ROUNDS):
        ones.append(alone())
        twos.append(paired())
    cpu = min(t.cpu_s for t in ones) / min(t.cpu_s for t in twos)
    wall = min(t.wall_s for t in ones) / min(t.wall_s for t in twos)
    return round(cpu, 3), round(wall, 3)


def _in_pool(pool: ExtractionPool, inputs: list[PageInput]) -> _Took:
    """Extract all pages in a pool that runs already, as the nightly flow's does."""
    ids = pool.start()
    before = [_processor_s(pid) for pid in ids]
    own, start = process_time(), perf_counter()
    pool.extract(inputs)
    wall, own = perf_counter() - start, process_time() - own
    spent = [_processor_s(pid) - b for pid, b in zip(ids, before, strict=True)]
    return _Took(wall, sum(spent) / len(spent) + own)


def _plainly(pages: list[tuple[str, str]], processes: int) -> _Took:
    """Run trafilatura alone over the pages, shared among that many processes."""
    shares = [pages[n::processes] for n in range(processes)]
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    results = context.SimpleQueue()
    started = [
        context.Process(target=_loop, args=(share, barrier, results))
        for share in shares
    ]
    for process in started:
        process.start()
    took = [results.get() for _ in started]
    for process in started:
        process.join()
    return _Took(max(wall for wall, _ in took), sum(cpu for _, cpu in took) / processes)


def _loop(pages: list[tuple[str, str]], barrier: Any, results: Any) -> None:
    for html, url in pages[:_WARM_UP]:
        extract(html, url=url)
    barrier.wait()
    start, cpu = perf_counter(), process_time()
    for html, url in pages:
        extract(html, url=url)
    results.put((perf_counter() - start, process_time() - cpu))


def _processor_s(pid: int) -> float:
    """Return the processor time a running process has taken so far (Linux)."""
    text = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii")
    return int(text.split()[0]) / 1e9


def _inputs(pages: list[tuple[str, str]]) -> list[PageInput]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    headers = (("content-type", "text/html; charset=utf-8"),)
    return [
        PageInput(
            FetchedResponse(url, url, 200, headers, html.encode(), now, 0),
            None,
            None,
            now,
        )
        for html, url in pages
    ]


def _pages() -> Iterator[tuple[str, str]]:
    found = [path for name in _FILES if (path := _DEVELOPMENT / name).exists()]
    if not found:
        yield from _demo_pages()
    for path in found:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            yield from ((row["html"], row["url"]) for row in rows if "html" in row)


def _demo_pages() -> Iterator[tuple[str, str]]:
    known = articles()
    for article in known:
        outlet = outlets()[article.host]
        html = render_article(outlet, article, known[:6], amp=False)
        yield html.decode("utf-8", errors="replace"), article.url
