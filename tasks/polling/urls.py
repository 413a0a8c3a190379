"""URLs inside documents: joined like a browser does, kept only when they lead to the web. Pure."""

import re
from urllib.parse import urljoin, urlsplit

_MAX = 4_096
# An ordinary absolute URL, by far the most frequent case: nothing to resolve.
_ABSOLUTE = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d{1,5})?(?:[/?#][!-~]*)?\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_WHITE = re.compile(r"[\t\r\n]")


def join_url(base: str, reference: str) -> str:
    """Return reference resolved against base; base when the reference is unusable."""
    if not reference:
        return base
    reference = _WHITE.sub("", reference.strip())[:_MAX]
    if not reference:
        return base
    try:
        return urljoin(base, reference)
    except ValueError:
        return base


def absolute_url(base: str, reference: str | None) -> str | None:
    """Return the absolute http(s) URL a document's reference means; None if it is none.

    'www.site.org/x' without a scheme is a relative path by the letter, and always meant
    as a host: with no base to resolve it against it is dropped.
    """
    if not reference:
        return None
    if len(reference) <= _MAX and _ABSOLUTE.match(reference):
        return reference
    reference = _WHITE.sub("", reference.strip())
    if not reference or len(reference) > _MAX:
        return None
    try:
        joined = urljoin(base, reference)
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    is_web = parts.scheme.lower() in {"http", "https"} and host
    if not is_web or _CONTROL.search(joined):
        return None
    return parts.scheme.lower() + joined[len(parts.scheme) :]
