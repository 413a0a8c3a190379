"""Words that tell a fate, and the counted phrases each of them governs."""

from collections.abc import Iterator
from dataclasses import replace

from tasks.coding.tolls.chain import Line, Linked, chain_from
from tasks.coding.tolls.lexicon import toll_words, word_class
from tasks.coding.tolls.link import afterthought, is_passive, object_of, subject_of
from tasks.coding.tolls.phrases import BODY_NOUNS, NON_PERSONS, Phrase, person_class
from tasks.coding.tolls.totals import (
    COUNTED_BY,
    TOTALS,
    counted_dead,
    counts_dead,
    total,
)

_PREDICATES = toll_words().predicates
_TO_DEATH = word_class("to_death")
_MAX_OWNER = 6
_MAX_LIVES = 6  # 'claimed at least 16 lives'
_NAMED_OF = word_class("named_of")


def telling(words: list[str]) -> list[int]:
    """Return where words stand that may tell a fate: most sentences hold none."""
    return [j for j, word in enumerate(words) if word in _TELLING]


def linked_phrases(line: Line) -> Iterator[Linked]:
    """Yield every predicate of the sentence with what it counts."""
    hurt = {p.last for p in line.phrases if p.head == "wounded"}
    told = 0  # 'the number of people killed': that word counts nobody again
    for j in telling(line.tokens.words):
        if (told and j == told) or j in hurt or _only_describes(line, j):
            continue
        word = line.tokens.words[j]
        if word in COUNTED_BY and (k := counts_dead(line.tokens.words, j)):
            told = k
            yield from counted_dead(line, j, k)
        elif word in TOTALS and (whole := total(line, j)):
            yield from whole
        elif word in _LOSES:
            yield from _lives(line, j)
        elif end := _fate_phrase(line.tokens.words, j):
            found = subject_of(line, j)
            if all(p.high == 1 and not p.is_counted for p in found):
                found = ()  # 'Ranger volunteer Abdulloh Saleh was pronounced dead'
            yield Linked("killed", j, end, found, is_named=not found)
        else:
            yield from _predicate(line, j)


def _only_describes(line: Line, j: int) -> bool:
    """'nine displaced people': the participle stands inside the counted phrase."""
    return any(p.is_counted and p.first < j < p.last for p in line.phrases)


def _predicate(line: Line, j: int) -> Iterator[Linked]:
    words = line.tokens.words
    word, before = words[j], words[j - 1] if j else ""
    forms = _PREDICATES.get(word)
    if word == "alive" and before in _BURNT:
        yield from _verb(line, "killed", j - 1, j)
    elif forms is None or words[j + 1 : j + 2] in _UNLESS.get(word, ()):
        return
    elif word == "slain" and _names_somebody(words, j) and not is_passive(line, j):
        return  # 'rebels say slain workers were spies' counts nobody
    elif before in _FATALLY and "ed" in forms:
        yield from _verb(line, "killed", j - 1, j)
    elif word == "death" and before == "to" and words[j - 2] in _TO_DEATH:
        yield from _verb(line, "killed", j - 2, j)
    elif word == "death" and before == "to" and (verb := _done_to_death(line, j)):
        yield verb
    elif word == "dead" and before in {"shot", "found"} and not _is_headline(line, j):
        yield from _verb(line, "killed", j - 1, j)
    else:
        yield from _by_form(line, j, forms)


def _is_headline(line: Line, j: int) -> bool:
    """Tell 'Two shot dead': a number right before counts the dead."""
    at = line.ends.get(j)
    return at is not None and line.phrases[at].first == j - 2


def _done_to_death(line: Line, j: int) -> Linked | None:
    """'beat two men to death': the object stands inside."""
    words = line.tokens.words
    for k in range(j - 3, max(-1, j - _MAX_INSIDE), -1):
        if words[k] in _DOES_TO_DEATH:
            found = object_of(line, k)
            return Linked("killed", k, j, found) if found else None
    return None


