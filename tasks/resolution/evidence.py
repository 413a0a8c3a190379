"""Compares two mentions field by field; each comparison ends in a named level."""

from collections.abc import Iterator
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from tasks.model.coding import ActorKind, EventMention, Location
from tasks.resolution.contexts import NEIGHBOUR_DAYS
from tasks.resolution.facts import Facts, Side, read_rows

EARTH_KM = 12_742  # diameter
SAME_POINT_KM = 10
SHARED_ENTITIES = 2
SHARED_QUOTES = 2
NEAR_KM = {1: 30, 2: 60, 3: 200}  # by the coarser geo_precision of the two
UNNAMED = frozenset(
    {
        ActorKind.UNIDENTIFIED,
        ActorKind.CIVILIANS,
        ActorKind.PROTESTERS,
        ActorKind.RIOTERS,
    }
)
_NEAR_TYPES = frozenset(
    {
        ("Battles", "Explosions/Remote violence"),
        ("Battles", "Violence against civilians"),
        ("Battles", "Strategic developments"),
        ("Explosions/Remote violence", "Violence against civilians"),
        ("Explosions/Remote violence", "Strategic developments"),
        ("Protests", "Riots"),
        ("Riots", "Violence against civilians"),
        ("Strategic developments", "Violence against civilians"),
    }
)


@lru_cache(maxsize=1)
def weights() -> dict[str, float | None]:
    """Return bits by level; None forbids the link."""
    return {
        level: None if bits == "never" else float(bits)
        for level, bits in read_rows("link_weights")
    }


def levels(a: Facts, b: Facts) -> Iterator[str]:
    """Yield the level of each field, the cheap and forbidding comparisons first."""
    if a.mention.article_id == b.mention.article_id:
        yield "article:same"
    if a.mention.location.country != b.mention.location.country:
        yield "country:differ"
    same_family = a.context.family_id == b.context.family_id
    mutable = same_family and (a.context.is_retold or b.context.is_retold)
    yield _type_level(a.mention, b.mention)
    yield _date_level(a, b, mutable=mutable)
    place = _place_level(a, b)
    # A retelling that moves the place tells the same event wrongly.
    yield "place:mutated" if mutable and place == "place:apart" else place
    yield _actor_level(a.sides, b.sides)
    yield _toll_level(a, b)
    if len(a.names & b.names) >= SHARED_ENTITIES:
        yield "entities:shared"
    if same_family:
        yield _family_level(a, b, retold=mutable)
        if len(a.quotes & b.quotes) >= SHARED_QUOTES:
            yield "family:same_words"


def _family_level(a: Facts, b: Facts, *, retold: bool) -> str:
    """An update of one house tells later events too; a retelling does not."""
    if not retold:
        return "family:update"
    leads = a.mention.primary and b.mention.primary
    return "family:same_lead" if leads else "family:same"


def types_exclude(a: EventMention, b: EventMention) -> bool:
    """True when no event can be both."""
    if a.event_type == b.event_type:
        return False
    first, second = sorted((a.event_type, b.event_type))
    return (first, second) not in _NEAR_TYPES


def _type_level(a: EventMention, b: EventMention) -> str:
    if a.event_type == b.event_type:
        same = a.sub_event_type == b.sub_event_type
        return "type:same_sub_type" if same else "type:same"
    return "type:far" if types_exclude(a, b) else "type:near"


def days_apart(a: Facts, b: Facts) -> int:
    """Return the days between two mentions; 0 or less where they overlap."""
    return max(a.day - b.last_day, b.day - a.last_day)


def _date_level(a: Facts, b: Facts, *, mutable: bool) -> str:
    gap = days_apart(a, b)
    if gap > NEIGHBOUR_DAYS:
        return "date:apart"
    x, y = a.mention.event_date, b.mention.event_date
    if x.start is None or y.start is None:
        return "date:unknown"
    if gap <= 0:
        exact = a.exact is not None and a.exact == b.exact
        return "date:same_day" if exact else "date:overlap"
    if gap == 1:
        return "date:next_day"
    vague = max(x.time_precision or 1, y.time_precision or 1) > 1
    return "date:mutated" if mutable else "date:two_days" if vague else "date:apart"


