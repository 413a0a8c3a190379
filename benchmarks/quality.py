"""python -m benchmarks.quality: figures on the project's own gold, one line a figure.

The gold is the demo newsroom's articles and tests/golden; figures on text the rules
were written for say that nothing broke, not how good the coder is on the news.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOLD = (
    *(ROOT / "tasks/demo/corpus" / f"{name}.jsonl" for name in ("africa", "world")),
    ROOT / "tests/golden/coding/development.jsonl",
)

Row = dict[str, Any]


def main() -> int:
    """Print the figures as JSON lines."""
    for name, figures in (("events", _events()), ("extraction", _extraction())):
        for figure in figures:
            print(json.dumps({"stage": name, **figure}, ensure_ascii=False))
    return 0


def _events() -> Iterator[Row]:
    from benchmarks.stages import events

    for path in GOLD:
        rows = [
            json.loads(line) for line in path.read_text("utf-8").splitlines() if line
        ]
        said = {p["id"]: p for p in events.predict(_inputs(rows))}
        yield {"gold": path.name, "n": len(rows), **_event_figures(rows, said)}


def _inputs(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield {
            "id": row["id"],
            "url": row["url"],
            "title": row["title"],
            "summary": row.get("summary"),
            "published_at": row["published_at"],
            "text": "\n\n".join([row["title"], *row["body"]]),
            "outlet": row["outlet"],
            "language": row["outlet"]["language"],
        }


def _event_figures(rows: list[Row], said: dict[str, Row]) -> Row:
    found = matched = wanted = right_type = right_day = right_country = right_best = 0
    relevance = 0
    for row in rows:
        gold, mine = row["gold"]["events"], said[row["id"]]["events"]
        relevance += row["gold"]["relevant"] == said[row["id"]]["relevant"]
        found, wanted = found + len(mine), wanted + len(gold)
        left = list(mine)
        for event in gold:
            best = max(left, key=lambda e: _likeness(event, e), default=None)
            if best is None or _likeness(event, best) < 2:
                continue
            left.remove(best)
            matched += 1
            right_type += event["event_type"] == best["event_type"]
            right_day += event["date_start"] == best["date_start"]
            right_country += event["country"] == best["country"]
            right_best += event["fatalities"]["best"] == best["fatalities"]["best"]
    precision, recall = matched / max(found, 1), matched / max(wanted, 1)
    return {
        "relevant_right": _share(relevance, len(rows)),
        "event_f1": _share(2 * precision * recall, precision + recall),
        "extra_event_rate": _share(found - matched, wanted),
        "event_type": _share(right_type, matched),
        "date": _share(right_day, matched),
        "country": _share(right_country, matched),
        "fatalities_best": _share(right_best, matched),
    }


def _likeness(gold: Row, mine: Row) -> int:
    same = (
        gold["event_type"] == mine["event_type"],
        gold["location"] == mine["location"] or gold["country"] == mine["country"],
        gold["date_start"] == mine["date_start"],
    )
    return sum(map(bool, same))


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _extraction() -> Iterator[Row]:
    """Bodies of every article in every template: recovered text, inserts left in."""
    from benchmarks._pages import TEMPLATES, rendered_pages
    from tasks.extraction.extract import extract_page

    pages = list(rendered_pages())
    for template in TEMPLATES:
        mine = [p for p in pages if p.template == template]
        likeness, left_in = 0.0, 0
        for page in mine:
            body = "\n".join(extract_page(page.html, page.url).paragraphs)
            wanted = "\n".join(page.article.body)
            likeness += SequenceMatcher(
                None, body.split(), wanted.split(), autojunk=False
            ).ratio()
            left_in += sum(insert.text in body for insert in page.article.inserts)
        yield {
            "template": template,
            "n": len(mine),
            "body_likeness": _share(likeness, len(mine)),
            "inserts_left_in": left_in,
        }


if __name__ == "__main__":
    sys.exit(main())
