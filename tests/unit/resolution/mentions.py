"""Mentions for the tests of resolution, every field with a plain default."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tasks.model.coding import (
    Actor,
    ActorKind,
    Claim,
    EventDate,
    EventMention,
    Evidence,
    Fatalities,
    FatalityClaim,
    Location,
    TemporalStatus,
)
from tasks.resolution.contexts import MentionContext

REBELS = Actor("Fano Militia", "Fano", ActorKind.REBEL_GROUP, "fano", listed=True)
ARMY = Actor(
    "Military Forces of Ethiopia",
    "federal troops",
    ActorKind.STATE_FORCES,
    "eth-mil",
    "ETH",
    listed=True,
)
GUNMEN = Actor(
    "Unidentified Armed Group (Ethiopia)",
    "gunmen",
    ActorKind.UNIDENTIFIED,
    country="ETH",
)
VILLAGERS = Actor("Civilians (Ethiopia)", "villagers", ActorKind.CIVILIANS)
DAY = date(2026, 6, 8)
MERAWI = Location(
    "Merawi",
    "Merawi",
    "ETH",
    "Amhara",
    latitude=11.41,
    longitude=37.16,
    geo_precision=1,
)


def place(
    name: str, latitude: float | None, longitude: float | None, precision: int = 1
) -> Location:
    """Return a place in Amhara; without coordinates it has no gazetteer match."""
    return replace(
        MERAWI,
        name=name,
        mention=name,
        latitude=latitude,
        longitude=longitude,
        geo_precision=precision,
    )


def toll(
    low: int, best: int | None = None, high: int | None = None, text: str | None = None
) -> Fatalities:
    """Return a toll without claims; `text` defaults to its figure."""
    return Fatalities(
        low, best, high, text or f"{best if best is not None else low} dead"
    )


def claimed(*claims: tuple[str | None, int, int | None, int | None]) -> Fatalities:
    """Return a toll of claims (claimant, low, high, side)."""
    found = tuple(
        FatalityClaim(name, f"{low} dead", low, high, side=side)
        for name, low, high, side in claims
    )
    low = sum(c.low for c in found)
    return Fatalities(low, low, sum(c.high or c.low for c in found), "dead", found)


def said_by(claimant: str, kind: str, **changes: Any) -> Claim:
    """Return a claim that names what kind of source somebody is."""
    base = Claim(claimant, kind, "claimed", "toll", None, 0, 4, "dead")
    return replace(base, **changes)


def event(key: str = "m", ordinal: int = 0, **changes: Any) -> EventMention:
    """Return a clash at Merawi on DAY; `changes` replace its fields."""
    base = EventMention(
        mention_id=str(uuid5(NAMESPACE_URL, f"{key}#{ordinal}")),
        article_id=f"article-{key}",
        ordinal=ordinal,
        primary=ordinal == 0,
        event_type="Battles",
        sub_event_type="Armed clash",
        disorder_type="Political violence",
        temporal_status=TemporalStatus.CURRENT,
        event_date=EventDate(DAY, DAY, 1, 1, "Monday", "weekday"),
        location=MERAWI,
        side1=(REBELS,),
        side2=(ARMY,),
        initiator_known=True,
        civilian_targeting=False,
        fatalities=Fatalities(),
        responsibility_status=None,
        responsibility_by=None,
        claims=(),
        evidence=(Evidence("event", 0, 6, "fought", "R"),),
        confidence=0.7,
    )
    return replace(base, **changes)


def on(day: date, precision: int = 1, until: date | None = None) -> EventDate:
    """Return a date of that precision."""
    return EventDate(day, until or day, precision, 1)


def report(
    key: str,
    *,
    hours: float = 0,
    family: str | None = None,
    lineage: str = "origin",
    publisher: str | None = None,
    mention: EventMention | None = None,
    **changes: Any,
) -> MentionContext:
    """Return a mention in an article published `hours` after DAY's evening."""
    moment = datetime(2026, 6, 8, 18, tzinfo=UTC) + timedelta(hours=hours)
    return MentionContext(
        mention=mention or event(key, **changes),
        publisher=publisher or f"Outlet {key}",
        published_at=moment,
        first_seen_at=moment + timedelta(minutes=10),
        canonical_url=f"https://{key}.example/story",
        family_id=family or f"family-{key}",
        lineage=lineage,
    )
