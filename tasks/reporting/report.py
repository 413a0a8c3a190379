"""reports/latest.html: one self-contained file, made from the published file alone."""

import json
import os
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import vl_convert
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from tasks.reporting import charts, content
from tasks.reporting.events import MAX_EVENTS
from tasks.reporting.words import change_text, precision_text, shorten, toll_text

Context = dict[str, Any]


def write_report(published: Path, reports_dir: Path) -> Path:
    """Write the report of a published file and return the path of latest.html.

    A dated copy is kept beside it; the newest replaces latest.html in one step.
    """
    html = render_report(published)
    reports_dir.mkdir(parents=True, exist_ok=True)
    release = content.release_of(published)
    dated = reports_dir / f"report-{release['release_id']}.html"
    for path in (dated, reports_dir / "latest.html"):
        fresh = path.with_name(f".{path.name}.tmp")
        fresh.write_text(html, encoding="utf-8")
        os.replace(fresh, path)  # noqa: PTH105 - atomic on purpose
    return reports_dir / "latest.html"


def render_report(published: Path) -> str:
    """Return the report's HTML; every text of the file is escaped for where it stands."""
    found = content.gather(published)
    events = found["events"]
    since, until = content.weeks_shown(events)
    data = {
        "events": content.chart_events(events),
        "world": json.loads(_asset("assets/countries-110m.json")),
        "map": charts.map_spec(),
        "series": charts.series_spec(since, until),
        "countries": charts.country_spec(since, until),
        "since": str(since) if since else None,
    }
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            **found,
            event_types=charts.EVENT_TYPES,
            since_week=since,
            num_charts=len(content.busiest_countries(events)),
            num_undrawn=sum(e["latitude"] is None for e in events),
            num_before=sum(_is_before(e["event_date"], since) for e in events),
            max_events=MAX_EVENTS,
            style=Markup(_asset("templates/style.css")),  # noqa: S704 - our own file
            behaviour=Markup(_asset("templates/behaviour.js")),  # noqa: S704
            vega=Markup(_vega()),  # noqa: S704 - from the vl-convert package
            data=Markup(_script_safe(data)),  # noqa: S704 - escaped by _script_safe
        )
    )


def _script_safe(value: Any) -> str:
    """Return JSON that cannot end its <script> element or open a comment."""
    text = json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))
    for char in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@lru_cache(maxsize=1)
def _vega() -> str:
    """Return vega, vega-lite and vega-embed as one script that needs no network."""
    bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # stub lacks the default
    return str(bundle).replace("</script", "<\\/script")


def _asset(name: str) -> str:
    return files("tasks.reporting").joinpath(name).read_text(encoding="utf-8")


def _moment(value: datetime | None) -> str:
    return value.strftime("%-d %b %Y %H:%M") if value else "—"


def _day(value: date | None) -> str:
    return f"{value.day} {value:%b %Y}" if value else "date unknown"


def _is_before(day: date | None, since: date | None) -> bool:
    return day is not None and since is not None and day < since


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tasks.reporting", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = _moment
    environment.filters["change"] = change_text
    environment.filters["day"] = _day
    environment.filters["toll"] = toll_text
    environment.filters["precision"] = precision_text
    environment.filters["shorten"] = shorten
    return environment
