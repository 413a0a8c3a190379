"""What a night of 1,000 articles costs story clustering as the month's stories grow.

Each open story is one generated report (`_newsroom.py`) of an earlier day; a month of
1,000 articles a day leaves about 20,000.
"""

from datetime import UTC, datetime
from math import sqrt
from typing import Any

from benchmarks.timings._cost import Cost, peak_mb
from benchmarks.timings._newsroom import PER_DAY, Newsroom, Report
from tasks.derivation.bands import day_number
from tasks.derivation.stories import KEPT_TERMS, Story, cluster_stories, story_id
from tasks.derivation.story_terms import story_terms

START = datetime(2026, 1, 1, tzinfo=UTC)
MONTH, FEW = 20_000, 2_000


def night_of_stories() -> dict[str, Any]:
    """Return the processor seconds of one night on many open stories and on few."""
    source = Newsroom(7, START)
    stored = [_story(report) for report in source.batch(0, MONTH)]
    night = [report.record for report in source.batch(MONTH, PER_DAY)]
    costs = {}
    for number in (FEW, MONTH):
        cost = Cost()
        with cost:
            cluster_stories(night, stored[-number:])
        costs[str(number)] = cost.rounded()
    return {"articles": PER_DAY, "open_stories": costs, "peak_mb": peak_mb()}


def _story(report: Report) -> Story:
    record = report.record
    terms = story_terms(record.title, record.text)
    top = sorted(terms.items(), key=lambda term: (-term[1], term[0]))[:KEPT_TERMS]
    length = sqrt(sum(weight * weight for _, weight in top))
    day = day_number(record.moment)
    return Story(
        story_id=story_id(record.canonical_url),
        num_articles=1,
        first_day=day,
        last_day=day,
        title=record.title,
        terms=tuple(term for term, _ in top),
        weights=tuple(weight / length for _, weight in top),
    )
