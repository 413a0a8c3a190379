"""Senses of words no table holds, from how they end: adverbs, adjectives, verbs with a pronoun."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tasks.coding.packs.model import Sense, Token

_MIN_WORD = 6
_BEFORE_NOUNS = frozenset({"d", "the", "of", "ofthe", "tothe", "some"})


@dataclass(frozen=True, slots=True)
class Suffixes:
    """Endings with what stands for them in the working language."""

    adverbs: tuple[tuple[str, str], ...]
    adjectives: tuple[tuple[str, str], ...]
    pronouns: tuple[tuple[str, str], ...]  # '-t-il' -> 'he'


class Words(Protocol):
    """What is asked of a pack."""

    @property
    def senses(self) -> Mapping[str, tuple[Sense, ...]]:
        """Senses by key."""
        ...

    @property
    def suffixes(self) -> Suffixes:
        """Known endings."""
        ...


def derived_sense(pack: Words, token: Token, before: str) -> Sense | None:
    """Return the sense of an unlisted word, None if its ending says nothing."""
    for ending, pronoun in pack.suffixes.pronouns:
        if token.key.endswith(ending):
            verbs = pack.senses.get(token.key.removesuffix(ending), ())
            if any(s.kind == "v" and "s" in s.flags for s in verbs):
                return Sense("x", f"{pronoun} said")
    if len(token.key) <= _MIN_WORD or not token.text.islower():
        return None
    if any(s.kind in _BEFORE_NOUNS for s in pack.senses.get(before, ())):
        return None
    if any(s.kind == "n" for s in pack.senses.get(before, ())):
        return _derived("a", token.key, pack.suffixes.adjectives)
    return _derived("adv", token.key, pack.suffixes.adverbs)


def _derived(kind: str, key: str, endings: tuple[tuple[str, str], ...]) -> Sense | None:
    pair = next((p for p in endings if key.endswith(p[0])), None)
    return None if pair is None else Sense(kind, key.removesuffix(pair[0]) + pair[1])
