"""`conflictwire feeds …` against real answers on loopback."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.feeds import load_feeds
from tasks.run import wall_clock
from tests.fixtures.feeds.server import Request, Server, answer, serving

RSS = b"<rss version='2.0'><channel><item><title>t</title></item></channel></rss>"
ANSWERS = {
    "good.example": answer(RSS),
    "empty.example": answer(RSS.replace(b"<item><title>t</title></item>", b"")),
    "html.example": answer(b"<!doctype html><html><body>Moved</body></html>"),
}


def feeds_toml(*hosts: str) -> str:
    return "".join(
        f'[[feed]]\nurl = "http://{h}/feed"\nname = "{h}"\nlanguage = "en"\nlicence_note = "ours"\n'
        for h in hosts
    )


@pytest.fixture
def server() -> Iterator[Server]:
    """A server in a thread of its own: the command brings its own event loop."""
    started: list[Server] = []
    ready, ended = threading.Event(), threading.Event()

    async def talk(
        request: Request, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(ANSWERS.get(request.host) or answer(status="404 Not Found"))
        await writer.drain()

    async def serve() -> None:
        async with serving(talk) as found:
            started.append(found)
            ready.set()
            await asyncio.to_thread(ended.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    yield started[0]
    ended.set()
    thread.join()


def test_check_asks_each_feed_once_and_dates_only_what_answered_with_items(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = ("good.example", "empty.example", "html.example", "gone.example")
    path = tmp_path / "feeds.toml"
    path.write_text(feeds_toml(*hosts), encoding="utf-8")
    monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(path))
    monkeypatch.setenv("CONFLICTWIRE_HOST_MAP", server.host_map)

    ticks: list[int] = []

    @contextmanager
    def ticker(label: str, total: int) -> Iterator[Callable[[], None]]:
        assert (label, total) == ("checking feeds", 4)
        yield lambda: ticks.append(1)

    monkeypatch.setattr("flows.cli_feeds.ticker", ticker)

    done = CliRunner().invoke(app, ["feeds", "check"])

    assert done.exit_code == 0, done.output
    assert len(ticks) == 4, "the bar moves once per feed"
    assert "1 of 4 feeds answered with items" in done.stdout
    words = [line.split() for line in done.stdout.splitlines()]
    results = dict(zip(hosts, ("ok", "empty", "not_a_feed", "http_404"), strict=True))
    for host, result in results.items():
        assert any({host, result} <= set(line) for line in words), done.stdout
    assert {r.host: server.count(r.host) for r in server.log} == dict.fromkeys(hosts, 1)
    dates = {f.name: f.checked_on for f in load_feeds(path)}
    today = wall_clock().date().isoformat()
    assert dates == {**dict.fromkeys(hosts), "good.example": today}


def test_opml_goes_out_and_comes_in_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other, opml = (tmp_path / n for n in ("a.toml", "b.toml", "feeds.opml"))
    path.write_text(feeds_toml("a.example", "b.example"), encoding="utf-8")
    other.write_text(feeds_toml("a.example"), encoding="utf-8")
    monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(path))
    for arguments in (
        ["feeds", "export-opml", str(opml)],
        ["feeds", "import-opml", str(opml), "--into", str(other)],
    ):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
    assert "1 feeds added" in done.stdout
    urls = [f.feed_url for f in load_feeds(other)]
    assert urls == ["http://a.example/feed", "http://b.example/feed"]
