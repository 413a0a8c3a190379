"""Facts of a derived text that its parent lacks or contradicts (CODEBOOK 10)."""

import re
from collections.abc import Iterator

from tasks.derivation.fingerprint import words
from tasks.derivation.lexicon import fact_words
from tasks.derivation.profile import Profile, Sentence
from tasks.model.articles import Mutation
from tasks.text.fold import fold

MAX_MUTATIONS = 40  # of one article: beyond that it is another report
MIN_RELATED = 0.12  # word overlap for a parent sentence to be the one that was changed

_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.h]\d\d)(?:\s?(?:am|pm|a\.m\.|p\.m\.|gmt))?|\b\d{1,2}\s?(?:am|pm)\b"
)
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")
_DEATH = re.compile(r"\b(?:kill|dead|died|death|slain|bod(?:y|ies)|corpse|toll|lives)")
_PLACE = re.compile(r"\b(?:in|at|near|of|from|to) ((?:[A-Z][\w'’-]+ ?){1,3})")
_QUOTE = re.compile(r"[“\"]([^“”\"\n]{12,600})[”\"]")
_SAME_QUOTE = 0.6


def find_mutations(parent: Profile, child: Profile) -> tuple[Mutation, ...]:
    """Return the child's facts that the parent does not state, in text order."""
    stated = _Stated(parent)
    found: dict[tuple[str, str], Mutation] = {}
    for field, value, sentence in _facts(child):
        if not stated.has(field, value) and (field, value) not in found:
            found[field, value] = Mutation(
                article_id=child.record.article_id,
                parent_article_id=parent.record.article_id,
                field=field,
                parent_value=stated.instead(field, sentence),
                child_value=value,
                child_quote=sentence.text.strip(),
            )
    return tuple(found.values())[:MAX_MUTATIONS]


def _facts(text: Profile) -> Iterator[tuple[str, str, Sentence]]:
    """Yield field, folded value and sentence of every checkable fact."""
    for sentence in text.sentences:
        for field, value in _facts_of(sentence):
            yield field, value, sentence


def _facts_of(sentence: Sentence) -> list[tuple[str, str]]:
    folded = fold(sentence.text)
    clocks = [(m.start(), m.end(), m.group()) for m in _CLOCK.finditer(folded)]
    found = [("time", clock.strip()) for _, _, clock in clocks]
    found += [
        ("quote", fold(m.group(1)).strip()) for m in _QUOTE.finditer(sentence.text)
    ]
    in_clock = {n for _, _, clock in clocks for n in _NUMBER.findall(clock)}
    number_field = "fatalities" if _DEATH.search(folded) else "number"
    found += [
        (number_field, n)
        for n in sorted(sentence.numbers - in_clock - {"1"})  # "one said" is no figure
        if ":" not in n
    ]
    lexicon = fact_words()
    for word in words(sentence.text):
        field = lexicon.get(word)
        if field is not None:
            found.append((number_field if field == "number" else field, word))
    found += [
        ("place", " ".join(names))
        for m in _PLACE.finditer(sentence.text)
        if (names := [n for n in fold(m.group(1)).split() if n in sentence.names])
    ]
    return found


class _Stated:
    """What a parent states, for asking about single facts."""

    def __init__(self, parent: Profile) -> None:
        self._parent = parent
        self._words = frozenset(words(parent.record.text))
        self._text = " ".join(words(parent.record.text))
        self._quotes = parent.quotes

    def has(self, field: str, value: str) -> bool:
        """True when the parent states the value, in whatever field."""
        tokens = words(value)
        if field == "quote":
            quote = frozenset(tokens)
            return any(len(quote & q) / len(quote) > _SAME_QUOTE for q in self._quotes)
        if field in {"number", "fatalities"} and value.isdigit() is False:
            return set(tokens) <= self._words or value in self._parent.numbers
        return value in self._parent.numbers or set(tokens) <= self._words

    def instead(self, field: str, sentence: Sentence) -> str | None:
        """Return what the parent's matching sentence says of that field, if anything."""
        if field == "quote":
            return None
        best = max(
            self._parent.sentences,
            key=lambda s: (_overlap(s, sentence), s.text),
            default=None,
        )
        if best is None or _overlap(best, sentence) < MIN_RELATED:
            return None
        values = [value for kind, value in _facts_of(best) if kind == field]
        child = {value for kind, value in _facts_of(sentence) if kind == field}
        return next((value for value in values if value not in child), None)


def _overlap(a: Sentence, b: Sentence) -> float:
    shared = len(a.words & b.words)
    return shared / (len(a.words) + len(b.words) - shared) if shared else 0.0
