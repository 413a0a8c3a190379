"""Readers of the hand-written tables in data/places; a malformed row stops the build."""

from collections.abc import Iterator
from pathlib import Path

from tasks.errors import ConfigError
from tasks.reference.places.rows import (
    AdminNameRow,
    CountryRow,
    RegionRow,
    SupplementRow,
)

DATA_DIR = Path(__file__).parent.parent / "data" / "places"
SUPPLEMENT_KINDS = frozenset(
    {
        "city", "town", "village", "district", "neighbourhood", "camp", "base",
        "airport", "mine", "site", "island", "crossing", "area",
    }
)  # fmt: skip


def _lines(
    path: Path, num_columns: int, *, has_remark: bool = False
) -> Iterator[tuple[int, list[str], str]]:
    """Yield line number, cells and the note above; skip the header and comments.

    has_remark: a row may end with one cell more.
    """
    note = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith("#"):
            note = line.lstrip("# ").strip()
        elif number > 1 and line.strip():
            cells = line.split("\t")
            if len(cells) not in (num_columns, num_columns + has_remark):
                raise ConfigError(
                    f"{path.name}:{number}: {len(cells)} columns, expected {num_columns}"
                )
            yield number, cells, note


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _point(path: Path, number: int, lat: str, lon: str) -> tuple[float, float]:
    try:
        point = float(lat), float(lon)
    except ValueError as error:
        raise ConfigError(f"{path.name}:{number}: not a coordinate") from error
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ConfigError(f"{path.name}:{number}: coordinate out of range")
    return point


def load_countries(directory: Path = DATA_DIR) -> tuple[CountryRow, ...]:
    """Return the countries with their other names and demonyms."""
    path = directory / "countries.tsv"
    return tuple(
        CountryRow(c[0], c[1], *_point(path, n, c[2], c[3]), _many(c[4]), _many(c[5]))
        for n, c, _ in _lines(path, 6)
    )


def load_admin_names(directory: Path = DATA_DIR) -> dict[str, AdminNameRow]:
    """Return English names and variants of first-level units by GeoNames code."""
    path = directory / "admin1.tsv"
    rows: dict[str, AdminNameRow] = {}
    for number, cells, _ in _lines(path, 5):
        point = _point(path, number, cells[3], cells[4]) if cells[3] else (None, None)
        if cells[0] in rows:
            raise ConfigError(f"{path.name}:{number}: {cells[0]} twice")
        rows[cells[0]] = AdminNameRow(cells[0], cells[1], _many(cells[2]), *point)
    return rows


def load_regions(directory: Path = DATA_DIR) -> tuple[RegionRow, ...]:
    """Return regions, seas, rivers and ranges; country None when several share one."""
    path = directory / "regions.tsv"
    return tuple(
        RegionRow(
            _many(c[0]),
            None if c[1] == "-" else c[1],
            *_point(path, n, c[2], c[3]),
            c[4],
        )
        for n, c, _ in _lines(path, 5)
    )


def load_supplement(directory: Path = DATA_DIR) -> tuple[SupplementRow, ...]:
    """Return the hand-written places of every file in supplement/, in file order."""
    rows: list[SupplementRow] = []
    for path in sorted((directory / "supplement").glob("*.tsv")):
        lines = _lines(path, 8, has_remark=True)
        rows.extend(_supplement_row(path, *line) for line in lines)
    return tuple(rows)


def _supplement_row(
    path: Path, number: int, cells: list[str], note: str
) -> SupplementRow:
    names, country, admin1, admin2, lat, lon, kind, precision, *remark = cells
    where = f"{path.name}:{number}"
    if kind not in SUPPLEMENT_KINDS:
        raise ConfigError(f"{where}: unknown kind {kind!r}")
    if not note:
        raise ConfigError(f"{where}: no source note above the row")
    if not precision.replace(".", "", 1).isdigit() or float(precision) <= 0:
        raise ConfigError(f"{where}: precision must be a positive number of km")
    return SupplementRow(
        _many(names),
        country,
        admin1,
        admin2 or None,
        *_point(path, number, lat, lon),
        kind,
        float(precision),
        note,
        remark[0] if remark else "",
    )
