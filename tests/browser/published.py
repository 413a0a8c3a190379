"""Published files for the report's tests, made through the warehouse's own loading."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tasks.aggregation.load import load_aggregates
from tasks.loading.load import (
    load_articles,
    load_coded,
    load_derivation,
    load_feeds,
    load_polls,
)
from tasks.loading.load_events import load_resolution
from tasks.model.articles import Article
from tasks.model.coding import EventDate, EventMention, Fatalities, FatalityClaim
from tasks.model.events import EventRevision, ResolvedEvent
from tasks.reporting.charts import EVENT_TYPES
from tests.unit.warehouse import make
from warehouse.connect import Warehouse
from warehouse.publish import ReleaseInfo, publish, release_id_of

RTL = "\u202egnp.exe\u2066 \u05d0\u05d1\u05d2"
HOSTILE_TITLES = (
    "<script>window.hacked = 1</script> attack on a market",
    "</script><img src=x onerror='window.hacked = 2'>",
    f"{RTL} attack on a market",
    "A" * 10_000,
    "{{ 7 * 7 }} ${window.hacked = 3} &lt;b&gt;",
    "']}); window.hacked = 4; //\u2028<!--",
)
COUNTRIES = ("MLI", "NGA", "SDN", "COL", "UKR")
_PLACES = {
    "MLI": ("Tirkadja", 14.5, -4.2),
    "NGA": ("Damboa", 11.2, 12.8),
    "SDN": ("El Fasher", 13.6, 25.3),
    "COL": ("Suárez", 3.0, -76.7),
    "UKR": ("Kherson", 46.6, 32.6),
}
_FILLER = (
    "Residents said that people fled along the road to the north while shops stayed "
    "closed and soldiers set up posts at the entrances of the town for a second day."
)


def hostile(folder: Path) -> Path:
    """Return a published file whose titles, names and places try to be more than text."""
    warehouse = make.new_warehouse(folder)
    numbers = range(1, len(HOSTILE_TITLES) + 1)
    mentions, articles = [], []
    for number, title in zip(numbers, HOSTILE_TITLES, strict=True):
        mention = _mention(number, 1)
        short = title[:500]
        place = replace(mention.location, name=short, mention=short)
        actor = replace(mention.side1[0], name=short, mention=short)
        mentions.append(replace(mention, location=place, side1=(actor,)))
        articles.append(make.article(number, title=title, publisher=short))
    _load(warehouse, articles, mentions, make.NOW)
    return _publish(warehouse, folder, make.NOW)


def large(
    folder: Path, count: int = 500, reports: int = 2, watched_weeks: int = 0
) -> Path:
    """Return a published file of `count` events over eight weeks, each told by some.

    A feed of Mali that was polled `watched_weeks` ago gives its regions quiet weeks
    before these, against which the events are a surge.
    """
    warehouse = make.new_warehouse(folder)
    before = make.NOW - timedelta(days=1)
    if watched_weeks:
        first = make.NOW - timedelta(weeks=watched_weeks)
        with warehouse.transaction("first poll", "run-0") as tx:
            load_feeds(tx, [make.feed()])
            load_polls(tx, [make.outcome(polled_at=first)])
    _load(warehouse, *_many(1, count // 2, reports), before)
    _publish(warehouse, folder, before)
    _load(warehouse, *_many(count // 2 + 1, count, reports), make.NOW, revised=True)
    with warehouse.transaction("aggregate", "run-2") as tx:
        load_aggregates(tx, make.NOW)
    return _publish(warehouse, folder, make.NOW)


def _many(
    first: int, last: int, reports: int
) -> tuple[list[Article], list[EventMention]]:
    numbers = [n * 10 + r for n in range(first, last + 1) for r in range(reports)]
    mentions = [_mention(number, reports) for number in numbers]
    articles = []
    for number in numbers:
        paragraphs = (*make.article().paragraphs, *(_FILLER,) * 4)
        articles.append(make.article(number, paragraphs=paragraphs))
    return articles, mentions


def _mention(number: int, reports: int) -> EventMention:
    """Return the report `number`; with several reports an event, tens number the event."""
    event = number // 10 if reports > 1 else number
    country = COUNTRIES[event % len(COUNTRIES)]
    name, latitude, longitude = _PLACES[country]
    base = make.mention(number)
    day = make.DAY - timedelta(days=event % 56)
    place = replace(
        base.location,
        name=name,
        mention=name,
        country=country,
        latitude=latitude + event % 7 * 0.3,
        longitude=longitude + event % 11 * 0.3,
        geo_precision=1 + event % 3,
    )
    span = base.evidence[0]
    return replace(
        base,
        event_type=EVENT_TYPES[event % len(EVENT_TYPES)],
        event_date=EventDate(day, day, 1, 1, "on Saturday", "weekday"),
        location=place,
        evidence=tuple(
            replace(span, field=field)
            for field in ("event", "event_type", "fatalities", "actor1", "date")
        ),
        fatalities=Fatalities(
            5, 12, 20, "at least 12", (FatalityClaim("The army", "12", 12, 12, side=2),)
        ),
    )


def _load(
    warehouse: Warehouse,
    articles: list[Article],
    mentions: list[EventMention],
    at: datetime,
    *,
    revised: bool = False,
) -> None:
    """Load articles and the events that their mentions tell."""
    told: dict[int, list[int]] = {}
    numbers = [int(article.article_id.rpartition("-")[2]) for article in articles]
    for number in numbers:
        told.setdefault(number // 10 if len(articles) > 6 else number, []).append(
            number
        )
    by_number = dict(zip(numbers, mentions, strict=True))
    run = f"run-{at:%d}"
    with warehouse.transaction(f"{run}:feeds", run) as tx:
        load_feeds(tx, [make.feed(), make.feed("Quiet Post")])
        load_polls(tx, [make.outcome(make.item(1), polled_at=at)])
    with warehouse.transaction(f"{run}:batch", run) as tx:
        load_articles(tx, articles, at)
        load_coded(tx, [make.coded(n, by_number[n]) for n in numbers], at)
        load_derivation(
            tx,
            [make.lineage(n, parent=_parent(n, told)) for n in numbers],
            [make.mutation(n, p) for n in numbers if (p := _parent(n, told))],
            [make.story(n) for n in numbers],
        )
        events = [_event(e, by_number, reports, at) for e, reports in told.items()]
        load_resolution(
            tx,
            events=events,
            revisions=[r for e in events for r in _history(e, at, revised)],
            redirects=[],
            links=[make.link(n, e) for e, reports in told.items() for n in reports],
            known_at=at,
        )


def _parent(number: int, told: dict[int, list[int]]) -> int | None:
    for reports in told.values():
        if number in reports[1:]:
            return reports[0]
    return None


def _event(
    number: int, mentions: dict[int, EventMention], reports: list[int], at: datetime
) -> ResolvedEvent:
    disputed = number % 10 == 0
    return make.event(
        number,
        coded=mentions[reports[0]],
        mention_ids=tuple(mentions[n].mention_id for n in reports),
        num_mentions=len(reports),
        num_sources=len(reports),
        independent_origins=1 + number % 3,
        is_disputed=disputed,
        disputes=("fatalities: The army: 12; Residents: 20",) if disputed else (),
        known_at=at,
    )


def _history(event: ResolvedEvent, at: datetime, revised: bool) -> list[EventRevision]:
    """Return the event's revisions: some of a revised batch have a second one."""
    number = int(event.event_id.rpartition("-")[2])
    created = replace(make.created(number, at), mention_id=event.mention_ids[0])
    if not revised or number % 25:
        return [created]
    later = replace(
        created,
        revision=2,
        changed_field="fatalities_best",
        old_value="5",
        new_value="12",
        rule_id="R-REV-2",
    )
    return [created, later]


def _publish(warehouse: Warehouse, folder: Path, at: datetime) -> Path:
    release = ReleaseInfo(
        release_id=release_id_of(at),
        run_id=f"run-{at:%d}",
        published_at=at,
        code_version="1",
        coder_version="test-1",
        reference_version="ref-1",
    )
    return publish(warehouse.path, folder / "public", release, 2, wait_s=20).path
