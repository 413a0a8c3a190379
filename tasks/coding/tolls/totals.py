"""Words that state a whole: 'the toll rose to 19', 'taking to seven the number of dead'."""

from collections.abc import Iterator
from dataclasses import replace

from tasks.coding.tolls.chain import Line, Linked
from tasks.coding.tolls.figures import number_at
from tasks.coding.tolls.lexicon import word_class
from tasks.coding.tolls.phrases import BODY_NOUNS, Phrase

_FATALITY_WORDS = frozenset({"fatalities", "fatality", "deaths"})
_TOLL_STEPS = word_class("toll_step")
_MAX_TOLL_STEPS = 20
_MAX_OWNER = 6
COUNTED_BY = frozenset({"number", "count", "tally"})
_DEAD = frozenset({"dead", "deaths", "killed", "fatalities", "slain", "lives"})
_MAKES = frozenset({"makes", "making"})
_BRINGS = frozenset(
    {"bringing", "taking", "raising", "pushing", "brings", "brought", "took"}
)
TOTALS = frozenset({"toll", "figure", "losses", "dead", *_FATALITY_WORDS, *_MAKES})


def counts_dead(words: list[str], j: int) -> int:
    """Return where 'dead' stands in 'the number of (government) dead', 0 if nowhere."""
    if words[j + 1 : j + 2] != ["of"]:
        return 0
    near = range(j + 2, min(j + 6, len(words)))
    return next((k for k in near if words[k] in _DEAD), 0)


def counted_dead(line: Line, j: int, dead: int) -> Iterator[Linked]:
    """Yield the figure of 'the number of … dead' at j, whose 'dead' stands at `dead`."""
    brought = _brought(line, j)
    if brought is not None:
        yield brought
    else:
        yield from _toll(line, dead)


def total(line: Line, j: int) -> list[Linked]:
    """Return the whole that the word at j states, if it states one."""
    words = line.tokens.words
    word, after = words[j], words[j + 1 : j + 2]
    if word == "toll":
        brought = _brought(line, j)
        return [brought] if brought is not None else list(_toll(line, j))
    if word in _MAKES:
        made = _makes(line, j)
        return [made] if made is not None else []
    coded = word in _FATALITY_WORDS and "coded" in words[j + 1 : j + 10]
    figure = word == "figure" and after in (["of"], ["at"])
    counts = word in {"losses", "dead"} and after == ["at"]
    figure = figure or (counts and _is_bare(line, j + 2))
    return list(_toll(line, j)) if coded or figure else []


def _is_bare(line: Line, at: int) -> bool:
    """Tell 'losses at four' from 'losses at five dead': there 'dead' counts them."""
    phrase = line.starts.get(at)
    return phrase is not None and line.phrases[phrase].head not in BODY_NOUNS


def _makes(line: Line, j: int) -> Linked | None:
    """'That makes three deaths': a new whole."""
    at = line.starts.get(j + 1)
    if at is None or line.phrases[at].head not in BODY_NOUNS:
        return None
    return Linked("update", j, j, (line.phrases[at],))


def _brought(line: Line, j: int) -> Linked | None:
    """'taking to seven, the bomber included, the number of lives lost'."""
    words = line.tokens.words
    for k in range(j - 1, max(0, j - _MAX_TOLL_STEPS), -1):
        if words[k - 1] in _BRINGS and words[k] == "to" and k + 1 in line.starts:
            return Linked("update", k - 1, j, (line.phrases[line.starts[k + 1]],))
    return None


def _counts_dead(words: list[str], j: int) -> int:
    """Return where 'dead' stands in 'the number of (government) dead', 0 if nowhere."""
    if words[j + 1 : j + 2] != ["of"]:
        return 0
    near = range(j + 2, min(j + 6, len(words)))
    return next((k for k in near if words[k] in _DEAD), 0)


def _own_of(line: Line, j: int) -> tuple[Phrase, ...]:
    """'dead at 35 and the Taliban's own at three': the speaker's own side besides."""
    words = line.tokens.words
    if words[j + 1 : j + 2] != ["and"]:
        return ()
    for k in range(j + 2, min(j + 2 + _MAX_OWNER, len(words) - 1)):
        if words[k] == "at" and k + 1 in line.starts:
            told = {"own", "those", "losses"} & set(words[j + 2 : k])
            return (line.phrases[line.starts[k + 1]],) if told else ()
    return ()


def _toll(line: Line, j: int) -> Iterator[Linked]:
    """'the death toll rose to 19', 'put the toll at 12', 'a toll of 30'."""
    words = line.tokens.words
    k = j + 1
    limit = min(len(words), j + _MAX_TOLL_STEPS)
    best: Phrase | None = None
    while k < limit:
        number = number_at(line.tokens, k)
        if number is not None and words[k] not in {"a", "the", "some"}:
            at = line.starts.get(k)
            best = line.phrases[at] if at is not None else best
            if words[k - 1] != "from":
                break
            if best is not None and not best.is_firm:  # 'from 12 to 19': now 19
                best = replace(best, low=best.high, is_firm=True)
            k = number.last + 1
            continue
        if words[k] not in _TOLL_STEPS and not _is_passable(words[k]):
            break
        k += 1
    if best is not None:
        yield Linked("toll", j, j, (best, *_own_of(line, best.last)))


def _is_passable(word: str) -> bool:
    return word[0].isalpha() and word not in {"and", "but", "who", "injured", "wounded"}
