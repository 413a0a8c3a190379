"""One limiter per run, shared by polling and retrieval: concurrency and spacing per host."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    next_start: float = 0.0
    spacing_s: float = 0.0
    serial: asyncio.Lock = field(default_factory=asyncio.Lock)
    has_started: bool = False
    is_serial: bool = False  # a Crawl-delay allows one request at a time


class HostLimiter:
    """Lets at most `concurrency` requests at one host run, `spacing_s` between starts."""

    def __init__(
        self,
        *,
        concurrency: int,
        spacing_s: float,
        max_crawl_delay_s: float = 60.0,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._concurrency = concurrency
        self._spacing_s = spacing_s
        self._max_crawl_delay_s = max_crawl_delay_s
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    def slot(self, host: str) -> "_Turn":
        """Return what waits, on entering, for this host's turn and then holds a slot."""
        return _Turn(self, self._host(host))

    def set_crawl_delay(self, host: str, seconds: float) -> None:
        """Widen this host's spacing to its Crawl-delay (capped) and make it serial."""
        state = self._host(host)
        delay = min(max(seconds, 0.0), self._max_crawl_delay_s)
        if delay > state.spacing_s:
            if state.has_started:
                state.next_start += delay - state.spacing_s
            state.spacing_s = delay
        state.is_serial = True

    def _host(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            state = _Host(asyncio.Semaphore(self._concurrency))
            state.spacing_s = self._spacing_s
            self._hosts[host] = state
        return state

    async def wait(self, state: _Host) -> None:
        """Sleep until this host's next start.

        It is reserved before sleeping, so that two waiters never share one.
        """
        now = self._clock()
        start = max(now, state.next_start)
        state.next_start = start + state.spacing_s
        state.has_started = True
        if start > now:
            await self._sleep(start - now)


class _Turn:
    """One slot of one host; a class, because a generator costs as much as a request's URL."""

    __slots__ = ("_host", "_is_serial", "_limiter")

    def __init__(self, limiter: HostLimiter, host: _Host) -> None:
        self._limiter = limiter
        self._host = host
        self._is_serial = False

    async def __aenter__(self) -> None:
        await self._host.slots.acquire()
        try:
            if self._host.is_serial:
                await self._host.serial.acquire()
                self._is_serial = True
            await self._limiter.wait(self._host)
        except BaseException:  # cancelled while waiting: the turn goes to the next
            self._release()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._release()

    def _release(self) -> None:
        if self._is_serial:
            self._host.serial.release()
        self._host.slots.release()
