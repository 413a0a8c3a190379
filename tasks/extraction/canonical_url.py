"""One address per article, whatever route led to it."""

import hashlib
import uuid
from urllib.parse import urlsplit, urlunsplit

from courlan import scrub_url


def article_id(canonical_url: str) -> str:
    """Return the id of the article at a canonical URL."""
    digest = hashlib.md5(canonical_url.encode("utf-8"), usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest))


def canonicalise(url: str) -> str:
    """Return the canonical form of an absolute URL."""
    parts = urlsplit(scrub_url(url))
    host = (parts.hostname or "").removeprefix("www.")
    return urlunsplit(("https", host, parts.path.rstrip("/"), parts.query, ""))
