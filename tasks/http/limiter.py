"""One limiter per run, shared by polling and retrieval: concurrency and spacing per host."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
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

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[None]:
        """Wait for this host's turn, then hold one of its slots."""
        state = self._host(host)
        async with state.slots:
            if state.is_serial:
                async with state.serial:
                    await self._wait(state)
                    yield
            else:
                await self._wait(state)
                yield

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

    async def _wait(self, state: _Host) -> None:
        """Reserve the next start before sleeping, so that two waiters never share one."""
        now = self._clock()
        start = max(now, state.next_start)
        state.next_start = start + state.spacing_s
        state.has_started = True
        if start > now:
            await self._sleep(start - now)
