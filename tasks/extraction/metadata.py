"""Title, byline, section, publisher and description of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from tasks.extraction.structured import Declared
from tasks.model.feeds import Feed, FeedItem
from tasks.text.fold import fold

_SUFFIX = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*|\s+::\s+")
_ALNUM = re.compile(r"[\W_]+")
_BY = re.compile(
    r"^(?:by|par|por|von|di|door|oleh|written by|reported by|story by|автор|بقلم|كتب)[\s:]+",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"https?://|@|\bwww\.|\d{4}", re.IGNORECASE)
_AUTHOR_METAS = (
    "author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl",
)  # fmt: skip
# By their attributes: a third of the elements have a class, and few the others.
_AUTHOR_MARKS = etree.XPath(
    "((.//*/@rel[.='author']|.//*/@itemprop[.='author']"
    "|.//*/@class[.='byline' or .='author' or .='author-name'])"
    "/parent::*[not(self::link or self::meta)]"
    "[not(ancestor-or-self::*[contains(@class, 'comment') or contains(@id, 'comment')])])"
    "[position() < 4]"
)
_MAX_TITLE = 400
_MAX_BYLINE = 150


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about its article; None: not said."""

    title: str
    headings: tuple[str, ...]  # other wordings of the title on the same page
    byline: str | None
    section: str | None
    publisher: str | None
    description: str | None


def read_metadata(
    tree: HtmlElement,
    declared: Declared,
    url: str,
    item: FeedItem | None = None,
    feed: Feed | None = None,
) -> Metadata:
    """Return the article's metadata; the title is "" when nothing names it."""
    article = declared.article
    publisher = declared.meta("og:site_name", "application-name", "dc.publisher") or (
        article.publisher if article else None
    )
    names = _site_names(publisher, url, item, feed)
    h1 = _first_heading(tree)
    raw = [
        article.headline if article and article.is_article else None,
        declared.meta("og:title", "twitter:title", "dc.title", "sailthru.title"),
        h1,
        " ".join((tree.findtext(".//title") or "").split()),
        item.title if item else None,
    ]
    titles = [strip_publisher(_clean(t), names) for t in raw if t and _clean(t)]
    title = _best_title(titles, h1)
    return Metadata(
        title=title,
        headings=tuple(dict.fromkeys(titles)),
        byline=_byline(tree, declared, item, names),
        section=_section(declared),
        publisher=(article.publisher if article else None) or publisher,
        description=_clean(declared.meta("og:description", "description") or "")
        or None,
    )


def _best_title(titles: list[str], h1: str | None) -> str:
    if not titles:
        return ""
    # A headline cut by the publisher ("... in northern...") loses to the whole one.
    first = titles[0].rstrip(". …")
    whole = [t for t in titles if t.startswith(first) and len(t) > len(titles[0])]
    if titles[0].endswith(("...", "…")) and whole:
        return whole[0]
    if h1 and same_words(h1, titles[0]):
        return _clean(h1)
    return titles[0]


def same_words(a: str, b: str) -> bool:
    """Return whether two lines differ in nothing but case, marks and spaces."""
    return _ALNUM.sub("", fold(a)) == _ALNUM.sub("", fold(b))


def strip_publisher(title: str, names: frozenset[str]) -> str:
    """Return the title without the publisher's name at its end or start."""
    for _ in range(3):
        parts = list(_SUFFIX.finditer(title))
        if not parts:
            return title
        tail = _squeeze(title[parts[-1].end() :])
        head = _squeeze(title[: parts[0].start()])
        if tail in names and title[: parts[-1].start()].strip():
            title = title[: parts[-1].start()].strip()
        elif head in names:
            title = title[parts[0].end() :].strip()
        else:
            return title
    return title


def _squeeze(text: str) -> str:
    return _ALNUM.sub("", fold(text))


def _site_names(
    publisher: str | None, url: str, item: FeedItem | None, feed: Feed | None
) -> frozenset[str]:
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    names = [host, host.partition(".")[0], publisher or ""]
    names.append(item.source_publisher or "" if item else "")
    names.append(feed.name if feed else "")
    names += [f"{name}.com" for name in names if name]
    squeezed = {_squeeze(name) for name in names}
    squeezed |= {name.removeprefix("the") for name in squeezed}
    return frozenset(name for name in squeezed if len(name) > 1)


def _first_heading(tree: HtmlElement) -> str | None:
    for tag in ("h1", "h2"):
        for heading in tree.iter(tag):
            text = _clean(heading.text_content())
            if len(text) > 10:
                return text
    return None


def _byline(
    tree: HtmlElement, declared: Declared, item: FeedItem | None, names: frozenset[str]
) -> str | None:
    for offer in _offers(tree, declared, item):
        name = _BY.sub("", _clean(offer))
        is_name = 2 < len(name) <= _MAX_BYLINE and not _NOT_A_NAME.search(name)
        if is_name and _squeeze(name) not in names:
            return name
    return None


def _offers(
    tree: HtmlElement, declared: Declared, item: FeedItem | None
) -> Iterator[str]:
    article = declared.article
    yield ", ".join(article.authors) if article else ""
    yield declared.meta(*_AUTHOR_METAS) or ""
    marked = cast("list[HtmlElement]", _AUTHOR_MARKS(tree))
    yield from (element.text_content()[:1000] for element in marked)
    yield (item.author or "") if item else ""


def _section(declared: Declared) -> str | None:
    article = declared.article
    stated = (article.section if article else None) or declared.meta(
        "article:section", "parsely-section", "sailthru.section", "section", "category"
    )
    return _clean(stated)[:100] or None if stated else None


def _clean(text: str) -> str:
    return " ".join(text[: _MAX_TITLE * 4].split())[: _MAX_TITLE * 2]
