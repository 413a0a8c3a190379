"""Polling over real HTTP on loopback: politeness, conditional GET, moves, rests."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from tasks.errors import FetchError
from tasks.http.client import HttpClient, HttpPolicy
from tasks.model.feeds import Feed, FeedState, FeedStatus, PollOutcome
from tasks.model.reasons import PollReason
from tasks.polling.check import check_feeds, is_confirmed
from tasks.polling.poll import poll_feeds
from tests.fixtures.feeds.server import Request, Server, answer, serving

START = datetime(2026, 11, 3, 12, tzinfo=UTC)


def rss(*numbers: int, extra: str = "") -> bytes:
    items = "".join(
        f"<item><title>News {n}</title><link>http://a.example/{n}</link>"
        f"<guid isPermaLink='false'>{n}</guid>"
        f"<pubDate>Mon, {1 + n % 28:02d} Nov 2026 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>"
        f"<link>http://a.example/</link>{extra}{items}</channel></rss>"
    ).encode()


@dataclass
class World:
    """A scripted web: answers by host and path, a clock, and what polling remembers."""

    server: Server
    client: HttpClient
    answers: dict[str, bytes]
    at: datetime = START
    states: dict[str, FeedState] = field(default_factory=dict)

    async def poll(
        self, *hosts: str, force: bool = True, every: int = 24
    ) -> dict[str, PollOutcome]:
        feeds = [Feed(f"http://{host}.example/feed", host) for host in hosts]
        return await self.poll_feeds(feeds, force=force, every=every)

    async def poll_feeds(
        self, feeds: Sequence[Feed], *, force: bool = True, every: int = 24
    ) -> dict[str, PollOutcome]:
        outcomes = {}
        async for outcome in poll_feeds(
            feeds, self.states, self.client, lambda: self.at,
            concurrency=4, force=force, full_get_every=every,
        ):  # fmt: skip
            outcomes[outcome.feed.name] = outcome
            self.states[outcome.feed.feed_url] = outcome.state
        return outcomes

    def says(
        self, host: str, body: bytes, status: str = "200 OK", **headers: str
    ) -> None:
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[f"{host}.example/feed"] = answer(body, status, fields)

    def last(self) -> Request:
        return self.server.log[-1]


@asynccontextmanager
async def world(spacing_s: float = 0, **policy: float) -> AsyncIterator[World]:
    answers: dict[str, bytes] = {}

    async def talk(
        request: Request, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        asked = f"{request.host}{request.path}"
        etag = request.headers.get("if-none-match")
        reply = answers.get(f"{asked} {etag}") or answers.get(asked)
        writer.write(reply or answer(status="404 Not Found"))
        await writer.drain()

    async with serving(talk) as server:
        rules = HttpPolicy(
            host_map=server.host_map, per_host_spacing_s=spacing_s,
            contact_url="https://newsroom.example/bot", **policy,
        )  # fmt: skip
        async with HttpClient(rules, now=lambda: START) as client:
            yield World(server, client, answers)


async def test_first_poll_brings_all_items_and_stores_validators() -> None:
    async with world() as w:
        w.says(
            "a", rss(1, 2), ETag='"v1"', Last_Modified="Mon, 02 Nov 2026 10:00:00 GMT"
        )
        outcome = (await w.poll("a"))["a"]
        assert outcome.poll.reason is PollReason.OK
        assert [i.title for i in outcome.items] == ["News 1", "News 2"]
        assert outcome.state.etag == '"v1"'
        assert outcome.state.last_modified == "Mon, 02 Nov 2026 10:00:00 GMT"
        assert outcome.response is not None
        assert outcome.response.retrieved_at == START


async def test_request_says_who_we_are_and_what_we_accept() -> None:
    async with world() as w:
        w.says("a", rss(1))
        await w.poll("a")
        headers = w.last().headers
        assert "Conflictwire" in headers["user-agent"]
        assert "https://newsroom.example/bot" in headers["user-agent"]
        assert {"gzip", "br", "zstd"} <= set(headers["accept-encoding"].split(", "))
        assert "cookie" not in headers


async def test_validators_go_back_verbatim_and_304_brings_nothing() -> None:
    async with world() as w:
        odd = 'W/"odd--v1;gzip"'
        w.says("a", rss(1), ETag=odd, Last_Modified="yesterday")
        w.answers[f"a.example/feed {odd}"] = answer(status="304 Not Modified")
        await w.poll("a")
        outcome = (await w.poll("a"))["a"]
        assert w.last().headers["if-none-match"] == odd
        assert w.last().headers["if-modified-since"] == "yesterday"
        assert outcome.poll.reason is PollReason.NOT_MODIFIED
        assert outcome.items == ()
        assert outcome.response is None


async def test_304_may_renew_the_validator() -> None:
    async with world() as w:
        w.says("a", rss(1), ETag='"v1"')
        w.answers['a.example/feed "v1"'] = answer(
            status="304 Not Modified", headers={"ETag": '"v2"'}
        )
        await w.poll("a")
        assert (await w.poll("a"))["a"].state.etag == '"v2"'


async def test_validators_of_an_unparsable_answer_are_not_stored() -> None:
    async with world() as w:
        w.says("a", b"<html>down for maintenance</html>", ETag='"maintenance"')
        outcome = (await w.poll("a"))["a"]
        assert outcome.poll.reason is PollReason.NOT_A_FEED
        assert outcome.state.etag is None
        await w.poll("a")
        assert "if-none-match" not in w.last().headers


@pytest.mark.parametrize("headers", [{"Expires": "0"}, {"Cache_Control": "no-store"}])
async def test_validators_are_not_kept_when_the_server_forbids_it(
    headers: dict[str, str],
) -> None:
    async with world() as w:
        w.says("a", rss(1), ETag='"v1"', **headers)
        await w.poll("a")
        await w.poll("a")
        assert "if-none-match" not in w.last().headers


async def test_304_to_an_unconditional_request_is_a_failure_not_silence() -> None:
    async with world() as w:
        w.says("a", b"", status="304 Not Modified")
        outcome = (await w.poll("a"))["a"]
        assert outcome.poll.reason is PollReason.UNEXPECTED_STATUS
        assert outcome.state.consecutive_failures == 1


async def test_same_body_is_recognised_without_parsing() -> None:
    async with world() as w:
        w.says("a", rss(1))
        await w.poll("a")
        outcome = (await w.poll("a"))["a"]
        assert outcome.poll.reason is PollReason.SAME_BODY
        assert outcome.items == ()


async def test_every_nth_poll_is_unconditional() -> None:
    async with world() as w:
        w.says("a", rss(1), ETag='"v1"')
        w.answers['a.example/feed "v1"'] = answer(status="304 Not Modified")
        for _ in range(7):
            await w.poll("a", every=3)
        asked = ["if-none-match" in r.headers for r in w.server.log]
        assert asked == [False, True, False, True, True, False, True]


async def test_feed_whose_validator_hides_news_is_never_asked_conditionally_again() -> (
    None
):
    async with world() as w:
        w.says("a", rss(1), ETag='"stuck"')
        w.answers['a.example/feed "stuck"'] = answer(status="304 Not Modified")
        await w.poll("a", every=3)
        await w.poll("a", every=3)
        w.says("a", rss(1, 2), ETag='"stuck"')
        outcome = (await w.poll("a", every=3))["a"]
        assert [i.title for i in outcome.items] == ["News 2"]
        assert outcome.state.etag_lies
        await w.poll("a", every=3)
        assert "if-none-match" not in w.last().headers


async def test_only_new_and_edited_items_come_again() -> None:
    async with world() as w:
        w.says("a", rss(1, 2))
        first = (await w.poll("a"))["a"]
        w.says("a", rss(1, 2, 3).replace(b"News 1", b"News 1, corrected"))
        outcome = (await w.poll("a"))["a"]
        assert [i.title for i in outcome.items] == ["News 1, corrected", "News 3"]
        assert outcome.items[0].item_id == first.items[0].item_id
        assert outcome.poll.num_new_items == 1


async def test_one_request_per_feed_and_run() -> None:
    async with world() as w:
        hosts = [f"h{n}" for n in range(20)]
        for host in hosts:
            w.says(host, rss(1))
        await w.poll(*hosts, *hosts)
        assert len(w.server.log) == 20
        assert all(w.server.count(f"{host}.example") == 1 for host in hosts)


async def test_feed_that_is_not_due_is_not_asked() -> None:
    async with world() as w:
        w.says("a", rss(1))
        await w.poll("a")
        assert await w.poll("a", force=False) == {}
        w.at = START + timedelta(hours=13)
        assert set(await w.poll("a", force=False)) == {"a"}


async def test_feeds_of_one_host_are_spaced_and_never_overlap() -> None:
    async with world(spacing_s=0.3, per_host_concurrency=1) as w:
        feeds = [Feed(f"http://a.example/{n}", str(n)) for n in range(4)]
        for n in range(4):
            w.answers[f"a.example/{n}"] = answer(rss(n))
        await w.poll_feeds(feeds)
        # A busy machine may delay the first arrival, so the whole span is judged.
        assert len(w.server.log) == 4
        assert w.server.log[-1].at - w.server.log[0].at > 0.6


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    "value", ["7200", "Tue, 03 Nov 2026 14:00:00 GMT"], ids=["seconds", "date"]
)
async def test_retry_after_is_obeyed_even_by_a_forced_poll(
    status: str, value: str
) -> None:
    async with world() as w:
        w.says("a", b"", status, Retry_After=value)
        outcome = (await w.poll("a"))["a"]
        assert outcome.state.blocked_until == START + timedelta(hours=2)
        assert outcome.poll.next_poll_at >= START + timedelta(hours=2)
        w.at = START + timedelta(hours=1)
        assert await w.poll("a", force=True) == {}
        w.at = START + timedelta(hours=2, minutes=1)
        assert set(await w.poll("a", force=True)) == {"a"}


async def test_after_429_the_other_feeds_of_the_host_are_not_asked() -> None:
    async with world() as w:
        limited = answer(
            status="429 Too Many Requests", headers={"Retry-After": "3600"}
        )
        feeds = [Feed(f"http://a.example/{n}", str(n)) for n in range(5)]
        for n in range(5):
            w.answers[f"a.example/{n}"] = limited
        outcomes = await w.poll_feeds(feeds)
        assert len(w.server.log) == 1
        assert {o.poll.reason for o in outcomes.values()} == {PollReason.RATE_LIMITED}
        failures = sorted(o.state.consecutive_failures for o in outcomes.values())
        assert failures == [0, 0, 0, 0, 1]


async def test_after_a_bot_challenge_the_host_is_left_alone_for_the_run() -> None:
    page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
    async with world() as w:
        w.says("a", page, "403 Forbidden")
        feeds = [Feed(f"http://a.example/{path}", path) for path in ("feed", "other")]
        outcomes = await w.poll_feeds(feeds)
        assert outcomes["feed"].poll.reason is PollReason.BOT_CHALLENGE
        assert outcomes["other"].poll.http_status is None
        assert [r.path for r in w.server.log] == ["/feed"]


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
async def test_permanent_redirect_is_believed_after_three_confirmations(
    status: str,
) -> None:
    async with world() as w:
        w.says("old", b"", status, Location="http://new.example/feed")
        w.says("new", rss(1))
        for _ in range(3):
            await w.poll("old")
        assert w.server.count("old.example") == 3
        outcome = (await w.poll("old"))["old"]
        assert w.server.count("old.example") == 3
        assert outcome.state.feed_url == "http://old.example/feed"
        assert outcome.state.moved_to == "http://new.example/feed"
        assert outcome.items == ()


async def test_temporary_redirect_is_never_remembered() -> None:
    async with world() as w:
        w.says("old", b"", "302 Found", Location="http://new.example/feed")
        w.says("new", rss(1))
        for _ in range(5):
            outcome = (await w.poll("old"))["old"]
        assert w.server.count("old.example") == 5
        assert outcome.state.moved_to is None


async def test_new_address_that_fails_loses_its_standing() -> None:
    async with world() as w:
        w.says("old", b"", "308 Permanent Redirect", Location="http://new.example/feed")
        w.says("new", rss(1))
        for _ in range(4):
            await w.poll("old")
        w.says("new", b"", "404 Not Found")
        w.says("old", rss(1))
        await w.poll("old")
        outcome = (await w.poll("old"))["old"]
        assert outcome.poll.reason in {PollReason.OK, PollReason.SAME_BODY}
        assert w.last().host == "old.example"


async def test_item_ids_survive_the_move_of_a_feed() -> None:
    async with world() as w:
        w.says("old", rss(1))
        before = (await w.poll("old"))["old"].items[0].item_id
        w.states.clear()
        w.says("old", b"", "301 Moved Permanently", Location="http://new.example/feed")
        w.says("new", rss(1))
        assert (await w.poll("old"))["old"].items[0].item_id == before


async def test_410_is_remembered_and_still_asked_at_a_slow_pulse() -> None:
    async with world() as w:
        w.says("a", b"", "410 Gone")
        outcome = (await w.poll("a"))["a"]
        assert outcome.state.status is FeedStatus.GONE
        assert timedelta(days=6) < outcome.poll.next_poll_at - START < timedelta(days=8)
        w.at = START + timedelta(days=8)
        w.says("a", rss(1))
        revived = (await w.poll("a", force=False))["a"]
        assert revived.state.status is FeedStatus.ACTIVE


async def test_after_many_failures_a_feed_drops_to_a_slow_pulse_and_can_come_back() -> (
    None
):
    async with world() as w:
        w.says("a", b"", "500 Oops")
        for _ in range(12):
            outcome = (await w.poll("a"))["a"]
        assert outcome.state.status is FeedStatus.SLOW_PULSE
        assert outcome.poll.next_poll_at - START >= timedelta(days=1)
        w.says("a", rss(1))
        assert (await w.poll("a"))["a"].state.status is FeedStatus.ACTIVE


async def test_feed_that_turns_empty_raises_the_alarm() -> None:
    async with world() as w:
        w.says("a", rss(1, 2))
        await w.poll("a")
        w.says("a", rss())
        first = (await w.poll("a"))["a"]
        second = (await w.poll("a"))["a"]
        assert first.poll.reason is PollReason.EMPTY
        assert first.state.status is FeedStatus.ACTIVE
        assert second.state.status is FeedStatus.SILENT
        assert "empty" in second.poll.detail
        w.says("a", rss(1, 2))
        assert (await w.poll("a"))["a"].items == (), "nothing is new after the gap"


async def test_document_without_a_known_entry_counts_as_coverage_loss() -> None:
    async with world() as w:
        w.says("a", rss(1, 2, 3))
        await w.poll("a")
        w.says("a", rss(2, 3, 4))
        assert (await w.poll("a"))["a"].poll.num_fell_off == 0
        w.says("a", rss(20, 21, 22))
        assert (await w.poll("a"))["a"].poll.num_fell_off > 0


async def test_name_that_resolves_to_a_private_address_is_refused() -> None:
    async def lookup(host: str) -> list[str]:
        return {"mixed.test": ["93.184.216.34", "10.0.0.1"]}.get(host, ["127.0.0.1"])

    async with HttpClient(HttpPolicy(), now=lambda: START, lookup=lookup) as client:
        for host in ("rebind.test", "mixed.test"):
            with pytest.raises(FetchError) as caught:
                await client.get(f"http://{host}/")
            assert caught.value.reason is PollReason.REFUSED_ADDRESS


async def test_a_second_dns_answer_is_never_used() -> None:
    """Rebinding: the address that was checked is the address that is connected to."""
    answers = [["203.0.113.1"], ["127.0.0.1"]]
    asked: list[str] = []

    async def lookup(host: str) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    policy = HttpPolicy(connect_timeout_s=0.3)
    async with HttpClient(policy, now=lambda: START, lookup=lookup) as client:
        with pytest.raises(FetchError):
            await client.get("http://rebind.test/")
    assert asked == ["rebind.test"]


async def test_checking_feeds_confirms_only_an_answer_with_items() -> None:
    async with world() as w:
        w.says("good", rss(1))
        w.says("empty", rss())
        w.says(
            "index",
            b"<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>",
        )
        hosts = ("good", "empty", "gone", "index")
        feeds = [Feed(f"http://{h}.example/feed", h) for h in hosts]
        probes = check_feeds(feeds, w.client, lambda: START, concurrency=3)
        confirmed = {o.feed.name: is_confirmed(o) async for o in probes}
        assert confirmed == {"good": True, "empty": False, "gone": False, "index": True}
        assert len(w.server.log) == 4


async def test_requests_in_flight_are_limited_over_all_hosts() -> None:
    flying = most = 0

    async def talk(
        _request: Request, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.02)
        flying -= 1
        writer.write(answer())
        await writer.drain()

    async with serving(talk) as server:
        policy = HttpPolicy(host_map=server.host_map, concurrency=3)
        async with HttpClient(policy, now=lambda: START) as client:
            hosts = [f"http://h{n}.example/" for n in range(12)]
            await asyncio.gather(*(client.get(host) for host in hosts))
    assert most == 3


async def test_reader_that_stops_early_leaves_no_task_behind() -> None:
    async with world() as w:
        hosts: Mapping[str, None] = dict.fromkeys(f"h{n}" for n in range(30))
        feeds = [Feed(f"http://{h}.example/feed", h) for h in hosts]
        outcomes = poll_feeds(feeds, {}, w.client, lambda: START, concurrency=4)
        async for _ in outcomes:
            break
        await outcomes.aclose()
        names = [t.get_coro().__qualname__ for t in asyncio.all_tasks()]  # type: ignore[union-attr]
        assert not [n for n in names if n.startswith("_work")]
