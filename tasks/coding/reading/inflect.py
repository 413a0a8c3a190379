"""Inflected surfaces of a lexicon entry; English by rule, other packs list theirs."""

import csv
from collections.abc import Iterator
from importlib import resources

_VOWELS = "aeiou"


class Inflector:
    """Expands 'v:open fire' to its verb forms and 'n:ambush' to its plural."""

    def __init__(self, language: str) -> None:
        """Load the irregular verbs of the pack."""
        self._english = language == "en"
        path = resources.files("tasks.coding.data") / language / "irregular.tsv"
        with path.open(encoding="utf-8") as lines:
            self._irregular = {
                row["base"]: row for row in csv.DictReader(lines, delimiter="\t")
            }

    def surfaces(self, kind: str, text: str) -> Iterator[tuple[str, str]]:
        """Yield each surface form with its tense."""
        if kind == "v":
            head, _, rest = text.partition(" ")
            for form, tense in self._verb(head):
                yield (f"{form} {rest}" if rest else form), tense
        elif kind == "n":
            yield text, "noun"
            yield self._plural(text), "noun"
        elif kind == "x":
            yield text, "fixed"
        else:
            raise ValueError(f"unknown form kind {kind!r} of {text!r}")

    def _verb(self, base: str) -> Iterator[tuple[str, str]]:
        row = self._irregular.get(base)
        if row is not None:
            yield base, "base"
            yield row["past"], "past"
            yield row["participle"], "part"
            yield row["gerund"], "ger"
            yield row["third"], "third"
        elif self._english:
            yield from _regular(base)
        else:
            raise ValueError(f"verb {base!r} is missing from irregular.tsv")

    def _plural(self, text: str) -> str:
        head, of, rest = text.partition(" of ")
        return f"{_plural_noun(head)}{of}{rest}" if self._english else f"{text}s"


def _regular(base: str) -> Iterator[tuple[str, str]]:
    yield base, "base"
    if base.endswith("e"):
        past, gerund, third = f"{base}d", f"{base[:-1]}ing", f"{base}s"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        past, gerund, third = f"{base[:-1]}ied", f"{base}ing", f"{base[:-1]}ies"
    else:
        past, gerund, third = f"{base}ed", f"{base}ing", f"{base}s"
        if base.endswith(("s", "x", "sh", "ch", "z")):
            third = f"{base}es"
    yield past, "past"
    yield past, "part"
    yield gerund, "ger"
    yield third, "third"


def _plural_noun(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return f"{noun[:-1]}ies"
    if noun.endswith(("s", "x", "sh", "ch", "z")):
        return noun if noun.endswith("s") else f"{noun}es"
    return f"{noun}s"
