"""What stands around a trigger: parties by position, preposition and conjunction."""

import re
from collections.abc import Sequence

from tasks.coding.reading import grammar
from tasks.coding.reading.document import Reading, Trigger, View
from tasks.coding.roles.slots import Roles, Slot
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch

_OBJECT_REACH = 90  # characters after a verb in which its object begins
_BY_REACH = 70
_NONE_OR_A_PAIR = (0, 2)
_FINITE = frozenset({"base", "third", "past"})
_LONG_AGO = 60  # days
_BARRIER = re.compile(
    r";|\. | said | says | told |, (?:who|which|when|after|while|as|but|where)\b"
    r"| (?:when|while|until|because) | as (?!many |much |well |few |of )"
)
_CONJUNCTION = re.compile(
    r"(?:,? (?:and|or|as well as|together with|alongside|along with)"
    r"(?: (?:of|from|by))?(?: (?:the|its|an?|\w+))?|,) ?"
)
_BY = re.compile(r"(?:(\w+) )?\bby ")
_BACKING = re.compile(
    r"\b(?:backed|supported|accompanied|aided|assisted|helped|escorted|reinforced|joined|flanked|"
    r"guided|armed|trained|led|funded|financed)(?: (?:from the air|on the ground|closely|strongly))? by"
    r"(?: [\w-]+){0,2} ?$"
)
_PURSUED = re.compile(
    r"\b(?:tracking|pursuing|chasing|hunting|stalking|trailing|escorting|guarding|protecting"
    r"|transporting|carrying|ferrying|fighting|battling|combating|targeting|besieging|facing"
    r"|accompanying|searching for|looking for|hunting for)(?: down)?(?: (?:the|a|an|some))?$"
)
_COUNTED = re.compile(
    r"\b(?:at least|more than|fewer than|less than|up to|as many as)(?: \w+)?$"
)


