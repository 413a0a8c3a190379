"""Number phrases over tokens: 'at least 12', 'between 15 and 20', 'two dozen', 'several'."""

from dataclasses import dataclass, replace

from tasks.coding.tolls.lexicon import numbers, word_class
from tasks.coding.tolls.tokens import Tokens
from tasks.model.quick import quick_init

_N = numbers("en")
MAX_TOLL = 10_000_000
_APPROX = word_class("approx")
_PREFIXES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("at", "least"), "min"),
    (("at", "the", "very", "least"), "min"),
    (("no", "fewer", "than"), "min"),
    (("no", "less", "than"), "min"),
    (("not", "less", "than"), "min"),
    (("not", "fewer", "than"), "min"),
    (("a", "minimum", "of"), "min"),
    (("minimum", "of"), "min"),
    (("more", "than"), "min"),
    (("over",), "min"),
    (("upwards", "of"), "min"),
    (("in", "excess", "of"), "min"),
    (("up", "to"), "max"),
    (("as", "many", "as"), "max"),
    (("a", "maximum", "of"), "max"),
    (("fewer", "than"), "max"),
    (("less", "than"), "max"),
    (("not", "more", "than"), "max"),
    (("no", "more", "than"), "max"),
    (("close", "to"), "approx"),
    (("an", "estimated"), "approx"),
    (("a", "total", "of"), "exact"),
    (("all",), "exact"),
    (("only",), "exact"),
    (("just",), "exact"),
    (("another",), "more"),
    (("an", "additional"), "more"),
    (("the", "other"), "more"),
    (("other",), "more"),
    (("the",), "exact"),
    (("these",), "exact"),
    (("those",), "exact"),
    *(((word,), "approx") for word in sorted(_APPROX)),
)
_BY_HEAD: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _phrase, _kind in _PREFIXES:
    _BY_HEAD.setdefault(_phrase[0], []).append((_phrase, _kind))
_PREFIX_HEADS = frozenset(_BY_HEAD)

STARTERS = (  # words a number phrase may open with, numerals in digits apart
    _PREFIX_HEADS
    | _N.units.keys()
    | _N.vague.keys()
    | {"a", "an", "half", "both", "between"}
)


@quick_init
@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """Tokens [first, last] state a number; low/high bracket it."""

    first: int
    last: int
    low: int | None
    high: int | None
    is_firm: bool
    is_minimum: bool = False
    is_more: bool = False  # 'another', 'other': besides somebody already counted


def number_at(tokens: Tokens, i: int) -> NumberPhrase | None:
    """Return the number phrase that starts at token i, prefixes included; else None."""
    words = tokens.words
    first = words[i]
    if first not in STARTERS and (not first[0].isdigit() or digits(first) is None):
        return None
    j, mods = i, set[str]()
    for _ in range(3):
        step = _prefix(words, j)
        if step is None:
            break
        mods.add(step[1])
        j += step[0]
    between = j < len(words) and words[j] == "between"
    core = _core(words, j + between)
    if core is None:
        return None
    low, high, firm, end = core
    second = _second(words, end, low, between=between) if firm else None
    if second:
        low2, end = second
        return NumberPhrase(i, end - 1, low, low2, is_firm=False)
    if between:
        return None
    if end < len(words) and words[end] in {"more", "other", "others"}:
        mods.add("more")
        end += words[end] != "others"
    if words[end : end + 2] == ["or", "more"]:
        mods.add("min")
        end += 2
    if words[end : end + 2] == ["of", "the"] or words[end : end + 1] == ["of"]:
        end += _partitive(words, end)
    elif words[end : end + 2] == ["out", "of"]:
        end += _out_of(words, end)
    return _bounded(NumberPhrase(i, end - 1, low, high, firm), mods)


def _out_of(words: list[str], at: int) -> int:
    """'four out of seven', 'two out of the ten': skip to the noun."""
    step = 3 if words[at + 2 : at + 3] == ["the"] else 2
    counted = words[at + step : at + step + 1]
    return step + 1 if counted and is_number_word(counted[0]) else 0


def _partitive(words: list[str], at: int) -> int:
    """'dozens of', 'three of the', 'two of their': skip to the noun."""
    if words[at + 1 : at + 2] and words[at + 1] in {
        "the",
        "its",
        "their",
        "our",
        "his",
        "these",
    }:
        return 2
    return 1


def _bounded(phrase: NumberPhrase, mods: set[str]) -> NumberPhrase:
    """Apply 'at least', 'up to' and 'another' to a bare number."""
    if not mods:
        return phrase
    phrase = replace(phrase, is_more="more" in mods)
    if "max" in mods:
        return replace(phrase, low=None, is_firm=False)
    if "min" in mods:
        return replace(phrase, high=None, is_minimum=True)
    return phrase


