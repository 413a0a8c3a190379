"""Generated news of many wars, told by many outlets: synthetic through and through.

Events have a country, a town, two sides, people, a day and a toll. Each is told by one to
eight outlets: in words of their own, as a copy, as a brief, or with a new lead. Half of all
articles are about no event. Words follow a natural spread of frequencies; names of
places and people recur across events, as they do in the news.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import NAMESPACE_URL, uuid5

from tasks.derivation.records import TextRecord
from tasks.model.coding import (
    Actor,
    ActorKind,
    EventDate,
    EventMention,
    Evidence,
    Fatalities,
    Location,
    TemporalStatus,
)

PER_DAY = 1_000
_OPEN_EVENTS = 400  # what outlets are writing about at any moment
_COUNTRIES = ("UKR", "SDN", "NGA", "MLI", "COD", "MMR", "PSE", "SOM", "BFA", "ETH", "SYR",
              "YEM", "PAK", "COL", "MEX", "IND", "HTI", "CMR", "NER", "MOZ")  # fmt: skip
_KINDS = (
    ("Battles", "Armed clash", "clashed with", "fighting"),
    ("Violence against civilians", "Attack", "attacked", "attack"),
    ("Explosions/Remote violence", "Air/drone strike", "struck", "strike"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", "hit", "blast"),
    ("Protests", "Peaceful protest", "rallied against", "march"),
)
_LEADS = (
    "{side} {verb} {other} in {town} on {day}, killing {dead} people, {who} said.",
    "At least {dead} people were killed on {day} when {side} {verb} {other} near {town}.",
    "{who} said {dead} had died in {town}, in {region}, where {side} {verb} {other} on {day}.",
    "The {noun} in {town} left {dead} dead and {hurt} wounded on {day}, {who} told reporters.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Event:
    day: datetime
    country: str
    region: str
    town: str
    point: tuple[float, float]
    kind: tuple[str, str, str, str]
    sides: tuple[str, str]
    people: tuple[str, ...]
    dead: int
    hurt: int


@dataclass(frozen=True, slots=True)
class Report:
    """One generated article; `mention` as a coder would code it, None: nothing to code."""

    record: TextRecord
    mention: EventMention | None


class Newsroom:
    """Articles in publication order, PER_DAY a day; equal seeds give equal articles."""

    def __init__(self, seed: int, start: datetime) -> None:
        self._random = random.Random(seed)
        self._start = start
        self._vocabulary = [self._word() for _ in range(9_000)]
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(9_000)))
        self._names = [self._word().capitalize() for _ in range(20_000)]
        self._open: list[_Event] = []
        self._told: dict[int, list[str]] = {}

    def batch(self, first: int, size: int) -> list[Report]:
        """Return the articles numbered first to first + size."""
        return [self._report(n) for n in range(first, first + size)]

    def _report(self, number: int) -> Report:
        moment = self._start + timedelta(days=number / PER_DAY)
        event = self._next_event(moment) if self._random.random() < 0.5 else None
        sentences = self._sentences(event)
        title = " ".join(sentences[0].split()[:9])
        record = TextRecord(
            article_id=str(uuid5(NAMESPACE_URL, f"newsroom:{number}")),
            canonical_url=f"https://outlet{number % 397}.example/{number}",
            publisher=f"Outlet {number % 397}",
            title=title,
            text="\n\n".join((title, *sentences)),
            published_at=moment,
            first_seen_at=moment,
            language="en",
        )
        return Report(record, self._mention(event, record) if event else None)

    def _next_event(self, moment: datetime) -> _Event:
        if len(self._open) < _OPEN_EVENTS or self._random.random() < 0.35:
            self._open = [*self._open[-_OPEN_EVENTS:], self._event(moment)]
        return self._random.choice(self._open)

    def _event(self, moment: datetime) -> _Event:
        """Return a new event; wars are unequal, so are the countries' shares."""
        rank = min(int(self._random.expovariate(0.25)), len(_COUNTRIES) - 1)
        town = int(self._random.expovariate(0.02))
        pick = self._random.choice
        return _Event(
            day=moment,
            country=_COUNTRIES[rank],
            region=f"{self._names[rank * 9 + town % 9]} Region",
            town=self._names[200 + rank * 500 + town % 500],
            point=(rank * 3 - 20 + town % 17 * 0.31, rank * 5 - 40 + town % 23 * 0.37),
            kind=pick(_KINDS),
            sides=(
                self._names[11_000 + rank * 7 + town % 5],
                self._names[11_200 + rank],
            ),
            people=tuple(f"{pick(self._names)} {pick(self._names)}" for _ in range(3)),
            dead=1 + int(self._random.expovariate(0.15)),
            hurt=1 + int(self._random.expovariate(0.1)),
        )

    def _sentences(self, event: _Event | None) -> list[str]:
        if event is None:
            return [self._sentence() for _ in range(self._random.randint(8, 20))]
        told, kind = self._told.get(id(event)), self._random.random()
        if told is not None and kind < 0.4:
            return (told, told[:4], [self._sentence(), *told])[int(kind * 7.5)]
        lead = self._random.choice(_LEADS).format(
            side=event.sides[0], other=event.sides[1], verb=event.kind[2],
            noun=event.kind[3], town=event.town, region=event.region, dead=event.dead,
            hurt=event.hurt, who=event.people[0], day=_DAYS[event.day.weekday()],
        )  # fmt: skip
        rest = [self._sentence(event) for _ in range(self._random.randint(7, 18))]
        self._told = {
            id(e): self._told[id(e)] for e in self._open if id(e) in self._told
        }
        self._told[id(event)] = [lead, *rest]
        return [lead, *rest]

    def _sentence(self, event: _Event | None = None) -> str:
        pick = self._random.choice
        chosen = self._random.choices(self._vocabulary, cum_weights=self._weights, k=18)
        if event is not None and self._random.random() < 0.4:
            chosen[5] = pick((event.town, event.region, *event.people))
        elif self._random.random() < 0.3:
            chosen[7] = pick(self._names)
        return " ".join(chosen).capitalize() + f" {self._random.randint(2, 90)} days."

    def _mention(self, event: _Event, record: TextRecord) -> EventMention:
        day = event.day.astimezone(UTC).date()
        country = event.country
        event_type, sub_event_type = event.kind[:2]
        return EventMention(
            mention_id=str(uuid5(NAMESPACE_URL, record.article_id + "#0")),
            article_id=record.article_id, ordinal=0, primary=True,
            event_type=event_type, sub_event_type=sub_event_type,
            disorder_type="Political violence", temporal_status=TemporalStatus.REPORTED,
            event_date=EventDate(day, day, 1, 1, _DAYS[day.weekday()], "weekday"),
            location=Location(event.town, event.town, country, event.region,
                              latitude=event.point[0], longitude=event.point[1],
                              geo_precision=1, where_prec=1),
            side1=(Actor(event.sides[0], event.sides[0], ActorKind.REBEL_GROUP),),
            side2=(Actor(event.sides[1], event.sides[1], ActorKind.STATE_FORCES),),
            initiator_known=True, civilian_targeting=False,
            fatalities=Fatalities(event.dead, event.dead, event.dead, f"{event.dead} people"),
            responsibility_status=None, responsibility_by=None, claims=(),
            evidence=(Evidence("event", 0, 40, record.title, "BENCH"),),
            confidence=0.8, coder_version="bench",
        )  # fmt: skip

    def _word(self) -> str:
        letters = "bcdfghjklmnprstvz", "aeiou"
        length = self._random.randint(4, 9)
        return "".join(self._random.choice(letters[i % 2]) for i in range(length))
