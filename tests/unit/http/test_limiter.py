"""The per-host limiter, on a clock that only sleeping moves."""

import asyncio

import pytest

from tasks.http.limiter import HostLimiter


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


def limiter(clock: Clock, concurrency: int = 2, spacing_s: float = 1.0) -> HostLimiter:
    return HostLimiter(
        concurrency=concurrency, spacing_s=spacing_s, clock=clock, sleep=clock.sleep
    )


async def starts(hosts: HostLimiter, clock: Clock, *names: str) -> list[float]:
    seen = []

    async def ask(name: str) -> None:
        async with hosts.slot(name):
            seen.append(clock.now)

    await asyncio.gather(*(ask(name) for name in names))
    return seen


async def test_two_starts_at_one_host_keep_their_distance() -> None:
    clock = Clock()
    assert await starts(limiter(clock), clock, "a", "a", "a") == [0.0, 1.0, 2.0]


async def test_other_hosts_do_not_wait() -> None:
    clock = Clock()
    assert await starts(limiter(clock), clock, "a", "b", "c") == [0.0, 0.0, 0.0]


async def test_crawl_delay_widens_the_distance_from_the_next_start_on() -> None:
    clock = Clock()
    hosts = limiter(clock)
    async with hosts.slot("a"):
        hosts.set_crawl_delay("a", 5)
    assert await starts(hosts, clock, "a", "a") == [5.0, 10.0]


async def test_crawl_delay_never_narrows_and_is_capped() -> None:
    clock = Clock()
    hosts = limiter(clock, spacing_s=2)
    hosts.set_crawl_delay("a", 0.1)
    assert await starts(hosts, clock, "a", "a") == [0.0, 2.0]
    hosts.set_crawl_delay("b", 1e9)
    assert await starts(hosts, clock, "b", "b") == [2.0, 62.0]


@pytest.mark.parametrize(("crawl_delay", "most"), [(None, 2), (0.0, 1)])
async def test_no_more_requests_at_once_than_allowed(
    crawl_delay: float | None, most: int
) -> None:
    hosts = HostLimiter(concurrency=2, spacing_s=0)
    if crawl_delay is not None:
        hosts.set_crawl_delay("a", crawl_delay)
    running = peak = 0

    async def ask() -> None:
        nonlocal running, peak
        async with hosts.slot("a"):
            running += 1
            peak = max(peak, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*(ask() for _ in range(10)))
    assert peak == most


async def test_slot_is_given_back_after_an_error() -> None:
    hosts = HostLimiter(concurrency=1, spacing_s=0)
    for _ in range(3):
        with pytest.raises(ValueError, match="x"):
            async with hosts.slot("a"):
                raise ValueError("x")


@pytest.mark.parametrize("is_serial", [False, True])
async def test_turn_of_a_cancelled_waiter_goes_to_the_next(*, is_serial: bool) -> None:
    async def for_ever(_: float) -> None:
        await asyncio.Event().wait()

    hosts = HostLimiter(concurrency=1, spacing_s=1.0, clock=lambda: 0.0, sleep=for_ever)
    if is_serial:
        hosts.set_crawl_delay("a", 1.0)
    async with hosts.slot("a"):
        pass  # the first start needs no wait
    for _ in range(3):
        waiter = asyncio.create_task(hosts.slot("a").__aenter__())
        await asyncio.sleep(0)
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
    host = hosts._host("a")
    assert not host.slots.locked()
    assert not host.serial.locked()
