"""Words that tell a fate, and the counted phrases each of them governs."""

from collections.abc import Iterator
from dataclasses import replace

from tasks.coding.tolls_lexicon import toll_words, word_class
from tasks.coding.tolls_link import (
    Line,
    Linked,
    afterthought,
    chain_from,
    is_passive,
    object_of,
    subject_of,
)
from tasks.coding.tolls_numbers import number_at
from tasks.coding.tolls_phrases import BODY_NOUNS, NON_PERSONS, Phrase, person_class

_PREDICATES = toll_words().predicates
_TO_DEATH = word_class("to_death")
_FATALITY_WORDS = frozenset({"fatalities", "fatality", "deaths"})
_TOLL_STEPS = word_class("toll_step")
_MAX_TOLL_STEPS = 20
_MAX_OWNER = 6
_NAMED_OF = word_class("named_of")


def linked_phrases(line: Line) -> Iterator[Linked]:
    """Yield every predicate of the sentence with what it counts."""
    words = line.tokens.words
    told = 0  # 'the number of people killed': that word counts nobody again
    for j, word in enumerate(words):
        if told and j == told:
            continue
        if word == "toll" or (
            word in _FATALITY_WORDS and "coded" in words[j + 1 : j + 10]
        ):
            yield from _toll(line, j)
            continue
        if word == "figure" and words[j + 1 : j + 2] in (["of"], ["at"]):
            yield from _toll(line, j)
            continue
        if word in _COUNTED_BY and (k := _counts_dead(words, j)):
            told = k
            yield from _toll(line, k)
            continue
        if word in {
            "lost",
            "claimed",
            "claim",
            "claims",
            "claiming",
            "cost",
            "costing",
        }:
            yield from _lives(line, j)
            continue
        if word == "alive" and j and words[j - 1] in _BURNT:
            yield from _verb(line, "killed", j - 1, j)
            continue
        forms = _PREDICATES.get(word)
        if forms is None:
            continue
        if (
            word == "death"
            and j >= 2
            and words[j - 1] == "to"
            and words[j - 2] in _TO_DEATH
        ):
            yield from _verb(line, "killed", j - 2, j)
            continue
        if word == "dead" and j and words[j - 1] in {"shot", "found"}:
            yield from _verb(line, "killed", j - 1, j)
            continue
        yield from _by_form(line, j, forms)


_BURNT = frozenset({"burned", "burnt", "burning", "buried", "roasted"})
_COUNTED_BY = frozenset({"number", "count", "tally"})
_DEAD = frozenset({"dead", "deaths", "killed", "fatalities", "slain"})


def _counts_dead(words: list[str], j: int) -> int:
    """Return where 'dead' stands in 'the number of (government) dead', 0 if nowhere."""
    if words[j + 1 : j + 2] != ["of"]:
        return 0
    near = range(j + 2, min(j + 6, len(words)))
    return next((k for k in near if words[k] in _DEAD), 0)


def _by_form(line: Line, j: int, forms: dict[str, str]) -> Iterator[Linked]:
    words = line.tokens.words
    if "noun" in forms and words[j] in BODY_NOUNS:
        yield from _bodies(line, j)
        return
    if "of" in forms and words[j + 1 : j + 2] == ["of"]:
        yield from _of(line, j, forms["of"])
        return
    if "ed" in forms:
        if words[j] in {
            "gunned",
            "hacked",
            "stoned",
            "fell",
            "burned",
            "burnt",
        } and not (words[j] == "gunned" and words[j + 1 : j + 2] == ["down"]):
            return
        yield from _verb(line, forms["ed"], j, j)
    elif "ing" in forms or "s" in forms:
        kind = forms.get("ing") or forms["s"]
        found = object_of(line, j)
        if found:
            yield Linked(kind, j, j, found)
        elif _names_somebody(words, j) and "ing" in forms:
            yield Linked(kind, j, j, (), is_named=True)
    elif "intr" in forms:
        found = subject_of(line, j)
        yield Linked(forms["intr"], j, j, found, is_named=not found)
    elif "noun" in forms:
        found = subject_of(line, j)
        if found and found[-1].last >= j - 3:
            yield Linked(forms["noun"], j, j, found)


def _verb(line: Line, kind: str, first: int, last: int) -> Iterator[Linked]:
    """A participle or past tense: passive or headline subject, or active object."""
    words = line.tokens.words
    if is_passive(line, first):
        found = (*subject_of(line, first), *afterthought(line, last))
        yield Linked(kind, first, last, found, is_named=not found)
        return
    found = object_of(line, last)
    if found and (found[0].is_counted or not subject_of(line, first)):
        yield Linked(kind, first, last, found)
        return
    before = subject_of(line, first)
    if _hides_object(words, last) and (before or words[last] == "dead"):
        yield Linked(kind, first, last, (), is_named=True)
        return
    if words[last] == "dead" and not before and not found:
        yield Linked(kind, first, last, (), is_named=True)
        return
    if before and not _names_somebody(words, last):
        yield Linked(kind, first, last, before)
    elif found:
        yield Linked(kind, first, last, found)
    elif _names_somebody(words, last):
        yield Linked(kind, first, last, (), is_named=True)


