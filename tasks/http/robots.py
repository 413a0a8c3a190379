"""robots.txt as RFC 9309 reads it, fetched once per host and run."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from tasks.errors import FetchError
from tasks.http.client import HttpClient
from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import PollReason

MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be read
_TIMEOUT_S = 15.0
_NO_ANSWER = {
    PollReason.BAD_REDIRECT,
    PollReason.TOO_MANY_REDIRECTS,
    PollReason.REFUSED_ADDRESS,
    PollReason.BAD_URL,
}


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one host; rules None: everything is allowed, or nothing is."""

    rules: Protego | None
    allows_all: bool
    why: str

    def allows(self, url: str, robots_user_agent: str) -> bool:
        """Tell whether this user agent may fetch the URL."""
        if self.rules is None:
            return self.allows_all
        return bool(self.rules.can_fetch(url, robots_user_agent))

    def crawl_delay(self, robots_user_agent: str) -> float | None:
        """Return the seconds to leave between two requests; None: nothing said."""
        if self.rules is None:
            return None
        delay = self.rules.crawl_delay(robots_user_agent)
        return None if delay is None or delay <= 0 else float(delay)


def rules_of(response: FetchedResponse) -> RobotsRules:
    """Return what a robots.txt answer means (RFC 9309, 2.3.1).

    4xx, 429 apart: no rules, everything allowed. 5xx and 429: the host cannot answer now,
    nothing is allowed.
    """
    status = response.status
    if status == 200:
        text = response.body.decode("utf-8", "replace").lstrip("\ufeff")
        return RobotsRules(Protego.parse(text), allows_all=True, why="robots.txt")
    if 400 <= status < 500 and status != 429:
        return RobotsRules(None, allows_all=True, why=f"http {status}")
    return RobotsRules(None, allows_all=False, why=f"robots.txt: http {status}")


class RobotsCache:
    """Fetches each host's robots.txt at most once; tells the limiter its Crawl-delay."""

    def __init__(
        self,
        client: HttpClient,
        robots_user_agent: str,
        keep: Callable[[FetchedResponse], None] = lambda _: None,
    ) -> None:
        self._client = client
        self._keep = keep
        self._agent = robots_user_agent
        self._rules: dict[str, asyncio.Task[RobotsRules]] = {}

    async def rules_for(self, url: str) -> RobotsRules:
        """Return the rules of the URL's origin."""
        origin = str(URL(url).origin())
        task = self._rules.get(origin)
        if task is None:
            task = asyncio.create_task(self._fetch(origin))
            self._rules[origin] = task
        return await asyncio.shield(task)

    async def _fetch(self, origin: str) -> RobotsRules:
        try:
            response = await self._client.get(
                f"{origin}/robots.txt",
                max_bytes=MAX_BYTES,
                total_timeout_s=_TIMEOUT_S,
            )
        except FetchError as error:
            # RFC 9309, 2.3.1.2: a robots.txt behind too many redirects may count as
            # absent; one that cannot be reached must count as "nothing is allowed".
            allowed = error.reason in _NO_ANSWER
            return RobotsRules(None, allowed, f"robots.txt: {error.reason.value}")
        self._keep(response)
        rules = rules_of(response)
        delay = rules.crawl_delay(self._agent)
        if delay is not None:
            self._client.limiter.set_crawl_delay(URL(origin).raw_host or "", delay)
        return rules
