"""What the newsroom answers: a pure function of host, path, headers and time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from tasks.demo.corpus import DemoArticle, visible
from tasks.demo.feeds import render_feed
from tasks.demo.outlets import Outlet, outlets
from tasks.demo.pages import content_type, render_article, render_front

_ROBOTS = b"User-agent: *\nDisallow: /private/\n"
_STATUS_QUIRKS = {"status_404": 404, "status_410": 410, "status_429": 429}
SLOW_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class DemoResponse:
    """One answer; delay_s is how long a slow outlet takes first."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay_s: float = 0.0


def respond(
    host: str, target: str, headers: Mapping[str, str], now: datetime
) -> DemoResponse:
    """Answer a GET to any outlet; 404 for what does not exist (yet)."""
    outlet = outlets().get(host)
    parts = urlsplit(target)
    if outlet is None:
        return DemoResponse(404, (("Content-Type", "text/plain"),), b"no such outlet")
    if parts.path == "/robots.txt":
        return DemoResponse(200, (("Content-Type", "text/plain"),), _ROBOTS)
    shown = [a for a in visible(now) if a.host == host]
    shown.sort(key=lambda a: (a.published_at, a.id), reverse=True)
    if parts.path == urlsplit(outlet.feed_url).path:
        return _feed(outlet, shown, headers, now)
    if parts.path == "/":
        kind = (("Content-Type", "text/html; charset=utf-8"),)
        return DemoResponse(200, kind, render_front(outlet, shown))
    return _page(outlet, shown, parts.path, parts.query, now)


def _feed(
    outlet: Outlet, shown: list[DemoArticle], asked: Mapping[str, str], now: datetime
) -> DemoResponse:
    for quirk, status in _STATUS_QUIRKS.items():
        if quirk in outlet.quirks:
            extra = (("Retry-After", "7200"),) if status == 429 else ()
            return DemoResponse(status, extra, b"")
    kind, body = render_feed(outlet, shown, now)
    delay = SLOW_SECONDS if "slow" in outlet.quirks else 0.0
    if "no_validators" in outlet.quirks:
        return DemoResponse(200, (("Content-Type", kind),), body, delay)
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    validators = [("ETag", etag)]
    if shown:
        newest = max(a.updated_at or a.published_at for a in shown)
        validators.append(("Last-Modified", format_datetime(newest, usegmt=True)))
    if asked.get("If-None-Match") == etag:
        return DemoResponse(304, tuple(validators), b"", delay)
    return DemoResponse(200, (("Content-Type", kind), *validators), body, delay)


def _page(
    outlet: Outlet, shown: list[DemoArticle], path: str, query: str, now: datetime
) -> DemoResponse:
    article = next((a for a in shown if a.path == path), None)
    if article is None:
        return DemoResponse(
            404, (("Content-Type", "text/html"),), b"<h1>Not found</h1>"
        )
    others = [a for a in reversed(visible(now)) if a.id != article.id]
    body = render_article(outlet, article, others, amp="amp=1" in query)
    return DemoResponse(200, (("Content-Type", content_type(outlet)),), body)