_MAX_INSIDE = 10
_DOES_TO_DEATH = _TO_DEATH | {
    "beat", "beats", "beating", "burns", "burning", "hacks", "hacking", "stabs", "stabbing",
    "stones", "stoning", "clubs", "clubbing", "bludgeoning", "shooting", "crushing",
}  # fmt: skip
_LOST = frozenset({"lost", "lose", "loses", "losing"})
_LOSES = frozenset(
    {"lose", "loses", "losing", "lost", "claimed", "claim", "claims", "claiming", "cost",
     "costing"}
)  # fmt: skip
_UNLESS = {  # 'treated as a witness', 'the shooting died down': nobody's fate
    "treated": (["as"], ["like"], ["with"]),
    "died": (["down"], ["out"], ["away"]),
    "die": (["down"], ["out"], ["away"]),
}
_FATES: dict[str, list[tuple[str, ...]]] = {}
for _words in sorted(tuple(p.split()) for p in word_class("fate_phrase")):
    _FATES.setdefault(_words[0], []).append(_words)
_FATALLY = frozenset({"fatally", "mortally"})
_BURNT = frozenset({"burned", "burnt", "burning", "buried", "roasted"})
_TELLING = COUNTED_BY | TOTALS | _LOSES | _FATES.keys() | {"alive"} | _PREDICATES.keys()


def _fate_phrase(words: list[str], j: int) -> int:
    """Return the last token of 'paid the supreme price' that starts at j, 0 if none does."""
    for phrase in _FATES.get(words[j], ()):
        if tuple(words[j : j + len(phrase)]) == phrase:
            return j + len(phrase) - 1
    return 0


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
        kind = "wounded" if _to_hospital(words, j) else forms["ed"]
        yield from _verb(line, kind, j, j + (words[j : j + 2] == ["gunned", "down"]))
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


def _to_hospital(words: list[str], j: int) -> bool:
    """Tell 'taken to the district hospital' from 'taken'."""
    if words[j] not in {"taken", "rushed"} or words[j + 1 : j + 2] != ["to"]:
        return False
    return bool({"hospital", "hospitals", "clinic"} & set(words[j + 2 : j + 6]))


def _verb(line: Line, kind: str, first: int, last: int) -> Iterator[Linked]:
    """A participle or past tense: passive or headline subject, or active object."""
    words = line.tokens.words
    if is_passive(line, first):
        found = (*subject_of(line, first), *afterthought(line, last))
        yield Linked(kind, first, last, found, is_named=not found)
        return
    found = object_of(line, last)
    counted = any(p.is_counted for p in found)
    if found and (counted or not subject_of(line, first)):
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
    return following[1][0].isalpha() and _is_no_thing(words, j + 2)


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
    if words[j] == "dead" and "there" in words[max(0, j - 3) : j]:
        yield Linked(
            "killed", j, j, (), is_named=True
        )  # 'there were dead on both sides'
    elif words[j] == "dead":
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


def _of(line: Line, j: int, kind: str) -> Iterator[Linked]:
    k = j + 2
    if k in line.starts:
        yield Linked(kind, j, j, chain_from(line, line.starts[k]))
    elif line.tokens.words[j] in _NAMED_OF and k < len(line.tokens):
        yield Linked(kind, j, j, (), is_named=True)


def _lives(line: Line, j: int) -> Iterator[Linked]:
    """'lost their lives', 'claimed 12 lives', 'cost the lives of', 'lost 12 men'."""
    words = line.tokens.words
    near = range(j + 1, min(j + _MAX_LIVES, len(words)))
    at = next((k for k in near if words[k] in {"lives", "life"}), None)
    if at is not None:
        if words[at + 1 : at + 2] == ["of"]:
            yield from _of(line, at, "killed")
        elif words[j] in _LOST and words[at - 1] in {"their", "his", "her"}:
            found = subject_of(line, j)
            yield Linked("killed", j, at, found, is_named=not found)
        else:
            found = object_of(line, j)
            if found and found[0].is_counted:
                yield Linked("killed", j, at, found)
        return
    found = object_of(line, j)
    if words[j] == "lost" and found and found[0].is_counted:
        if found[0].head == "own":  # 'the Taliban lost two of their own'
            side = next((p.victims for p in reversed(subject_of(line, j))), None)
            found = (replace(found[0], victims=side),)
        if found[0].is_person:
            yield Linked("killed", j, j, found)
