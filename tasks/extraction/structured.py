"""What a page declares about itself: JSON-LD and meta elements, as typed values."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

_MAX_SCRIPT = 1_000_000
_MAX_NODES = 5_000
_ARTICLE_TYPES = frozenset(
    ["Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting",
     "BackgroundNewsArticle", "OpinionNewsArticle", "AskPublicNewsArticle", "ReviewNewsArticle",
     "LiveBlogPosting", "Report", "SocialMediaPosting", "TechArticle", "ScholarlyArticle"]
)  # fmt: skip
_PAGE_TYPES = frozenset(
    ["WebPage", "ItemPage", "CollectionPage", "VideoObject", "ImageGallery", "VideoGallery",
     "ItemList", "SearchResultsPage"]
)  # fmt: skip
_TAIL_COMMA = re.compile(r",\s*([}\]])")
_TAGS = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Markup:
    """One JSON-LD node about the page or its article; None: not stated."""

    types: tuple[str, ...]
    headline: str | None = None
    description: str | None = None
    body: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    is_free: bool | None = None

    @property
    def is_article(self) -> bool:
        """Whether the node says it is an article."""
        return not _ARTICLE_TYPES.isdisjoint(self.types)


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything declared: the best JSON-LD node, all types, and the meta elements."""

    article: Markup | None
    types: frozenset[str]
    metas: dict[str, str]  # first value of each name, property or itemprop, lower case
    links: dict[str, str]  # first href of each rel

    def meta(self, *names: str) -> str | None:
        """Return the first non-empty value among these names."""
        return next((v for n in names if (v := self.metas.get(n))), None)


def read_declared(tree: HtmlElement) -> Declared:
    """Return what the page declares; never raises on what it finds."""
    found: dict[str, list[HtmlElement]] = {"meta": [], "link": [], "script": []}
    for element in tree.iter(*found):  # one walk: a page has thousands of elements
        found[str(element.tag)].append(element)
    markups = map(_markup, _nodes(found["script"]))
    nodes = [markup for markup in markups if markup is not None]
    articles = [node for node in nodes if node.is_article]
    articles.sort(key=lambda node: -(bool(node.published) + bool(node.headline)))
    pages = [node for node in nodes if node.published or node.headline]
    return Declared(
        article=next(iter(articles or pages), None),
        types=frozenset(kind for node in nodes for kind in node.types),
        metas=_metas(found["meta"]),
        links=_links(found["link"]),
    )


def _metas(elements: Iterable[HtmlElement]) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in elements:
        value = (element.get("content") or "").strip()
        if not value:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                metas.setdefault(name.strip().lower(), value[:5000])
    return metas


def _links(elements: Iterable[HtmlElement]) -> dict[str, str]:
    links: dict[str, str] = {}
    for element in elements:
        href = (element.get("href") or "").strip()
        if href:
            links.setdefault((element.get("rel") or "").strip().lower(), href)
    return links


def _nodes(scripts: Iterable[HtmlElement]) -> Iterator[dict[str, Any]]:
    left = _MAX_NODES
    for script in scripts:
        kind = script.get("type") or ""
        if "ld+json" not in kind or not script.text or len(script.text) > _MAX_SCRIPT:
            continue
        stack: list[Any] = [_load(script.text)]
        while stack and left > 0:
            left -= 1
            node = stack.pop()
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.extend(
                    node[key] for key in ("mainEntity", "@graph") if key in node
                )


def _load(text: str) -> Any:
    cleaned = text.strip().removeprefix("<!--").removesuffix("-->")
    cleaned = cleaned.removeprefix("//<![CDATA[").removesuffix("//]]>").strip(" ;\n")
    for candidate in (cleaned, _TAIL_COMMA.sub(r"\1", cleaned)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _markup(node: dict[str, Any]) -> Markup | None:
    types = tuple(
        kind.rpartition("/")[2]
        for kind in _list(node.get("@type"))
        if isinstance(kind, str)
    )
    if _ARTICLE_TYPES.isdisjoint(types) and _PAGE_TYPES.isdisjoint(types):
        return None
    return Markup(
        types=types,
        headline=_text(node.get("headline") or node.get("name")),
        description=_text(node.get("description")),
        body=_long_text(node.get("articleBody")),
        authors=tuple(filter(None, map(_name, _list(node.get("author"))))),
        section=_text(next(iter(_list(node.get("articleSection"))), None)),
        publisher=_name(next(iter(_list(node.get("publisher"))), None)),
        published=_text(node.get("datePublished")) or _text(node.get("uploadDate")),
        modified=_text(node.get("dateModified")),
        language=_text(node.get("inLanguage")),
        is_free=_boolean(node.get("isAccessibleForFree")),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(_TAGS.sub(" ", value[:5000])).split()) or None


def _long_text(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) <= _MAX_SCRIPT else None


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = next(iter(_list(value.get("name"))), None)
    text = _text(value)
    return text if text and not text.startswith("http") else None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return None
