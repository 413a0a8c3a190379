"""Cuts the parts of a page that its own markup calls something else than text.

Runs on the parsed tree before the engine. Each cut leaves a mark behind, so that it
can be told between which paragraphs it stood.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from tasks.extraction.page import paragraph_key
from tasks.extraction.part_names import largest_shares, reason_for_name
from tasks.model.articles import Removal

_MARK = "conflictwire-cut"
# Never text, and never looked at again once the metadata has been read.
_DROPPED = (
    "script", "style", "svg", "noscript", "iframe", "link", "template", "nav",
    "button", "picture", "video", "audio", "object", "embed", "canvas", "select",
    "input", "textarea", "label", "dialog", "menu", "map", "head", "img", "source",
    "amp-ad", "amp-embed", "amp-sidebar", "amp-sticky-ad", "amp-consent", "amp-analytics",
    "amp-user-notification", "amp-social-share", "amp-img", "amp-video", "amp-iframe",
)  # fmt: skip
_MEANINGLESS = (
    "span",
    "font",
    "abbr",
    "cite",
    "mark",
    "ins",
    "small",
    "bdi",
    "bdo",
    "u",
)
_TAG_REASONS = {"figcaption": "caption", "aside": "aside", "footer": "footer"}
_BLOCKS = frozenset(
    ["div", "section", "aside", "ul", "ol", "dl", "p", "li", "table", "blockquote", "header", "span",
     "h2", "h3", "h4", "h5", "h6", "figcaption", "footer", "small", "details", "a", "figure", "i", "b", "em", "strong"]
)  # fmt: skip
_LAYOUT = etree.XPath(
    "boolean(.//td[.//p or .//div or .//h1 or .//h2 or count(.//br) > 1]"
    "[string-length(normalize-space(.)) > 150])"
)
_BLOCK_TAGS = frozenset(
    ["p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "br", "section", "article",
     "blockquote", "pre", "dl", "figure", "form", "hr"]
)  # fmt: skip
_LINE_BLOCKS = ("p", "li", "h2", "h3", "h4", "div", "td")
_INLINE = ("b", "strong", "i", "em", "u", "font", "span", "small")
_LINK = 12  # a shorter link is a button
_LINKED = 0.75  # room for a label, a bullet or a [VIDEO] beside the links
_TEXT_BLOCKS = 3  # this many blocks of prose side by side are a text
_PROSE = 80  # a paragraph longer than this is prose, not a label


@dataclass(frozen=True, slots=True)
class Cut:
    """A part cut from the tree, and the start of the paragraph that stood before it."""

    text: str
    reason: str
    after: str | None  # None: no paragraph before it
    before: str | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was cut, and the keys of the lines left that are one link and no more."""

    cuts: tuple[Cut, ...] = ()
    linked: frozenset[str] = frozenset()


def prune(tree: HtmlElement) -> Pruned:
    """Cut from the tree what is not text by its markup."""
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    body = tree.find("body")
    if body is None:
        return Pruned()
    _unfold_layout(body)
    limits = _Limits(body)
    cut: dict[HtmlElement, str] = {}
    texts: list[tuple[str, str]] = []
    last: HtmlElement | None = None
    for element, reason in _candidates(body):
        # in the order of the document only the last one cut can hold this one
        if last is not None and last in element.iterancestors(last.tag):
            continue
        text = element.text_content()
        if limits.is_main(element, text):
            continue
        cut[element] = reason
        last = element
        texts.append((" ".join(text.split()), reason))
    for number, element in enumerate(cut):
        _replace_by_mark(element, number)
    pruned = Pruned(_placed(body, texts), _linked(body))
    # elements without a meaning of their own: the engine would walk each several times
    etree.strip_tags(body, *_MEANINGLESS)
    return pruned


def _unfold_layout(body: HtmlElement) -> None:
    """Give old and generic markup its meaning: tables that lay out, divs that are text."""
    for table in body.iter("table"):
        if table.find(".//th") is None and _LAYOUT(table):
            for part in [table, *table.iter("tbody", "tr", "td")]:
                part.tag = "div"
    leaves = [div for div in _leaves(body) if (div.text or len(div))]
    prose = [div for div in leaves if _is_prose(div)]
    if not prose:
        return
    # a short line among paragraphs is a paragraph; anywhere else it may be a label
    texts = Counter(div.getparent() for div in prose)
    for parent in texts:
        texts[parent] += sum(_is_prose(p) for p in parent.iterchildren("p"))
    for div in leaves:
        if texts[div.getparent()] >= _TEXT_BLOCKS and div.text_content().strip():
            div.tag = "p"


def _leaves(body: HtmlElement) -> list[HtmlElement]:
    """Return the divs that hold no block."""
    holders: set[HtmlElement] = set()
    for block in body.iter(_BLOCK_TAGS):
        parent = block.getparent()
        while parent is not None and parent not in holders:
            holders.add(parent)
            parent = parent.getparent()
    return [div for div in body.iter("div") if div not in holders]


