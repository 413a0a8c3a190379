"""A sitemap index over several runs: one document a run, and its articles do arrive."""

from tasks.model.feeds import PollOutcome
from tasks.model.reasons import PollReason
from tasks.polling.sitemap_index import CHILD_POLLS
from tests.fixtures.feeds.server import answer
from tests.integration.test_polling_http import World, world

NAME = "http://www.sitemaps.org/schemas/sitemap/0.9"


def index(*days: int) -> bytes:
    children = "".join(
        f"<sitemap><loc>http://a.example/{n}.xml</loc>"
        f"<lastmod>2026-11-{n:02d}</lastmod></sitemap>"
        for n in days
    )
    return f'<sitemapindex xmlns="{NAME}">{children}</sitemapindex>'.encode()


def lists(w: World, day: int, *pages: int, etag: str = "") -> None:
    urls = "".join(f"<url><loc>http://a.example/p{n}</loc></url>" for n in pages)
    body = f'<urlset xmlns="{NAME}">{urls}</urlset>'.encode()
    fields = {"ETag": etag} if etag else {}
    w.answers[f"a.example/{day}.xml"] = answer(body, headers=fields)
    if etag:
        w.answers[f"a.example/{day}.xml {etag}"] = answer(status="304 Not Modified")


async def run(w: World) -> PollOutcome:
    """Poll once, and see that it cost one request."""
    before = len(w.server.log)
    outcome = (await w.poll("a"))["a"]
    assert len(w.server.log) == before + 1
    return outcome


def pages(outcome: PollOutcome) -> list[str]:
    return [item.url.rpartition("/")[2] for item in outcome.items]


def paths(w: World) -> list[str]:
    return [request.path for request in w.server.log]


async def test_newest_sitemap_of_an_index_is_asked_in_the_next_run() -> None:
    async with world() as w:
        w.says("a", index(1, 3, 2))
        lists(w, 3, 31, 32)
        first, second = await run(w), await run(w)
        assert (first.poll.reason, first.poll.num_items) == (PollReason.OK, 0)
        assert "http://a.example/3.xml" in first.poll.detail
        assert pages(second) == ["p31", "p32"]
        assert {item.feed_url for item in second.items} == {"http://a.example/feed"}
        assert paths(w) == ["/feed", "/3.xml"]


async def test_sitemap_that_brings_news_is_asked_again_before_the_index() -> None:
    async with world() as w:
        w.says("a", index(3))
        await run(w)
        seen = []
        for n in range(CHILD_POLLS):
            lists(w, 3, *range(n + 1))
            seen += pages(await run(w))
        assert seen == [f"p{n}" for n in range(CHILD_POLLS)]
        await run(w)
        assert paths(w) == ["/feed", *["/3.xml"] * CHILD_POLLS, "/feed"]


async def test_sitemap_without_news_leads_back_to_the_index_and_to_its_new_sitemap() -> (
    None
):
    async with world() as w:
        w.says("a", index(3))
        lists(w, 3, 31)
        await run(w)
        await run(w)
        assert pages(await run(w)) == []  # same body
        w.says("a", index(3, 4))
        lists(w, 4, 41)
        await run(w)
        assert pages(await run(w)) == ["p41"]
        assert paths(w) == ["/feed", "/3.xml", "/3.xml", "/feed", "/4.xml"]


async def test_validators_are_the_sitemaps_and_never_sent_to_the_index() -> None:
    async with world() as w:
        w.says("a", index(3), ETag='"index"')
        lists(w, 3, 31, etag='"child"')
        for _ in range(5):
            outcome = await run(w)
        assert outcome.poll.reason is PollReason.NOT_MODIFIED
        conditions = [r.headers.get("if-none-match") for r in w.server.log]
        assert paths(w) == ["/feed", "/3.xml", "/3.xml", "/feed", "/3.xml"]
        assert conditions == [None, None, '"child"', None, '"child"']
        assert not outcome.state.etag_lies


async def test_sitemap_that_is_gone_or_moved_says_nothing_about_the_feed() -> None:
    async with world() as w:
        w.says("a", index(3))
        await run(w)
        assert (await run(w)).poll.reason is PollReason.NOT_FOUND
        w.answers["a.example/3.xml"] = answer(
            status="301 Moved Permanently", headers={"Location": "/elsewhere.xml"}
        )
        body = (
            f'<urlset xmlns="{NAME}"><url><loc>http://a.example/p1</loc></url></urlset>'
        )
        w.answers["a.example/elsewhere.xml"] = answer(body.encode())
        await run(w)
        outcome = (await w.poll("a"))["a"]
        assert pages(outcome) == ["p1"]
        assert outcome.state.moved_to is None
        assert paths(w) == ["/feed", "/3.xml", "/feed", "/3.xml", "/elsewhere.xml"]


async def test_index_that_becomes_a_plain_sitemap_is_read_as_one() -> None:
    async with world() as w:
        w.says("a", index(3))
        lists(w, 3, 31)
        for _ in range(3):
            await run(w)
        body = (
            f'<urlset xmlns="{NAME}"><url><loc>http://a.example/p9</loc></url></urlset>'
        )
        w.says("a", body.encode(), ETag='"plain"')
        outcome = await run(w)
        assert pages(outcome) == ["p9"]
        assert outcome.state.sitemap_child is None
        await run(w)
        assert w.last().headers.get("if-none-match") == '"plain"'


async def test_index_that_names_only_itself_or_nothing_is_empty() -> None:
    async with world() as w:
        w.says("a", b"<sitemapindex><sitemap><loc>/feed</loc></sitemap></sitemapindex>")
        assert (await run(w)).poll.reason is PollReason.EMPTY
        w.says("a", b"<sitemapindex></sitemapindex>")
        assert (await run(w)).poll.reason is PollReason.EMPTY
