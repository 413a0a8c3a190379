"""Extraction in long-lived child processes, so that a runaway page can be killed.

A page that exceeds its time or memory costs one child and one reject; the batch goes
on in a new child. No process is started per page, and pages go to the children in
shares, because each message wakes the parent on a core that a child is using. The
children talk over pipes and not through multiprocessing, because its spawn method
imports the caller's main module again, and its fork method is unsafe in a process
with threads.
"""

import fcntl
import pickle
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Self

from tasks.extraction.shares import share_out
from tasks.model.articles import Extraction, Reject
from tasks.model.feeds import Feed, FeedItem, FetchedResponse
from tasks.model.reasons import RejectReason, Stage

# Of processor time. The slowest real page measured takes under a second; this is for
# traps.
PAGE_TIMEOUT_S = 20.0
_STANDSTILL = 10  # times that, by the clock: the child does not even work
# The address space of one child: a 20 MB page takes about 500 MB.
MEMORY_BYTES = 3_000_000_000
START_TIMEOUT_S = 60.0
SPENT = 3  # the exit status of a child that a page took all memory or stack from
_PIPE_BYTES = 1_048_576

_LENGTH = struct.Struct("!Q")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class PageInput:
    """The arguments of extract_article for one page."""

    response: FetchedResponse
    item: FeedItem | None
    feed: Feed | None
    first_seen_at: datetime
    response_id: str | None = None
    twin: FetchedResponse | None = None  # the page's AMP or print twin, once retrieved


class _ChildLost(Exception):  # noqa: N818 - an event between two processes
    """The child died or did not answer in time."""


class _Child:
    """One child process; started on first use and again after each loss."""

    def __init__(self, page_timeout_s: float, memory_bytes: int) -> None:
        self._timeout = page_timeout_s
        self._limits = (str(memory_bytes), str(page_timeout_s))
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, pages: Sequence[PageInput]) -> list[Extraction]:
        """Return one extraction per page; the page that loses the child is a reject."""
        try:
            return self._ask(pages)
        except _ChildLost as error:
            self.stop()
            if len(pages) == 1:
                return [rejected(pages[0], RejectReason.PAGE_TRAP, str(error))]
        # one of them did it: asked alone, it shows
        return [found for page in pages for found in self.extract([page])]

    def start(self) -> subprocess.Popen[bytes]:
        """Return the running child, which has said that it is ready."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tasks.extraction.child", *self._limits],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            _widen(self._process.stdin)
            try:
                self._receive(self._process, START_TIMEOUT_S)
            except _ChildLost as error:  # no page's fault
                self.stop()
                raise ChildProcessError(f"no extraction process: {error}") from error
        return self._process

    def _ask(self, pages: Sequence[PageInput]) -> list[Extraction]:
        process = self.start()
        assert process.stdin is not None
        try:
            write_frame(process.stdin, pickle.dumps(pages, pickle.HIGHEST_PROTOCOL))
        except OSError as error:
            raise _ChildLost("the extraction process died") from error
        # The child's own alarm ends a runaway page; this is for a child that hangs.
        reply = self._receive(process, _STANDSTILL * self._timeout * len(pages))
        found: list[Extraction] = pickle.loads(reply)  # noqa: S301 - our child
        return found

    def _receive(self, process: subprocess.Popen[bytes], timeout_s: float) -> bytes:
        assert process.stdout is not None
        deadline = monotonic() + timeout_s
        data = bytearray()
        size = _LENGTH.size
        header = True
        while len(data) < size:
            left = deadline - monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                raise _ChildLost(f"no result after {timeout_s:g} s")
            chunk = process.stdout.read1(size - len(data))  # type: ignore[attr-defined]  # a BufferedReader
            if not chunk:
                raise _ChildLost(self._end_of(process))
            data += chunk
            if header and len(data) == size:
                size, header = _LENGTH.unpack(data)[0], False
                data.clear()
        return bytes(data)

    def _end_of(self, process: subprocess.Popen[bytes]) -> str:
        process.kill()  # if it closed the pipe and lives on; else this changes nothing
        ends = {
            -signal.SIGPROF: f"no result after {self._timeout:g} s",
            SPENT: "memory or stack used up",
        }
        return ends.get(process.wait(), "the extraction process died")

    def stop(self) -> None:
        """Kill the child and wait for its end; without a child, nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)


class ExtractionPool:
    """Extracts batches of pages in a fixed number of children; a context manager."""

    def __init__(
        self,
        workers: int = 1,
        *,
        page_timeout_s: float = PAGE_TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        if workers < 1:
            raise ValueError(f"workers must be at least 1, not {workers}")
        self._children = [_Child(page_timeout_s, memory_bytes) for _ in range(workers)]

    def extract(self, pages: Sequence[PageInput]) -> list[Extraction]:
        """Return one extraction per page, in the order of the pages."""
        results: dict[int, Extraction] = {}
        sizes = [len(page.response.body) for page in pages]
        shares = iter(share_out(sizes, len(self._children)))

        def serve(child: _Child) -> None:
            # next() on one shared iterator is atomic under the interpreter's lock
            for share in shares:
                found = child.extract([pages[number] for number in share])
                results.update(zip(share, found, strict=True))

        with ThreadPoolExecutor(len(self._children)) as threads:
            for served in [threads.submit(serve, child) for child in self._children]:
                served.result()
        return [results[number] for number in range(len(pages))]

    def start(self) -> list[int]:
        """Start the children that do not run yet; return the process ids of all.

        Not needed before extract(), which starts what it uses.
        """
        with ThreadPoolExecutor(len(self._children)) as threads:
            return [p.pid for p in threads.map(_Child.start, self._children)]

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    """Write one length-prefixed message."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """Return the next message; None when the other side has closed the pipe."""
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(header)
    return pipe.read(size)


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a whole page fit into the pipe: the parent need not wait for its reader."""
    if pipe is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        except OSError:  # the user's share of pipe memory is spent: a small one will do
            return


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # the child died with our last message unread: nothing to flush
        return


def rejected(page: PageInput, reason: RejectReason, detail: str) -> Extraction:
    """Return why there is no article of a page."""
    return Extraction(
        reject=Reject(
            Stage.EXTRACTION,
            reason,
            url=page.item.url if page.item else page.response.url,
            item_id=page.item.item_id if page.item else None,
            response_id=page.response_id,
            detail=detail,
        )
    )
