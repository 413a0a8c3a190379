"""Parsing in a child process that can be killed: the bound no hostile document can argue with.

Own protocol instead of multiprocessing: a spawned multiprocessing child would import the
parent's main module again, which under an orchestrator is not ours.
"""

import asyncio
import contextlib
import pickle
import resource
import struct
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO

from tasks.errors import FeedError
from tasks.model.feeds import ParsedFeed
from tasks.model.reasons import PollReason

PARSE_SECONDS = 10.0
_START_SECONDS = 60.0  # a busy machine imports slowly; not the document's fault
_MAX_MEMORY = 2 * 1024**3
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class ParseJob:
    """The arguments of parse_feed."""

    content: bytes
    headers: dict[str, str]
    base_url: str
    feed_url: str


class ParseWorker:
    """One child process, started when first needed; close() when done."""

    def __init__(self, seconds: float = PARSE_SECONDS) -> None:
        self._seconds = seconds
        self._child: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()

    async def parse(self, job: ParseJob) -> ParsedFeed:
        """Return the document; FeedError as parse_feed, or when time or memory ran out."""
        async with self._lock:
            child = await self._running()
            try:
                async with asyncio.timeout(self._seconds):
                    result = await _ask(child, pickle.dumps(job))
            except TimeoutError as exc:
                await self._kill()
                detail = f"took longer than {self._seconds:g} s to parse"
                raise FeedError(PollReason.NOT_A_FEED, detail) from exc
            except (OSError, EOFError, asyncio.IncompleteReadError) as exc:
                await self._kill()
                raise FeedError(PollReason.NOT_A_FEED, "the parser died") from exc
        if isinstance(result, ParsedFeed):
            return result
        raise FeedError(*result)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tasks.polling.parse_worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=1 << 20,
            )
            async with asyncio.timeout(_START_SECONDS):
                await _read(self._child)  # its greeting: imports are done
        return self._child

    async def close(self) -> None:
        """End the child; a later parse would start another."""
        await self._kill()

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def _ask(child: asyncio.subprocess.Process, message: bytes) -> Any:
    if child.stdin is None:
        raise EOFError
    child.stdin.write(_LENGTH.pack(len(message)) + message)
    await child.stdin.drain()
    return await _read(child)


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
            result: ParsedFeed | tuple[PollReason, str] = parse_feed(
                job.content, job.headers, job.base_url, feed_url=job.feed_url
            )
        except FeedError as exc:
            result = (exc.reason, exc.detail)
        except MemoryError:
            result = (PollReason.TOO_LARGE, "needs too much memory to parse")
        _answer(answers, result)


def _answer(answers: BinaryIO, value: object) -> None:
    message = pickle.dumps(value)
    answers.write(_LENGTH.pack(len(message)) + message)
    answers.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
