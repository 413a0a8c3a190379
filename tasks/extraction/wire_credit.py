"""The agency a text credits, kept apart from the byline.

Looked for where agencies are credited: the line at the head, "PARIS (AFP) -", the line
at the foot, "Reuters", the byline, and phrases such as "told AFP". A text that reports
on an agency credits nobody.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

_DATA = Path(__file__).with_name("wire_agencies.toml")
_HEAD = 2  # paragraphs in which an agency line may stand
_FOOT = 3
_FOOT_LINE = 160
# "NAIROBI, March 20 (HAP) -": an agency that is not on the list signs the same way.
_UNKNOWN_HEAD = re.compile(
    r"^[^\W\d_a-zà-ÿ][^()]{2,60}\s\((?P<name>[A-Z][A-Za-z&/ -]{1,30})\)\s?[-–—:]\s"
)
_UNKNOWN_FOOT = re.compile(r"[.!?”\"]\s[—–-]\s(?P<name>[A-Z]{2,5})\.?$")
_NOT_AGENCIES = frozenset(["CNN", "Web", "Staff", "Local", "Video", "Live", "Updated"])


@dataclass(frozen=True, slots=True)
class _Patterns:
    names: dict[str, str]  # alias -> name
    head: re.Pattern[str]
    foot: re.Pattern[str]
    line: re.Pattern[str]
    told: re.Pattern[str]
    signature: re.Pattern[str]
    any_name: AhoCorasick


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    names = {alias: a["name"] for a in data["agency"] for alias in a["aliases"]}
    one = "|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n))))
    agency = rf"(?<!\w)(?P<agency>{one})(?!\w)"
    return _Patterns(
        names=names,
        head=re.compile(
            rf"^.{{0,70}}?[(\[/-]\s?{agency}[^()\[\]]{{0,30}}[)\]/]?\s?[-–—:،.]"
            rf"|^{agency.replace('agency', 'agency2')}\s?[-–—:،/]"
        ),
        foot=re.compile(
            r"(?i:sources?|fuentes?|quelle|with|avec|con(?: informaci[oó]n de)?|from|by|via|par|por|"
            r"credits?|©|\(c\)|copyright|cr[eé]dit|المصدر|مصدر|وكالة|وكالات|عن|نقلا عن)"
            rf"\s?:?\s?(?:l['’]|la |el |the |agence |agencia )?{agency}"
        ),
        line=re.compile(
            rf"^[\s(\[–—-]*{agency}(?:[\s,/&+-]+(?:{one}|staff|agencies|et|y|and|with|و))*"
            r"[\s)\].]*$"
        ),
        any_name=AhoCorasick(sorted(names)),
        signature=re.compile(rf"[.!?»”\"]\s*[(\[–—-]\s?(?P<agency>{one})[)\]]?\.?$"),
        told=re.compile(
            r"(?:\btold|\bspoke to|\bsaid to|speaking to|\bdit à|à (?=l['’])|déclaré à|confié à|"
            r"indiqué à|affirmé à|assuré à|auprès de|dijo a|declaró a|explicó a|señaló a|confirmó a|"
            r"aseguró a|relató a|لوكالة|لـ|أبلغ|أخبر|قال ل|وقال ل)"
            rf"\s?(?:l['’]|la |el |the |agencia |agence |وكالة |an |a )?{agency}"
        ),
    )


def find_wire_credit(paragraphs: Sequence[str], byline: str | None) -> str | None:
    """Return the name of the agency that is credited; None when nobody is.

    A line of credit goes before a quotation given to an agency, which shows that the
    text draws on it but may be somebody else's.
    """
    patterns = _patterns()
    if byline:
        match = patterns.line.match(byline) or patterns.foot.search(byline)
        if match:
            return patterns.names[match["agency"]]
    return (
        _at_head(paragraphs, patterns)
        or _at_foot(paragraphs, patterns)
        or _in_text(paragraphs, patterns)
    )


def _at_head(paragraphs: Sequence[str], patterns: _Patterns) -> str | None:
    for text in paragraphs[:_HEAD]:
        match = patterns.head.match(text)
        if match:
            return patterns.names[match["agency"] or match["agency2"]]
        alone = patterns.line.match(text[:_FOOT_LINE])
        if alone and len(text) <= _FOOT_LINE:
            return patterns.names[alone["agency"]]
        unknown = _UNKNOWN_HEAD.match(text)
        if unknown and unknown["name"] not in _NOT_AGENCIES:
            return unknown["name"]
    return None


def _at_foot(paragraphs: Sequence[str], patterns: _Patterns) -> str | None:
    for text in reversed(paragraphs[-_FOOT:]):
        end = text[-60:]
        match = patterns.line.match(text) if len(text) <= _FOOT_LINE else None
        match = match or (
            patterns.foot.search(text) if len(text) <= _FOOT_LINE else None
        )
        match = match or patterns.signature.search(end)
        if match:
            return patterns.names[match["agency"]]
        unknown = _UNKNOWN_FOOT.search(end)
        if unknown:
            return unknown["name"]
        if text.startswith("(Reporting by") or "; Editing by" in text:
            return "Reuters"
    return None


def _in_text(paragraphs: Sequence[str], patterns: _Patterns) -> str | None:
    for text in paragraphs:
        if not patterns.any_name.find_matches_as_indexes(text):
            continue  # much cheaper than the pattern, and true of most paragraphs
        match = patterns.told.search(text)
        if match:
            return patterns.names[match["agency"]]
    return None