class Neighbourhood:
    """The surroundings of one trigger; exists only while its slots are filled."""

    def __init__(
        self,
        reading: Reading,
        view: View,
        trigger: Trigger,
        speakers: frozenset[int],
        earlier: Sequence[Roles],
    ) -> None:
        self.r = reading
        self.view = view
        self.t = trigger
        self.speakers = speakers
        self.earlier = earlier

    def _pronoun(self) -> tuple[Slot, ...]:
        """'It', 'they': the last armed or organised party named before."""
        if self._is_quoted():
            return ()  # '"They killed him too," said a neighbour': of somebody else
        number = self.view.sentence.index
        for view in reversed(self.r.views[max(0, number - 2) : number + 1]):
            if view is not self.view and self._is_long_ago(view):
                return ()  # 'On 16 March 1988 aircraft … "They attacked on a Wednesday."'
            for party in reversed(view.parties):
                if (
                    party.end <= self.t.start
                    and party.kind is not ActorKind.CIVILIANS
                    and not is_object_of(self.earlier, party)
                ):
                    return (Slot(party, None, "R-ROLE-PRONOUN"),)
        return ()

    def _is_quoted(self) -> bool:
        """The trigger stands in a quotation that its sentence opens, and says 'they'."""
        said = self.r.text[self.view.sentence.start : self.t.start]
        opened = said.count('"') % 2 or said.count("\u201c") > said.count("\u201d")
        words = self.r.words_before(self.view, self.t.start, 4)
        return bool(opened) and not {"we", "our"} & set(words)

    def _is_long_ago(self, view: View) -> bool:
        today = self.r.context.today
        return today is not None and any(
            d.last is not None and (today - d.last).days > _LONG_AGO
            for d in view.dates
            if d.time_precision == 1 and not d.is_speech
        )

    def _is_oblique(self, party: ActorMatch) -> bool:
        words = self.r.words_before(self.view, party.start, 4)
        if {"them", "whom"} & set(words[-2:]):
            return True  # '14 of them women'
        if self._backs(party) or _PURSUED.search(" ".join(words)):
            return (
                True  # 'soldiers, backed by X, retook', 'soldiers tracking the rebels'
            )
        if _COUNTED.search(" ".join(words)):
            return False  # 'at least 26 women' is a subject, whatever 'at' is
        while words and (words[-1] in grammar.DETERMINERS or words[-1].isdigit()):
            words.pop()
        if words[-1:] == ["of"] and set(words[-3:-1]) & grammar.QUANTITIES:
            return False  # 'hundreds of students', 'a group of men'
        if words[-1:] in (["after"], ["before"]) and self._opens_clause(party):
            return False  # 'came a day after a column of theirs was ambushed'
        return self._hangs_on_word(party, words)

    def _hangs_on_word(self, party: ActorMatch, words: list[str]) -> bool:
        if words[-2:] == ["and", "of"]:  # 'members of A and of B fought'
            before = self.view.parties[: self.view.parties.index(party)]
            return bool(before) and self._is_oblique(before[-1])
        return bool(words) and words[-1] in grammar.PREPOSITIONS

    def _opens_clause(self, party: ActorMatch) -> bool:
        """The trigger is the first finite verb behind the party, in the same clause."""
        if not self.t.is_verb or self.t.form.tense == "ger" or party.end > self.t.start:
            return False
        between = [
            t for t in self.view.triggers
            if t.is_verb and party.end <= t.start < self.t.start
        ]  # fmt: skip
        commas = self.r.text.count(",", party.end, self.t.start)
        return (
            not between and commas in _NONE_OR_A_PAIR
        )  # ', many of them in their teens,'

    def _backs(self, party: ActorMatch) -> bool:
        """'backed by X', and Y of 'backed by X and Y'."""
        at = self.view.parties.index(party)
        for earlier in reversed(self.view.parties[: at + 1]):
            low = max(self.view.sentence.start, earlier.start - 50)
            if _BACKING.search(self.r.folded[low : earlier.start]):
                return True
            before = self.view.parties[at - 1] if at else None
            joined = before is not None and _CONJUNCTION.fullmatch(
                self.r.folded[before.end : earlier.start]
            )
            if not joined:
                return False
            at -= 1
        return False

    def _is_partitive(self, party: ActorMatch) -> bool:
        words = self.r.words_before(self.view, party.start, 4)
        return "of" in words[-2:]

    def _by(self) -> tuple[Slot, ...]:
        window = f"{self.r.spaced[self.t.end : self.t.end + _BY_REACH]} "
        for by in _BY.finditer(window) if "by " in window else ():
            if re.search(r"[.;]", self.r.text[self.t.end : self.t.end + by.start()]):
                return ()
            if by.group(1) in grammar.STANDING:
                continue  # 'shells fell in the enclave held by the rebels'
            return self._first_after(self.t.end + by.end(), 50, "R-ROLE-BY")
        return ()

    def _first_after(self, position: int, reach: int, rule: str) -> tuple[Slot, ...]:
        for party in self.view.parties:
            if position - 1 <= party.start <= position + reach:
                told = (
                    party.start in self.speakers
                )  # 'after fighting, the ministry said'
                if told or _BARRIER.search(self.r.folded, position, party.start):
                    return ()
                return self._with_partners(party, rule, leftwards=False)
        return ()

    def _object(self) -> tuple[Slot, ...]:
        limit = self._object_limit()
        for party in self.view.parties:
            if self.t.end <= party.start <= limit:
                if party.start in self.speakers or self._acts_next(party):
                    return ()
                slots = self._with_partners(party, "R-ROLE-OBJECT", leftwards=False)
                return (*slots, *self._things_before(party.start))
        return self._things_before(limit)

    def _acts_next(self, party: ActorMatch) -> bool:
        """'gang raids Kenscoff, crowd kills four': behind a comma, the next verb's subject."""
        before = self.r.text[max(self.t.end, party.start - 2) : party.start]
        return before == ", " and any(
            t.start == party.end + 1 and t.is_verb and t.form.tense in _FINITE
            for t in self.view.triggers
        )

    def _object_limit(self) -> int:
        limit = min(self.view.sentence.end, self.t.end + _OBJECT_REACH)
        barrier = _BARRIER.search(self.r.folded, self.t.end, limit)
        if barrier:
            limit = barrier.start()
        later = [
            t.start for t in self.view.triggers if t.start >= self.t.end and t.is_verb
        ]
        return min([limit, *later])

    def _things_before(self, limit: int) -> tuple[Slot, ...]:
        return tuple(
            Slot(None, thing, "R-ROLE-PLACE-OBJECT")
            for thing in self.view.things
            if self.t.end <= thing.start <= limit
        )[:2]

    def _owner(self) -> tuple[Slot, ...]:
        """'the army's shelling', 'a jihadist attack', 'a Russian drone'."""
        if self.r.words_before(self.view, self.t.start, 2)[-1:] in (["its"], ["their"]):
            return self._pronoun()
        for party in reversed(self.view.parties):
            if party.start <= self.t.start < party.end:
                return (Slot(party, None, "R-ROLE-OWNER"),)
            if party.end <= self.t.start:
                between = self.r.spaced[party.end : self.t.start].split()
                raw = self.r.folded[party.end : self.t.start]
                plain = not any(
                    w in grammar.PREPOSITIONS
                    or w in grammar.SUBORDINATORS
                    or w in {"said", "were", "was", "the", "a", "an", "its", "their"}
                    for w in between
                )
                if "," in raw or ";" in raw or not plain or len(between) > 3:
                    return ()
                victim = party.kind is ActorKind.CIVILIANS
                return () if victim else (Slot(party, None, "R-ROLE-OWNER"),)
        return ()

    def _with_partners(
        self, party: ActorMatch, rule: str, *, leftwards: bool
    ) -> tuple[Slot, ...]:
        at = self.view.parties.index(party)
        chosen = [party]
        step = -1 if leftwards else 1
        while 0 <= at + step < len(self.view.parties) and len(chosen) < 4:
            other = self.view.parties[at + step]
            low, high = sorted((self.view.parties[at], other), key=lambda p: p.start)
            between = self.r.folded[low.end : high.start]
            if not _CONJUNCTION.fullmatch(between) or other.start in self.speakers:
                break  # 'killing eight people, police said'
            if step > 0 and self._acts_next(other):
                break  # 'gunmen kill 12 villagers, mob burns'
            chosen.insert(0 if leftwards else len(chosen), other)
            at += step
        return tuple(Slot(p, None, rule) for p in chosen)


def is_object_of(earlier: Sequence[Roles], party: ActorMatch) -> bool:
    return any(slot.start == party.start for roles in earlier for slot in roles.targets)