def _hides_object(words: list[str], j: int) -> bool:
    """Tell 'killed the husband of': an object whose noun is in no list."""
    following = words[j + 1 : j + 3]
    if len(following) < 2 or following[0] not in {"the", "his", "her", "their"}:
        return False
    return following[1][0].isalpha() and following[1] not in NON_PERSONS


def _names_somebody(words: list[str], j: int) -> bool:
    """Tell whether a bare word (a name, a pronoun) stands where the object does."""
    following = words[j + 1] if j + 1 < len(words) else "."
    if following in {"a", "an", "one"} and j + 2 < len(words):
        return words[j + 2][0].isalpha() and _is_no_thing(words, j + 2)
    return (
        following[0].isalpha()
        and following not in _NO_NAME
        and following not in _PREDICATES
    )


def _is_no_thing(words: list[str], k: int) -> bool:
    """Tell 'a village elder' from 'a village': a thing before a noun only describes."""
    following = words[k + 1] if k + 1 < len(words) else "."
    return words[k] not in NON_PERSONS or (
        following[0].isalpha()
        and following not in _NO_NAME
        and following not in NON_PERSONS
    )


_NO_NAME = word_class("no_name")


def _bodies(line: Line, j: int) -> Iterator[Linked]:
    """'12 bodies', 'nine deaths', '17 dead', 'the bodies of two men', '12 people dead'."""
    words = line.tokens.words
    at = line.ends.get(j)
    if words[j + 1 : j + 2] == ["toll"]:
        return  # 'a death toll' counts nobody by itself
    phrase = line.phrases[at] if at is not None else None
    if phrase is not None and phrase.is_counted and phrase.first < j:
        if phrase.low == 0 and phrase.high == 0:
            return
        if _left_by_foe(words, phrase.first):
            phrase = replace(phrase, victims="armed")
        yield Linked("killed", j, j, (phrase, *_those_of(line, j)))
        return
    if words[j + 1 : j + 2] == ["of"]:
        yield from _of(line, j, "killed")
        return
    if words[j] == "dead":
        found = subject_of(line, j)
        if found and (found[-1].last >= j - 2 or is_passive(line, j)):
            yield Linked("killed", j, j, found)
    elif words[j] in {"bodies", "corpses", "deaths", "fatalities"} and phrase is None:
        yield Linked("killed", j, j, (), is_named=True)


_FOES = frozenset(
    {"enemy", "attackers", "assailants", "insurgents", "militants", "terrorists", "rebels",
     "gunmen", "bandits", "jihadists"}
)  # fmt: skip


def _left_by_foe(words: list[str], first: int) -> bool:
    """'the enemy left 18 bodies behind': fighters, whoever counted them."""
    before = words[max(0, first - 5) : first]
    return bool({"left", "leaving", "abandoned"} & set(before)) and bool(
        _FOES & set(words[max(0, first - 9) : first])
    )


def _those_of(line: Line, j: int) -> tuple[Phrase, ...]:
    """'put its losses at five dead and those of the attackers at 12': the other side's."""
    words = line.tokens.words
    if words[j + 1 : j + 4] != ["and", "those", "of"]:
        return ()
    for k in range(j + 4, min(j + 4 + _MAX_OWNER, len(words) - 1)):
        if words[k] == "at" and k + 1 in line.starts:
            side = next((c for w in words[j + 4 : k] if (c := person_class(w))), None)
            return (replace(line.phrases[line.starts[k + 1]], victims=side),)
    return ()


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


def _of(line: Line, j: int, kind: str) -> Iterator[Linked]:
    k = j + 2
    if k in line.starts:
        yield Linked(kind, j, j, chain_from(line, line.starts[k]))
    elif line.tokens.words[j] in _NAMED_OF and k < len(line.tokens):
        yield Linked(kind, j, j, (), is_named=True)


def _lives(line: Line, j: int) -> Iterator[Linked]:
    """'lost their lives', 'claimed 12 lives', 'cost the lives of', 'lost 12 men'."""
    words = line.tokens.words
    if "lives" in words[j + 1 : j + 4] or "life" in words[j + 1 : j + 4]:
        at = next(k for k in range(j + 1, j + 4) if words[k] in {"lives", "life"})
        if words[at + 1 : at + 2] == ["of"]:
            yield from _of(line, at, "killed")
        elif words[j] == "lost" and words[at - 1] in {"their", "his", "her"}:
            found = subject_of(line, j)
            yield Linked("killed", j, at, found, is_named=not found)
        else:
            found = object_of(line, j)
            if found and found[0].is_counted:
                yield Linked("killed", j, at, found)
        return
    found = object_of(line, j)
    if words[j] == "lost" and found and found[0].is_counted and found[0].is_person:
        yield Linked("killed", j, j, found)


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
