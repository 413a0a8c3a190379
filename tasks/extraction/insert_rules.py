"""The wordings of inserts.toml, folded and in the shapes the rules ask for."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from tasks.text.fold import fold

_DATA = Path(__file__).with_name("inserts.toml")


@dataclass(frozen=True, slots=True)
class InsertRules:
    """The wordings of inserts.toml, folded, in the shapes the rules ask for."""

    labels: dict[str, str]  # label -> reason
    openers: tuple[tuple[str, tuple[str, ...]], ...]
    phrases: AhoCorasick
    phrase_reasons: tuple[str, ...]  # of each phrase, by its number
    inline: re.Pattern[str]
    keep: frozenset[str]
    commerce: frozenset[str]
    prices: re.Pattern[str]
    caption_tail: re.Pattern[str]
    caption_start: re.Pattern[str]


@cache
def insert_rules() -> InsertRules:
    """Return the rules; read once per process."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    labels = {
        label: reason
        for reason, by_language in data["labels"].items()
        for label in _folded(by_language)
    }
    phrases = [
        (phrase, reason)
        for reason, by_language in data["phrases"].items()
        for phrase in _folded(by_language)
    ]
    inline = sorted(
        (label for label, reason in labels.items() if reason == "read_also"),
        key=lambda label: (-len(label), label),
    )
    return InsertRules(
        labels=labels,
        openers=tuple((r, tuple(_folded(d))) for r, d in data["openers"].items()),
        phrases=AhoCorasick([phrase for phrase, _ in phrases]),
        phrase_reasons=tuple(reason for _, reason in phrases),
        inline=re.compile(
            r"[(\[]\s?(?:[^()\[\]/:|]{1,30}/\s?)?(?:"
            + "|".join(map(re.escape, inline))
            + r")\s?[:|>-][^()\[\]]{1,250}[)\]]"
        ),
        keep=frozenset(map(fold, data["keep"]["words"])),
        commerce=frozenset(map(fold, data["commerce"]["words"])),
        prices=re.compile(
            data["commerce"]["prices"] + "|" + data["commerce"]["phones"]
        ),
        caption_tail=re.compile("|".join(data["credit"]["tails"])),
        caption_start=re.compile(data["credit"]["start"]),
    )


def _folded(by_language: dict[str, list[str]]) -> list[str]:
    return [fold(word) for words in by_language.values() for word in words]
