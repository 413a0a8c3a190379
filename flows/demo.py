"""`make demo`: the nightly flow over the newsroom's days, served on loopback."""

import os
import sys

from flows import environment
from flows.console import err, out, show_rows, show_summary
from flows.home import claim_home, clear_demo
from tasks.demo.corpus import clock
from tasks.demo.outlets import feeds_toml
from tasks.demo.server import serve_demo
from tasks.errors import PipelineError
from tasks.settings import Settings

# A claim, its revision, its dispute, and the month of the corpus: enough to see events
# change, in under a minute.
NIGHTS = (1, 2, 4, 6)

_SHOWN = """
SELECT event_date AS date, concat_ws(', ', location, country) AS place,
    sub_event_type AS what, concat_ws(' / ', actor1, actor2) AS sides,
    concat_ws(' ', coalesce(fatalities_best::VARCHAR, '?'),
        '(' || fatalities_low || '-' || coalesce(fatalities_high::VARCHAR, '') || ')')
        AS deaths,
    num_mentions || '/' || independent_origins AS "reports/origins"
FROM events ORDER BY event_date DESC, event_id LIMIT 15
"""


def main() -> int:
    """Run every newsroom day through the nightly flow and print what came out."""
    try:
        claim_home(Settings(), "demo")
    except PipelineError as error:
        err.print(f"conflictwire: {error}")
        return 1
    clear_demo(Settings().home)
    claim_home(Settings(), "demo")
    with serve_demo(day=1) as server:
        settings = _demo_settings(server.host_map)
        # Prefect reads the environment when it is imported.
        environment.apply(environment.prefect_environment(settings))
        from flows.nightly import nightly

        summary = {}
        try:
            for day in NIGHTS:
                server.set_day(day)
                err.rule(f"the newsroom on {clock(day):%d %B %Y %H:%M} UTC")
                summary = nightly(now=clock(day))
        except PipelineError as error:
            err.print(f"conflictwire: {error}")
            return 1
    _show(Settings(), summary)
    return 0


def _demo_settings(host_map: str) -> Settings:
    home = Settings().home.resolve()
    feeds = home / "private" / "demo-feeds.toml"
    feeds.write_text(feeds_toml(), encoding="utf-8")
    os.environ |= {
        "CONFLICTWIRE_HOME": str(home),
        "CONFLICTWIRE_FEEDS": str(feeds),
        "CONFLICTWIRE_HOST_MAP": host_map,
        # Loopback needs no politeness; real hosts get a second between requests.
        "CONFLICTWIRE_PER_HOST_SPACING_S": "0.01",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "WARNING"),
    }
    return Settings()


def _show(settings: Settings, summary: dict[str, object]) -> None:
    from warehouse.query import read_published

    show_summary(summary)
    rows = read_published(settings.published_path, _SHOWN)
    show_rows("The last fifteen events", rows.columns, rows.rows)
    out.print(f"Published file  {settings.published_path}", soft_wrap=True)
    out.print(f"Report          {settings.reports_dir / 'latest.html'}", soft_wrap=True)
    out.print(
        "Next            conflictwire query 'FROM events LIMIT 5'", soft_wrap=True
    )


if __name__ == "__main__":
    sys.exit(main())
