"""Parsing in a child process that can be killed: the bound no hostile document can argue with.

Own protocol instead of multiprocessing: a spawned multiprocessing child would import the
parent's main module again, which under an orchestrator is not ours.
"""

import asyncio
import contextlib
import pickle
import sys
from collections import deque
from dataclasses import dataclass
from typing import Any

from tasks.errors import FeedError
from tasks.model.feeds import ParsedFeed
from tasks.model.reasons import PollReason
from tasks.polling.parse_child import LENGTH, MODULE, Flat, ParseJob, packed, restored

PARSE_SECONDS = 10.0
_START_SECONDS = 60.0  # a busy machine imports slowly; not the document's fault
_BACKLOG = 32  # jobs waiting for the child from which it counts as busy
_AHEAD = 40  # jobs sent before their turn
_LARGE = 256_000  # bytes; of these, one job at a time


@dataclass(frozen=True, slots=True)
class _Pending:
    message: bytes
    answer: "asyncio.Future[ParsedFeed]"


class ParseWorker:
    """One child process, started when first needed; close() when done.

    Jobs are sent ahead, so that the child never waits for us; answers come in order.
    The oldest job's time runs from the answer before it. When it is up the child is
    killed, and the jobs behind it are sent to the next child.
    """

    def __init__(self, seconds: float = PARSE_SECONDS) -> None:
        self._seconds = seconds
        self._child: asyncio.subprocess.Process | None = None
        self._pending: deque[_Pending] = deque()
        self._pump: asyncio.Task[None] | None = None
        self._is_starting = False
        self._room = asyncio.Semaphore(_AHEAD)
        self._room_for_large = asyncio.Semaphore(1)

    @property
    def is_ready(self) -> bool:
        """Tell whether the child is up, or will be soon, and not far behind."""
        is_there = self._child is not None or self._is_starting
        return is_there and len(self._pending) < _BACKLOG

    def start_soon(self) -> None:
        """Start the child now; jobs may come before it is up."""
        if self._child is None and self._pump is None:
            self._is_starting = True
            self._pump = asyncio.create_task(self._warm_up())

    async def parse(self, job: ParseJob) -> ParsedFeed:
        """Return the document; FeedError as parse_feed, or when time or memory ran out."""
        is_large = len(job.content) > _LARGE
        async with self._room_for_large if is_large else self._room:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[ParsedFeed] = loop.create_future()
            pending = _Pending(packed(job), answer)
            self._pending.append(pending)
            if self._child is not None:
                _send(self._child, pending.message)
            if self._pump is None or self._pump.done():
                self._pump = asyncio.create_task(self._collect())
            return await answer

    async def close(self) -> None:
        """End the child; a later parse would start another."""
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        await self._kill()

    async def _warm_up(self) -> None:
        try:
            with contextlib.suppress(OSError, EOFError):  # jobs, if any, will try again
                await self._start()
        finally:
            self._is_starting = False
        await self._collect()

    async def _collect(self) -> None:
        """Hand out answers in order until no job is left."""
        while self._pending:
            result = await self._next_answer()
            _resolve(self._pending.popleft().answer, result)

    async def _next_answer(self) -> Any:
        try:
            child = self._child or await self._start()
            async with asyncio.timeout(self._seconds):
                return await _read(child)
        except TimeoutError:
            await self._kill()
            return PollReason.NOT_A_FEED, f"over {self._seconds:g} s to parse"
        except (OSError, EOFError):  # EOFError: also a read that ended early
            await self._kill()
            return PollReason.NOT_A_FEED, "the parser died"

    async def _start(self) -> asyncio.subprocess.Process:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            MODULE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                await _read(child)  # its greeting: imports are done
        except BaseException:  # the run may end before the child is up
            await _end(child)
            raise
        self._child = child
        for pending in self._pending:
            _send(child, pending.message)
        return child

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await _end(child)


async def _end(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    await child.wait()


def _resolve(answer: "asyncio.Future[ParsedFeed]", result: Any) -> None:
    if answer.done():  # whoever asked has left
        return
    if isinstance(result, Flat):
        answer.set_result(restored(result))
    else:
        answer.set_exception(FeedError(*result))


def _send(child: asyncio.subprocess.Process, message: bytes) -> None:
    # Not drained: _AHEAD and _LARGE bound what can pile up.
    if child.stdin is not None:
        child.stdin.write(message)


async def _read(child: asyncio.subprocess.Process) -> Any:
    if child.stdout is None:
        raise EOFError
    (length,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
    return pickle.loads(await child.stdout.readexactly(length))  # noqa: S301 - our child