def _place_level(a: Facts, b: Facts) -> str:
    same_name = a.place_name == b.place_name != ""
    x, y = a.mention.location, b.mention.location
    gap = distance_km(x, y)
    if gap is None:
        known = "place:same_name" if same_name else "place:unknown"
        return known if same_name or may_contain(a, b) else "place:apart"
    coarse = max(x.geo_precision or 1, y.geo_precision or 1)
    if same_name and gap <= NEAR_KM[coarse]:
        return "place:same_name"
    if gap <= SAME_POINT_KM:
        return "place:same_point"
    if gap <= NEAR_KM[coarse]:
        return "place:near" if coarse < 3 else "place:inside_region"
    if coarse == 3 and x.admin1 and x.admin1 == y.admin1:
        return "place:inside_region"
    return "place:apart"


def may_contain(a: Facts, b: Facts) -> bool:
    """True when nothing says that two places without coordinates differ."""
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return False
    x, y = a.mention.location, b.mention.location
    return (
        not (x.name and y.name) or max(x.geo_precision or 3, y.geo_precision or 3) == 3
    )


def distance_km(a: Location, b: Location) -> float | None:
    """Return the great-circle distance; None where a point is unknown."""
    if a.latitude is None or a.longitude is None:
        return None
    if b.latitude is None or b.longitude is None:
        return None
    la, lo, lb, lp = map(radians, (a.latitude, a.longitude, b.latitude, b.longitude))
    h = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2
    return EARTH_KM * asin(sqrt(h))


def _actor_level(a: tuple[Side, Side], b: tuple[Side, Side]) -> str:
    straight = _side(a[0], b[0]), _side(a[1], b[1])
    crossed = _side(a[0], b[1]), _side(a[1], b[0])
    first, second = max(straight, crossed, key=lambda p: (_rank(p[0]) + _rank(p[1]), p))
    found = {first, second}
    if found == {"same"}:
        return "actors:same"
    if "differ" in found:
        return "actors:differ" if found != {"same", "differ"} else "actors:unknown"
    if "umbrella" in found:
        return "actors:umbrella"
    if "same" in found:
        return "actors:one_side"
    return "actors:unidentified" if "open" in found else "actors:unknown"


_SIDE_RANK = {"same": 4, "umbrella": 3, "open": 2, "unknown": 1, "differ": 0}


def _rank(level: str) -> int:
    return _SIDE_RANK[level]


def _side(a: Side, b: Side) -> str:
    """Compare two sides: same, umbrella, open (one unidentified), unknown, differ."""
    if not a.keys or not b.keys:
        return "unknown"
    if a.keys & b.keys:
        return "same"
    if a.umbrellas & b.umbrellas:
        return "umbrella"
    if ActorKind.UNIDENTIFIED in a.kinds or ActorKind.UNIDENTIFIED in b.kinds:
        return "open"
    return "same" if a.kinds & b.kinds & UNNAMED else "differ"


def _toll_level(a: Facts, b: Facts) -> str:
    x, y = a.mention.fatalities, b.mention.fatalities
    if a.deaths is None or b.deaths is None:
        return "toll:unknown"
    if x.best is not None and x.best == y.best:
        return "toll:same" if x.best > 0 else "toll:compatible"
    (x_low, x_high), (y_low, y_high) = a.deaths, b.deaths
    if x_low <= y_high and y_low <= x_high:
        return "toll:compatible"
    smaller, larger = sorted((max(x_high, 1), max(y_high, 1)))
    return (
        "toll:moved" if larger <= 3 * smaller or larger - smaller <= 5 else "toll:far"
    )
