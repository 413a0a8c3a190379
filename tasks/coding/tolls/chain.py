"""Counted phrases of a sentence and what joins them: 'a mayor, two soldiers and his driver'."""

from dataclasses import dataclass

from tasks.coding.claims.lexicon import claim_words
from tasks.coding.tolls.lexicon import toll_words, word_class
from tasks.coding.tolls.phrases import Phrase
from tasks.coding.tolls.tokens import Tokens
from tasks.model.quick import quick_init

_PREDICATES = toll_words().predicates
_SKIP_LEFT = word_class("skip_left")
_JOIN_SEQUENCES = (
    (",",), ("and",), (",", "and"), ("&",), ("plus",), ("as", "well", "as"),
    (",", "as", "well", "as"), ("along", "with"), (",", "along", "with"),
    ("together", "with"), (",", "together", "with"), ("and", "also"), (",", "plus"),
    ("and", "his"), ("and", "her"), ("and", "their"), ("and", "its"),
    ("and", "then"), (",", "then"), ("besides",), ("apart", "from"), ("in", "addition", "to"),
)  # fmt: skip
_PREPOSITIONS = word_class("preposition")
_PART_WORDS = frozenset({"including", "among", "included", "includes", "of"})
_FINITE = word_class("finite")
_NO_NAME = (
    word_class("no_name") | _FINITE | {"who", "whom", "which", "whose", "also", "and"}
)
_SPEECH = frozenset(v for v in claim_words().verbs if " " not in v)
_JOINED_ADJECTIVE = 2
_MAX_MODIFIER = 12
_MAX_TITLED = 10  # 'of Tapalpa, Martin Valle'
_MAX_NAME = 3
_MAX_INNER = 4  # phrases inside 'members of the separatist workers' party'
_ALL = frozenset({"all", "both", "most", "mostly", "mainly"})
_MAX_TITLE = 4  # 'a rebel army spokesman said'


@quick_init
@dataclass(frozen=True, slots=True)
class Linked:
    """A predicate (tokens [first, last]) and the phrases it counts, conjoined ones together."""

    kind: str
    first: int
    last: int
    phrases: tuple[Phrase, ...]
    is_named: bool = False  # nobody counted: a name or pronoun stands there


@quick_init
@dataclass(frozen=True, slots=True)
class Line:
    """A sentence ready for linking."""

    tokens: Tokens
    phrases: list[Phrase]
    starts: dict[int, int]  # first token of a phrase -> index of the phrase
    ends: dict[int, int]  # last token of a phrase -> index of the phrase


def line_of(tokens: Tokens, found: list[Phrase]) -> Line:
    """Index a sentence's phrases by their first and last tokens."""
    return Line(
        tokens,
        found,
        {p.first: i for i, p in enumerate(found)},
        {p.last: i for i, p in enumerate(found)},
    )


def chain_from(line: Line, at: int) -> tuple[Phrase, ...]:
    """Follow conjunctions to the right: 'a mayor, two soldiers and his driver'."""
    chain = [line.phrases[at]]
    while (after := _joined_after(line, at)) is not None:
        if _starts_clause(line, line.phrases[after]):
            break
        at = after
        if not _is_title(line, line.phrases[at]):
            chain.append(line.phrases[at])
    return tuple(chain)


def _is_title(line: Line, phrase: Phrase) -> bool:
    """Tell 'Father Alain Zongo' after 'a priest,': the same man by name."""
    words, k = line.tokens.words, phrase.last + 1
    if phrase.is_counted or phrase.high != 1 or words[phrase.first - 1] != ",":
        return False
    name = words[k] if k < len(words) else "."
    bare = phrase.first == phrase.last and name[0].isalpha()
    return bare and name not in _NO_NAME | _PREPOSITIONS and name not in _PREDICATES


def _joined_after(line: Line, at: int) -> int | None:
    """Return the phrase that 'and' joins to phrase `at`, over those of its of-phrase."""
    for after in range(at + 1, min(at + 1 + _MAX_INNER, len(line.phrases))):
        nxt = line.phrases[after]
        between = tuple(line.tokens.words[line.phrases[at].last + 1 : nxt.first])
        if between in _JOIN_SEQUENCES or _joins_after_modifier(between, nxt):
            return after
        if after == at + 1 and _tells_name(line.phrases[at], list(between)):
            return after
    return None


def _joined_before(line: Line, at: int) -> int | None:
    """Return the count that 'and' joins phrase `at` to, over those of its of-phrase."""
    for before in range(at - 1, max(-1, at - 1 - _MAX_INNER), -1):
        prev = line.phrases[before]
        between = tuple(line.tokens.words[prev.last + 1 : line.phrases[at].first])
        if prev.is_counted and _joins_after_modifier(between, line.phrases[at]):
            return before
    return None


def _joins_after_modifier(between: tuple[str, ...], nxt: Phrase) -> bool:
    """Tell 'a colonel of the 5th brigade and 40 …': an of-phrase before the 'and'."""
    return (
        2 < len(between) <= _MAX_MODIFIER
        and between[0] in {"of", "from"}
        and between[-1] == "and"
        and (nxt.is_counted or nxt.high == 1)  # … and a vendor
        and all(
            (w[0].isalnum() or w in {"(", ")"}) and w not in _FINITE for w in between
        )
    )


