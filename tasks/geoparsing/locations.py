"""From a chosen spot to the model's Location, both precision scales included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tasks.geoparsing.context import is_quarter
from tasks.geoparsing.mentions import Mention
from tasks.geoparsing.offsets import Offset, names_unit, offset_before
from tasks.geoparsing.spots import Spot
from tasks.geoparsing.values import Located, Toponym, ToponymClass
from tasks.model.coding import Location
from tasks.model.quick import quick_init
from tasks.reference.gazetteer import Gazetteer, Place
from tasks.reference.places.geodesy import displaced, distance_km

_TOWNS = frozenset(
    {"city", "town", "village", "camp", "base", "airport", "mine", "site", "crossing"}
    | {"neighbourhood", "district", "dam"}
)
_SETTLEMENTS = frozenset({"city", "town", "village"})
_HOLDS_VILLAGES = frozenset({"city", "town", "admin2"})  # where an unknown one is put
_DISPLACE_FROM_KM = 25.0  # nearer than this, the named town stands for the spot
_TOWN_ERROR_KM = 15.0
_DISTRICT_ERROR_KM = 60.0
_TOWN_PARTS = frozenset(
    {
        "avenue",
        "boulevard",
        "bridge",
        "cathedral",
        "church",
        "junction",
        "market",
        "mosque",
    }
    | {"neighbourhood", "park", "quarter", "road", "roundabout", "square", "stadium"}
    | {"station", "street", "hospital", "university", "ward", "estate"}
)
_QUARTER_KM = 100.0  # farther from its town, a namesake is another place
_NAMED_QUARTER_KM = 40.0  # of what the text calls a quarter


@quick_init
@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every spot of a sentence; country: decided for the event."""

    text: str
    sentence_start: int
    country: str | None
    gazetteer: Gazetteer


def make_location(
    setting: Setting, spot: Spot, others: Sequence[Spot], rule: str
) -> Located | None:
    """Return the location a spot names; None when it lies outside the decided country."""
    offset = offset_before(setting.text, setting.sentence_start, spot)
    start = offset.start if offset else spot.start
    words = setting.text[start : spot.end]
    if spot.mention is None:
        location = _unknown(setting, spot, others, words)
    else:
        place = _inside(spot.mention, setting.country)
        if place is None:
            return None
        location = _known(words, place, offset, setting.gazetteer)
        if offset is None and _is_part_of_unit(setting.text, spot, place):
            location = replace(location, geo_precision=2, where_prec=3)
    return Located(location, start, spot.end, rule)


def _is_part_of_unit(text: str, spot: Spot, place: Place) -> bool:
    """Say whether a town stands for its district; a city's quarters are no such units."""
    if place.kind not in _SETTLEMENTS or place.precision_km > _TOWN_ERROR_KM:
        return False
    container = spot.mention.container if spot.mention else None
    around = container.chosen if container else None
    return names_unit(text, spot) and (around is None or around.kind != "city")


def _inside(mention: Mention, country: str | None) -> Place | None:
    """Return the chosen place if it is of the country, or its namesake there."""
    place = mention.chosen
    if place is None or country is None or place.country in (country, None):
        return _near_container(mention, place)
    return next((c for c in mention.candidates if c.country == country), None)


def _near_container(mention: Mention, place: Place | None) -> Place | None:
    """Return the town a quarter is said to be in, if the namesake found is not there."""
    town = mention.container.chosen if mention.container else None
    if place is None or town is None or town.kind not in {"city", "town"}:
        return place
    gap = distance_km(place.latitude, place.longitude, town.latitude, town.longitude)
    far = _NAMED_QUARTER_KM if is_quarter(mention) else _QUARTER_KM
    return town if gap > far else place


def _known(
    words: str, place: Place, offset: Offset | None, gazetteer: Gazetteer
) -> Location:
    if place.kind == "country":
        return _bare(words, place, where_prec=6)
    if place.kind in {"admin1", "continent", "sea"}:
        return _unit(words, place, gazetteer)
    geo_precision, where_prec = precisions(place, offset is not None)
    latitude, longitude = place.latitude, place.longitude
    if offset and offset.bearing is not None and (offset.km or 0) >= _DISPLACE_FROM_KM:
        latitude, longitude = displaced(
            latitude, longitude, offset.bearing, offset.km or 0
        )
    return Location(
        name=place.name,
        mention=words,
        country=place.country,
        admin1=place.admin1,
        admin2=place.admin2,
        latitude=latitude,
        longitude=longitude,
        place_id=place.place_id,
        geo_precision=geo_precision,
        where_prec=where_prec,
    )


