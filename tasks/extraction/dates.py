"""When a page was published: candidates with their source, and the rule that chooses."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from tasks.extraction.date_text import find_day, parse_stamp
from tasks.extraction.structured import Declared
from tasks.model.articles import DateCandidate
from tasks.model.feeds import FeedItem
from tasks.text.fold import fold

logging.getLogger("htmldate").setLevel(logging.CRITICAL)

# A publisher's clock may run a little ahead; a zone may be missing.
_TOLERANCE = timedelta(hours=14)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time",
    "article.published", "datepublished", "published_time", "publishdate", "publish-date",
    "publication_date", "publicationdate", "pubdate", "publish_date", "published_at",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "article_date_original",
    "originalpublicationdate", "ptime", "bt:pubdate", "citation_publication_date",
    "citation_date", "article:post_date", "rnews:datepublished", "analyticsattributes.articledate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "last-modified", "lastmod", "dc.date.modified", "dcterms.modified", "revised",
)  # fmt: skip
_WEAK = (
    "date",
    "dc.date",
    "dcterms.date",
    "dc.terms.date",
    "created",
    "parsely-page-date",
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:/|-|_|\b)")
_ASIDE = re.compile(r"widget|sidebar|related|footer|teaser|recent|latest")
_INLINE = ("a", "b", "strong", "em", "i", "u")
_MAX_TEXT = 200_000
_DATE_NAME = re.compile(
    r"(?:^|[\W_])(?:date|datum|fecha|data|published|posted|timestamp|time|pubdate|timedata)"
    r"(?:$|[\W_])|date$|datum"
)
_ANNOUNCED = re.compile(
    r"(?<![^\W\d_])(?:published|first published|date of publication|publication date|erschienen|"
    r"veroffentlicht|publie|date de publication|publicado|fecha de publicacion|"
    r"pubblicato|gepubliceerd|yayin tarihi|опубликовано|تاريخ النشر|"
    r"notizia del|artikel vom|meldung vom|nachricht vom|article du|noticia del)\b"
    r"(?:\s(?:on|am|le|el|em|il|op))?\s?[:,-]?\s?(?P<rest>[^\n]{6,40})"
)
# A day's archive, as blogs link it from the date of a post.
_DAY_ARCHIVE = re.compile(r"/((?:19|20)\d\d)/([01]\d)/([0-3]\d)/?\Z")
# When the page last changed, or when a member of a forum joined.
_CHANGED = re.compile(
    r"joined|registered|registriert|mitglied seit|inscrit le|membre depuis|miembro desde|"
    r"iscritto|зарегистрирован|updated?|modifi|aktualisiert|geandert|anderung|mis a jour|actualizad|atualizad|"
    r"last-?mod|changed|guncelle|aggiornat"
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The chosen dates and all candidates in the order of trust; None: unknown."""

    published: DateCandidate | None
    updated_at: datetime | None
    candidates: tuple[DateCandidate, ...]

    @property
    def day(self) -> date | None:
        """The day its readers had: the URL's, when that is only a time zone away.

        Many sites write the moment in UTC and the day of their own zone in the URL.
        """
        if self.published is None:
            return None
        day = self.published.value.date()
        if self.published.has_zone and not self.published.value.utcoffset():
            url_days = [c.value.date() for c in self.candidates if c.source == "url"]
            return next((d for d in url_days if abs(d - day) == timedelta(days=1)), day)
        return day


def read_dates(
    tree: HtmlElement,
    declared: Declared,
    url: str,
    *,
    item: FeedItem | None = None,
    first_seen_at: datetime | None = None,
) -> Dates:
    """Return when the page was published and last changed.

    The rule: the first candidate in the order of trust that does not lie after
    first_seen_at; what the page declares, the feed's date, the day in the URL, a date
    beside the headline, a weaker declaration, and last what htmldate finds. Nothing
    found is None. Costly sources are asked only when the cheap ones are silent.
    """
    latest = None if first_seen_at is None else first_seen_at + _TOLERANCE
    modified = _modified(declared)
    candidates = list(_usable(_declared(declared, item, url), latest))
    if all(candidate.source == "url" for candidate in candidates):
        # nothing declared, or a day without its hour
        visible = list(_usable(_visible(tree, declared), latest))
        candidates = [*_near(visible, candidates), *candidates]
    if not candidates:
        candidates = list(_usable(_engine(tree, url, first_seen_at), latest))
    published = next(iter(candidates), None)
    return Dates(published, _updated(modified, published, latest), tuple(candidates))


def _usable(
    candidates: Iterable[DateCandidate | None], latest: datetime | None
) -> Iterator[DateCandidate]:
    for candidate in candidates:
        if candidate and (latest is None or candidate.value <= latest):
            yield candidate


def _near(
    visible: list[DateCandidate], days: list[DateCandidate]
) -> list[DateCandidate]:
    """Return the visible dates that agree with a day in the URL, if there is one."""
    return [
        seen
        for seen in visible
        if not days
        or abs(seen.value.date() - days[0].value.date()) <= timedelta(days=1)
    ]


def _declared(
    declared: Declared, item: FeedItem | None, url: str
) -> Iterator[DateCandidate | None]:
    article = declared.article
    if article and article.published:
        yield _candidate(article.published, "jsonld")
    for name in _PUBLISHED:
        if name in declared.metas:
            yield _candidate(declared.metas[name], "meta")
    if item and item.published_at and not item.is_date_suspect:
        yield DateCandidate(item.published_at, "feed", has_time=True, has_zone=True)
    match = _URL_DAY.search(urlsplit(url).path)
    if match:
        yield _candidate("-".join(match.groups()), "url")


