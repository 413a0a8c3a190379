"""Counted phrases of a sentence: 'at least 12 soldiers', 'a mayor', 'his driver', 'five'."""

from dataclasses import dataclass

from tasks.coding.tolls.figures import (
    STARTERS,
    NumberPhrase,
    is_number_word,
    number_at,
)
from tasks.coding.tolls.lexicon import toll_words, word_class
from tasks.coding.tolls.tokens import AGE, Tokens
from tasks.model.quick import quick_init

_WORDS = toll_words()
BODY_NOUNS = word_class("body")
_DEFINITE = word_class("definite")
_INDEFINITE = frozenset({"a", "an", "another"})
_ONE = frozenset({"a", "an"})  # 'an elderly Serb': one, though 'the elderly' are many
_IRREGULAR_PLURALS = word_class("plural")
_STOPS = word_class("stop")
NON_PERSONS = word_class("thing")
_NTH = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_OWNED = word_class("owned")
_MAX_ADJECTIVES = 5
_REFLEXIVES = frozenset({"him", "himself", "herself"})
_OPENERS = STARTERS | _INDEFINITE | _DEFINITE | _REFLEXIVES | _WORDS.persons.keys()


@quick_init
@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, last]; head None: a bare number."""

    first: int
    last: int
    low: int | None
    high: int | None
    is_firm: bool
    is_minimum: bool
    head: str | None
    victims: str | None  # class of the head; None: not in the lexicon
    is_counted: bool  # a number or article; False: 'the soldiers', 'soldiers'
    is_more: bool = False
    is_nth: bool = False  # 'a fifth soldier': low and high count all five

    @property
    def is_person(self) -> bool:
        """Tell whether the head is a known person noun."""
        return self.victims is not None


def phrase_at(tokens: Tokens, i: int) -> Phrase | None:
    """Return the counted phrase that starts at token i."""
    number = number_at(tokens, i)
    if number is not None:
        return _numbered(tokens, number)
    words = tokens.words
    if words[i] in _INDEFINITE or words[i] in _DEFINITE:
        return _determined(tokens, i)
    return _unnumbered(tokens, i)


def phrases(tokens: Tokens) -> list[Phrase]:
    """Return the sentence's phrases from left to right, none overlapping another."""
    found: list[Phrase] = []
    i = 0
    while i < len(tokens.words):
        phrase = phrase_at(tokens, i) if _may_open(tokens.words[i]) else None
        if phrase is None:
            i += 1
        else:
            found.append(phrase)
            i = phrase.last + 1
    return found


def _may_open(word: str) -> bool:
    """Tell whether a phrase may start with the word: most words of a text open none."""
    return word in _OPENERS or word[0].isdigit() or "-" in word


_CURRENCIES = frozenset(
    {
        "rs",
        "pkr",
        "inr",
        "usd",
        "us$",
        "$",
        "£",
        "€",
        "₦",
        "₹",
        "₱",
        "৳",
        "ksh",
        "tk",
        "rp",
        "php",
    }
)


def _numbered(tokens: Tokens, number: NumberPhrase) -> Phrase | None:
    words = tokens.words
    if words[number.last] == "of" and words[number.last + 1 : number.last + 2] in _WHOM:
        return Phrase(
            number.first, number.last + 1, number.low, number.high, number.is_firm,
            number.is_minimum, None, None, is_counted=True, is_more=number.is_more,
        )  # fmt: skip
    if words[number.last] == "the" and words[number.last + 1 : number.last + 2] in HURT:
        return Phrase(
            number.first, number.last + 1, number.low, number.high, number.is_firm,
            number.is_minimum, "wounded", None, is_counted=True, is_more=True,
        )  # fmt: skip
    head, last, adjectives = _head(words, number.last + 1)
    if head is None and adjectives:
        head = _unknown_head(words, number.last + 1, last)
        last = number.last if head is None else last
    if head in NON_PERSONS or _is_unit_after(words, number.last + 1):
        return None
    if words[max(0, number.first - 1)] in _CURRENCIES:
        return None  # 'a commander with head money of Rs6 million'
    if head is None and _is_bare_year(words, number):
        return None
    end = last if head is not None else number.last
    victims = _side_of(words, number.last + 1, last, head) if head else None
    return Phrase(
        number.first, end, number.low, number.high, number.is_firm, number.is_minimum,
        head, victims, is_counted=True, is_more=number.is_more,
    )  # fmt: skip