def precisions(place: Place, is_near: bool) -> tuple[int, int]:
    """Return (geo_precision, where_prec) of a place, or of a spot near it."""
    if place.kind in _TOWNS and place.precision_km <= _TOWN_ERROR_KM:
        return (2, 2) if is_near else (1, 1)
    if place.kind in _TOWNS and place.precision_km > _DISTRICT_ERROR_KM:
        return 3, 4
    if place.kind in _TOWNS or place.kind == "admin2":
        return (2, 3) if place.precision_km <= _DISTRICT_ERROR_KM else (3, 4)
    if place.kind in {"lake", "park", "forest", "island", "area", "mountains"}:
        return 2, 5
    return 3, 5


def _bare(words: str, place: Place, where_prec: int) -> Location:
    """A country or sea: no point stands for it."""
    return Location(
        name=place.name,
        mention=words,
        country=place.country,
        place_id=place.place_id,
        where_prec=where_prec,
    )


def _unit(words: str, place: Place, gazetteer: Gazetteer) -> Location:
    """A region takes the coordinates of its capital (CODEBOOK 6)."""
    if place.kind in {"continent", "sea"}:
        return _bare(words, place, where_prec=7 if place.kind == "sea" else 6)
    seat = gazetteer.seat(place)
    return Location(
        name=place.name,
        mention=words,
        country=place.country,
        admin1=place.admin1,
        latitude=seat.latitude if seat else None,
        longitude=seat.longitude if seat else None,
        place_id=place.place_id,
        geo_precision=3 if seat else None,
        where_prec=4,
    )


def _unknown(
    setting: Setting, spot: Spot, others: Sequence[Spot], words: str
) -> Location:
    """Keep the name; another spelling in the same country, else NULL coordinates."""
    country = setting.country
    if country is not None:
        for place in setting.gazetteer.sounds_like(spot.text, country):
            if place.kind not in {"admin1", "country"}:
                return _known(words, place, None, setting.gazetteer)
    around = _surrounding(setting.text, spot, others, country)
    if around is None and spot.text.rpartition(" ")[2].lower() in _TOWN_PARTS:
        around = _town_before(spot, others, country)
    if around is not None and around.kind in _HOLDS_VILLAGES:
        return _known(words, around, None, setting.gazetteer)
    return Location(
        name=spot.text,
        mention=words,
        country=country,
        admin1=around.admin1 if around else None,
        admin2=around.admin2 if around else None,
    )


def _surrounding(
    text: str, spot: Spot, others: Sequence[Spot], country: str | None
) -> Place | None:
    """Return the place an unknown quarter or village is said to be in."""
    following = [
        o
        for o in others
        if o.start >= spot.end
        and o.start - spot.end <= 40
        and o.mention is not None
        and o.mention.chosen is not None
        and o.mention.chosen.country == country
        and o.mention.toponym_class is ToponymClass.LITERAL
        and "." not in text[spot.end : o.start]
    ]
    if not following:
        return None
    mention = min(following, key=lambda o: o.start).mention
    held = (o.mention for o in following if o.mention and o.mention.container)
    inner = next((m for m in held if m.container is mention), mention)
    return inner.chosen if inner else None


def _town_before(
    spot: Spot, others: Sequence[Spot], country: str | None
) -> Place | None:
    """Return the town named last before an unknown street or market of its sentence.

    'KISUMU: Officers fired at marchers at Kondele roundabout': a street has its town.
    """
    towns = [
        (o.start, o.mention.chosen)
        for o in others
        if o.end <= spot.start
        and o.mention is not None
        and o.mention.chosen is not None
        and o.mention.chosen.country == country
        and o.mention.chosen.kind in {"city", "town"}
        and o.mention.toponym_class is ToponymClass.LITERAL
    ]
    return max(towns, key=lambda t: t[0])[1] if towns else None


def country_location(
    toponyms: Iterable[Toponym], country: str | None
) -> Located | None:
    """Return the country alone, on its first mention; None if it is never named."""
    for toponym in toponyms:
        place = toponym.place
        if place is None or country is None or place.country != country:
            continue
        if place.kind == "country":
            location = _bare(toponym.text, place, where_prec=6)
            return Located(location, toponym.start, toponym.end, "place.country")
    return None
