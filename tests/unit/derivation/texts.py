"""Texts for the tests of derivation: our own, in the manner of wire reports."""

from datetime import UTC, datetime, timedelta

from tasks.derivation.records import TextRecord

START = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)

WIRE = (
    (
        "KASSALA, Sudan (RNA) - Gunmen on camels attacked the village of Wad Sharifa in "
        "eastern Sudan before dawn on Monday, killing 14 people and burning the grain "
        "store, a health worker and two residents said."
    ),
    (
        "The health worker, Amna Idris, told RNA that 23 wounded had been carried to a clinic "
        'in Kassala. "We have bandages for ten and we have used them all," she said.'
    ),
    (
        "A spokesman for the state government, Osman Babiker, blamed cattle raiders from "
        "across the Gash river and said 60 police officers had been sent from Aroma."
    ),
    (
        "Residents said the attackers came from the north in two groups and left with more "
        "than 300 cows. The market at Wad Sharifa, which draws traders from Hamdayet, has "
        "been closed until Thursday."
    ),
    "In August 2024 a quarrel over grazing in the same district ended with nine dead.",
)
WIRE_TITLE = "Gunmen kill 14 in raid on eastern Sudan village"


def record(
    key: str,
    paragraphs: tuple[str, ...] | list[str] = WIRE,
    *,
    title: str = WIRE_TITLE,
    hours: float = 0,
    publisher: str = "",
    credit: str | None = None,
    language: str | None = "en",
) -> TextRecord:
    """Return a text published `hours` after START."""
    moment = START + timedelta(hours=hours)
    return TextRecord(
        article_id=key,
        canonical_url=f"https://{key}.example/story",
        publisher=publisher or f"Outlet {key}",
        title=title,
        text="\n\n".join((title, *paragraphs)),
        published_at=moment,
        first_seen_at=moment,
        language=language,
        wire_credit=credit,
    )


def bomb_report(
    *,
    place: str = "Dalwa",
    district: str = "Konduga",
    day: str = "Monday",
    dead: str = "Four",
    unit: str = "12th Brigade",
) -> list[str]:
    """Return a report in the set phrases of a police communique."""
    return [
        (
            f"{dead} soldiers of the {unit} were killed on {day} when their truck hit a "
            f"roadside bomb near {place} in {district} district, the military said."
        ),
        (
            "The truck was on a routine patrol when the device, believed to have been planted "
            "at night, went off under its front axle. The vehicle was badly damaged."
        ),
        (
            "The wounded were moved to the divisional hospital, where the condition of two of "
            "them was described as critical, a spokesman said."
        ),
        (
            "Troops cordoned off the area and a search operation was under way. No group had "
            "claimed responsibility by the time of this report."
        ),
    ]
