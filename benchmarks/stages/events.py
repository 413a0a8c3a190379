"""Stage `events`: what the coder says of each article."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._when import published
from tasks.coding.coder import Coder
from tasks.model.coding import Actor, CodedArticle, Document, EventMention
from tasks.settings import Settings
from tasks.text.language import detect_language


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the coded events of every item."""
    coder = Coder.load(Settings().reference_dir)
    for item in items:
        yield {"id": item["id"], **as_output(coder.code(to_document(item)))}


def to_document(item: dict[str, Any]) -> Document:
    """Return the item as a document."""
    outlet = item.get("outlet") or {}
    return Document(
        article_id=str(item["id"]),
        text=item["text"],
        title=item.get("title") or "",
        url=item.get("url") or "",
        summary=item.get("summary"),
        published_at=published(item.get("published_at")),
        language=item.get("language") or detect_language(item["text"], "en")[0],
        outlet_country=outlet.get("country"),
        outlet_name=outlet.get("name"),
        section=item.get("section"),
        byline=item.get("byline"),
    )


def as_output(coded: CodedArticle) -> dict[str, Any]:
    """Return a coded article in the measurement's form."""
    return {
        "relevant": coded.relevant,
        "reject_reason": coded.reject.reason.value if coded.reject else None,
        "events": [_event(m) for m in coded.mentions],
        "excluded": [
            {"start": e.start, "end": e.end, "text": e.quote, "why": e.why}
            for e in coded.excluded
        ],
    }


def _event(m: EventMention) -> dict[str, Any]:
    return {
        "primary": m.primary,
        "event_type": m.event_type,
        "sub_event_type": m.sub_event_type,
        "date_start": m.event_date.start.isoformat() if m.event_date.start else None,
        "date_end": m.event_date.end.isoformat() if m.event_date.end else None,
        "time_precision": m.event_date.time_precision,
        "country": m.location.country,
        "admin1": m.location.admin1,
        "location": m.location.name,
        "latitude": m.location.latitude,
        "longitude": m.location.longitude,
        "geo_precision": m.location.geo_precision,
        "side1": [_actor(a) for a in m.side1],
        "side2": [_actor(a) for a in m.side2],
        "initiator_known": m.initiator_known,
        "civilian_targeting": m.civilian_targeting,
        "fatalities": {
            "low": m.fatalities.low,
            "best": m.fatalities.best,
            "high": m.fatalities.high,
            "text": m.fatalities.text,
            "claims": [
                {"claimant": c.claimant, "count_text": c.count_text, "low": c.low,
                 "high": c.high, "of": c.of}
                for c in m.fatalities.claims
            ],
        },
        "responsibility": {"status": m.responsibility_status, "by": m.responsibility_by},
        "evidence": [
            {"field": e.field, "start": e.start, "end": e.end, "text": e.quote,
             "rule_id": e.rule_id}
            for e in m.evidence
        ],
        "confidence": m.confidence,
        "tags": m.tags,
    }  # fmt: skip


def _actor(actor: Actor) -> dict[str, str]:
    return {"name": actor.name, "mention": actor.mention, "kind": actor.kind.value}
