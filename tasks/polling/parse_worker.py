"""Parsing in a child process that can be killed: the bound no hostile document can argue with.

Own protocol instead of multiprocessing: a spawned multiprocessing child would import the
parent's main module again, which under an orchestrator is not ours.
"""

import asyncio
import contextlib
import importlib
import pickle
import resource
import struct
import sys
from collections import deque
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, BinaryIO, NamedTuple

from tasks.errors import FeedError
from tasks.model.feeds import FeedItem, ParsedFeed
from tasks.model.reasons import PollReason

PARSE_SECONDS = 10.0
_START_SECONDS = 60.0  # a busy machine imports slowly; not the document's fault
_MAX_MEMORY = 2 * 1024**3
_AHEAD = 16  # jobs sent before their turn
_LARGE = 256_000  # bytes; of these, one job at a time
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class ParseJob:
    """The arguments of parse_feed."""

    content: bytes
    headers: dict[str, str]
    base_url: str
    feed_url: str


@dataclass(frozen=True, slots=True)
class _Pending:
    message: bytes
    answer: "asyncio.Future[ParsedFeed]"


class _Flat(NamedTuple):
    """A ParsedFeed as tuples: frozen dataclasses pickle five times as slowly."""

    feed: ParsedFeed  # without items
    items: tuple[tuple[Any, ...], ...]


_item_fields = attrgetter(*(field.name for field in fields(FeedItem)))


def _flattened(parsed: ParsedFeed) -> _Flat:
    return _Flat(replace(parsed, items=()), tuple(map(_item_fields, parsed.items)))


def _restored(flat: _Flat) -> ParsedFeed:
    return replace(flat.feed, items=tuple(FeedItem(*values) for values in flat.items))


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
        self._room = asyncio.Semaphore(_AHEAD)
        self._room_for_large = asyncio.Semaphore(1)

    async def parse(self, job: ParseJob) -> ParsedFeed:
        """Return the document; FeedError as parse_feed, or when time or memory ran out."""
        is_large = len(job.content) > _LARGE
        async with self._room_for_large if is_large else self._room:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[ParsedFeed] = loop.create_future()
            pending = _Pending(_packed(job), answer)
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

    async def _collect(self) -> None:
        """Hand out answers in order until no job is left."""
        while self._pending:
            child = self._child or await self._start()
            try:
                async with asyncio.timeout(self._seconds):
                    result = await _read(child)
            except TimeoutError:
                await self._kill()
                result = (PollReason.NOT_A_FEED, f"over {self._seconds:g} s to parse")
            except (OSError, EOFError):  # EOFError: also a read that ended early
                await self._kill()
                result = (PollReason.NOT_A_FEED, "the parser died")
            _resolve(self._pending.popleft().answer, result)

    async def _start(self) -> asyncio.subprocess.Process:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tasks.polling.parse_worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        async with asyncio.timeout(_START_SECONDS):
            await _read(child)  # its greeting: imports are done
        self._child = child
        for pending in self._pending:
            _send(child, pending.message)
        return child

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()


def _resolve(answer: "asyncio.Future[ParsedFeed]", result: Any) -> None:
    if answer.done():  # whoever asked has left
        return
    if isinstance(result, _Flat):
        answer.set_result(_restored(result))
    else:
        answer.set_exception(FeedError(*result))


def _send(child: asyncio.subprocess.Process, message: bytes) -> None:
    # Not drained: _AHEAD and _LARGE bound what can pile up.
    if child.stdin is not None:
        child.stdin.write(message)


def _packed(value: object) -> bytes:
    message = pickle.dumps(value, protocol=5)
    return _LENGTH.pack(len(message)) + message


async def _read(child: asyncio.subprocess.Process) -> Any:
    if child.stdout is None:
        raise EOFError
    (length,) = _LENGTH.unpack(await child.stdout.readexactly(_LENGTH.size))
    return pickle.loads(await child.stdout.readexactly(length))  # noqa: S301 - our child


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until the parent closes its end."""
    from tasks.polling.parse import parse_feed

    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    _answer(answers, "ready")
    while head := requests.read(_LENGTH.size):
        job: ParseJob = pickle.loads(  # noqa: S301 - our parent
            requests.read(_LENGTH.unpack(head)[0])
        )
        try:
            parsed = parse_feed(
                job.content, job.headers, job.base_url, feed_url=job.feed_url
            )
            result: _Flat | tuple[PollReason, str] = _flattened(parsed)
        except FeedError as exc:
            result = (exc.reason, exc.detail)
        except MemoryError:
            result = (PollReason.TOO_LARGE, "needs too much memory to parse")
        _answer(answers, result)


def _answer(answers: BinaryIO, value: object) -> None:
    answers.write(_packed(value))
    answers.flush()


if __name__ == "__main__":
    # As __main__ this module's classes would pickle under a name the parent lacks.
    importlib.import_module("tasks.polling.parse_worker").main(
        sys.stdin.buffer, sys.stdout.buffer
    )
