"""Which counted phrases a word of death or injury counts: its object, subject or of-phrase."""

from tasks.coding.tolls.chain import Line, chain_from, chain_to, is_attached
from tasks.coding.tolls.lexicon import toll_words, word_class
from tasks.coding.tolls.phrases import Phrase

_PREDICATES = toll_words().predicates
_AUX = word_class("auxiliary")
_SKIP_LEFT = word_class("skip_left")
_SKIP_RIGHT = word_class("skip_right")
_PAIRED = frozenset({"shot", "hit", "struck", "caught", "burnt", "found"})
_HARD_BREAKS = frozenset(
    {";", ":", "-", "(", "but", "that", "while", "whereas", "where"}
)
_FINITE = word_class("finite")
_MAX_BACK = 30
_MAX_SKIP = 3
_MAX_ASIDE = 14


def object_of(line: Line, j: int) -> tuple[Phrase, ...]:
    """Return the phrases right after token j, conjoined ones included."""
    k = j + 1
    words = line.tokens.words
    if words[k : k + 1] in (["and"], ["or"]) and k + 1 < len(words):
        forms = _PREDICATES.get(words[k + 1], {})
        k += 2 if {"ed", "ing"} & forms.keys() and k + 2 in line.starts else 0
    while k < len(words) and words[k] in _SKIP_RIGHT and k - j <= _MAX_SKIP:
        k += 1
    if k not in line.starts:
        return ()
    return chain_from(line, line.starts[k])


_AFTERTHOUGHTS = tuple(
    (*comma, *words)
    for words in (("as", "well", "as"), ("along", "with"), ("together", "with"))
    for comma in ((), (",",))
)


def afterthought(line: Line, j: int) -> tuple[Phrase, ...]:
    """Return 'three civilians' of 'were killed as well as three civilians'."""
    words = line.tokens.words
    for lead in _AFTERTHOUGHTS:
        k = j + 1 + len(lead)
        if tuple(words[j + 1 : k]) != lead:
            continue
        k += words[k : k + 1] in (["his"], ["her"], ["their"], ["its"])
        if k in line.starts:
            return chain_from(line, line.starts[k])
    return ()


def subject_of(line: Line, j: int) -> tuple[Phrase, ...]:
    """Return the phrases whose fate token j tells, found to its left."""
    return _with_whole(line, _subject_of(line, first_of_pair(line, j)))


def first_of_pair(line: Line, j: int) -> int:
    """Return the first verb of 'shot and killed', 'attacked and killed'; else j."""
    words = line.tokens.words
    if (
        j >= 2
        and words[j - 1] in {"and", "or"}
        and (
            words[j - 2] in _PAIRED
            or (words[j - 2].endswith("ed") and len(words[j - 2]) > 4)
        )
    ):
        return j - 2
    return j


def _with_whole(line: Line, chain: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Step from 'including four policemen and a soldier' to the whole before it."""
    if not chain:
        return chain
    words = line.tokens.words
    first = chain[0].first
    k = first - 1
    while k >= 0 and first - k <= _MAX_ASIDE and words[k] != "including":
        if words[k] in _FINITE or words[k] in _HARD_BREAKS or _is_other_fate(line, k):
            return chain
        k -= 1
    if k < 1 or words[k] != "including":
        return chain
    k -= 1
    while k > 0 and words[k] in {",", "("}:
        k -= 1
    at = line.ends.get(k)
    return (line.phrases[at],) if at is not None else chain


def _subject_of(line: Line, j: int) -> tuple[Phrase, ...]:
    words = line.tokens.words
    k = _skip_left(words, j - 1)
    if k < 0:
        return ()
    if k in line.ends:
        at = line.ends[k]
        direct = line.phrases[at]
        if not is_attached(line, direct) or _is_whole(words, direct):
            return chain_to(line, at)
        return _far_subject(line, k) or chain_to(line, at)
    if words[k] in _HARD_BREAKS - {"that", "-", "("}:
        return ()
    return _far_subject(line, k)


def _is_whole(words: list[str], phrase: Phrase) -> bool:
    """Tell 'a chief was among four people killed': the four are the whole."""
    before = words[max(0, phrase.first - 2) : phrase.first]
    return phrase.is_counted and before in (["was", "among"], ["were", "among"])


def _far_subject(line: Line, k: int) -> tuple[Phrase, ...]:
    """Look further left, over modifiers, for the head of the subject."""
    words = line.tokens.words
    k = _over_aside(line, k)
    if k in line.ends and not is_attached(line, line.phrases[line.ends[k]]):
        return chain_to(line, line.ends[k])
    floor = max(0, k - _MAX_BACK)
    best: int | None = None
    in_relative = closed = False
    while k >= floor:
        word = words[k]
        if word in {"who", "which", "whom"} or (word == "that" and closed):
            in_relative, closed = True, False
        elif word in _FINITE and _RELATIVES & set(words[max(0, k - 3) : k]):
            closed = True  # 'a man hit in the firing that took place has died'
        elif (
            word in _HARD_BREAKS
            or (word in _FINITE and not in_relative)
            or _is_other_fate(line, k)
        ):
            break
        if k in line.ends and not is_attached(line, line.phrases[line.ends[k]]):
            best = line.ends[k]
            if line.phrases[best].is_counted or in_relative:
                break
        k -= 1
    return chain_to(line, best) if best is not None else ()


_RELATIVES = frozenset({"that", "which", "who"})


def _skip_left(words: list[str], k: int) -> int:
    """Step left over auxiliaries, adverbs and 'it says' to where the subject ends."""
    while k >= 0:
        if words[k] == "both" and (k == 0 or words[k - 1] in _OPENS):
            break  # 'two men were shot; both died', not 'they were both killed'
        if words[k] in _SKIP_LEFT:
            k -= 1
        elif words[k] in _SAYS and k and words[k - 1] in _PRONOUNS:
            k -= 2
        else:
            break
    return k


_OPENS = frozenset({";", ",", ":", ".", "-", '"', "and", "but"})
_SAYS = frozenset({"says", "said", "say", "believes", "believe"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "who", "which"})


def _over_aside(line: Line, k: int) -> int:
    """Step from the closing mark of ', three of them officers,' to before its opening."""
    words = line.tokens.words
    for closing, opening in ((",", ","), (")", "(")):
        if words[k] == closing:
            for back in range(k - 1, max(-1, k - _MAX_BACK), -1):
                if words[back] == opening:
                    return back - 1
    return k


def _is_other_fate(line: Line, k: int) -> bool:
    forms = _PREDICATES.get(line.tokens.words[k], {})
    return bool({"ed", "ing", "intr"} & forms.keys())


def is_passive(line: Line, j: int) -> bool:
    """Tell 'were killed' from 'killed'."""
    words = line.tokens.words
    k = first_of_pair(line, j) - 1
    while k >= 0 and j - k <= 4 and (words[k] in _SKIP_LEFT or words[k].endswith("ly")):
        if words[k] in _AUX:
            return True
        k -= 1
    return False
