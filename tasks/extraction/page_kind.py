"""Tells pages that carry no article, or not the whole of it, from those that do."""

import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tasks.extraction.page import paragraph_key
from tasks.extraction.structured import Declared
from tasks.model.reasons import RejectReason
from tasks.text.fold import fold

_DATA = Path(__file__).with_name("page_kinds.toml")
_PROSE = 140  # a line longer than this is a paragraph and no headline


@cache
def _data() -> dict[str, Any]:
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {
        kind: {name: tuple(map(fold, words)) for name, words in signs.items()}
        if kind != "limits"
        else signs
        for kind, signs in raw.items()
        if kind != "version"
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """What the decision rests on."""

    url: str
    title: str
    declared: Declared
    page_text: Callable[[], str]  # of the whole page, before anything was cut
    paragraphs: Sequence[str]  # of the article found
    linked: Collection[str]  # keys of lines that are one link and nothing else
    num_times: int  # clock times cut from between the paragraphs


def wall_kind(tree: HtmlElement, title: str, declared: Declared) -> RejectReason | None:
    """Return the wall a page is, judged before any extraction; None: no wall.

    A short article under a cookie banner says as much about cookies as a wall does,
    but only an article declares itself one.
    """
    limits = _data()["limits"]
    is_article = declared.article is not None and declared.article.is_article
    if is_article or declared.meta("og:type") == "article":
        return None
    body = tree.find("body")
    text = "" if body is None else visible_text(body, limits["wall"] + 1)
    if len(text) > limits["wall"]:
        return None
    folded, name = fold(text), fold(title).strip()
    for reason in (RejectReason.BOT_CHALLENGE, RejectReason.CONSENT_WALL):
        signs = _data()[reason.value]
        hits = sum(phrase in folded for phrase in signs["phrases"])
        if (name in signs["titles"] and len(text) < limits["wall"]) or hits >= 2:
            return reason
        if hits and len(text) < limits["wall"] / 2:
            return reason
    return None


def visible_text(body: HtmlElement, limit: int) -> str:
    """Return at least the first `limit` characters of the text a reader sees."""
    parts: list[str] = []
    size = 0
    for element in body.iter():
        if element.tag in ("script", "style", "noscript", "template"):
            text = element.tail
        else:
            text = f"{element.text or ''} {element.tail or ''}"
        if text and (text := " ".join(text.split())):
            parts.append(text)
            size += len(text)
            if size > limit:
                break
    return " ".join(parts)


def article_kind(seen: Seen) -> RejectReason | None:
    """Return why the extracted text is no whole article; None: it is one."""
    size = sum(map(len, seen.paragraphs))
    return next((kind for kind, test in _KINDS if test(seen, size)), None)


def _is_live(seen: Seen) -> bool:
    if "LiveBlogPosting" in seen.declared.types:
        return True
    return (
        _signs(seen, "live_blog") and seen.num_times >= _data()["limits"]["live_times"]
    )


def _is_kind(seen: Seen, kind: str, declared_type: str) -> bool:
    is_declared = declared_type in seen.declared.types and (
        seen.declared.article is None or not seen.declared.article.is_article
    )
    return is_declared or _signs(seen, kind)


def _is_paywalled(seen: Seen, size: int) -> bool:
    """Return whether a wall cuts the text off; many sites lock pages they serve whole."""
    last = seen.paragraphs[-1].rstrip() if seen.paragraphs else "…"
    is_cut_off = not last.endswith((".", "!", "?", '"', "”", "’", "»", ")", "؟", "。"))
    is_cut_off = is_cut_off or last.endswith(("...", "[…]", "[...]"))
    if not is_cut_off and not _under("stub", size):
        return False
    article = seen.declared.article
    is_locked = article is not None and article.is_free is False
    if is_locked or seen.declared.meta("article:content_tier") in ("locked", "metered"):
        return True
    folded = fold(seen.page_text())
    return any(phrase in folded for phrase in _data()["paywall"]["phrases"])


def _is_index(seen: Seen) -> bool:
    article = seen.declared.article
    if article is not None and article.is_article:
        return False
    parts = urlsplit(seen.url)
    prose = [p for p in seen.paragraphs if len(p) > _PROSE]
    linked = sum(paragraph_key(p) in seen.linked for p in seen.paragraphs)
    is_linked = linked > _data()["limits"]["index_links"] * max(1, len(seen.paragraphs))
    if parts.path in ("", "/") and not parts.query:
        return len(prose) < 4 or is_linked
    if is_linked and len(seen.paragraphs) >= 4:
        return len(prose) < linked
    return _signs(seen, "index_page") and (
        len(prose) < 3 or bool(seen.declared.types & {"CollectionPage", "ItemList"})
    )


def _signs(seen: Seen, kind: str) -> bool:
    signs = _data()[kind]
    title = fold(seen.title)
    path = urlsplit(seen.url).path.lower()
    is_titled = any(
        title.startswith(sign) or title.endswith(sign) for sign in signs["titles"]
    )
    return is_titled or any(part in f"{path}/" for part in signs["paths"])


def _under(limit: str, size: int) -> bool:
    return size < int(_data()["limits"][limit])


_KINDS: tuple[tuple[RejectReason, Callable[[Seen, int], bool]], ...] = (
    (RejectReason.TOO_LARGE, lambda _, size: not _under("longest_article", size)),
    (RejectReason.LIVE_BLOG, lambda seen, _: _is_live(seen)),
    (RejectReason.INDEX_PAGE, lambda seen, _: _is_index(seen)),
    (
        RejectReason.VIDEO_PAGE,
        lambda seen, size: (
            _under("video", size) and _is_kind(seen, "video_page", "VideoObject")
        ),
    ),
    (
        RejectReason.GALLERY,
        lambda seen, size: (
            _under("gallery", size) and _is_kind(seen, "gallery", "ImageGallery")
        ),
    ),
    (
        RejectReason.PAYWALL,
        lambda seen, size: _under("paywall", size) and _is_paywalled(seen, size),
    ),
    (RejectReason.NO_BODY, lambda _, size: _under("article", size)),
)
