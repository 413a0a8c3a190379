"""The newsroom on a loopback socket, in a thread of its own."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from tasks.demo.corpus import clock
from tasks.demo.newsroom import respond


@dataclass(slots=True)
class DemoServer:
    """A running newsroom: its port, its clock, and a log of what was asked."""

    port: int
    now: datetime
    requests: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def host_map(self) -> str:
        """Value for CONFLICTWIRE_HOST_MAP: sends every .example host here."""
        return f"*.example=127.0.0.1:{self.port}"

    def set_day(self, day: int) -> None:
        """Move the newsroom's clock; polls then see that day's news."""
        self.now = clock(day)


@contextmanager
def serve_demo(day: int = 1, port: int = 0) -> Iterator[DemoServer]:
    """Serve the newsroom on 127.0.0.1 until the block ends; port 0 picks a free one."""
    server = DemoServer(port=port, now=clock(day))
    loop = asyncio.new_event_loop()
    started = threading.Event()
    failure: list[BaseException] = []
    thread = threading.Thread(
        target=_run, args=(loop, server, started, failure), daemon=True
    )
    thread.start()
    started.wait()
    if failure:
        raise failure[0]
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _run(
    loop: asyncio.AbstractEventLoop,
    server: DemoServer,
    started: threading.Event,
    failure: list[BaseException],
) -> None:
    asyncio.set_event_loop(loop)
    runner = web.AppRunner(_application(server), access_log=None)
    try:
        loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", server.port)
        loop.run_until_complete(site.start())
        server.port = runner.addresses[0][1]
    except OSError as error:  # the port is taken
        failure.append(error)
        return
    finally:
        started.set()
    loop.run_forever()
    loop.run_until_complete(runner.cleanup())
    loop.close()


def _application(server: DemoServer) -> web.Application:
    application = web.Application()

    async def answer(request: web.Request) -> web.Response:
        host = (request.headers.get("Host") or "").split(":", 1)[0].lower()
        server.requests[host, request.path] += 1
        if request.path == "/__day":  # the demo's own control, any host
            server.set_day(int(request.query["n"]))
            return web.Response(text=server.now.isoformat())
        answered = respond(host, request.path_qs, request.headers, server.now)
        if answered.delay_s:
            await asyncio.sleep(answered.delay_s)
        return web.Response(
            status=answered.status, headers=dict(answered.headers), body=answered.body
        )

    application.router.add_get("/{tail:.*}", answer)
    return application
