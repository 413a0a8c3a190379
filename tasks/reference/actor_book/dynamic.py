"""Groups nobody listed: 'X Liberation Front', 'the X gang', 'calling itself X'."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.model.coding import ActorKind
from tasks.reference.actor_book.introduced import introduced
from tasks.reference.actor_book.model import ActorMatch
from tasks.reference.actor_book.tables import DATA_DIR, load_forces, load_words
from tasks.text.anchors import Anchored, Opened
from tasks.text.fold import fold

_MAX_WORDS = 7  # of a name on either side of its head
_BEFORE = re.compile(r"([\w.'’-]{1,30})[ ]$")
_AFTER = re.compile(r"[ ]([\w.'’-]{1,30})")
_SELF_NAMED = re.compile(
    r"\b(group|movement|organi[sz]ation|militia|gang|faction|front|alliance|cartel"
    r"|cell|outfit|coalition)"
    r"(?: that| which| of [a-z]{1,15})?,? (?:calling|calls|called|styling|styles|naming|dubbed|known"
    r"|identifying)(?: itself| themselves)?(?: as| locally as)? (?:the )?[\"“']?(?=[A-Z])"
)
_GANG_WORDS = frozenset({"gang", "cartel", "militia"})
_WAR = re.compile(
    r"\b(?:rebels?|fighters?|militants?|militias?|insurgents?|guerrillas?|gunm[ae]n"
    r"|jihadis\w*|separatists?|armed|gangs?|cartels?|terrorists?|clash\w*|attack\w*"
    r"|ambush\w*|raid\w*|kidnap\w*|killed|claimed|bomb\w*|fought|weapons|commanders?"
    r"|ceasefires?|truces?)\b"
)
_REACH = 90  # characters in which a word of war vouches for a political name
_LINE = 200  # characters of a line looked at on either side
_ARABIC = re.compile(r"(?:al|el|ul|as|ash|at|an|ad|az|ar|wal|ud|bin|ibn)-['‘’]?[A-Z]")
_DESCRIBES = re.compile(
    r"-(?:leaning|backed|linked|affiliated|aligned|allied|style|based|led|speaking"
    r"|controlled|dominated|inspired|majority|funded|trained|era)$"
)
_SHORT_FORM = re.compile(
    r",? (?:\(|known (?:as|by (?:its|the)(?: [A-Z][a-z]+)? (?:initials|acronym))"
    r"(?: as)? (?:the )?)([A-Z][A-Za-z0-9/-]{1,11})\b\)?"
)
_UNIT = re.compile(
    r"\b(?:\d{1,4}(?:st|nd|rd|th) (?:[A-Z][a-z]+ ){0,3}|(?:Infantry|Mechani[sz]ed|Armou?red"
    r"|Airborne|Marine|Artillery|Commando|Assault|Ranger|Parachute) )"
    r"(?:Battalion|Brigade|Division|Regiment|Company|Corps)\b"
)
_UNIT_WORDS, _SELF_NAMED_WORDS = Anchored([_UNIT]), Opened(_SELF_NAMED)


@dataclass(frozen=True, slots=True)
class Head:
    """The word that makes a name a group's, and where it stands."""

    head: str
    where: str  # 'name' ends it, 'lead' begins it, 'word' follows it in lower case
    kind: ActorKind
    needs_context: bool


