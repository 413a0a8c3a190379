"""Article retrieval over real HTTP on loopback: robots.txt, hosts that say no, TLS."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from yarl import URL

from tasks.errors import FetchError
from tasks.http.client import HttpClient, HttpPolicy
from tasks.http.redirects import Redirect, next_hop
from tasks.model.articles import Reject
from tasks.model.feeds import FeedItem, FetchedResponse
from tasks.model.reasons import PollReason, RejectReason, Stage
from tasks.retrieval.retrieve import retrieve_articles
from tests.fixtures.feeds.server import Request, Server, answer, serving

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
PAGE = b"<html><body><p>Two soldiers were wounded.</p></body></html>"


def item(url: str) -> FeedItem:
    return FeedItem("http://f.example/feed", f"id of {url}", None, url, "A title")


class Web:
    def __init__(self, server: Server, client: HttpClient, answers: dict[str, bytes]):
        self.server, self.client, self.answers = server, client, answers

    async def get(self, *urls: str) -> dict[str, FetchedResponse | Reject]:
        found = retrieve_articles(
            [item(u) for u in urls], self.client, lambda: NOW, concurrency=4
        )
        return {i.url: result async for i, result in found}

    async def reject(self, url: str) -> Reject:
        result = (await self.get(url))[url]
        assert isinstance(result, Reject)
        return result


@asynccontextmanager
async def web(
    answers: dict[str, bytes], *, spacing_s: float = 0, max_crawl_delay_s: float = 60
) -> AsyncIterator[Web]:
    async def talk(
        request: Request, _r: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        known = answers.get(f"{request.host}{request.path}")
        missing = request.path == "/robots.txt"
        default = answer(PAGE, "404 Not Found" if missing else "200 OK")
        writer.write(default if known is None else known)
        await writer.drain()

    async with serving(talk) as server:
        policy = HttpPolicy(
            host_map=server.host_map,
            per_host_spacing_s=spacing_s,
            max_crawl_delay_s=max_crawl_delay_s,
            read_timeout_s=2,
            total_timeout_s=4,
        )
        async with HttpClient(policy, now=lambda: NOW) as client:
            yield Web(server, client, answers)


async def test_page_comes_with_its_bytes_and_the_run_time() -> None:
    async with web({}) as w:
        result = (await w.get("http://a.example/1"))["http://a.example/1"]
        assert isinstance(result, FetchedResponse)
        assert result.body == PAGE
        assert result.retrieved_at == NOW


async def test_address_shared_by_items_is_asked_once() -> None:
    async with web({}) as w:
        pages = await w.get(
            "http://a.example/1", "http://a.example/1#top", "http://a.example/1"
        )
        assert list(pages) == ["http://a.example/1"]
        assert w.server.count("a.example", "/1") == 1


async def test_robots_txt_is_asked_once_for_all_pages_of_a_host() -> None:
    async with web({}) as w:
        await w.get(*(f"http://a.example/{n}" for n in range(5)))
        assert w.server.count("a.example", "/robots.txt") == 1


async def test_answers_that_are_no_page_are_handed_over_for_the_archive() -> None:
    gone = answer(b"gone", "410 Gone")
    async with web({"a.example/gone": gone}) as w:
        wanted = [item("http://a.example/gone"), item("http://a.example/1")]
        kept: list[tuple[str, str, int, str | None]] = []
        found = retrieve_articles(
            wanted, w.client, lambda: NOW, concurrency=4,
            keep=lambda r, kind, i: kept.append((kind, r.url, r.status, i and i.item_id)),
        )  # fmt: skip
        assert len([result async for result in found]) == 2
    assert kept == [
        ("robots", "http://a.example/robots.txt", 404, None),
        ("refusal", "http://a.example/gone", 410, wanted[0].item_id),
    ]


async def test_robots_rules_for_us_beat_the_rules_for_all() -> None:
    robots = (
        b"User-agent: *\nDisallow: /\n\nUser-agent: conflictwire\nDisallow: /private\n"
    )
    async with web({"a.example/robots.txt": answer(robots)}) as w:
        pages = await w.get("http://a.example/open", "http://a.example/private/x")
        assert isinstance(pages["http://a.example/open"], FetchedResponse)
        refused = pages["http://a.example/private/x"]
        assert isinstance(refused, Reject)
        assert refused.reason is RejectReason.ROBOTS
        assert refused.stage is Stage.RETRIEVAL
        assert w.server.count("a.example", "/private/x") == 0


@pytest.mark.parametrize(
    "status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"]
)
async def test_missing_or_forbidden_robots_txt_allows_everything(status: str) -> None:
    async with web({"a.example/robots.txt": answer(b"", status)}) as w:
        pages = await w.get("http://a.example/1")
        assert isinstance(pages["http://a.example/1"], FetchedResponse)


@pytest.mark.parametrize(
    "status", ["500 Oops", "503 Service Unavailable", "429 Too Many Requests"]
)
async def test_robots_txt_that_cannot_be_served_allows_nothing(status: str) -> None:
    async with web({"a.example/robots.txt": answer(b"", status)}) as w:
        assert (await w.reject("http://a.example/1")).reason is RejectReason.ROBOTS
        assert w.server.count("a.example", "/1") == 0


async def test_unreachable_robots_txt_allows_nothing() -> None:
    async with web({"a.example/robots.txt": b""}) as w:
        reject = await w.reject("http://a.example/1")
        assert reject.reason is RejectReason.ROBOTS
        assert "protocol" in reject.detail


async def test_html_served_as_robots_txt_allows_everything() -> None:
    async with web({"a.example/robots.txt": answer(PAGE)}) as w:
        pages = await w.get("http://a.example/1")
        assert isinstance(pages["http://a.example/1"], FetchedResponse)


async def test_crawl_delay_spaces_the_pages() -> None:
    robots = answer(b"User-agent: *\nCrawl-delay: 0.2\n")
    async with web({"a.example/robots.txt": robots}) as w:
        await w.get(*(f"http://a.example/{n}" for n in range(3)))
        pages = [r for r in w.server.log if r.path != "/robots.txt"]
        assert pages[-1].at - pages[0].at > 0.25


async def test_absurd_crawl_delay_is_capped() -> None:
    robots = answer(b"User-agent: *\nCrawl-delay: 86400\n")
    async with web({"a.example/robots.txt": robots}, max_crawl_delay_s=0.1) as w:
        pages = await w.get("http://a.example/1", "http://a.example/2")
        assert len(pages) == 2


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        ("429 Too Many Requests", b"", RejectReason.FETCH_FAILED),
        (
            "403 Forbidden",
            b"<title>Just a moment...</title>",
            RejectReason.BOT_CHALLENGE,
        ),
    ],
)
async def test_host_that_says_no_is_left_alone(
    status: str, body: bytes, reason: RejectReason
) -> None:
    answers = {f"a.example/{n}": answer(body, status) for n in range(5)}
    async with web(answers) as w:
        pages = await w.get(*(f"http://a.example/{n}" for n in range(5)))
        assert {p.reason for p in pages.values() if isinstance(p, Reject)} == {reason}
        assert len(pages) == 5
        assert w.server.count("a.example") == 2, "robots.txt and one page"


async def test_host_that_is_down_is_given_up_after_three_pages() -> None:
    async def lookup(_host: str) -> list[str]:
        raise OSError("no such host")

    policy = HttpPolicy(per_host_spacing_s=0)
    async with HttpClient(policy, now=lambda: NOW, lookup=lookup) as client:
        items = [item(f"http://gone.test/{n}") for n in range(5)]
        found = retrieve_articles(items, client, lambda: NOW, concurrency=1)
        rejects = [r async for _, r in found]
    assert all(isinstance(r, Reject) for r in rejects)
    assert len(rejects) == 5


@pytest.mark.parametrize(
    ("status", "detail"),
    [
        ("404 Not Found", "http_404"),
        ("500 Oops", "http_5xx"),
        ("204 No Content", "http_other"),
    ],
)
async def test_failed_page_is_a_row_with_its_reason(status: str, detail: str) -> None:
    async with web({"a.example/1": answer(b"", status)}) as w:
        reject = await w.reject("http://a.example/1")
        assert reject.reason is RejectReason.FETCH_FAILED
        assert reject.detail.startswith(detail)
        assert reject.item_id == "id of http://a.example/1"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/x",
        "ftp://a.example/",
        "http://a.example:22/",
        "nonsense",
        "http://u:p@a.example/",
    ],
)
async def test_item_that_leads_inside_or_nowhere_is_a_bad_item(url: str) -> None:
    async with web({}) as w:
        assert (await w.reject(url)).reason is RejectReason.BAD_ITEM
        assert w.server.log == []


async def test_page_beyond_the_cap_is_too_large() -> None:
    async with web({"a.example/1": answer(b"x" * 50_000)}) as w:
        found = retrieve_articles(
            [item("http://a.example/1")],
            w.client,
            lambda: NOW,
            concurrency=1,
            max_bytes=10_000,
        )
        results = [r async for _, r in found]
        assert isinstance(results[0], Reject)
        assert results[0].reason is RejectReason.TOO_LARGE


CERTIFICATE = Path(__file__).parents[1] / "fixtures" / "feeds" / "self_signed.pem"


@pytest.mark.parametrize(
    "certificate", [None, CERTIFICATE], ids=["plain", "self-signed"]
)
async def test_failed_tls_handshake_is_a_tls_failure(certificate: Path | None) -> None:
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    async def greet(_r: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    listener = await asyncio.start_server(greet, "127.0.0.1", 0, ssl=context)
    port = listener.sockets[0].getsockname()[1]
    policy = HttpPolicy(host_map=f"a.example=127.0.0.1:{port}")
    async with listener, HttpClient(policy, now=lambda: NOW) as client:
        with pytest.raises(FetchError) as caught:
            await client.get("https://a.example/1", total_timeout_s=5)
    assert caught.value.reason is PollReason.TLS


async def test_nobody_listening_is_a_connect_failure() -> None:
    policy = HttpPolicy(host_map="a.example=127.0.0.1:9", connect_timeout_s=1)
    async with HttpClient(policy, now=lambda: NOW) as client:
        with pytest.raises(FetchError) as caught:
            await client.get("http://a.example/")
        assert caught.value.reason is PollReason.CONNECT


async def test_unknown_name_is_a_dns_failure() -> None:
    async def lookup(_host: str) -> list[str]:
        raise OSError("Name or service not known")

    async with HttpClient(HttpPolicy(), now=lambda: NOW, lookup=lookup) as client:
        with pytest.raises(FetchError) as caught:
            await client.get("http://nowhere.test/")
        assert caught.value.reason is PollReason.DNS


async def test_host_map_opens_loopback_for_its_hosts_only() -> None:
    async with web({}) as w:
        assert (await w.client.get("http://a.example/1")).status == 200
        port = w.server.port
        for url in (
            f"http://127.0.0.1:{port}/",
            "http://127.0.0.1/",
            "http://localhost/",
        ):
            with pytest.raises(FetchError) as caught:
                await w.client.get(url)
            assert caught.value.reason in {
                PollReason.REFUSED_ADDRESS,
                PollReason.BAD_URL,
            }


def test_downgrade_from_https_is_not_followed() -> None:
    with pytest.raises(FetchError) as caught:
        next_hop(
            URL("https://a.example/"), Redirect("http://a.example/", True), HttpPolicy()
        )
    assert caught.value.reason is PollReason.BAD_REDIRECT