def _is_prose(element: HtmlElement) -> bool:
    size = len(element.text_content())
    if size <= _PROSE:
        return False
    return size - 2 * sum(len(a.text_content()) for a in element.iter("a")) > _PROSE


def _linked(body: HtmlElement) -> frozenset[str]:
    blocks: dict[HtmlElement, list[str]] = {}
    keys: set[str] = set()
    for link in body.iter("a"):
        text = " ".join(link.text_content().split())
        if len(text) < _LINK:
            continue
        if _is_line(link):
            keys.add(paragraph_key(text))
        block = next(link.iterancestors(_LINE_BLOCKS), None)
        if block is not None:
            blocks.setdefault(block, []).append(text)
    for block, texts in blocks.items():
        line = " ".join(block.text_content().split())
        if sum(map(len, texts)) >= _LINKED * len(line):
            keys.update(map(paragraph_key, (line, *texts)))
    return frozenset(keys)


def _is_line(link: HtmlElement) -> bool:
    """Return whether line breaks, and nothing else, stand around a link."""
    element = link
    parent = element.getparent()
    while parent is not None and parent.tag in _INLINE and len(parent) == 1:
        if (parent.text or "").strip() or (element.tail or "").strip():
            return False
        element, parent = parent, parent.getparent()
    before, after = element.getprevious(), element.getnext()
    lead = (
        before.tail
        if before is not None
        else (parent.text if parent is not None else "")
    )
    return (
        before is not None
        and before.tag == "br"
        and not (lead or "").strip()
        and not (element.tail or "").strip()
        and (after is None or after.tag == "br")
    )


class _Limits:
    """Tells a part of the page that holds its text, whatever its name."""

    def __init__(self, body: HtmlElement) -> None:
        text_share, prose_share = largest_shares()
        self._text = text_share * len(body.text_content())
        self._prose = prose_share * _prose(body)

    def is_main(self, element: HtmlElement, text: str) -> bool:
        """Return whether cutting the element would cut the page's own text."""
        return (
            len(text) > self._text
            or (len(text) > self._prose and _prose(element) > self._prose)
            or element.find(".//h1") is not None
        )


def _prose(element: HtmlElement) -> int:
    lengths = (len(p.text_content()) for p in element.iter("p"))
    return sum(length for length in lengths if length > _PROSE)


def _candidates(body: HtmlElement) -> Iterable[tuple[HtmlElement, str]]:
    for element in body.iter(_BLOCKS):
        # Asked apart: pages repeat a class far more often than a class with its id.
        names, identity = element.get("class"), element.get("id")
        reason = reason_for_name(names) if names else None
        if reason is None and identity:
            reason = reason_for_name(identity)
        reason = reason or _TAG_REASONS.get(str(element.tag))
        if element.tag == "small" and reason is None and _is_alone(element):
            reason = "small_print"
        if reason is not None:
            yield element, reason


def _is_alone(element: HtmlElement) -> bool:
    """Return whether an inline element is all there is in its paragraph."""
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag == "p"
        and len(parent) == 1
        and not (parent.text or "").strip()
        and not (element.tail or "").strip()
    )


def _replace_by_mark(element: HtmlElement, number: int) -> None:
    mark = etree.Element(_MARK, n=str(number))
    mark.tail = element.tail
    element.tail = None
    parent = element.getparent()
    assert parent is not None
    parent.replace(element, mark)


def _placed(body: HtmlElement, texts: list[tuple[str, str]]) -> tuple[Cut, ...]:
    if not texts:
        return ()
    keys: list[str | None] = [None] * len(texts)
    followers: list[str | None] = [None] * len(texts)
    last: str | None = None
    waiting: list[int] = []
    for element in body.iter("p", "h2", "h3", _MARK):
        if element.tag == _MARK:
            number = int(element.get("n", "0"))
            keys[number] = last
            waiting.append(number)
            continue
        key = paragraph_key(element.text_content())
        if key:
            last = key
            for number in waiting:
                followers[number] = key
            waiting.clear()
    etree.strip_tags(body, _MARK)
    return tuple(
        Cut(text, reason, after, before)
        for (text, reason), after, before in zip(texts, keys, followers, strict=True)
        if text
    )


def removals(cuts: Iterable[Cut], paragraphs: Sequence[str]) -> list[Removal]:
    """Return the cuts that stood inside or around these paragraphs."""
    index = {
        paragraph_key(text): n for n, text in reversed(list(enumerate(paragraphs)))
    }
    found = []
    for cut in cuts:
        if cut.after in index:
            place = index[cut.after] + 1
        elif cut.before in index:
            place = index[cut.before]
        else:
            continue  # elsewhere on the page: never part of the text
        found.append(
            Removal(cut.text[:2000], cut.reason, place, f"markup:{cut.reason}")
        )
    return found
