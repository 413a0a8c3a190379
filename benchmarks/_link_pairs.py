"""Pairs of mentions that are one event or two, for fitting the weights of links.

Two sources: what the coder says of the demo newsroom's articles, with the authors' event
keys; and variations of the authors' own codings, as another reporter would have it (one
event) or as the next incident of its kind would read (two).
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import combinations
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from benchmarks.stages.derivation import newsroom
from tasks.coding.coder import Coder
from tasks.model.coding import (
    Actor,
    ActorKind,
    EventDate,
    EventMention,
    Fatalities,
    Location,
    TemporalStatus,
)
from tasks.resolution.contexts import MentionContext
from tasks.resolution.facts import facts_of
from tasks.resolution.linking import FORBIDDEN, score_facts
from tasks.settings import Settings

CORPORA = ("africa", "world")
_REPORTS = 5  # variations of one event
_OTHERS = 4  # incidents of its kind near it
_KM = 1 / 111.1  # degrees
_TAKEN_FOR = {
    "Battles": "Violence against civilians",
    "Violence against civilians": "Battles",
    "Explosions/Remote violence": "Battles",
    "Protests": "Riots",
    "Riots": "Protests",
}


@dataclass(frozen=True, slots=True)
class LinkPair:
    """Two mentions that may be linked: their levels, and whether they are one event."""

    group: str  # family of texts or base event: never split over folds
    levels: tuple[str, ...]
    is_one: bool
    source: str  # 'coded' | 'varied'


def all_pairs(seed: int = 7) -> list[LinkPair]:
    """Return every pair that no rule forbids."""
    rows = [row for name in CORPORA for row in _corpus(name)]
    return [*_coded(rows), *_varied(rows, random.Random(seed))]


def _corpus(name: str) -> list[dict[str, Any]]:
    text = files("tasks.demo").joinpath(f"corpus/{name}.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [row | {"text": "\n\n".join((row["title"], *row["body"]))} for row in rows]


def _coded(rows: list[dict[str, Any]]) -> Iterator[LinkPair]:
    key = {
        row["id"]: event["event_key"]
        for row in rows for event in row["gold"]["events"] if event["primary"]
    }  # fmt: skip
    _, contexts = newsroom(rows, Coder.load(Settings().reference_dir))
    known = [(key[c.mention.article_id], c) for c in contexts
             if c.mention.primary and c.mention.article_id in key]  # fmt: skip
    yield from _pairs(known, "coded")


def _pairs(
    known: list[tuple[str, MentionContext]], source: str, group: str = ""
) -> Iterator[LinkPair]:
    for (x, a), (y, b) in combinations(known, 2):
        found = score_facts(facts_of(a), facts_of(b))
        if found.score != FORBIDDEN:
            yield LinkPair(group or min(x, y), found.reasons, x == y, source)


def _varied(rows: list[dict[str, Any]], rng: random.Random) -> Iterator[LinkPair]:
    events = [(row, e) for row in rows for e in row["gold"]["events"]
              if e["primary"] and row["lineage"] == "origin" and e["date_start"]]  # fmt: skip
    for row, event in events:
        base = _gold_mention(event, row["id"])
        known = [("one", _report(_retell(base, rng), row, n)) for n in range(_REPORTS)]
        for n in range(_OTHERS):
            other = _next_incident(base, rng)
            known += [(f"other{n}", _report(_retell(other, rng), row, 10 * n + k + 10))
                      for k in range(2)]  # fmt: skip
        yield from _pairs(known, "varied", event["event_key"])


def _gold_mention(event: dict[str, Any], article_id: str) -> EventMention:
    toll = event["fatalities"]
    return EventMention(
        mention_id=str(uuid5(NAMESPACE_URL, article_id)), article_id=article_id,
        ordinal=0, primary=True, event_type=event["event_type"],
        sub_event_type=event["sub_event_type"], disorder_type="",
        temporal_status=TemporalStatus.REPORTED,
        event_date=EventDate(date.fromisoformat(event["date_start"]),
                             date.fromisoformat(event["date_end"]),
                             event["time_precision"], 1),
        location=Location(event["location"] or "", event["location"] or "",
                          event["country"], event["admin1"],
                          latitude=event["latitude"], longitude=event["longitude"],
                          geo_precision=event["geo_precision"]),
        side1=_side(event["side1"]), side2=_side(event["side2"]),
        initiator_known=event["initiator_known"], civilian_targeting=False,
        fatalities=Fatalities(toll["low"], toll["best"], toll["high"], toll["text"]),
        responsibility_status=None, responsibility_by=None, claims=(), evidence=(),
        confidence=0.7,
    )  # fmt: skip


def _side(actors: list[dict[str, str]]) -> tuple[Actor, ...]:
    return tuple(Actor(a["name"], a["mention"], ActorKind(a["kind"])) for a in actors)


def _report(mention: EventMention, row: dict[str, Any], number: int) -> MentionContext:
    key = f"{row['id']}-{number}"
    moment = datetime.fromisoformat(row["published_at"]) + timedelta(hours=number)
    return MentionContext(
        mention=replace(mention, mention_id=key, article_id=key),
        publisher=f"Outlet {number}", published_at=moment, first_seen_at=moment,
        canonical_url=f"https://{number}.example/{row['id']}", family_id=key,
    )  # fmt: skip


def _retell(m: EventMention, rng: random.Random) -> EventMention:
    """Return the mention as another reporter, or another reading, would have it."""
    changes: dict[str, Any] = {}
    if m.event_date.start and rng.random() < 0.12:
        start = m.event_date.start - timedelta(days=rng.randrange(3))
        changes["event_date"] = EventDate(start, start + timedelta(days=3), 2, 2)
    changes["location"] = _retold_place(m.location, rng)
    for side in ("side1", "side2"):
        actors, chance = getattr(m, side), rng.random()
        if chance < 0.22 and actors:
            name = f"Unidentified Armed Group ({m.location.country})"
            changes[side] = (Actor(name, "gunmen", ActorKind.UNIDENTIFIED),)
        elif chance < 0.3:
            changes[side] = ()
    changes["fatalities"] = _retold_toll(m.fatalities, rng)
    return replace(m, **changes, **_reread_type(m, rng, 0.12, 0.08))


def _reread_type(
    m: EventMention, rng: random.Random, other_kind: float, near_type: float
) -> dict[str, Any]:
    """Return another sub-type, or the type it is most easily taken for."""
    chance = rng.random()
    if chance < near_type and m.event_type in _TAKEN_FOR:
        return {
            "event_type": _TAKEN_FOR[m.event_type],
            "sub_event_type": "Taken for it",
        }
    if chance < near_type + other_kind:
        return {"sub_event_type": "Another kind"}
    return {}


def _retold_place(place: Location, rng: random.Random) -> Location:
    chance = rng.random()
    if place.latitude is None or place.longitude is None or chance < 0.7:
        return place
    if chance < 0.85:  # the next village or the nearest town
        return _moved(place, rng, 25, "Nearby")
    if chance < 0.93:
        return replace(
            _moved(place, rng, 60, place.admin1 or "Region"), geo_precision=3
        )
    return replace(place, latitude=None, longitude=None)


def _moved(place: Location, rng: random.Random, km: float, name: str) -> Location:
    return replace(
        place, name=name, mention=name,
        latitude=(place.latitude or 0) + rng.uniform(-km, km) * _KM,
        longitude=(place.longitude or 0) + rng.uniform(-km, km) * _KM,
    )  # fmt: skip


def _retold_toll(toll: Fatalities, rng: random.Random) -> Fatalities:
    chance = rng.random()
    if toll.text is None or chance < 0.6:
        return toll
    if chance < 0.75:
        return Fatalities()
    dead = max(
        1, round((toll.best or toll.low or 1) * rng.choice([0.5, 0.8, 1.3, 2, 4]))
    )
    high = dead if rng.random() < 0.75 else 3 * dead + 5
    return Fatalities(dead, dead, high, f"{dead} dead")


def _next_incident(m: EventMention, rng: random.Random) -> EventMention:
    """Return another incident of its kind: elsewhere in the area, or on another day."""
    changes: dict[str, Any] = {}
    where = rng.random()
    if 0.15 <= where < 0.7:
        changes["location"] = _moved(
            m.location, rng, 70, f"Village {rng.randrange(99)}"
        )
    if m.event_date.start and (where >= 0.7 or rng.random() < 0.5):
        start = m.event_date.start + timedelta(days=rng.choice([-3, -2, -1, 1, 2, 3]))
        changes["event_date"] = EventDate(start, start, 1, 1)
    dead = 1 + int(rng.expovariate(0.2))
    high = dead if rng.random() < 0.75 else 3 * dead + 5  # 'at least', 'dozens'
    changes["fatalities"] = Fatalities(dead, dead, high, f"{dead} dead")
    if where < 0.15 or rng.random() < 0.35:  # at the same place and day: others fought
        changes["side1"] = (Actor("Another Group", "group", ActorKind.REBEL_GROUP),)
    return replace(m, **changes, **_reread_type(m, rng, 0.35, 0.25))
