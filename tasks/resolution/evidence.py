"""Compares two mentions field by field; each comparison ends in a named level."""

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from tasks.model.coding import Actor, ActorKind, EventMention, Location
from tasks.resolution.contexts import NEIGHBOUR_DAYS, MentionContext
from tasks.resolution.entities import rare_names
from tasks.text.fold import fold

EARTH_KM = 12_742  # diameter
KM_PER_DEGREE = 111.1  # of latitude, rounded down
SAME_POINT_KM = 10
SHARED_ENTITIES = 2
SHARED_QUOTES = 2
MIN_QUOTE_WORDS = 2
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


class Evidence(NamedTuple):
    """One comparison: its level and what that level weighs; bits None: never."""

    level: str
    bits: float | None


@lru_cache(maxsize=1)
def weights() -> dict[str, float | None]:
    """Return bits by level; None forbids the link."""
    return {
        level: None if bits == "never" else float(bits)
        for level, bits in _pairs("link_weights")
    }


@lru_cache(maxsize=1)
def umbrellas() -> dict[str, str]:
    """Return the umbrella name by folded member name."""
    return dict(_pairs("umbrellas"))


def _pairs(name: str) -> list[tuple[str, str]]:
    raw = resources.files("tasks.resolution") / "data" / f"{name}.tsv"
    lines = raw.read_text("utf-8").splitlines()[2:]
    return [(first, second) for first, second in (line.split("\t") for line in lines)]


def weigh(level: str) -> Evidence:
    """Return a level with its weight; an unknown level is a KeyError."""
    return Evidence(level, weights()[level])


def compare(a: MentionContext, b: MentionContext) -> list[Evidence]:
    """Return the evidence of every field; a forbidding level ends the comparison."""
    found = []
    for level in _levels(a, b):
        evidence = weigh(level)
        found.append(evidence)
        if evidence.bits is None:
            break
    return found


def _levels(a: MentionContext, b: MentionContext) -> Iterator[str]:
    """Yield levels, the cheap and forbidding comparisons first."""
    if a.mention.article_id == b.mention.article_id:
        yield "article:same"
    if a.mention.location.country != b.mention.location.country:
        yield "country:differ"
    mutable = a.family_id == b.family_id and (a.is_retold or b.is_retold)
    yield _type_level(a.mention, b.mention)
    yield _date_level(a, b, mutable=mutable)
    place = _place_level(a.mention.location, b.mention.location)
    # A retelling that moves the place tells the same event wrongly.
    yield "place:mutated" if mutable and place == "place:apart" else place
    yield _actor_level(a.mention, b.mention)
    yield _toll_level(a, b)
    if len(rare_names(a) & rare_names(b)) >= SHARED_ENTITIES:
        yield "entities:shared"
    if a.family_id == b.family_id:
        yield _family_level(a, b, retold=mutable)
        if _same_words(a.mention, b.mention):
            yield "family:same_words"


def _family_level(a: MentionContext, b: MentionContext, *, retold: bool) -> str:
    """An update of one house tells later events too; a retelling does not."""
    if not retold:
        return "family:update"
    leads = a.mention.primary and b.mention.primary
    return "family:same_lead" if leads else "family:same"


def _same_words(a: EventMention, b: EventMention) -> bool:
    """True when two texts of one family report the event in the same sentence parts."""
    ours, theirs = ({fold(e.quote) for e in m.evidence} for m in (a, b))
    shared = [quote for quote in ours & theirs if len(quote.split()) >= MIN_QUOTE_WORDS]
    return len(shared) >= SHARED_QUOTES


def types_exclude(a: EventMention, b: EventMention) -> bool:
    """True when no event can be both."""
    if a.event_type == b.event_type:
        return False
    first, second = sorted((a.event_type, b.event_type))
    return (first, second) not in _NEAR_TYPES


def reach_degrees(place: Location) -> tuple[float, float] | None:
    """Return the band of latitude in which a partner's point can lie; None: anywhere.

    A cheap bound that spares most pairs of a country the whole comparison; it excludes
    nothing that the comparison would allow.
    """
    if place.latitude is None or (place.geo_precision or 1) > 2:
        return None
    reach = NEAR_KM[2] / KM_PER_DEGREE
    return (place.latitude - reach, place.latitude + reach)


def _type_level(a: EventMention, b: EventMention) -> str:
    if a.event_type == b.event_type:
        same = a.sub_event_type == b.sub_event_type
        return "type:same_sub_type" if same else "type:same"
    return "type:far" if types_exclude(a, b) else "type:near"


