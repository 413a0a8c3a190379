"""Lines a page adds to an article: never text of the article (CODEBOOK 3)."""

import re
from dataclasses import replace
from functools import cache

from tasks.coding.reading.lexicon import rows
from tasks.model.coding import Document
from tasks.text.fold import fold
from tasks.text.segment import paragraph_spans

_MAX_LINE = 240  # an insert is a line, not a paragraph


def with_inserts(document: Document, language: str) -> Document:
    """Return the document with the inserts its text still holds marked as excluded."""
    found = insert_spans(document.text, language)
    if not found:
        return document
    spans = tuple(sorted({*document.excluded_spans, *found}))
    return replace(document, excluded_spans=spans)


def insert_spans(text: str, language: str = "en") -> list[tuple[int, int, str]]:
    """Return (start, end, why) of 'Read also' lines, newsletter lines and the like."""
    folded = fold(text)
    out: list[tuple[int, int, str]] = []
    for start, end in paragraph_spans(text):
        if end - start > _MAX_LINE and "(" not in folded[start:end]:
            continue
        out.extend(_in_paragraph(folded, start, end, language))
    return out


def _in_paragraph(
    folded: str, start: int, end: int, language: str
) -> list[tuple[int, int, str]]:
    line = folded[start:end]
    for why, pattern in _patterns(language):
        if pattern.pattern.startswith("^"):
            if end - start <= _MAX_LINE and pattern.match(line):
                return [(start, end, why)]
        elif found := pattern.search(line):
            return [(start + found.start(), start + found.end(), why)]
    return []


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["why"], re.compile(row["pattern"]))
        for row in rows(language, "inserts.tsv")
    )
