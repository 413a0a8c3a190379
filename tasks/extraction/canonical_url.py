"""One address per article, whatever route led to it.

The canonical address is an identity first and a link second: it is always https and
never carries www, so that the same article met through an AMP page, a mobile host, a
feed proxy or a tracking link is one article. Article.url keeps the address as given.
"""

import hashlib
import re
import tomllib
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urljoin, urlsplit

from courlan import extract_domain

from tasks.errors import ArticleError
from tasks.model.reasons import RejectReason

_DATA = Path(__file__).with_name("url_rules.toml")
_MAX_LENGTH = 2_000
_ROUNDS = 6  # each rule may uncover work for another; addresses settle in two or three
_UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AMP_PATH = re.compile(
    r"/amp(?=/)|\.amp(?=\.html?$|$)|/amp(?:\.html?)?/?$", re.IGNORECASE
)
_PRINT_PATH = re.compile(r"/(?:print|imprimer|imprimir)/?$", re.IGNORECASE)
_INDEX_PATH = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:amp|[a-z])/(?:(s)/)?(?P<rest>[^/]+\.[^/]+(?:/.*)?)$", re.IGNORECASE)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")


@dataclass(frozen=True, slots=True)
class _Rules:
    names: frozenset[str]
    prefixes: tuple[str, ...]
    same_site: frozenset[str]
    redirectors: dict[str, str]


@cache
def _rules() -> _Rules:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return _Rules(
        names=frozenset(data["tracking"]["names"]),
        prefixes=tuple(data["tracking"]["prefixes"]),
        same_site=frozenset(data["hosts"]["same_site"]),
        redirectors=data["redirectors"],
    )


def article_id(canonical_url: str) -> str:
    """Return the id of the article at a canonical URL."""
    digest = hashlib.md5(canonical_url.encode("utf-8"), usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest))


def canonicalise(url: str) -> str:
    """Return the canonical form of an absolute http(s) URL; idempotent.

    ArticleError(BAD_ITEM) for what is no such URL.
    """
    # courlan's scrub_url is not used: it takes any address inside an address for the
    # true one, and joins what spaces separate.
    current = _CONTROL.sub("", url).strip().replace("&amp;", "&")
    if len(current) > _MAX_LENGTH:
        raise ArticleError(RejectReason.BAD_ITEM, f"{len(current)} characters")
    for _ in range(_ROUNDS):
        following = _once(current)
        if following == current:
            return current
        current = following
    raise ArticleError(RejectReason.BAD_ITEM, f"address does not settle: {url[:200]}")


def choose_canonical(final_url: str, page_canonical: str | None) -> str:
    """Return the page's own canonical address when it may speak for this page.

    It may when it is on the same site and does not point to the home page: sites that
    do so by mistake would turn all their articles into one.
    """
    own = canonicalise(final_url)
    if not page_canonical:
        return own
    try:
        stated = canonicalise(urljoin(final_url, page_canonical.strip()))
    except (ArticleError, ValueError):
        return own
    if stated == own:
        return own
    is_home = urlsplit(stated).path in ("", "/") and not urlsplit(stated).query
    is_own_home = urlsplit(own).path in ("", "/") and not urlsplit(own).query
    return stated if same_site(own, stated) and (is_own_home or not is_home) else own


def same_site(a: str, b: str) -> bool:
    """Return whether two addresses are on one registered domain."""
    return _site(a) == _site(b)


def _site(url: str) -> str:
    host = _host((urlsplit(url).hostname or "").rstrip(".").lower())
    return extract_domain(f"https://{host}/", fast=True) or host


def _once(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ArticleError(RejectReason.BAD_ITEM, f"{url[:200]}: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArticleError(RejectReason.BAD_ITEM, f"no http address: {url[:200]}")
    host = parts.hostname.rstrip(".").lower()
    target = _target(host, parts.path, parts.query)
    if target is not None:
        return target
    netloc = _host(host)
    if port not in (None, 80, 443):
        netloc += f":{port}"
    query = _query(parts.query)
    path = _path(parts.path)
    fragment = f"#{_escaped(parts.fragment)}" if parts.fragment.startswith("!") else ""
    return f"https://{netloc}{path}{'?' + query if query else ''}{fragment}"


def _target(host: str, path: str, query: str) -> str | None:
    """Return the address a redirector or an AMP cache carries; None for other hosts."""
    parameter = _rules().redirectors.get(host)
    if parameter:
        for name, value in parse_qsl(query):
            if name == parameter and value.startswith(("http://", "https://")):
                return value[:_MAX_LENGTH]
    is_cache = host.endswith(".cdn.ampproject.org") or (
        host in ("google.com", "www.google.com") and path.startswith("/amp/")
    )
    match = _AMP_CACHE.match(path) if is_cache else None
    if match:
        return f"https://{match['rest']}{'?' + query if query else ''}"
    return None


def _host(host: str) -> str:
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ArticleError(RejectReason.BAD_ITEM, f"host {host[:100]!r}") from error
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _rules().same_site:
        del labels[0]
    if len(labels) > 3 and labels[1] == "m":  # en.m.example.org
        del labels[1]
    host = ".".join(labels)
    if not _HOST.match(host) and not host.startswith("["):
        raise ArticleError(RejectReason.BAD_ITEM, f"host {host[:100]!r}")
    return host


def _path(path: str) -> str:
    path = _without_dots(_escaped(path))
    path = re.sub(r"/{2,}", "/", path)
    path = re.sub(r";(?:jsessionid|sid)=[^/?]*", "", path, flags=re.IGNORECASE)
    for pattern in (_AMP_PATH, _PRINT_PATH, _INDEX_PATH):
        shorter = pattern.sub("", path, count=1)
        if shorter.strip("/"):
            path = shorter
    return path.rstrip("/")


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _query(query: str) -> str:
    if not query:
        return ""
    kept = []
    for pair in query.replace(";", "&").split("&"):
        name, equals, value = pair.partition("=")
        name, value = _escaped(name, query=True), _escaped(value, query=True)
        if name and not _is_tracking(name.lower(), value.lower()):
            kept.append(f"{name}{equals}{value}")
    return "&".join(sorted(kept))


def _is_tracking(name: str, value: str) -> bool:
    rules = _rules()
    if name in rules.names or name.startswith(rules.prefixes):
        return True
    return name in ("output", "view", "format", "type") and value in (
        "amp",
        "print",
        "rss",
    )


def _escaped(text: str, *, query: bool = False) -> str:
    """Return a part with every byte in its one canonical spelling."""
    text = _BARE_PERCENT.sub("%25", text)
    safe = "%/!$'()*+,:@-._~=" + ("?" if query else ";&")
    return _ESCAPE.sub(_spelling, quote(text, safe=safe, errors="replace"))


def _spelling(match: re.Match[str]) -> str:
    byte = unquote_to_bytes(match[0])
    return byte.decode("ascii") if byte[0] in _UNRESERVED else match[0].upper()
