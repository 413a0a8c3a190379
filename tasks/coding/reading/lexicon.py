"""The trigger lexicon of a language pack: every surface form, in one automaton.

Forms are matched over `spaced(fold(text))`, in which all that is neither a letter nor a
digit is a space, so that 'air-strike', 'air strike' and a line break inside are one form.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import ahocorasick_rs

from tasks.coding.reading.inflect import Inflector
from tasks.text.anchors import Anchored, OpenedSet
from tasks.text.fold import fold

DATA = "tasks.coding.data"
_REACH = 6  # words between a verb and its particle, unless the row says otherwise
STRONG = 3  # a trigger of this strength can make an event by itself


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of a trigger family, and how its slots are filled."""

    family: str
    act: str
    frame: str  # T L M A P W F I N C (docs/coding.md)
    strength: int  # 0 never makes an event .. 3 alone enough
    kind: str  # 'v' verb, 'n' noun, 'x' fixed phrase
    tense: str  # 'base' 'past' 'part' 'ger' 'third' | 'noun' | 'fixed'


@dataclass(frozen=True, slots=True)
class Word:
    """A cue, an object noun or a negative context: a class and its surface."""

    cls: str
    text: str


class Match(NamedTuple):
    """Everything one surface may be, at [start, end) of the text.

    A NamedTuple because a text has hundreds of them.
    """

    start: int
    end: int
    forms: tuple[Form, ...]
    words: tuple[str, ...]  # classes of cues and nouns


class _SpacedTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char.isalnum() else " "
        return self[code]


_TABLE = _SpacedTable()


def spaced(folded: str) -> str:
    """Return the folded text with everything but letters and digits as spaces."""
    return folded.translate(_TABLE)


class Lexicon:
    """All forms of one language, compiled once and then only read."""

    def __init__(self, language: str) -> None:
        """Load and compile the pack; an unknown language raises FileNotFoundError."""
        self.language = language
        self._forms: dict[str, list[Form]] = {}
        self._words: dict[str, list[str]] = {}
        inflector = Inflector(language)
        self._add_triggers(inflector)
        self._add_words(inflector, "objects.tsv")
        self._add_words(inflector, "cues.tsv")
        self._add_words(inflector, "negatives.tsv", cls="masked")
        self._keys = sorted({*self._forms, *self._words})
        self._entries = [
            (tuple(self._forms.get(k, ())), tuple(self._words.get(k, ())))
            for k in self._keys
        ]
        self._gapped = _gapped(language)
        # a verb without its particle is common, and so is the particle without it
        self._heads = OpenedSet(pattern for pattern, _ in self._gapped)
        self._tails = Anchored(
            re.compile(row["tail"]) for row in rows(language, "gapped.tsv")
        )
        self._by_family = self._verbs_by_family()
        self._automaton = ahocorasick_rs.AhoCorasick(
            [f" {key} " for key in self._keys], store_patterns=False
        )

    def __len__(self) -> int:
        """Return the number of distinct surface forms."""
        return len(self._keys)

    @property
    def families(self) -> dict[str, str]:
        """Return each trigger family with its act."""
        return {r["family"]: r["act"] for r in rows(self.language, "triggers.tsv")}

    def matches(self, spaced_text: str) -> list[Match]:
        """Return the longest known forms, in order; none inside a longer one."""
        found = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(
                f" {spaced_text} ", overlapping=True
            )
        ]
        found.sort()
        out: list[Match] = []
        for start, minus_end, index in found:
            end = -minus_end - 2  # one space was put before the text, one is inside
            if out and end <= out[-1].end:
                continue
            forms, words = self._entries[index]
            if out and start < out[-1].end:  # overlap: the earlier, longer one stays
                continue
            out.append(Match(start, end, forms, words))
        return out

    def all_matches(self, spaced_text: str) -> list[Match]:
        """Return whole and split forms together, in order."""
        whole = self.matches(spaced_text)
        fixed = {m.start for m in whole if " " in spaced_text[m.start : m.end]}
        split = {m.start: m for m in self.gapped(spaced_text) if m.start not in fixed}
        whole = [m for m in whole if m.start not in split]
        return sorted([*whole, *split.values()], key=lambda m: (m.start, -m.end))

    def gapped(self, spaced_text: str) -> list[Match]:
        """Return verbs whose particle stands apart: 'set two men ablaze'."""
        out: list[Match] = []
        tails = frozenset(self._tails.possible(spaced_text))
        heads = self._heads.over(spaced_text) if tails else {}
        for number in [n for n in heads if n in tails]:
            forms = self._by_family[self._gapped[number][1]]
            for found in heads[number].finditer(0, len(spaced_text)):
                start, end = found.span(1)
                gerund = found.group(1).endswith("ing")
                tenses = {"ger"} if gerund else {"past", "part"}
                chosen = tuple(f for f in forms if f.tense in tenses)
                out.append(Match(start, end, chosen, ()))
        return out

    def _verbs_by_family(self) -> dict[str, tuple[Form, ...]]:
        by_family: dict[str, dict[Form, None]] = {}
        for forms in self._forms.values():
            for form in forms:
                if form.kind == "v":
                    by_family.setdefault(form.family, {})[form] = None
        return {name: _own(forms) for name, forms in by_family.items()}

    def _add_triggers(self, inflector: Inflector) -> None:
        for row in rows(self.language, "triggers.tsv"):
            for item in row["forms"].split("|"):
                kind, surface, *override = item.split(":")
                act, strength = _overridden(row, override)
                for text, tense in inflector.surfaces(kind, surface):
                    form = Form(row["family"], act, row["frame"], strength, kind, tense)
                    known = self._forms.setdefault(_key(text), [])
                    if all(
                        (f.act, f.kind, f.tense) != (act, kind, tense) for f in known
                    ):
                        known.append(form)

    def _add_words(
        self, inflector: Inflector, name: str, cls: str | None = None
    ) -> None:
        for row in rows(self.language, name):
            forms = row["forms"].split("|")
            if name == "objects.tsv":
                forms += [p for f in forms for p, _ in inflector.surfaces("n", f)]
            for text in forms:
                classes = self._words.setdefault(_key(text), [])
                if (cls or row["class"]) not in classes:
                    classes.append(cls or row["class"])


def _own(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Return the forms of full strength; an override speaks for its own words only."""
    kept = list(forms)
    strongest = max(f.strength for f in kept)
    return tuple(f for f in kept if f.strength == strongest)


def _gapped(language: str) -> list[tuple[re.Pattern[str], str]]:
    return [
        (
            re.compile(
                rf"\b({row['head']})(?: [a-z0-9]+){{1,{row['reach'] or _REACH}}} (?:{row['tail']})\b"
            ),
            row["family"],
        )
        for row in rows(language, "gapped.tsv")
    ]


def _overridden(row: dict[str, str], override: list[str]) -> tuple[str, int]:
    act, strength = row["act"], int(row["strength"])
    for value in override:
        if value.isdigit():
            strength = int(value)
        else:
            act = value
    return act, strength


def _key(text: str) -> str:
    return " ".join(spaced(fold(text)).split())


def rows(language: str, name: str) -> list[dict[str, str]]:
    """Return the rows of one table of a language pack."""
    path = resources.files(DATA) / language / name
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """Return the compiled lexicon of a language."""
    return Lexicon(language)
