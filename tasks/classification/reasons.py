"""Cues that a text about violence is no report of an event: sport, court, drill and so on."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from tasks.text.anchors import Anchored
from tasks.text.fold import fold

_LEAD_CHARS = 900
_TITLE_FACTOR = 1.5
_OLD_YEARS = 2  # a title naming no later year than this before publication looks back
_OLD_YEAR = 0.9
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOT_STORED = "business"  # a topic of its own, stored as no_event


@dataclass(frozen=True, slots=True)
class ReasonCue:
    """One row of relevance_reasons.tsv."""

    reason: str
    weight: float
    pattern: re.Pattern[str]


@cache
def reason_cues() -> tuple[ReasonCue, ...]:
    """Return the cues in file order."""
    path = files("tasks.classification").joinpath("data/relevance_reasons.tsv")
    lines = [x for x in path.read_text("utf-8").splitlines() if x and x[0] != "#"]
    cues = []
    for line in lines[1:]:
        reason, weight, pattern = line.split("\t")
        cues.append(ReasonCue(reason, float(weight), re.compile(pattern)))
    return tuple(cues)


@cache
def _anchored() -> Anchored:
    return Anchored(cue.pattern for cue in reason_cues())


def reason_strengths(
    title: str, text: str, published_at: datetime | None = None
) -> dict[str, float]:
    """Return the strength of every reason with a cue in the title or the lead."""
    head = fold(title)
    body = text[len(title) :] if title and text.startswith(title) else text
    lead = fold(body[:_LEAD_CHARS])
    strengths: dict[str, float] = {}
    if published_at is not None and _names_old_year(title, published_at.year):
        strengths["historical"] = _OLD_YEAR
    cues, possible = reason_cues(), _anchored()
    for number in sorted({*possible.possible(head), *possible.possible(lead)}):
        cue, gained = cues[number], 0.0
        if head and cue.pattern.search(head):
            gained += cue.weight * _TITLE_FACTOR
        gained += cue.weight * min(2, len(set(cue.pattern.findall(lead))))
        if gained:
            strengths[cue.reason] = strengths.get(cue.reason, 0.0) + gained
    return strengths


def _names_old_year(title: str, published: int) -> bool:
    years = [int(y) for y in _YEAR.findall(title)]
    return bool(years) and max(years) <= published - _OLD_YEARS


def strongest(strengths: dict[str, float]) -> tuple[str, float]:
    """Return the strongest reason, ties by name; ('no_event', 0) without any."""
    if not strengths:
        return "no_event", 0.0
    reason, strength = max(strengths.items(), key=lambda item: (item[1], item[0]))
    return ("no_event" if reason == _NOT_STORED else reason), strength
