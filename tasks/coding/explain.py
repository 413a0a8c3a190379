"""A text with its marked spans, rules and exclusions: plain, or as safe HTML fragments."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.coding.rules import describe
from tasks.model.coding import CodedArticle, Evidence, Exclusion


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text and everything that points at it."""

    start: int
    end: int
    labels: tuple[str, ...]  # 'actor1 (R-ROLE-ACTIVE)', 'excluded: historical (…)'
    is_excluded: bool


def marks_of(coded: CodedArticle) -> list[Mark]:
    """Return the marked spans of an article just coded."""
    return marks({m.ordinal + 1: m.evidence for m in coded.mentions}, coded.excluded)


def marks(
    told: Mapping[int, Sequence[Evidence]], excluded: Sequence[Exclusion]
) -> list[Mark]:
    """Return the marked spans in text order; evidence wins over an exclusion it overlaps.

    told: the evidence of each event of the text, by the event's number in it.
    """
    found: dict[tuple[int, int, bool], list[str]] = {}
    for number, evidence in told.items():
        for e in evidence:
            _add(found, (e.start, e.end, False), f"{number}:{e.field} ({e.rule_id})")
    for x in excluded:
        _add(found, (x.start, x.end, True), f"excluded: {x.why} ({x.rule_id})")
    ordered = sorted(found, key=lambda k: (k[0], -k[1], k[2]))
    return [Mark(a, b, tuple(found[a, b, x]), x) for a, b, x in ordered]


def plain(text: str, found: Sequence[Mark]) -> str:
    """Return the text with bracketed numbers at marked spans, and a legend below."""
    pieces: list[str] = []
    legend: list[str] = []
    at = 0
    for number, mark in enumerate(_outermost(found), start=1):
        pieces += [
            text[at : mark.start],
            "[",
            text[mark.start : mark.end],
            f"]{number}",
        ]
        at = mark.end
        legend += [f"  {number}. {label}: {_meaning(label)}" for label in mark.labels]
    pieces.append(text[at:])
    return "".join(pieces) + ("\n\n" + "\n".join(legend) if legend else "")


def html_fragment(text: str, found: Sequence[Mark]) -> str:
    """Return the text as HTML paragraphs with <mark> spans; everything is escaped."""
    pieces: list[str] = []
    at = 0
    for mark in _outermost(found):
        title = html.escape("; ".join(mark.labels), quote=True)
        kind = "excluded" if mark.is_excluded else "evidence"
        inner = html.escape(text[mark.start : mark.end])
        pieces.append(html.escape(text[at : mark.start]))
        pieces.append(f'<mark class="{kind}" title="{title}">{inner}</mark>')
        at = mark.end
    pieces.append(html.escape(text[at:]))
    body = "".join(pieces).replace("\n\n", "</p>\n<p>")
    return f"<p>{body}</p>"


def rule_lines(
    evidence: Iterable[Evidence], excluded: Sequence[Exclusion]
) -> list[str]:
    """Return one line per distinct rule that spoke, with what it says."""
    ids = dict.fromkeys(
        [*(e.rule_id for e in evidence), *(x.rule_id for x in excluded)]
    )
    return [f"{rule_id}: {describe(rule_id)}" for rule_id in ids if rule_id]


def _add(
    found: dict[tuple[int, int, bool], list[str]],
    key: tuple[int, int, bool],
    label: str,
) -> None:
    labels = found.setdefault(key, [])
    if label not in labels:
        labels.append(label)


def _outermost(found: Sequence[Mark]) -> list[Mark]:
    """Drop marks inside another, so that brackets and tags never cross; labels move out."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.is_excluded, m.start, -m.end)):
        host = next(
            (
                i
                for i, k in enumerate(kept)
                if mark.start < k.end and k.start < mark.end
            ),
            None,
        )
        if host is None:
            kept.append(mark)
        else:
            known = kept[host]
            kept[host] = Mark(
                known.start, known.end, (*known.labels, *mark.labels), known.is_excluded
            )
    return sorted(kept, key=lambda m: m.start)


def _meaning(label: str) -> str:
    return describe(label.rsplit("(", 1)[-1].rstrip(")"))