def _starts_clause(line: Line, phrase: Phrase) -> bool:
    """Tell 'two killed and three wounded': the second count has its own verb."""
    k = phrase.last + 1
    words = line.tokens.words
    while k < len(words) and words[k] in _SKIP_LEFT - _SPEECH:
        k += 1
    if k >= len(words):
        return False
    if _speaks(words, k) or _speaks_by_name(words, phrase):
        return True  # '… and five worshippers, the mayor said'
    forms = _PREDICATES.get(words[k], {})
    return bool({"ed", "intr"} & forms.keys()) or words[k] in _FINITE


def _speaks(words: list[str], k: int) -> bool:
    """Tell whether 'said' ends the noun phrase at k: 'a rebel spokesman said'."""
    for word, after in zip(words[k : k + _MAX_TITLE], words[k + 1 :], strict=False):
        if word in _SPEECH:
            return after != "to"
        if not word[0].isalpha() or word in _FINITE or word in _SKIP_LEFT:
            return False
    return False


def _speaks_by_name(words: list[str], phrase: Phrase) -> bool:
    """Tell ', the governor of the region, Petr Orlov, wrote': office, name, then the verb."""
    if phrase.is_counted or phrase.high != 1 or words[phrase.first - 1] != ",":
        return False
    commas = 0
    for word in words[phrase.last + 1 : phrase.last + 1 + _MAX_TITLED]:
        if word in _SPEECH:
            return commas == _ASIDE
        commas += word == ","
        if not (word[0].isalpha() or word == ",") or word == "and":
            return False
    return False


_ASIDE = 2  # commas around a name


def chain_to(line: Line, at: int) -> tuple[Phrase, ...]:
    """Follow conjunctions to the left of phrase `at`."""
    chain = [line.phrases[at]]
    while at > 0:
        prev = line.phrases[at - 1]
        over = _over_aside_phrase(line, at - 1)
        if over is None and _tells_name(
            prev, line.tokens.words[prev.last + 1 : line.phrases[at].first]
        ):
            over = at - 1
        if over is not None:  # 'eight miners, all Chinese nationals, and a guard'
            at = over
            chain.append(line.phrases[at])
            continue
        between = tuple(line.tokens.words[prev.last + 1 : line.phrases[at].first])
        if between not in _JOIN_SEQUENCES and not _shares_count(between, prev, chain):
            before = _joined_before(line, at)
            if before is None:
                break
            at = before
            chain.append(line.phrases[at])
            continue
        if (
            between == (",",)
            and len(chain) == 1
            and line.phrases[at].is_counted is False
            and not _opens_headline(line, prev)
        ):
            break
        at -= 1
        chain.append(prev)
    if len(chain) > 1 and is_attached(line, chain[-1]):
        return tuple(reversed(chain[:-1])) or (chain[0],)
    return tuple(reversed(chain))


def _over_aside_phrase(line: Line, at: int) -> int | None:
    """Return the phrase that ', all Chinese nationals,' around phrase `at` tells more of."""
    words = line.tokens.words
    first, last = line.phrases[at].first, line.phrases[at].last
    low = max(1, first - _MAX_TITLE)
    comma = next((k for k in range(first - 1, low, -1) if words[k] == ","), None)
    if (
        comma is None
        or words[comma + 1] not in _ALL
        or words[last + 1 : last + 2] != [","]
    ):
        return None
    return line.ends.get(comma - 1)


def _tells_name(prev: Phrase, between: list[str]) -> bool:
    """Tell 'the mayor of Tapalpa, Martin Valle, and his driver': office, name, another."""
    if prev.victims in {None, "people"} or prev.high != 1:
        return False
    if between[-1:] not in ([","], ["and"]):
        return False
    named = between[: len(between) - (between[-1:] == ["and"])]
    if named[-1:] == [","]:
        named.pop()
    titled = "," in named
    if not named or len(named) > (_MAX_TITLED if titled else _MAX_NAME):
        return False
    if titled and named[0] not in {",", "of"}:
        return False
    known = _NO_NAME - {"of"} if titled else _NO_NAME | _PREPOSITIONS
    return all(
        w == ","
        or (w[0].isalpha() and w not in known | _SPEECH and w not in _PREDICATES)
        for w in named
    )


def _shares_count(between: tuple[str, ...], prev: Phrase, chain: list[Phrase]) -> bool:
    """Tell 'dozens of soldiers and Houthi fighters': one count over two nouns."""
    after = chain[0]
    return (
        len(between) == _JOINED_ADJECTIVE
        and between[0] == "and"
        and between[1].isalpha()
        and between[1] not in _FINITE | _PREPOSITIONS
        and prev.is_counted
        and not after.is_counted
        and after.high is None
    )


def _opens_headline(line: Line, phrase: Phrase) -> bool:
    """Tell 'Benin: two officers, attacker dead': a list without its 'and'."""
    before = line.tokens.words[: phrase.first]
    return phrase.is_counted and (not before or before[-1] == ":")


def is_attached(line: Line, phrase: Phrase) -> bool:
    """Tell whether a preposition or 'including' hangs the phrase on an earlier one."""
    before = line.tokens.words[phrase.first - 1] if phrase.first else ""
    return before in _PREPOSITIONS or before in _PART_WORDS
