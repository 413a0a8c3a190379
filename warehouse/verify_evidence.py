"""Every quote must stand in its article's text at its offsets: checked from the file."""

from dataclasses import dataclass
from pathlib import Path

from warehouse.query import open_published


@dataclass(frozen=True, slots=True)
class Unsupported:
    """One evidence span whose quote is not what the text says there."""

    mention_id: str
    field: str
    quote: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """What can no longer be checked because the retention setting dropped the text."""

    articles: int
    spans: int


def dropped_texts(path: Path) -> Dropped:
    """Return how many articles lost their text, and how many evidence spans stand on them."""
    with open_published(path) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM core.article WHERE text IS NULL), "
            "(SELECT coalesce(sum(len(m.evidence)), 0) FROM core.event_mention m "
            "JOIN core.article a USING (article_id) WHERE a.text IS NULL)"
        ).fetchone()
    assert row is not None
    return Dropped(int(row[0]), int(row[1]))


def unsupported_evidence(path: Path) -> tuple[int, list[Unsupported]]:
    """Return (spans checked, spans that fail); articles without a stored text are skipped.

    Offsets count Unicode code points, as Python does.
    """
    wrong, checked = [], 0
    with open_published(path) as connection:
        cursor = connection.execute(
            "SELECT m.mention_id, m.evidence, a.text FROM core.event_mention m "
            "JOIN core.article a USING (article_id) WHERE a.text IS NOT NULL "
            "ORDER BY m.mention_id"
        )
        while batch := cursor.fetchmany(1_000):
            for mention_id, evidence, text in batch:
                for span in evidence:
                    checked += 1
                    if text[span["start"] : span["end"]] != span["quote"]:
                        wrong.append(
                            Unsupported(mention_id, span["field"], span["quote"])
                        )
    return checked, wrong
