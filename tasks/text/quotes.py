"""Quotations and datelines: the parts of a text that are somebody's, or only an address."""

import re
from dataclasses import dataclass

_MAX_QUOTE = 3_000
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?"
_DATELINE = re.compile(
    r"\s*\(?(?P<place>[A-ZÀ-ÞŞĞİŁŚŻČŠŽ][\w'’./\-]*(?:[ ,/–-]{1,3}[A-ZÀ-ÞŞĞİ(][\w'’.\-)]*){0,6}?)\)?"
    r"(?P<rest>(?:,\s*(?:"
    + _MONTH
    + r"\s*\d{1,2}|\d{1,2}\s*"
    + _MONTH
    + r")(?:[ ,]+\d{2,4})?)?"
    r"(?:,\s*\d{1,2}[.:]\d\d\s*[ap]\.?m\.?)?\s*(?:\((?P<agency>[^()\n]{2,60})\))?)"
    r"\s*(?P<mark>--|[—–:-](?=\s)|\.(?=\s))"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """'BAMAKO, March 8 (TSP) -': end is where the report itself begins."""

    start: int
    end: int
    place: str
    place_start: int
    place_end: int
    agency: str | None


def quote_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return quotations, marks included; one may span sentences, never far beyond a page.

    A paragraph that ends inside a quotation and is followed by one that opens with a mark
    continues it (news style): each paragraph is then a span of its own.
    """
    spans: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for at, char in enumerate(text):
        if opened is None:
            closer = _closer(text, at, char)
            if closer:
                opened = (at, closer)
        elif char == opened[1] or char == "\n":
            end = at + 1 if char != "\n" else at
            if 2 < end - opened[0] <= _MAX_QUOTE:
                spans.append((opened[0], end))
            opened = None
    if opened is not None and len(text) - opened[0] <= _MAX_QUOTE:
        spans.append((opened[0], len(text)))
    return tuple(spans)


def _closer(text: str, at: int, char: str) -> str | None:
    if char in {"“", "„"}:
        return "”"
    if char == "«":
        return "»"
    if char == '"':
        return '"'
    if char == "‘" and (at == 0 or not text[at - 1].isalnum()):
        end = text.find("’ ", at, at + 400)
        stop = text.find("\n", at, at + 400)
        return "’" if end > at and (stop < 0 or end < stop) else None
    return None


def find_dateline(text: str, start: int = 0) -> Dateline | None:
    """Return the dateline the paragraph at `start` opens with, None if there is none."""
    match = _DATELINE.match(text, start, start + 160)
    if match is None:
        return None
    place = match.group("place").rstrip(")")
    head = re.split(r"[,(]", place)[0].strip()
    if not _is_dateline(match, head):
        return None
    return Dateline(
        start, match.end(), place, match.start("place"), match.start("place") + len(place),
        match.group("agency"),
    )  # fmt: skip


def _is_dateline(match: re.Match[str], head: str) -> bool:
    letters = [c for c in head if c.isalpha()]
    capitals = len(letters) >= 3 and all(c.isupper() for c in letters)
    mark = match.group("mark")
    if mark == ".":
        return capitals and match.group("agency") is None
    if match.group("agency"):
        return len(head) <= 40
    return capitals or (mark in {"--", "—", "–"} and len(head.split()) <= 3)
