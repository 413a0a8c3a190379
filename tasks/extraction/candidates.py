"""Judges the engine's text, and asks for a second opinion where it looks wrong.

The first text stands unless a cheap signal speaks against it; then every other text
the page or its feed offers is judged by the same measure.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement, fragment_fromstring

from tasks.extraction.page import Body, paragraph_key
from tasks.text.fold import fold

_SHORT = 400  # characters; the shortest real article of a hundred has 350
_PROSE = 80
_MAX_FEED = 500_000
_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAD_AGREES = 0.3
_TITLE_AGREES = 0.5
_COMPARED = 5_000  # characters of a text in which its lead and title must show
_SPLIT = 0.5  # of the first text's size
_MARGIN = 1.25  # a second opinion must be clearly better


@dataclass(frozen=True, slots=True)
class Offers:
    """What page and feed say about the text, to check it against."""

    title: str
    lead: str  # description or feed summary; "" if there is none
    jsonld_body: str | None
    feed_content: str | None
    linked: Collection[str]


def choose_body(
    first: Body,
    offers: Offers,
    second_opinions: Iterable[Callable[[], Body]],
    *,
    known_doubt: str | None = None,
) -> tuple[Body, str]:
    """Return the best text and the rule that chose it.

    second_opinions are called only when a signal speaks against the first text, or
    the caller knows why it is not to be believed.
    """
    signal = doubt(first, offers) or known_doubt
    if signal is None:
        return first, "first"
    others = [*_stated(offers), *(opinion() for opinion in second_opinions)]
    start = next((other for other in others if _splits(other, first)), first)
    best, best_score = start, judge(start, offers)
    for body in others:
        score = judge(body, offers)
        if score > best_score * (_MARGIN if best is start else 1.0):
            best, best_score = body, score
    if best is first:
        return best, f"{signal}:kept"
    return best, f"{signal}:{'split' if best is start else 'replaced'}"


def _splits(other: Body, first: Body) -> bool:
    """Return whether a text is the first one, less its edges, in more paragraphs.

    On very short pages the engine gives the whole page as one line.
    """
    text = " ".join(first.paragraphs)
    return (
        len(other.paragraphs) > len(first.paragraphs)
        and other.size > first.size * _SPLIT
        and all(paragraph in text for paragraph in other.paragraphs)
    )


def doubt(body: Body, offers: Offers) -> str | None:
    """Return the signal that speaks against a text; None if nothing does."""
    return next((name for name, test in _DOUBTS if test(body, offers)), None)


def _is_shorter_than_stated(body: Body, offers: Offers) -> bool:
    stated = (offers.jsonld_body or "", offers.feed_content or "")
    if max(map(len, stated)) <= 2 * body.size:
        return False  # markup only adds to a text: no need to read it
    return max((o.size for o in _stated(offers)), default=0) > 2 * body.size


def _is_linked(body: Body, offers: Offers) -> bool:
    linked = sum(paragraph_key(p) in offers.linked for p in body.paragraphs)
    return linked * 2 > len(body.paragraphs)


def _disagrees(body: Body, offers: Offers) -> bool:
    return (
        bool(offers.lead)
        and not _agrees(offers.lead, body, _LEAD_AGREES)
        and not _agrees(offers.title, body, _TITLE_AGREES)
    )


_DOUBTS: tuple[tuple[str, Callable[[Body, Offers], bool]], ...] = (
    ("empty", lambda body, _: not body.paragraphs),
    ("short", lambda body, _: body.size < _SHORT),
    ("shorter-than-stated", _is_shorter_than_stated),
    ("linked", _is_linked),
    ("no-prose", lambda body, _: _prose(body.paragraphs) * 2 < body.size),
    ("disagrees", _disagrees),
)


def judge(body: Body, offers: Offers) -> float:
    """Return how much a text looks like the article; 0 for no text."""
    prose = _prose(body.paragraphs)
    agreement = 0.3 + _agreement(f"{offers.title} {offers.lead}", body)
    noise = body.size - prose
    return max(0.0, prose - 0.5 * noise) * agreement


def _prose(paragraphs: Sequence[str]) -> int:
    return sum(len(p) for p in paragraphs if len(p) > _PROSE)


def _agreement(statement: str, body: Body) -> float:
    """Return the share of a statement's words that the text has."""
    return max(_agreements(statement, body))


def _agrees(statement: str, body: Body, share: float) -> bool:
    """Return whether the text has at least this share of a statement's words.

    Most texts have it in their first lines, and the rest need not be read.
    """
    return any(found >= share for found in _agreements(statement, body))


def _agreements(statement: str, body: Body) -> Iterator[float]:
    """Yield the share of a statement's words found so far, while reading the text."""
    words = set(_WORD.findall(fold(statement)))
    if not words:
        yield 0.5  # nothing to compare with
        return
    yield 0.0
    missing = set(words)
    for match in _WORD.finditer(fold(" ".join(body.paragraphs)[:_COMPARED])):
        if match[0] in missing:
            missing.remove(match[0])
            yield (len(words) - len(missing)) / len(words)


def _stated(offers: Offers) -> Iterator[Body]:
    for extractor, text in (
        ("jsonld", offers.jsonld_body),
        ("feed-content", offers.feed_content),
    ):
        if text and len(text) < _MAX_FEED:
            yield Body(extractor, text_of(text))


def text_of(markup: str) -> tuple[str, ...]:
    """Return the paragraphs of a text or a piece of HTML."""
    if "<" in markup:
        try:
            element = fragment_fromstring(markup, create_parent="div")
        except (ValueError, AssertionError, IndexError):
            return ()
        for block in element.iter("p", "br", "div", "li", "h2", "h3", "blockquote"):
            block.tail = f"\n{block.tail or ''}"
            block.text = f"\n{block.text or ''}"
        for block in element.xpath(".//figure|.//script|.//style|.//aside"):
            block.drop_tree()
        markup = element.text_content()
    lines = (" ".join(line.split()) for line in markup.splitlines())
    return tuple(line for line in lines if line)


def cluster(tree: HtmlElement) -> Body:
    """Return the paragraphs of the part of the page that holds most prose."""
    weights: dict[HtmlElement, float] = {}
    for paragraph in tree.iter("p"):
        size = len(" ".join(paragraph.text_content().split()))
        linked = sum(len(a.text_content()) for a in paragraph.iter("a"))
        if size - linked < _PROSE:
            continue
        # the parent holds it wholly, the ancestors ever less: body blocks may be apart
        weight = float(size - linked)
        for ancestor in paragraph.iterancestors():
            if ancestor.tag in ("body", "html"):
                break
            weights[ancestor] = weights.get(ancestor, 0.0) + weight
            weight *= 0.75
    if not weights:
        return Body("paragraph-cluster", ())
    best = max(weights, key=lambda element: weights[element])  # first of equals
    lines = (
        " ".join(block.text_content().split())
        for block in best.iter("p", "h2", "h3", "h4", "li", "blockquote", "pre")
        if block.find(".//p") is None
    )
    return Body("paragraph-cluster", tuple(line for line in lines if line))
