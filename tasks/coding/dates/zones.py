"""The time zone a country's capital keeps, read from dates_zones.tsv."""

from functools import cache
from importlib.resources import files


@cache
def _zones() -> dict[str, str]:
    raw = files("tasks.coding").joinpath("data/dates_zones.tsv").read_text("utf-8")
    lines = [line for line in raw.splitlines() if line and not line.startswith("#")]
    pairs = (line.split("\t") for line in lines[1:])
    return {country: zone for country, zone in pairs}  # noqa: C416 - checks the width


def zone_of(country: str | None) -> str | None:
    """Return the IANA zone of an ISO3 country; None for an unknown one."""
    return _zones().get(country) if country else None
