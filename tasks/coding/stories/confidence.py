"""How sure the coder is, per field and per event.

Points given by rule are read through `data/confidence.tsv`, the share of right answers that
`python -m benchmarks.reliability --fit` found at that many points on the development articles.
The field `event` stays in points: the gate weighs it against its own witnesses.
"""

from functools import cache
from importlib.resources import files

from tasks.coding.event_types.names import Decision
from tasks.coding.reading.lexicon import STRONG
from tasks.coding.sides.sides import Sides
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import STRATEGIC, SUPPORT, Story
from tasks.coding.stories.whereabouts import vagueness
from tasks.geoparsing.values import Located
from tasks.model.coding import ActorKind

_PLACE = (0.95, 0.8, 0.4, 0.6, 0.3, 0.1)  # by vagueness of the place chosen
_NOBODY = 0.35  # what an act without anybody or anything loses
_DATE = {"publication": 0.3, "unknown": 0.1, "speech": 0.45}


def event_confidence(
    story: Story, decision: Decision, sides: Sides, located: Located | None
) -> tuple[float, tuple[tuple[str, float], ...]]:
    """Return the event's confidence and that of each field, all in 0..1."""
    act = _certainty(story)
    fields = {
        "event": act,
        "event_type": 0.6 if decision.rule_id == "R-TYPE-DEFAULT" else 0.9,
        "actor1": _side(sides.side1),
        "actor2": _side(sides.side2),
        "location": _PLACE[vagueness(story.placed)] if located else 0.1,
        "date": _DATE.get(
            story.dated.date.basis, 0.9 if story.dated.is_dated_here else 0.7
        ),
    }
    whole = 0.5 * act + 0.1 * sum(v for k, v in fields.items() if k != "event")
    read = tuple(
        (k, round(v if k == "event" else calibrated(k, v), 3))
        for k, v in fields.items()
    )
    return round(calibrated("whole", min(1.0, whole)), 3), read


def calibrated(field: str, points: float) -> float:
    """Return the share of right answers at that many points; the points if none is known.

    Fewer points than any answer had read as the fewest.
    """
    steps = calibration().get(field, ())
    value = steps[0][1] if steps else points
    for low, share in steps:
        if points >= low - 1e-9:
            value = share
    return value


@cache
def calibration() -> dict[str, tuple[tuple[float, float], ...]]:
    """Return (points from, share right) of each field, rising."""
    path = files("tasks.coding").joinpath("data/confidence.tsv")
    steps: dict[str, list[tuple[float, float]]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        field, low, share = line.split("\t")
        steps.setdefault(field, []).append((float(low), float(share)))
    return {field: tuple(sorted(found)) for field, found in steps.items()}


def _side(side: tuple[object, ...]) -> float:
    if not side:
        return 0.3
    kind = getattr(side[0], "kind", None)
    return 0.6 if kind is ActorKind.UNIDENTIFIED else 0.85


def is_firm(report: Report) -> bool:
    """Return whether an act makes an event alone; 'thousands of people marched' does."""
    if report.act in SUPPORT:
        return False
    told = bool(report.roles.initiators) or report.is_dated_here
    enough = report.act in STRATEGIC or (report.act == "protest" and told)
    return report.strength >= (2 if enough else STRONG)


def _certainty(story: Story) -> float:
    """How surely anything happened: a dated, placed act with both sides, told up front."""
    strong = [r for r in story.reports if is_firm(r)]
    anchor = story.anchor
    points = (
        0.35
        + 0.2 * bool(strong)
        + 0.1 * (len(strong) > 1)
        + 0.1 * any(r.paragraph <= 1 for r in strong)
        + 0.15 * (story.dated.is_dated_here and story.dated.date.time_precision == 1)
        + 0.1 * bool(anchor.roles.initiators or anchor.roles.targets)
    )
    if not story.is_crowd and not any(map(_has_somebody, story.reports)):
        points -= _NOBODY  # 'the bloodbath began on the radio'
    return min(1.0, points)


def _has_somebody(report: Report) -> bool:
    """Somebody acts or suffers, something is hit, or the dead and wounded are told."""
    told = report.act in {"death", "wound"} and report.strength > 0
    return told or bool(report.roles.initiators or report.roles.targets)
