"""Tags of an event: the size of a crowd, in the text's own words."""

import re

from tasks.coding.event_types.names import PROTESTS, RIOTS, Decision
from tasks.coding.reading.document import Reading
from tasks.coding.stories.story import Story

_COUNT = (
    r"(?:(?:about|around|some|nearly|almost|more than|over|at least|up to|an estimated|"
    r"roughly|approximately) )?(?:\d[\d,.]*(?: ?(?:000|million))?|hundreds|thousands|dozens|"
    r"scores|several (?:hundred|thousand|dozen)|tens of thousands|hundreds of thousands|"
    r"an? (?:vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|centaine))"
)
_CROWD = re.compile(
    rf"\b({_COUNT})(?: of)? (?:\w+[ -]){{0,3}}?(?:protesters|demonstrators|people|students|"
    r"workers|teachers|residents|farmers|supporters|marchers|miners|villagers|women|youths|"
    r"activists|graduates|vendors|doctors|nurses|traders|mourners|families|citizens)\b"
)
_PUT_AT = re.compile(rf"(?:crowd|turnout|number)[^.]{{0,30}}? at ({_COUNT})")


def tags_of(reading: Reading, story: Story, decision: Decision) -> str:
    """Return 'crowd size=…' for a demonstration whose text says how many came."""
    if decision.event_type not in {PROTESTS, RIOTS}:
        return ""
    for report in story.reports:
        sentence = report.view.sentence
        for pattern in (_PUT_AT, _CROWD):
            match = pattern.search(reading.folded, sentence.start, sentence.end)
            if match:
                start, end = match.span(1)
                return f"crowd size={reading.text[start:end]}"
    return ""
