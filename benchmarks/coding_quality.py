"""Quality of the coder on the project's own gold: python -m benchmarks.coding_quality.

Events are matched one to one inside an article by the sum of type, place and date; two of
the three must agree. `development` was read while the rules were written; `blind` was not.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.stages.events import as_output, to_document
from tasks.coding.coder import Coder
from tasks.reference.places.geodesy import distance_km
from tasks.settings import Settings
from tasks.text.fold import fold

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "golden" / "coding"
SETS = ("development", "blind", "french")
_NEAR_KM = 50.0
_UNNAMED = {"civilians", "protesters", "rioters", "unidentified"}

Event = dict[str, Any]


def measure(coder: Coder, name: str) -> dict[str, float]:
    """Return the figures of one set."""
    tally: Counter[str] = Counter()
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            item = {
                **row,
                "text": "\n\n".join([row["title"], *row["body"]]),
                "language": row.get("language")
                or row["outlet"].get("language")
                or "en",
            }
            said = as_output(coder.code(to_document(item)))["events"]
            _count(tally, row["gold"]["events"], said)
    return _figures(tally)


def _count(tally: Counter[str], gold: Sequence[Event], said: Sequence[Event]) -> None:
    matched = pairs(gold, said)
    for one, other in matched:
        _fields(tally, one, other)
    tally["gold"] += len(gold)
    tally["said"] += len(said)
    tally["hit"] += len(matched)


def pairs(gold: Sequence[Event], said: Sequence[Event]) -> list[tuple[Event, Event]]:
    """Return gold and coded events that are one, best agreement first."""
    ranked = sorted(
        (
            (_score(g, e), -i, -j)
            for i, g in enumerate(gold)
            for j, e in enumerate(said)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_said: set[int] = set()
    out: list[tuple[Event, Event]] = []
    for score, i, j in ranked:
        if score < 2 or i in used_gold or j in used_said:
            continue
        used_gold.add(i)
        used_said.add(j)
        out.append((gold[-i], said[-j]))
    return out


def _fields(tally: Counter[str], gold: Event, said: Event) -> None:
    tally["type"] += gold["event_type"] == said["event_type"]
    tally["sub_type"] += gold["sub_event_type"] == said["sub_event_type"]
    tally["date"] += gold["date_start"] == said["date_start"]
    tally["best"] += gold["fatalities"]["best"] == said["fatalities"]["best"]
    both = [*said["side1"], *said["side2"]]
    tally["actors"] += all(names(a, both) for a in (*gold["side1"], *gold["side2"]))


def _score(gold: Event, said: Event) -> int:
    same_place = fold(gold["location"]) == fold(said["location"] or "")
    return (
        int(gold["event_type"] == said["event_type"])
        + (same_place or near(gold, said, _NEAR_KM))
        + (_days_apart(gold["date_start"], said["date_start"]) <= 1)
    )


def near(gold: Event, said: Event, km: float) -> bool:
    """Tell whether the coded place lies within so many kilometres of the gold one."""
    if said["latitude"] is None or said["longitude"] is None:
        return False
    gap = distance_km(
        gold["latitude"], gold["longitude"], said["latitude"], said["longitude"]
    )
    return gap <= km


def _days_apart(one: str, other: str | None) -> int:
    if other is None:
        return 9999
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def names(gold: Event, said: Iterable[Event]) -> bool:
    """Tell whether one of the coded actors is the gold one, by name, words or kind."""
    words = {fold(gold["name"]), fold(gold["mention"])} - {""}
    for actor in said:
        mine = {fold(actor["name"]), fold(actor["mention"])} - {""}
        if any(a in b or b in a for a in words for b in mine):
            return True
        if gold["kind"] in _UNNAMED and actor["kind"] == gold["kind"]:
            return True
    return False


def _figures(tally: Counter[str]) -> dict[str, float]:
    hit, gold, said = tally["hit"], tally["gold"], tally["said"]
    fields = {
        k: round(tally[k] / max(1, hit), 3)
        for k in ("type", "sub_type", "date", "actors", "best")
    }
    return {
        "f1": round(2 * hit / max(1, gold + said), 3),
        "extra": round((said - hit) / max(1, gold), 3),
        **fields,
        "events": gold,
    }


def main() -> None:
    """Print one JSON line per set."""
    coder = Coder.load(Settings().reference_dir)
    for name in SETS:
        print(json.dumps({"set": name, **measure(coder, name)}))


if __name__ == "__main__":
    main()
