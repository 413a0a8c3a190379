"""How far the coder's confidence can be believed: python -m benchmarks.reliability [--fit].

Codes the development articles, compares each event and field with the gold, and writes the
table between the marks in docs/coding.md. With --fit it first refits
tasks/coding/data/confidence.tsv: shares of right answers by points, made to rise (pooled).
The points of whole events are read in texts in capitals only, so they are fitted there;
elsewhere the event's confidence is its support (python -m benchmarks.train_support).
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.coding_quality import Event, names, near, pairs
from benchmarks.rules import articles
from benchmarks.stages.events import as_output, to_document
from tasks.coding.coder import Coder
from tasks.coding.stories import confidence
from tasks.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "coding.md"
TABLE = ROOT / "tasks" / "coding" / "data" / "confidence.tsv"
BEGIN, END = "<!-- reliability: begin -->\n", "<!-- reliability: end -->"
BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01))
PRIOR = 2.0  # one right and one wrong answer, so that few cases never read 0 or 1
_EXTRA = ("tests/golden/coding/fresh.jsonl",)

Case = tuple[str, float, bool]  # field, confidence, right


def cases(coder: Coder) -> Iterator[Case]:
    """Yield every field of every coded event with its confidence and whether it is right."""
    for row in articles(_EXTRA):
        coded = coder.code(to_document({**row, "language": "en"}))
        said = as_output(coded)["events"]
        matched = {id(s): g for g, s in pairs(row["gold"]["events"], said)}  # type: ignore[index]
        for mention, event in zip(coded.mentions, said, strict=True):
            gold = matched.get(id(event))
            yield "whole", mention.confidence, gold is not None
            if gold is None:
                continue
            for field, value in mention.field_confidence:
                if field != "event":
                    yield field, value, _is_right(field, gold, event)


def in_capitals(coder: Coder) -> Iterator[Case]:
    """Yield every event of the same articles printed in capitals."""
    for row in articles(_EXTRA):
        printed = {k: str(row[k]).upper() for k in ("title", "text")}
        coded = coder.code(to_document({**row, **printed, "language": "en"}))
        said = as_output(coded)["events"]
        held = {id(s) for _, s in pairs(row["gold"]["events"], said)}  # type: ignore[index]
        for mention, event in zip(coded.mentions, said, strict=True):
            yield "whole", mention.confidence, id(event) in held


def _is_right(field: str, gold: Event, said: Event) -> bool:
    if field == "event_type":
        return bool(gold["event_type"] == said["event_type"])
    if field == "date":
        return bool(gold["date_start"] == said["date_start"])
    if field == "location":
        return near(gold, said, 25)
    side = {"actor1": "side1", "actor2": "side2"}[field]
    if not gold[side]:
        return not said[side]
    return any(names(actor, said[side]) for actor in gold[side])


def fit(found: Sequence[Case]) -> str:
    """Return the table of shares by points, rising within each field (pool adjacent)."""
    lines = ["field\tfrom\tshare"]
    for field in sorted({f for f, _, _ in found}):
        for low, share in _rising([(c, r) for f, c, r in found if f == field]):
            lines.append(f"{field}\t{low:.3f}\t{share:.3f}")
    return "\n".join(lines) + "\n"


def _rising(told: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    blocks: list[list[float]] = []  # points from, right, all
    for points in sorted({c for c, _ in told}):
        here = [r for c, r in told if c == points]
        blocks.append([points, float(sum(here)), float(len(here))])
        while len(blocks) > 1 and _falls(blocks[-2], blocks[-1]):
            _, right, count = blocks.pop()
            blocks[-1][1] += right
            blocks[-1][2] += count
    return [(b[0], _share(b[1], b[2])) for b in blocks]


def _falls(one: Sequence[float], other: Sequence[float]) -> bool:
    return _share(one[1], one[2]) >= _share(other[1], other[2])


def _share(right: float, count: float) -> float:
    return (right + PRIOR / 2) / (count + PRIOR)


def table(found: Iterable[Case]) -> str:
    """Return the reliability table as markdown."""
    told = list(found)
    fields = ["whole", *sorted({f for f, _, _ in told} - {"whole"})]
    heads = [f"{a:.2f}-{min(b, 1.0):.2f}" for a, b in BINS]
    out = ["| field | " + " | ".join(heads) + " |", "|---|" + "---|" * len(BINS)]
    for field in fields:
        cells = []
        for low, high in BINS:
            here = [r for f, c, r in told if f == field and low <= c < high]
            cells.append(f"{sum(here)}/{len(here)}" if here else "-")
        name = "event" if field == "whole" else field
        out.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(out) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Refit when asked, then write the table into the documentation."""
    if "--fit" in arguments:
        TABLE.write_text("field\tfrom\tshare\n", "utf-8")
        confidence.calibration.cache_clear()
        coder = Coder.load(Settings().reference_dir, 0.0)
        told = [c for c in cases(coder) if c[0] != "whole"]
        TABLE.write_text(fit([*told, *in_capitals(coder)]), "utf-8")
        confidence.calibration.cache_clear()
    coder = Coder.load(Settings().reference_dir, 0.0)
    before, _, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(before + BEGIN + table(cases(coder)) + END + after, "utf-8")
    print(f"{DOCUMENT.relative_to(ROOT)} written")


if __name__ == "__main__":
    main(sys.argv[1:])
