"""Readers of the files users download: GeoNames dumps and Who's On First repositories.

Everything is streamed line by line or file by file; nothing is kept but small tables
(administrative names). A malformed line is counted, never guessed at.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.reference.places.english import english_admin
from tasks.reference.places.keys import is_useful_name, name_key
from tasks.reference.places.rows import Draft, NameClass

# GeoNames feature codes -> our kinds; other features (hotels, wells, …) are left out.
_FEATURES = {
    "PPL": "village", "PPLA": "town", "PPLA2": "town", "PPLA3": "town", "PPLA4": "town",
    "PPLC": "city", "PPLF": "village", "PPLL": "village", "PPLS": "village",
    "PPLX": "neighbourhood", "PPLW": "village", "PPLR": "village", "STLMT": "village",
    "AIRB": "base", "AIRP": "airport", "INSM": "base", "MILB": "base", "CMPRF": "camp",
    "CMP": "camp", "MT": "mountains", "ISL": "island", "LK": "lake", "FRST": "forest",
    "PRK": "park", "BDG": "crossing", "DAM": "dam", "MN": "mine", "OILF": "site",
    "ADM3": "district", "ADM4": "district",
}  # fmt: skip
_CITY_POPULATION = 50_000
_WOF_KINDS = {
    "locality": "town",
    "localadmin": "district",
    "neighbourhood": "neighbourhood",
    "macrohood": "neighbourhood",
    "borough": "neighbourhood",
    "campus": "site",
}
_MAX_LINE = 200_000  # GeoNames lines stay below 15 kB; a longer one is no dump


@dataclass(slots=True)
class Tally:
    """What a build read, added and refused."""

    files: int = 0
    rows: int = 0
    added: int = 0
    names: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class AdminNames:
    """English names of units by GeoNames code, as the main gazetteer has them."""

    iso3: dict[str, str]
    first: dict[str, str]  # 'ML.08' -> 'Timbuktu'
    second: dict[str, str]


def read_geonames(path: Path, admins: AdminNames, tally: Tally) -> Iterator[Draft]:
    """Yield the places of an allCountries.txt or country file."""
    tally.files += 1
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            tally.rows += 1
            cells = line.rstrip("\n").split("\t") if len(line) < _MAX_LINE else []
            draft = _geonames_row(cells, admins, tally)
            if draft is not None:
                yield draft


def _geonames_row(cells: list[str], admins: AdminNames, tally: Tally) -> Draft | None:
    if len(cells) != 19:
        tally.skipped["malformed line"] += 1
        return None
    kind = _FEATURES.get(cells[7])
    if kind is None:
        tally.skipped["feature not used"] += 1
        return None
    try:
        number, point = int(cells[0]), (float(cells[4]), float(cells[5]))
        population = int(cells[14] or 0)
    except ValueError:
        tally.skipped["malformed number"] += 1
        return None
    country = admins.iso3.get(cells[8])
    if country is None or not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
        tally.skipped["unknown country or point"] += 1
        return None
    first = f"{cells[8]}.{cells[10]}"
    if kind in {"village", "town"} and population >= _CITY_POPULATION:
        kind = "city"
    draft = Draft(
        f"gn:{number}", cells[1], country, *point, kind, "geonames",
        admin1=admins.first.get(first),
        admin2=admins.second.get(f"{first}.{cells[11]}"),
        population=population,
        precision_km=1.0,
        timezone=cells[17] or None,
    )  # fmt: skip
    _name(draft, [cells[1], cells[2], *cells[3].split(",")])
    return draft


def read_admin_codes(folder: Path, base: AdminNames) -> AdminNames:
    """Return `base` completed by admin1CodesASCII.txt and admin2Codes.txt, if present."""
    first, second = dict(base.first), dict(base.second)
    for name, table in (("admin1CodesASCII.txt", first), ("admin2Codes.txt", second)):
        path = folder / name
        if path.is_file():
            for line in path.read_text("utf-8").splitlines():
                cells = line.split("\t")
                if len(cells) >= 2 and cells[0] not in table:
                    table[cells[0]] = english_admin(cells[1], cells[0][:2])
    return AdminNames(base.iso3, first, second)


def read_alternate_names(path: Path, tally: Tally) -> Iterator[tuple[str, str, bool]]:
    """Yield (place id, name, preferred English?) of an alternateNamesV2 file."""
    tally.files += 1
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            tally.rows += 1
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 8 or not cells[1].isdigit():
                tally.skipped["malformed line"] += 1
                continue
            language, name = cells[2], cells[3]
            if len(language) <= 3 and is_useful_name(name):
                yield f"gn:{cells[1]}", name, language == "en" and cells[4] == "1"


def read_wof(folder: Path, admins: AdminNames, tally: Tally) -> Iterator[Draft]:
    """Yield the localities of a Who's On First country repository (data/**.geojson)."""
    regions = _wof_regions(folder)
    for path in sorted((folder / "data").rglob("*.geojson")):
        tally.files += 1
        try:
            properties = json.loads(path.read_bytes())["properties"]
        except (ValueError, KeyError, TypeError):
            tally.skipped["malformed geojson"] += 1
            continue
        tally.rows += 1
        draft = _wof_place(properties, regions, admins, tally)
        if draft is not None:
            yield draft


def _wof_regions(folder: Path) -> dict[int, str]:
    """Return id -> name of the regions in the repository."""
    names: dict[int, str] = {}
    for path in sorted((folder / "data").rglob("*.geojson")):
        content = path.read_bytes()
        if b'"wof:placetype":"region"' in content.replace(b" ", b""):
            try:
                properties = json.loads(content)["properties"]
                names[int(properties["wof:id"])] = str(properties["wof:name"])
            except (ValueError, KeyError, TypeError):
                continue
    return names


def _wof_place(
    properties: dict[str, Any],
    regions: dict[int, str],
    admins: AdminNames,
    tally: Tally,
) -> Draft | None:
    kind = _WOF_KINDS.get(str(properties.get("wof:placetype")))
    iso2 = str(properties.get("wof:country") or "")
    if kind is None or properties.get("mz:is_current") == 0:
        tally.skipped["placetype not used"] += 1
        return None
    try:
        point = float(properties["geom:latitude"]), float(properties["geom:longitude"])
        number, name = int(properties["wof:id"]), str(properties["wof:name"])
    except (KeyError, TypeError, ValueError):
        tally.skipped["incomplete properties"] += 1
        return None
    country = admins.iso3.get(iso2)
    if country is None or not name_key(name):
        tally.skipped["unknown country or name"] += 1
        return None
    hierarchy = properties.get("wof:hierarchy") or [{}]
    region = hierarchy[0].get("region_id") if isinstance(hierarchy[0], dict) else None
    concordances = properties.get("wof:concordances") or {}
    geonames_id = concordances.get("gn:id")
    draft = Draft(
        f"gn:{geonames_id}" if geonames_id else f"wof:{number}",
        name, country, *point, kind, "whosonfirst",
        admin1=regions.get(region) if isinstance(region, int) else None,
        population=int(properties.get("wof:population") or 0),
        precision_km=2.0,
    )  # fmt: skip
    names = [name]
    for key, values in properties.items():
        if key.startswith("name:") and isinstance(values, list):
            names.extend(str(value) for value in values)
    _name(draft, names)
    return draft


def _name(draft: Draft, names: list[str]) -> None:
    draft.add_name(name_key(names[0]), NameClass.PREFERRED)
    for name in names[1:]:
        if is_useful_name(name):
            draft.add_name(name_key(name), NameClass.ALIAS)
