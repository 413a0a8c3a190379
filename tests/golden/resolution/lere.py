"""Léré, 17 to 20 September 2023, report by report, in our own words (CODEBOOK 12)."""

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

CMA = Actor(
    "Coordination of Movements of Azawad",
    "CMA",
    ActorKind.REBEL_GROUP,
    listed=True,
)
CSP = Actor("Permanent Strategic Framework", "CSP", ActorKind.REBEL_GROUP, listed=True)
ARMY = Actor("Military Forces of Mali", "soldiers", ActorKind.STATE_FORCES, listed=True)
GUNMEN = Actor("Unidentified Armed Group (Mali)", "armed men", ActorKind.UNIDENTIFIED)
LERE = Location(
    "Léré",
    "Léré",
    "MLI",
    "Timbuktu",
    latitude=15.712,
    longitude=-4.912,
    geo_precision=1,
)
BOUREM = Location(
    "Bourem", "Bourem", "MLI", "Gao", latitude=16.954, longitude=-0.349, geo_precision=1
)
SUNDAY = EventDate(date(2023, 9, 17), date(2023, 9, 17), 1, 1, "Sunday", "weekday")
TUESDAY = EventDate(date(2023, 9, 12), date(2023, 9, 12), 1, 1, "Tuesday", "weekday")
TAKEN = "Non-state actor overtakes territory"
AGENCY_A, AGENCY_B = "family-agency-a", "family-agency-b"


def _mention(key: str, ordinal: int = 0, **changes: Any) -> EventMention:
    base = EventMention(
        mention_id=str(uuid5(NAMESPACE_URL, f"lere:{key}#{ordinal}")),
        article_id=f"lere-{key}",
        ordinal=ordinal,
        primary=ordinal == 0,
        event_type="Battles",
        sub_event_type="Armed clash",
        disorder_type="Political violence",
        temporal_status=TemporalStatus.CURRENT,
        event_date=SUNDAY,
        location=LERE,
        side1=(CMA,),
        side2=(ARMY,),
        initiator_known=True,
        civilian_targeting=False,
        fatalities=Fatalities(),
        responsibility_status=None,
        responsibility_by=None,
        claims=(),
        evidence=(),
        confidence=0.6,
    )
    return replace(base, **changes)


def _report(
    mention: EventMention,
    moment: datetime,
    *,
    publisher: str,
    family: str,
    lineage: str = "origin",
) -> MentionContext:
    return MentionContext(
        mention=mention,
        publisher=publisher,
        published_at=moment,
        first_seen_at=moment + timedelta(minutes=20),
        canonical_url=f"https://{publisher.lower().replace(' ', '-')}.example/"
        f"{mention.article_id}",
        family_id=family,
        lineage=lineage,
        outlet_country="MLI",
    )


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 9, day, hour, minute, tzinfo=UTC)


def _claim(who: str, kind: str, verb: str, subject: str, value: str | None) -> Claim:
    return Claim(who, kind, verb, subject, value, 0, 0, "")


# 1. Agency A, Sunday evening: camps taken, deaths without a toll, the CMA claims it.
A_LERE = _report(
    _mention(
        "a",
        sub_event_type=TAKEN,
        fatalities=Fatalities(
            1,
            None,
            None,
            "deaths",
            (FatalityClaim("regional official", "deaths", 1, None),),
        ),
        responsibility_status="claimed",
        responsibility_by="CMA spokesman",
    ),
    _at(17, 19, 40),
    publisher="Agency A",
    family=AGENCY_A,
)
A_BOUREM = _report(
    _mention(
        "a",
        1,
        temporal_status=TemporalStatus.RECENT_OTHER,
        event_date=TUESDAY,
        location=BOUREM,
        initiator_known=False,
        fatalities=Fatalities(24, None, 99, "dozens"),
        claims=(
            _claim("both camps", "media", "not_verified", "control", "contradictory"),
        ),
    ),
    _at(17, 19, 40),
    publisher="Agency A",
    family=AGENCY_A,
)
# 2. An aggregator retells A: 'several soldiers' is its own.
RETOLD = _report(
    _mention(
        "spin",
        sub_event_type=TAKEN,
        fatalities=Fatalities(
            3, None, None, "several soldiers",
            (FatalityClaim("CMA", "several soldiers", 3, None, "soldiers", 2),),
        ),
        responsibility_status="claimed",
        responsibility_by="CMA",
    ),
    _at(17, 21, 10),
    publisher="Aggregator",
    family=AGENCY_A,
    lineage="rewrite",
)  # fmt: skip
# 3. Agency B, on its own: the rebels' statement and the army's post.
B_FIRST = _report(
    _mention("b", sub_event_type=TAKEN, responsibility_status="claimed",
             responsibility_by="CMA"),
    _at(18, 7, 30),
    publisher="Agency B",
    family=AGENCY_B,
)  # fmt: skip
# 4. A radio station, Monday: the attackers left during the night.
LEFT = _report(
    _mention(
        "radio",
        side1=(GUNMEN,),
        evidence=(
            Evidence("event", 0, 0, "withdrew from the town during the night", "R"),
        ),
    ),
    _at(18, 10, 5),
    publisher="Radio C",
    family="family-radio-c",
)
# 5. The army's figures, Monday evening.
ARMY_TOLL = _report(
    _mention(
        "army",
        fatalities=Fatalities(
            12, 12, 35, "five soldiers",
            (
                FatalityClaim("general staff", "five soldiers", 5, 5, "soldiers", 2),
                FatalityClaim("general staff", "seven bodies", 7, 30, "attackers", 1),
            ),
        ),
        claims=(_claim("general staff", "state", "claimed", "toll", "5"),),
    ),
    _at(18, 18, 20),
    publisher="Gazette D",
    family="family-gazette-d",
)  # fmt: skip
# 6. The rebel umbrella's figures, Wednesday.
CSP_TOLL = _report(
    _mention(
        "csp",
        side1=(CSP,),
        fatalities=Fatalities(
            43, None, 43, "35 soldiers",
            (
                FatalityClaim("CSP", "35 soldiers", 35, 35, "soldiers", 2),
                FatalityClaim("CSP", "eight of its own", 8, 8, "attackers", 1),
            ),
        ),
        claims=(_claim("CSP", "rebel", "claimed", "toll", "35"),),
    ),
    _at(20, 15, 0),
    publisher="Agency B",
    family="family-agency-b-2",
)  # fmt: skip

NIGHTS: tuple[tuple[datetime, tuple[MentionContext, ...]], ...] = (
    (_at(17, 23), (A_LERE, A_BOUREM, RETOLD)),
    (_at(18, 8), (B_FIRST,)),
    (_at(18, 23), (LEFT, ARMY_TOLL)),
    (_at(20, 23), (CSP_TOLL,)),
)
ALL = tuple(context for _, new in NIGHTS for context in new)