HURT = (["wounded"], ["injured"], ["hurt"])  # 'three of the wounded died'
_WHOM = (["whom"], ["them"])  # 'three others were hurt, one of whom later died'
_NUMBERED_THINGS = word_class("numbered_thing")


_MEMBERS = frozenset({"member", "members"})
_MEMBERS_OF = 8
_BODIES = {"armed": word_class("armed_body"), "state": word_class("state_body")}


def _side_of(words: list[str], first: int, last: int, head: str) -> str | None:
    """Return the class of a counted noun; of 'members' it is that of their band or force."""
    if head not in _MEMBERS:
        return person_class(head)
    named = words[first:last]
    if words[last + 1 : last + 2] == ["of"]:
        named = named + words[last + 2 : last + _MEMBERS_OF]
    for word in named:
        side = next((s for s, known in _BODIES.items() if word in known), None)
        side = side or person_class(word)
        if side in _BODIES:
            return side
        if not word[0].isalnum():
            break
    return person_class(head)


def _is_bare_year(words: list[str], number: NumberPhrase) -> bool:
    """Tell the year of a date, or an age ('aged 34 and 41'), from a count."""
    before = words[number.first - 1] if number.first else ""
    first = words[number.first]
    after = "".join(words[number.last + 1 : number.last + 2])
    if first.isdigit() and before + after in {",,", "()"}:
        return True  # 'Private Ali Omar, 29, died', 'Constable Ravi Perera (27)'
    if len(first) == 4 and first.isdigit() and first[:2] in {"19", "20"}:
        return True
    return before in _NUMBERED_THINGS or (
        before in {"and", "between"}
        and words[max(0, number.first - 3)] in {"aged", "ages"}
    )


def _unknown_head(words: list[str], k: int, last: int) -> str | None:
    """Return the last word of '12 Palestinians'; None when a predicate comes first."""
    if any(word in _WORDS.predicates for word in words[k : last + 1]):
        return None
    return words[last]


def _is_unit_after(words: list[str], k: int) -> bool:
    """'12%', '12-year-old', '9.40pm': a number of something else."""
    following = words[k] if k < len(words) else ""
    return following in {"%", "-", "/", "."} and (
        following != "." or (k + 1 < len(words) and words[k + 1].isdigit())
    )


def _head(words: list[str], k: int) -> tuple[str | None, int, int]:
    """Return (person noun, its token, words passed); the noun ends the noun phrase."""
    passed = 0
    while k < len(words) and passed <= _MAX_ADJECTIVES:
        word = words[k]
        inside = _inside_name(words, k) if passed else 0
        if inside:
            k += inside
            continue
        if word == AGE and not _leads_to_person(words, k + 1):
            return word, k, passed
        if word in BODY_NOUNS or (word in NON_PERSONS and not _modifies(words, k)):
            return word, k, passed
        if word != AGE and person_class(word):
            while (
                k + 1 < len(words)
                and person_class(words[k + 1])
                and words[k + 1] != "others"
            ):
                k += 1
            if words[k + 1 : k + 2] and words[k + 1] in _OWNED:
                return None, k, passed  # 'a terrorist base' is no terrorist
            return words[k], k, passed
        if (
            word in _STOPS
            or is_number_word(word)
            or not (word[0].isalpha() or word in {"'", '"'})
        ):
            break
        if word in _WORDS.predicates and word not in _ADJECTIVAL:
            break
        passed += 1
        k += 1
    return None, k - 1, passed