class DynamicPatterns:
    """Finds names by their heads; every step is bounded by a number of words."""

    def __init__(self) -> None:
        """Read the heads and join them, longest first, into one expression."""
        with (DATA_DIR / "dynamic.tsv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
        self._heads = {
            row["head"]: Head(
                row["head"],
                row["where"],
                ActorKind(row["kind"]),
                row["needs_context"] == "context",
            )
            for row in rows
        }
        longest_first = sorted(self._heads, key=lambda head: (-len(head), head))
        self._any = re.compile(
            rf"(?<![\w’'])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
        )
        self._heads_in = Opened(self._any)
        self._openers = load_words()["opener"]
        self._possessives = load_words()["possessive_name"]
        self._connectors = load_words()["connector"]

    def candidates(
        self, text: str, folded: str, places: Sequence[str]
    ) -> Iterator[ActorMatch]:
        """Yield a match for every name; `places` are words that alone name nobody."""
        common = load_words()["modifier"] | frozenset(places)
        units = list(_units(text)) if _UNIT_WORDS.finds(folded) else []
        yield from units
        starts = {unit.start for unit in units}
        for found in self._heads_in.over(folded, text).finditer(0, len(text)):
            head = self._heads[found.group()]
            span = self._span(text, head, found.start(), found.end())
            if span is None or span[0] in starts:
                continue
            if not _is_name(text, span, head, common):
                continue
            if _is_common_opening(text, span, head) or _is_title_case(text, span):
                continue
            if not _in_context(folded, span, head):
                continue
            yield _match(text, span, head.kind, f"actor.dynamic.{head.where}")
        yield from self._self_named(text, folded)
        for start, end, rule in introduced(text, folded, common):
            if not _is_title_case(text, (start, end)):
                yield _match(text, (start, end), ActorKind.REBEL_GROUP, rule)

    def _span(
        self, text: str, head: Head, start: int, end: int
    ) -> tuple[int, int] | None:
        if head.where == "lead":
            tail = self._right(text, end, sure=True)
            return (start, tail) if tail > end else None
        begin = self._left(text, start)
        if begin == start and head.head.lower() in self._openers:
            return None  # 'Fighters of the X Movement': X names itself
        stop = self._right(text, end, sure=False) if head.where == "name" else end
        return (begin, stop) if begin < start or stop > end else None

    def _left(self, text: str, start: int) -> int:
        """Return where the capitalised words before a head begin."""
        while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1  # 'Self-Defence Front' has its head within a word
        begin = at = start
        for _ in range(_MAX_WORDS):
            word = _BEFORE.search(text, max(0, at - 32), at)
            if word is None:
                break
            low = word.group(1).lower()
            if low in self._openers or self._ends_name(word.group(1)):
                break
            at = word.start(1)
            if (
                word.group(1)[0].isupper()
                or word.group(1)[0].isdigit()
                or _ARABIC.match(word.group(1))
            ):
                begin = at
            elif low not in self._connectors:
                break
        return begin

    def _ends_name(self, word: str) -> bool:
        """Return whether a word stands before a name, not in it: 'Libya's', '-backed'."""
        low = fold(word)
        owner = low.endswith(("'s", "s'")) and low not in self._possessives
        return owner or low.endswith(("-strong", ".")) or bool(_DESCRIBES.search(low))

    def _right(self, text: str, end: int, *, sure: bool) -> int:
        """Return where 'of the Aïr', 'for Justice in Lomami' ends after a head."""
        stop = at = end
        linked = sure
        for _ in range(_MAX_WORDS):
            word = _AFTER.match(text, at)
            if word is None:
                break
            low = word.group(1).lower()
            if linked and (word.group(1)[0].isupper() or _ARABIC.match(word.group(1))):
                stop = word.end(1)
            elif low in {"of", "for"} or (linked and low in self._connectors | {"in"}):
                linked = True
            else:
                break
            at = word.end(1)
        return _without_dot(text, end, stop)

    def _self_named(self, text: str, folded: str) -> Iterator[ActorMatch]:
        for found in _SELF_NAMED_WORDS.over(folded, text).finditer(0, len(text)):
            start = found.end()
            stop = self._right(text, start - 1, sure=True) if start else start
            stop = max(stop, _first_word_end(text, start))
            kind = (
                ActorKind.POLITICAL_MILITIA
                if found.group(1) in _GANG_WORDS
                else ActorKind.REBEL_GROUP
            )
            yield _match(text, (start, stop), kind, "actor.dynamic.self-named")


def _first_word_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "-'’"):
        end += 1
    return _without_dot(text, start, end)


