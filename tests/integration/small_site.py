"""A site of a few pages and one feed on loopback, for a test's own texts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "desk.example"


def page(title: str, paragraphs: list[str], published_at: datetime) -> bytes:
    """Return a plain news page."""
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escape(title)}</title><meta property='article:published_time' "
        f"content='{published_at.isoformat()}'></head><body><nav><a href='/'>Home</a>"
        f"</nav><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    ).encode()


def feed(items: list[tuple[str, str, datetime]]) -> bytes:
    """Return RSS with (path, title, date) items."""
    rows = "".join(
        f"<item><title>{escape(title)}</title><link>https://{HOST}{path}</link>"
        f"<guid>https://{HOST}{path}</guid><pubDate>{format_datetime(when)}</pubDate></item>"
        for path, title, when in items
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Desk</title>"
        f"<link>https://{HOST}/</link><description>d</description>{rows}"
        "</channel></rss>"
    ).encode()


@contextmanager
def serve(
    documents: dict[str, tuple[str, bytes]], asked: list[str] | None = None
) -> Iterator[str]:
    """Serve path -> (content type, body); yields a value for CONFLICTWIRE_HOST_MAP.

    `asked` collects the paths that were requested.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if asked is not None:
                asked.append(self.path)
            kind, body = documents.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{HOST}=127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
