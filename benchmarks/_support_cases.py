"""Stories the coder finds in annotated texts: what their frames show, whether the gold holds them."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.coding_quality import pairs
from benchmarks.stages.events import as_output, to_document
from tasks.coding.coder import Coder
from tasks.coding.stories.story import Story
from tasks.coding.stories.support import Features, Support
from tasks.model.coding import ActorKind, CodedArticle, EventMention
from tasks.settings import Settings
from tasks.text.fold import fold

RECORDED = Path(__file__).parent / "support_first_contact.tsv"
# Files of one author are one batch: a fold never trains on the author it is tried on.
BATCH = {
    "world": "africa",
    "blind": "development",
    "blind_2": "fresh",
    "french_blind": "french",
}
_VIOLENT = {"Explosions/Remote violence", "Violence against civilians"}
_FAMILY = {
    "ATTACK": {*_VIOLENT, "Battles"},
    "BOMBING": _VIOLENT,
    "KIDNAPPING": {"Violence against civilians"},
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A story the coder found: where, what its frames show, whether the gold holds it."""

    batch: str
    article: str
    is_first: bool
    held: bool
    features: Features


class Noting(Support):
    """Notes the stories of the article being coded instead of weighing them."""

    seen: ClassVar[list[tuple[EventMention, Features]]] = []  # of one article

    def weighed(self, mention: EventMention, story: Story) -> EventMention:
        """Return the mention as it is."""
        self.seen.append((mention, self.features(mention, story)))
        return mention


def noting_coder() -> Coder:
    """Return the nightly coder, except that it takes note of every story."""
    loaded = Coder.load(Settings().reference_dir, 0.0)
    return loaded.weighing(Noting)


def stories_of(
    coder: Coder, item: dict[str, Any]
) -> list[tuple[EventMention, Features]]:
    """Return the stories of one text, also those the relevance gate then refuses."""
    Noting.seen.clear()
    coder.code(to_document(item))
    return list(Noting.seen)


def cases(coder: Coder, paths: Iterable[Path]) -> Iterator[Case]:
    """Yield every story of annotated articles."""
    for path in paths:
        batch = BATCH.get(path.stem, path.stem)
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            text = "\n\n".join([row["title"], *row["body"]])
            language = row.get("language") or row["outlet"].get("language") or "en"
            found = stories_of(coder, {**row, "text": text, "language": language})
            told = CodedArticle(row["id"], True, 0.0, tuple(m for m, _ in found))
            said = as_output(told)["events"]
            held = {id(s) for _, s in pairs(row["gold"]["events"], said)}
            for number, (_, features) in enumerate(found):
                yield Case(
                    batch, row["id"], number == 0, id(said[number]) in held, features
                )


def recorded() -> list[Case]:
    """Return the stories of first contacts."""
    with RECORDED.open(encoding="utf-8") as lines:
        return [
            Case(
                row.pop("batch"),
                row.pop("article"),
                row.pop("first") == "1",
                row.pop("held") == "1",
                {name: float(value) for name, value in row.items()},
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def record(found: Sequence[Case]) -> None:
    """Write the table anew with the stories of articles it does not hold yet."""
    known = recorded() if RECORDED.exists() else []
    there = {c.article for c in known}
    told = [*known, *(c for c in found if c.article not in there)]
    names = list(told[0].features)
    lines = ["\t".join(["batch", "article", "first", "held", *names])]
    for c in told:
        head = [c.batch, c.article, str(int(c.is_first)), str(int(c.held))]
        lines.append("\t".join([*head, *(f"{c.features[n]:.4g}" for n in names)]))
    RECORDED.write_text("\n".join(lines) + "\n", "utf-8")


def wires(coder: Coder, gold: Path) -> Iterator[Case]:
    """Yield violent stories of the old wires, held where a template fits two of three."""
    for path in sorted(gold.glob("event_muc*")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [r for r in map(json.loads, lines) if "_meta" not in r]
        for row in rows:
            day = row["dateline_date"]
            item = {
                "id": row["id"],
                "text": row["text"],
                "published_at": day and f"{day}T12:00:00Z",
                "language": "en",
            }
            for number, (mention, features) in enumerate(stories_of(coder, item)):
                held = any(_fits(t, mention) for t in row["templates"])
                if held or _is_terror(mention):
                    yield Case("wires", row["id"], number == 0, held, features)


def _is_terror(mention: EventMention) -> bool:
    """The templates leave out what is done to soldiers: no gold says it is none."""
    hit = {a.kind for a in mention.side2}
    return mention.event_type in _VIOLENT and ActorKind.STATE_FORCES not in hit


def _fits(template: dict[str, Any], mention: EventMention) -> bool:
    if "THREATENED" in template["stage"]:
        return False
    kind = mention.event_type in _FAMILY.get(template["type"], ())
    name = fold(mention.location.name)
    there = bool(name) and name in fold(" ".join(template["location"] or []))
    return kind + there + _is_then(template, mention) >= 2


def _is_then(template: dict[str, Any], mention: EventMention) -> bool:
    first, last = template["date_from"], template["date_to"]
    when = mention.event_date
    if not (first and last and when.start and when.end):
        return False
    return bool(
        date.fromisoformat(first) - _DAY <= when.end
        and when.start <= date.fromisoformat(last) + _DAY
    )