def _modified(declared: Declared) -> datetime | None:
    stamps = [declared.article.modified] if declared.article else []
    stamps.append(declared.meta(*_MODIFIED))
    parsed = (parse_stamp(stamp) for stamp in stamps if stamp)
    return next((value[0] for value in parsed if value), None)


def _updated(
    modified: datetime | None, published: DateCandidate | None, latest: datetime | None
) -> datetime | None:
    if modified is None or (latest is not None and modified > latest):
        return None
    if published is not None and modified <= published.value:
        return None  # not changed since it was published
    return modified.astimezone(UTC)


def _visible(tree: HtmlElement, declared: Declared) -> Iterator[DateCandidate | None]:
    """Yield dates a reader sees as the article's: marked, beside the headline, announced."""
    month_first = _reads_month_first(tree, declared)
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield _candidate(
            element.get("datetime") or element.get("content") or element.text_content(),
            "time",
        )
    headline = _headline(tree, declared)
    if headline is not None:
        yield from _beside(headline, month_first)
    for name in _WEAK:
        if name in declared.metas:
            yield _candidate(declared.metas[name], "meta")
    yield _announced(tree, declared, month_first)


def _announced(
    tree: HtmlElement, declared: Declared, month_first: bool
) -> DateCandidate | None:
    """Return the date after words such as "Published on", anywhere on the page."""
    body = tree.find("body")
    stated = declared.meta("description", "og:description") or ""
    shown = "" if body is None else body.text_content()[:_MAX_TEXT]
    text = fold(f"{stated[:1000]}\n{shown}")
    for match in _ANNOUNCED.finditer(text):
        day = find_day(match["rest"], month_first=month_first)
        if day:
            return _of_day(day, "time")
    return None


def _headline(tree: HtmlElement, declared: Declared) -> HtmlElement | None:
    """Return the heading that repeats the page's title; else the first one."""
    title = fold(declared.meta("og:title") or tree.findtext(".//title") or "")
    headings = [*tree.iter("h1"), *tree.iter("h2"), *tree.iter("h3"), *tree.iter("h4")]
    for heading in headings[:40]:
        text = " ".join(fold(heading.text_content()).split())
        if len(text) > 8 and text in title:
            return heading
    return headings[0] if headings else None


def _reads_month_first(tree: HtmlElement, declared: Declared) -> bool:
    language = (tree.get("lang") or declared.meta("og:locale") or "").lower()
    return language.replace("_", "-") in ("en-us", "en")


def _beside(headline: HtmlElement, month_first: bool) -> Iterator[DateCandidate]:
    """Yield dates in small elements shortly after, then shortly before a headline."""
    after = headline.xpath("following::*[not(self::script or self::style)]")
    before = headline.xpath("preceding::*[not(self::script or self::style)]")
    for near in (after[:20], before[: -15 - 1 : -1], after[20:60]):
        weak: list[DateCandidate] = []
        for element in near:
            candidate, is_marked = _date_of(element, month_first)
            if candidate and is_marked and not _is_aside(element):
                yield candidate
            elif candidate:
                weak.append(candidate)
        yield from weak


def _is_aside(element: HtmlElement) -> bool:
    names = (a.get("class") or "" for a in islice(element.iterancestors(), 4))
    return any(_ASIDE.search(name) for name in names)


def _date_of(
    element: HtmlElement, month_first: bool
) -> tuple[DateCandidate | None, bool]:
    """Return the date a small element shows, and whether its markup says it is one."""
    if element.tag == "a" and (linked := _of_archive(element)):
        return linked, True
    if element.tag in _INLINE or len(element) > 6:
        return None, False  # a date inside a sentence is a date of the story
    text = " ".join(element.text_content().split())
    name = f"{element.get('class', '')} {element.get('id', '')}".lower()
    stamp = element.get("datetime") if element.tag == "time" else None
    is_readable = 6 <= len(text) <= 160 or stamp is not None
    if not is_readable or _CHANGED.search(fold(f"{name} {text[:40]}")):
        return None, False
    if stamp and (candidate := _candidate(stamp, "time")):
        return candidate, True
    is_marked = element.tag == "time" or bool(_DATE_NAME.search(name))
    day = (
        find_day(text, month_first=month_first)
        if is_marked or len(text) <= 60
        else None
    )
    return (_of_day(day, "time") if day else None), is_marked


def _of_archive(link: HtmlElement) -> DateCandidate | None:
    """Return the day whose archive a link leads to, if its text is a date and no more."""
    match = _DAY_ARCHIVE.search(link.get("href") or "")
    text = link.text_content().strip()
    if match is None or not 6 <= len(text) <= 40 or not any(map(str.isdigit, text)):
        return None
    return _candidate("-".join(match.groups()), "time")


def _engine(
    tree: HtmlElement, url: str, first_seen_at: datetime | None
) -> Iterator[DateCandidate | None]:
    """Ask htmldate, which searches the whole page; the last resort."""
    found = find_date(
        tree,
        url=url,
        original_date=True,
        max_date=None if first_seen_at is None else first_seen_at.date().isoformat(),
    )
    if found:
        yield _candidate(found, "htmldate")


def _candidate(stamp: str, source: str) -> DateCandidate | None:
    parsed = parse_stamp(stamp)
    if parsed is None:
        return None
    value, has_time, has_zone = parsed
    return DateCandidate(value, source, has_time, has_zone)


def _of_day(day: date, source: str) -> DateCandidate:
    value = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return DateCandidate(value, source, has_time=False, has_zone=False)