def _date_level(a: MentionContext, b: MentionContext, *, mutable: bool) -> str:
    x, y = a.mention.event_date, b.mention.event_date
    if x.start is None or y.start is None:
        return "date:unknown"
    if a.day <= b.last_day and b.day <= a.last_day:
        exact = x.start == x.end == y.start == y.end
        return "date:same_day" if exact else "date:overlap"
    gap = max(a.day - b.last_day, b.day - a.last_day).days
    if gap <= 1:
        return "date:next_day"
    if gap > NEIGHBOUR_DAYS:
        return "date:apart"
    vague = max(x.time_precision or 1, y.time_precision or 1) > 1
    return "date:mutated" if mutable else "date:two_days" if vague else "date:apart"


def _place_level(a: Location, b: Location) -> str:
    same_name = bool(_place_names(a) & _place_names(b))
    gap = distance_km(a, b)
    if gap is None:
        known = "place:same_name" if same_name else "place:unknown"
        return known if same_name or _may_contain(a, b) else "place:apart"
    coarse = max(a.geo_precision or 1, b.geo_precision or 1)
    if same_name and gap <= NEAR_KM[coarse]:
        return "place:same_name"
    if gap <= SAME_POINT_KM:
        return "place:same_point"
    if gap <= NEAR_KM[coarse]:
        return "place:near" if coarse < 3 else "place:inside_region"
    if coarse == 3 and a.admin1 and a.admin1 == b.admin1:
        return "place:inside_region"
    return "place:apart"


def _place_names(place: Location) -> frozenset[str]:
    return frozenset({fold(place.name).strip()} - {""})


def _may_contain(a: Location, b: Location) -> bool:
    """True when nothing says that two places without coordinates differ."""
    if a.admin1 and b.admin1 and fold(a.admin1) != fold(b.admin1):
        return False
    return (
        not (a.name and b.name) or max(a.geo_precision or 3, b.geo_precision or 3) == 3
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


def actor_key(actor: Actor) -> str:
    """Return what makes two actors the same: the id, else the folded name."""
    return actor.actor_id or fold(actor.name).strip()


def umbrella_of(actor: Actor) -> str:
    """Return the umbrella an actor acts under; its own name where there is none."""
    name = fold(actor.name).strip()
    known = umbrellas()
    short = name.split("(")[-1].rstrip(")").strip()
    return (
        known.get(name)
        or known.get(short)
        or known.get(name.split("(")[0].strip(), name)
    )


def _actor_level(a: EventMention, b: EventMention) -> str:
    straight = _side(a.side1, b.side1), _side(a.side2, b.side2)
    crossed = _side(a.side1, b.side2), _side(a.side2, b.side1)
    first, second = max(straight, crossed, key=lambda p: (_rank(p[0]) + _rank(p[1]), p))
    levels = {first, second}
    if levels == {"same"}:
        return "actors:same"
    if "differ" in levels:
        return "actors:differ" if levels != {"same", "differ"} else "actors:unknown"
    if "umbrella" in levels:
        return "actors:umbrella"
    if "same" in levels:
        return "actors:one_side"
    return "actors:unidentified" if "open" in levels else "actors:unknown"


_SIDE_RANK = {"same": 4, "umbrella": 3, "open": 2, "unknown": 1, "differ": 0}


def _rank(level: str) -> int:
    return _SIDE_RANK[level]


def _side(a: tuple[Actor, ...], b: tuple[Actor, ...]) -> str:
    """Compare two sides: same, umbrella, open (one unidentified), unknown, differ."""
    if not a or not b:
        return "unknown"
    if {actor_key(x) for x in a} & {actor_key(y) for y in b}:
        return "same"
    if {umbrella_of(x) for x in a} & {umbrella_of(y) for y in b}:
        return "umbrella"
    kinds = {x.kind for x in a}, {y.kind for y in b}
    if ActorKind.UNIDENTIFIED in kinds[0] | kinds[1]:
        return "open"
    if kinds[0] & kinds[1] & UNNAMED:
        return "same"
    return "differ"


def _toll_level(a: MentionContext, b: MentionContext) -> str:
    x, y = a.mention.fatalities, b.mention.fatalities
    if x.text is None or y.text is None:
        return "toll:unknown"
    if x.best is not None and x.best == y.best:
        return "toll:same" if x.best > 0 else "toll:compatible"
    x_high = x.high if x.high is not None else max(x.low, x.best or 0)
    y_high = y.high if y.high is not None else max(y.low, y.best or 0)
    if x.low <= y_high and y.low <= x_high:
        return "toll:compatible"
    smaller, larger = sorted((max(x_high, 1), max(y_high, 1)))
    return (
        "toll:moved" if larger <= 3 * smaller or larger - smaller <= 5 else "toll:far"
    )
