"""Whom a verb has for its subject: the party to its left, or the one the verb before had."""

import re

from tasks.coding.reading import grammar
from tasks.coding.roles.neighbourhood import Neighbourhood, is_object_of
from tasks.coding.roles.slots import Roles, Slot
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch

_OF_NUMBER = re.compile(r"^ of (?:\w+ ){0,2}?[\d,.]+$")


class Subjects(Neighbourhood):
    """Finds the subject of a trigger read as a verb."""

    def _subject(self, rule: str) -> tuple[Slot, ...]:
        for named in self.view.parties:
            if named.start <= self.t.start < named.end:
                return (Slot(named, None, rule),)  # 'riot police' is act and actor
        words = self.r.words_before(self.view, self.t.start, 5)
        core = grammar.strip_left(words)
        if core and core[-1] in grammar.PRONOUNS:
            return self._pronoun()
        inherited = self._inherits(core)
        if inherited is not None:
            return inherited
        party = self._left_party()
        if party is None:
            return ()
        if core[-1:] == ["and"] and party.kind is ActorKind.CIVILIANS:
            party = self._armed_subject(party) or party
        slots = self._with_partners(party, rule, leftwards=True)
        return (*slots, *self._backers(party, rule))

    def _backers(self, party: ActorMatch, rule: str) -> tuple[Slot, ...]:
        """'soldiers, backed by X and Y, retook': X and Y act beside the subject."""
        return tuple(
            Slot(p, None, rule)
            for p in self.view.parties
            if party.end <= p.start and p.end <= self.t.start and self._backs(p)
        )

    def _armed_subject(self, nearest: ActorMatch) -> ActorMatch | None:
        """'Gunmen halted a bus and kidnapped nine': of a verb nobody knows, the bus is object."""
        for party in self.view.parties:
            if party.start >= nearest.start:
                return None
            if party.kind is ActorKind.CIVILIANS or party.start in self.speakers:
                continue
            if not self._is_oblique(party) and not is_object_of(self.earlier, party):
                return party
        return None

    def _inherits(self, core: list[str]) -> tuple[Slot, ...] | None:
        """', killing 12' and 'and abducted 43' keep the subject of the verb before."""
        told = [  # not 'in the enclave held by X'
            r for r in self.earlier
            if r.act != "hold" and not self._is_object_before_and(r)
        ]  # fmt: skip
        if not told:
            return None
        last = told[-1]
        gap = self.r.folded[last.trigger.end : self.t.start]
        new_subject = any(
            last.trigger.end <= p.start
            and p.end <= self.t.start
            and self._is_adjacent_subject(p, last)
            for p in self.view.parties
        )
        if new_subject or ";" in gap:
            return None
        gerund = self.t.form.tense == "ger"
        joined = bool(core) and core[-1] in {
            "and",
            "before",
            "after",
            "then",
            "while",
            "or",
        }
        comma = self.r.text[max(0, self.t.start - 2) : self.t.start].strip() == ","
        if gerund or joined or comma or "and" in core[-2:]:
            return last.initiators if not last.is_mutual else ()
        return None

    def _is_object_before_and(self, roles: Roles) -> bool:
        """'set up a roadblock and shot': the noun is object of a verb nobody knows."""
        if roles.trigger.is_verb or roles.initiators:
            return False
        return self.r.folded[roles.trigger.end : self.t.start] == " and "

    def _is_adjacent_subject(self, party: ActorMatch, last: Roles) -> bool:
        if any(slot.start == party.start for slot in last.targets):
            return False
        between = self._but_asides(party).split()
        if grammar.strip_left(between) or between[-1:] == ["to"]:
            return False
        before = self.r.spaced[last.trigger.end : party.start].split()
        return (
            any(w in grammar.SUBORDINATORS for w in before)
            or "," in (self.r.text[last.trigger.end : party.start])
        )

    def _but_asides(self, party: ActorMatch) -> str:
        """Return what parts subject and verb: nothing in 'a crowd of 100, many of them boys, …'."""
        raw = self.r.folded[party.end : self.t.start]
        if raw.count(",") == 2 and raw.rstrip().endswith(","):
            raw = raw[: raw.index(",")]
            return _OF_NUMBER.sub("", raw)
        return self.r.spaced[party.end : self.t.start]

    def _left_party(self) -> ActorMatch | None:
        for party in reversed(self.view.parties):
            if party.end > self.t.start:
                continue
            between = self.r.folded[party.end : self.t.start]
            if ";" in between or len(between) > 220:
                return None
            if party.start in self.speakers and len(between) > 3:
                continue
            if self._is_oblique(party) or is_object_of(self.earlier, party):
                continue
            if self._is_apposition(party):
                continue
            return self._first_naming(party)
        return None

    def _first_naming(self, party: ActorMatch) -> ActorMatch:
        """'A and B, the group the state calls C, fought': C is B, named the second time."""
        if party.generic:
            return party
        for earlier in self.view.parties:
            if earlier.start >= party.start:
                break
            verbs = any(
                t.is_verb and earlier.end <= t.start < party.start
                for t in self.view.triggers
            )
            if earlier.name == party.name and not verbs:
                return earlier
        return party

    def _is_apposition(self, party: ActorMatch) -> bool:
        """', an armed group that …,' only describes the name before it."""
        if not party.generic:
            return False
        left = [p for p in self.view.parties if p.end <= party.start]
        if not left:
            return False
        between = self.r.folded[left[-1].end : party.start]
        return re.fullmatch(r"\)?, (?:an?|the)(?: \w+)? ", between) is not None
