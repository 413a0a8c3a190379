"""What the class and id names of a page's parts say of them (page_rules.toml)."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_RULES = Path(__file__).with_name("page_rules.toml")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_:]+|-{2,}")
_LONGEST_NAME = 3  # words


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_RULES.read_text(encoding="utf-8"))


def largest_shares() -> tuple[float, float]:
    """Return the largest shares of a page's text and prose that may be cut as one part."""
    limits = _data()["limits"]
    return limits["text_share"], limits["prose_share"]


@cache
def _reasons() -> tuple[dict[str, str], frozenset[str]]:
    """Return the reason of each name, and the first words of all names."""
    reasons: dict[str, str] = {}
    for reason, names in _data()["cut"].items():
        for name in names:
            reasons.setdefault(name, reason)
    return reasons, frozenset(name.partition("-")[0] for name in reasons)


@lru_cache(maxsize=20_000)
def reason_for_name(name: str) -> str | None:
    """Return why an element with this class or id is cut; None if it is not."""
    # Pages seldom share a whole class attribute, and nearly always the names in it.
    return next(filter(None, map(_reason_for_token, name[:500].split())), None)


@lru_cache(maxsize=20_000)
def _reason_for_token(token: str) -> str | None:
    reasons, first_words = _reasons()
    words = _CAMEL.sub("-", token).lower().split("-")
    if first_words.isdisjoint(words):
        return None  # true of nearly every name
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            reason = reasons.get("-".join(words[start : start + length]))
            if reason is not None:
                return reason
    return None
