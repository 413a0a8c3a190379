"""The outlets: who publishes, with which page template, feed format and quirks."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tasks.demo.corpus import articles

FEED_PATHS = {
    "rss2": "/feed.xml",
    "rss2_summary": "/rss",
    "atom": "/atom.xml",
    "rdf": "/index.rdf",
    "jsonfeed": "/feed.json",
    "sitemap": "/news-sitemap.xml",
}


@dataclass(frozen=True, slots=True)
class Outlet:
    """One fictional publisher under .example."""

    host: str
    name: str
    country: str  # ISO3
    template: str
    format: str
    quirks: frozenset[str]

    @property
    def feed_url(self) -> str:
        """Address of its one feed."""
        return f"https://{self.host}{FEED_PATHS[self.format]}"


@lru_cache(maxsize=1)
def outlets() -> dict[str, Outlet]:
    """Return every outlet by host name."""
    text = files("tasks.demo").joinpath("outlets.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    configured = table["outlets"]
    known = {a.host: (a.outlet_name, a.outlet_country) for a in articles()}
    for host, row in configured.items():
        known.setdefault(host, (row.get("name", host), row.get("country", "")))
    found = {}
    for turn, host in enumerate(sorted(known)):
        row = configured.get(host, {})
        name, country = known[host]
        found[host] = Outlet(
            host=host,
            name=name,
            country=country,
            template=row.get(
                "template", table["templates"][turn % len(table["templates"])]
            ),
            format=row.get("format", table["formats"][turn % len(table["formats"])]),
            quirks=frozenset(row.get("quirks", ())),
        )
    return found


def feeds_toml() -> str:
    """Return a feeds.toml that lists every outlet's feed."""
    blocks = ["# The demo newsroom's feeds (fictional outlets, served on loopback).\n"]
    for outlet in outlets().values():
        lines = [
            "[[feed]]",
            f'url = "{outlet.feed_url}"',
            f'name = "{outlet.name}"',
            'language = "en"',
            'poll_interval = "30m"',
            'licence_note = "synthetic, Apache-2.0"',
        ]
        if outlet.country:
            lines.insert(3, f'country_code = "{outlet.country}"')
        if outlet.format == "sitemap":
            lines.append("is_sitemap = true")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