def _without_dot(text: str, start: int, stop: int) -> int:
    """Return the end without a sentence's stop or a possessive."""
    while stop > start and text[stop - 1] in ".'’":
        stop -= 1
    return stop - 2 if text[max(start, stop - 2) : stop] in {"'s", "’s"} else stop


def _is_name(
    text: str, span: tuple[int, int], head: Head, common: frozenset[str]
) -> bool:
    """Return whether words beyond the head, countries and modifiers are left."""
    low = fold(text[span[0] : span[1]])
    if low in load_words()["not_a_group"]:
        return False
    rest = low.replace(fold(head.head), " ", 1)
    for place in sorted((p for p in common if " " in p and p in rest), reverse=True):
        rest = rest.replace(place, " ")
    connectors = load_words()["connector"] | {"in"}
    left = [
        word
        for word in rest.split()
        if word not in common and word not in connectors and not _DESCRIBES.search(word)
    ]
    if left:
        return True
    # 'Malian Army' is a state's; 'South Sudan Liberation Front' is a name.
    return (
        not head.needs_context
        and head.where == "name"
        and " " in head.head
        and ("efen" not in head.head and low != fold(head.head))
    )


def _in_context(folded: str, span: tuple[int, int], head: Head) -> bool:
    if not head.needs_context or _says_purpose(folded, span, head):
        return True
    before = folded[max(0, span[0] - _REACH) : span[0]]
    return bool(_WAR.search(before) or _WAR.search(folded[span[1] : span[1] + _REACH]))


def _is_common_opening(text: str, span: tuple[int, int], head: Head) -> bool:
    """Return whether one word, in capitals only because it opens a sentence, is all.

    'Clan militias clashed' names nobody; 'the Tamesna militia' does.
    """
    before = text[: span[0]][-3:].rstrip(" \"“'‘")
    opens = not before or before[-1] in ".!?:\n"
    words = text[span[0] : span[1]].replace(head.head, "", 1).split()
    return opens and len(words) <= 1 and (head.where == "word" or head.needs_context)


def _says_purpose(folded: str, span: tuple[int, int], head: Head) -> bool:
    """Return whether the name goes on after its head: 'Front for the Dignity of…'."""
    after = folded[span[0] : span[1]].partition(fold(head.head))[2]
    return head.where == "name" and after.startswith((" for ", " of "))


def _is_title_case(text: str, span: tuple[int, int]) -> bool:
    """Return whether the line is a headline in capitals, where names do not show."""
    floor, ceiling = max(0, span[0] - _LINE), span[1] + _LINE
    start = max(floor, text.rfind("\n", floor, span[0]) + 1)
    end = text.find("\n", span[1], ceiling)
    line = text[start : end if end >= 0 else ceiling]
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 6 and capitals * 10 >= len(words) * 8


def _units(text: str) -> Iterator[ActorMatch]:
    """Yield numbered units of an army whose country is not said."""
    template = load_forces()["military"].template
    for found in _UNIT.finditer(text):
        match = _match(text, found.span(), ActorKind.STATE_FORCES, "actor.dynamic.unit")
        yield replace(
            match,
            name="Military Forces",
            generic=True,
            noun="military unit",
            confidence=0.7,
            force="military",
            template=template,
        )


def _name(text: str, start: int, end: int) -> str:
    """Return the name as written, with the short form that follows it."""
    short = _SHORT_FORM.match(text, end)
    name = text[start:end]
    if short is None or not sum(char.isupper() for char in short.group(1)) >= 2:
        return name
    return f"{name} ({short.group(1)})"


def _match(
    text: str, span: tuple[int, int], kind: ActorKind, rule_id: str
) -> ActorMatch:
    start, end = span
    mention = text[start:end]
    return ActorMatch(
        start,
        end,
        mention,
        None,
        _name(text, start, end),
        kind,
        None,
        listed=False,
        generic=False,
        noun=None,
        is_organisation=True,
        confidence=0.5,
        rule_id=rule_id,
    )
