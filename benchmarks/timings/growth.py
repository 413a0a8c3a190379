"""A night of 2,000 articles loaded into warehouses of 0, 100,000 and 1,000,000 articles.

Loading, linking to events and the night's aggregates: what happens inside the writer's
lock. `ours` is the night on the largest warehouse, `reference` on the empty one.
"""

import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.timings.publish import bulk_warehouse
from tasks.aggregation.load import load_aggregates
from tasks.loading.load import load_articles, load_coded
from tasks.loading.load_events import load_resolution
from tasks.model.articles import Article
from tasks.model.coding import (
    Actor,
    ActorKind,
    CodedArticle,
    EventDate,
    EventMention,
    Evidence,
    Fatalities,
    Location,
    TemporalStatus,
)
from tasks.model.events import EventLink, EventRevision, ResolvedEvent
from warehouse.connect import Warehouse
from warehouse.store import pending_items
from warehouse.store_articles import mentions_between

SIZES = (0, 100_000, 1_000_000)
NUM_ARTICLES = 2_000
_BATCH = 50
_NIGHT = datetime(2026, 1, 1, 4, tzinfo=UTC)
_DAY = date(2025, 12, 31)


def measure() -> dict[str, object]:
    """Return the seconds of one night per size of warehouse."""
    seconds = {size: _night_at(size) for size in SIZES}
    ours, reference = seconds[SIZES[-1]], seconds[SIZES[0]]
    return {
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 2),
        "unit": "s",
        "n": NUM_ARTICLES,
        "seconds_by_size": {str(k): round(v, 2) for k, v in seconds.items()},
    }


def _night_at(size: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        warehouse = bulk_warehouse(Path(name), size)
        with warehouse.transaction("before", "bench") as tx:
            load_aggregates(tx, _NIGHT - timedelta(days=1))
        started = time.perf_counter()
        _night(warehouse)
        return time.perf_counter() - started


def _night(warehouse: Warehouse) -> None:
    pending_items(warehouse, 20_000)
    for start in range(0, NUM_ARTICLES, _BATCH):
        numbers = range(start, start + _BATCH)
        with warehouse.transaction(f"batch-{start}", "night") as tx:
            load_articles(tx, [_article(n) for n in numbers], _NIGHT)
            load_coded(tx, [_coded(n) for n in numbers], _NIGHT)
    mentions_between(warehouse, _DAY, _DAY, ["MLI"])
    with warehouse.transaction("events", "night") as tx:
        load_resolution(
            tx,
            events=[_event(n) for n in range(NUM_ARTICLES)],
            revisions=[_revision(n) for n in range(NUM_ARTICLES)],
            redirects=[],
            links=[EventLink(f"m{n}", f"e{n}", 1.0) for n in range(NUM_ARTICLES)],
            known_at=_NIGHT,
        )
    with warehouse.transaction("aggregates", "night") as tx:
        load_aggregates(tx, _NIGHT, touched=[_DAY])


def _article(number: int) -> Article:
    return Article(
        article_id=f"a{number}",
        canonical_url=f"https://night.example/{number}",
        url=f"https://night.example/{number}",
        publisher="Night",
        publisher_host="night.example",
        title=f"Gunmen attack village {number}",
        paragraphs=(f"Gunmen killed {number} people. " * 30,) * 3,
        language="en",
        language_confidence=1.0,
        published_at=_NIGHT,
        updated_at=None,
        first_seen_at=_NIGHT,
    )


def _mention(number: int) -> EventMention:
    place = f"Village {number}"
    return EventMention(
        mention_id=f"m{number}",
        article_id=f"a{number}",
        ordinal=0,
        primary=True,
        event_type="Violence against civilians",
        sub_event_type="Attack",
        disorder_type="Political violence",
        temporal_status=TemporalStatus.CURRENT,
        event_date=EventDate(_DAY, _DAY, 1, 1),
        location=Location(place, place, "MLI", f"Region {number % 40}"),
        side1=(Actor("Gunmen", "Gunmen", ActorKind.UNIDENTIFIED, country="MLI"),),
        side2=(Actor("Civilians (Mali)", "people", ActorKind.CIVILIANS),),
        initiator_known=True,
        civilian_targeting=True,
        fatalities=Fatalities(1, 1, 1, "1"),
        responsibility_status=None,
        responsibility_by=None,
        claims=(),
        evidence=(Evidence("event", 0, 6, "Gunmen", "T-1"),),
        confidence=0.8,
        coder_version="bench",
    )


def _coded(number: int) -> CodedArticle:
    return CodedArticle(
        article_id=f"a{number}",
        relevant=True,
        relevance_score=1.0,
        mentions=(_mention(number),),
        coder_version="bench",
    )


def _event(number: int) -> ResolvedEvent:
    return ResolvedEvent(
        event_id=f"e{number}",
        mention_ids=(f"m{number}",),
        coded=_mention(number),
        num_mentions=1,
        num_sources=1,
        independent_origins=1,
        is_disputed=False,
        first_reported_at=_NIGHT,
        known_at=_NIGHT,
    )


def _revision(number: int) -> EventRevision:
    return EventRevision(
        event_id=f"e{number}",
        revision=1,
        valid_from=_NIGHT,
        valid_to=None,
        changed_field="created",
        old_value=None,
        new_value=None,
        rule_id="R-UNIT-3",
        mention_id=f"m{number}",
    )