def _prefix(words: list[str], j: int) -> tuple[int, str] | None:
    if j >= len(words) or words[j] not in _PREFIX_HEADS:
        return None
    for phrase, kind in _BY_HEAD[words[j]]:
        if tuple(words[j : j + len(phrase)]) == phrase and j + len(phrase) < len(words):
            return len(phrase), kind
    return None


_Core = tuple[int, int | None, bool, int]  # low, high, firm, next token


def _core(words: list[str], j: int) -> _Core | None:
    """Return the bare number at j: a word of its own, an interval, or a numeral."""
    word = words[j] if j < len(words) else ""
    if word in {"a", "an"}:
        return _article(words, j) if j + 1 < len(words) else None
    if word == "half" and words[j + 1 : j + 3] == ["a", "dozen"]:
        return 6, 6, True, j + 3
    if word == "both":
        return 2, 2, True, j + 1
    return _vague(words, j) if word in _N.vague else _cardinal(words, j)


def _vague(words: list[str], j: int) -> _Core:
    low, high = _N.vague[words[j]]
    if words[j + 1 : j + 3] == ["of", "thousands"]:
        return low * 1000, None, False, j + 3
    return low, high, low == high, j + 1


def _article(words: list[str], j: int) -> _Core | None:
    """'a dozen', 'a few', 'a hundred', 'a family of five'; 'a' alone is a phrase's."""
    following = words[j + 1]
    if following in _GROUPS and words[j + 2 : j + 3] == ["of"]:
        return _cardinal(words, j + 3)
    if following in _N.vague and following not in {"some", "several", "many"}:
        low, high = _N.vague[following]
        return low, high, low == high, j + 2
    if following in {"dozen", "score", "pair"}:
        return _N.units[following], _N.units[following], following != "score", j + 2
    if following in _N.scales:
        value = _N.scales[following]
        return value, value, True, j + 2
    return None


_GROUPS = frozenset({"family", "group", "team", "crew", "band", "party"})


def _cardinal(words: list[str], j: int) -> _Core | None:
    """Read '1,200', 'twenty - five', 'one hundred and twelve', 'two dozen'."""
    total, current, k = 0, digits(words[j]) if j < len(words) else None, j
    k += current is not None
    while k < len(words):
        word = words[k]
        if word in _N.scales and current is not None:
            current *= _N.scales[word]
            if word != "hundred":
                total, current = total + current, 0
        elif word == "dozen" and current is not None:
            current *= 12
        elif word in _N.units and _may_add(current):
            current = (current or 0) + _N.units[word]
        elif not (current is not None and _is_link(words, k)):
            break
        k += 1
    if current is None or total + current > MAX_TOLL:
        return None
    return total + current, total + current, True, k


def _may_add(current: int | None) -> bool:
    """Tell 'twenty' + 'five' and 'hundred' + 'twelve' from 'two' + 'three'."""
    return current is None or current >= 100 or current % 10 == 0


def _is_link(words: list[str], k: int) -> bool:
    """Tell the hyphen of 'twenty-five' and the 'and' of 'one hundred and twelve'."""
    if words[k] == "-":
        return k + 1 < len(words) and words[k + 1] in _N.units
    return words[k] == "and" and words[k - 1] in _N.scales and _is_unit(words, k + 1)


def _is_unit(words: list[str], k: int) -> bool:
    return k < len(words) and (words[k] in _N.units or words[k].isdigit())


def _second(
    words: list[str], k: int, low: int, *, between: bool
) -> tuple[int, int] | None:
    """The other end of 'between 15 and 20', '15 to 20', 'two or three', '15-20'."""
    joins = {"and", "to"} if between else {"to", "or", "-"}
    if k + 1 >= len(words) or words[k] not in joins:
        return None
    other = _cardinal(words, k + 1)
    if other is None or other[0] <= low:
        return None
    return other[0], other[3]


def is_number_word(word: str) -> bool:
    """Tell whether a word is a numeral in digits or letters."""
    return word in _N.units or word in _N.scales or digits(word) is not None


def digits(word: str) -> int | None:
    """Return the value of '1,200' or '12'; None for anything else (a decimal, a year's form)."""
    if word.isdigit():
        return int(word) if len(word) <= 8 else None
    if "," in word and word.replace(",", "").isdigit():
        groups = word.split(",")
        if len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]):
            return int("".join(groups)) if len(groups) <= 3 else None
    return None