def _inside_name(words: list[str], k: int) -> int:
    """Return how many tokens at `k` belong to the name before: '(LeT)', the '-e-' of it."""
    after = words[k + 1 : k + 3]
    if words[k] == "(" and after[1:] == [")"]:
        return 3
    return int(words[k] == "-" and bool(after) and after[0].isalpha())


def _leads_to_person(words: list[str], k: int) -> bool:
    """Tell 'a 60-year-old former official' from 'a 14-year-old was killed'."""
    for word in words[k : k + _MAX_ADJECTIVES]:
        if word in _STOPS or not word[0].isalpha():
            return False
        if person_class(word):
            return True
    return False


def _modifies(words: list[str], k: int) -> bool:
    """Tell 'cattle thief' from 'cattle': the next word is the person."""
    return any(person_class(word) for word in words[k + 1 : k + 2])


def person_class(word: str) -> str | None:
    """Return the class of a person noun, 'co-driver' and 'ex-mayor' included."""
    if word == AGE:
        return "people"
    known = _WORDS.persons.get(word)
    if known is None and "-" in word:
        known = _WORDS.persons.get(word.rpartition("-")[2])
    return known


_ADJECTIVAL = word_class("adjectival")


def _determined(tokens: Tokens, i: int) -> Phrase | None:
    """'a soldier', 'another', 'a fifth soldier', 'his driver', 'the soldiers'."""
    words = tokens.words
    nth = _NTH.get(words[i + 1] if i + 1 < len(words) else "")
    head, last, passed = _head(words, i + 1)
    if nth and (head is None or passed > 1):
        return _nth_alone(words, i, nth)
    if head is None or head in NON_PERSONS:
        if words[i] == "another":
            return Phrase(i, i, 1, 1, True, False, None, None, True, is_more=True)
        return None
    victims = person_class(head)
    if is_plural(head) and not (words[i] in _ONE and not head.endswith("s")):
        two = "twin" in words[i + 1 : last]  # 'a woman and her twin daughters'
        low, high = (2, 2) if two else (1, None)
        return Phrase(i, last, low, high, two, False, head, victims, is_counted=two)
    if nth:
        return Phrase(
            i, last, nth, nth, True, False, head, victims, is_counted=True, is_nth=True
        )
    return Phrase(
        i, last, 1, 1, True, False, head, victims,
        is_counted=words[i] in _INDEFINITE, is_more=words[i] == "another",
    )  # fmt: skip


def _nth_alone(words: list[str], i: int, nth: int) -> Phrase | None:
    """'a tenth, a boy of 14, died': the noun was told before."""
    following = words[i + 2] if i + 2 < len(words) else "."
    if following != "," and following not in _STOPS | _WORDS.predicates.keys():
        return None
    return Phrase(
        i, i + 1, nth, nth, True, False, None, "people", is_counted=True, is_nth=True
    )


def _unnumbered(tokens: Tokens, i: int) -> Phrase | None:
    """'soldiers', 'civilians': somebody, nobody knows how many."""
    word = tokens.words[i]
    if word in _REFLEXIVES:
        return Phrase(i, i, 1, 1, True, False, None, "people", is_counted=False)
    if person_class(word) is None:
        return None
    last = i
    while last + 1 < len(tokens) and person_class(tokens.words[last + 1]):
        last += 1
    head = tokens.words[last]
    victims = person_class(head)
    if not is_plural(head):
        return Phrase(i, last, 1, 1, True, False, head, victims, is_counted=False)
    return Phrase(i, last, 1, None, False, False, head, victims, is_counted=False)


def is_plural(noun: str) -> bool:
    """Tell whether a person noun is plural."""
    return noun in _IRREGULAR_PLURALS or (
        noun.endswith("s") and not noun.endswith("ss")
    )
