"""Stage `incident_date`: the primary event's date, else an old act's, else publication's."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._when import published
from tasks.coding.coder import Coder
from tasks.coding.dates.model import RECENT
from tasks.coding.dates.resolve import DateContext, find_dates, publication_date
from tasks.model.coding import CodedArticle, Document, EventDate
from tasks.settings import Settings

_OLD_DATE = "R-STATUS-OLD-DATE"


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the date the coder gives the first event of every text.

    A text without an event may be about an act too old to be coded (a trial, a search for
    those who did it): its day stands among the exclusions.
    """
    coder = Coder.load(Settings().reference_dir)
    for item in items:
        document = Document(
            article_id=str(item["id"]),
            text=item["text"],
            title=item.get("title") or "",
            published_at=published(item.get("published_at")),
        )
        found = _day(document, coder.code(document))
        yield {
            "id": item["id"],
            "date_start": found.start.isoformat() if found.start else None,
            "date_end": found.end.isoformat() if found.end else None,
        }


def _day(document: Document, coded: CodedArticle) -> EventDate:
    if coded.mentions:
        return coded.mentions[0].event_date
    context = DateContext(document.published_at)
    return _old_day(document, coded, context) or publication_date(context)


def _old_day(
    document: Document, coded: CodedArticle, context: DateContext
) -> EventDate | None:
    """Return the day of the first act that was left out for its date."""
    today = context.today
    spans = [(e.start, e.end) for e in coded.excluded if e.rule_id == _OLD_DATE]
    if today is None or not spans:
        return None
    for told in find_dates(document.text, context):
        is_old = told.last is not None and told.last < today - RECENT
        inside = any(low <= told.start < high for low, high in spans)
        if is_old and inside and told.time_precision == 1:
            return EventDate(told.first, told.last, 1, 1, told.mention, told.basis)
    return None
