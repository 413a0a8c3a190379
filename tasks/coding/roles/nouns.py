"""Slots of nouns: 'an attack by X on Y', 'X's shelling of Y', 'clashes between A and B'."""

import re

from tasks.coding.roles.neighbourhood import Neighbourhood
from tasks.coding.roles.slots import INSTRUMENTS, Roles, Slot
from tasks.model.coding import ActorKind

_LET_GO_REACH = 90
_DOER_GAP = 25
_LET_GO = re.compile(
    r"\b(?:dropp(?:ed|ing)|let fall|releas(?:ed|ing)|unleash(?:ed|ing)|us(?:ed|ing)|lobb(?:ed|ing)|"
    r"hurl(?:ed|ing)|rain(?:ed|ing)|deploy(?:ed|ing)|launch(?:ed|ing)|fir(?:ed|ing)|threw|throwing|"
    r"plant(?:ed|ing)|la(?:id|ying)|sent|sending|detonat(?:ed|ing))\b (?:\w+ ){0,7}$"
)


_LANDS = frozenset(
    {"landed", "lands", "fell", "exploded", "crashed", "slammed", "burst", "detonated", "struck",
     "hit", "impacted", "ploughed", "plowed", "thrown", "lobbed", "hurled", "dropped", "fired"}
)  # fmt: skip


_BETWEEN_REACH = 120
_BETWEEN = re.compile(r"\b(?:between|involving|pitting) ")
_WITH = re.compile(r" ?(?:\w+ ){0,3}?(?:with|against) ")
_LIGHT_WORDS = 6  # 'engaged each other in a fierce gun battle'
_LIGHT = frozenset(
    {"fought", "fight", "fighting", "engaged", "engage", "exchanged", "traded", "waged", "waging",
     "locked", "involved", "had", "joined", "were"}
)  # fmt: skip


class NounRoles(Neighbourhood):
    """Fills the slots of a trigger read as a noun."""

    def fill(self) -> Roles:
        """Return the trigger's roles by its frame."""
        frame = self.t.form.frame
        if frame == "M":
            return self._mutual_noun()
        initiators = (
            self._by() or self._owner() or self._fired_by() or self._let_go_by()
        )
        if frame == "C":
            return Roles(self.t, initiators)
        targets = self._noun_target()
        if not targets and frame == "I":
            targets = self._object()
        taken = {slot.start for slot in initiators}
        return Roles(
            self.t, initiators, tuple(s for s in targets if s.start not in taken)
        )

    def _fired_by(self) -> tuple[Slot, ...]:
        """'a rocket fired by', 'attack claimed by', 'a bomb planted by'."""
        words = self.r.words_after(self.view, self.t.end, 4)
        return self._by() if "by" in words else ()

    def _let_go_by(self) -> tuple[Slot, ...]:
        """'army helicopters dropped two barrels filled with chlorine'."""
        low = max(self.view.sentence.start, self.t.start - _LET_GO_REACH)
        found = _LET_GO.search(self.r.spaced, low, self.t.start)
        if found is None or self.t.act not in INSTRUMENTS:
            return ()
        for party in reversed(self.view.parties):
            if party.end > found.start() or party.start in self.speakers:
                continue
            near = found.start() - party.end <= _DOER_GAP
            armed = party.kind not in {ActorKind.CIVILIANS, ActorKind.PROTESTERS}
            return (Slot(party, None, "R-ROLE-LET-GO"),) if near and armed else ()
        return ()

    def _noun_target(self) -> tuple[Slot, ...]:
        after = self.r.words_after(self.view, self.t.end, 2)
        if after[:1] and after[0] in _LANDS:
            after = after[1:]  # 'a shell landed on a school bus'
        after = after[:1]
        if not after or after[0] not in {
            "on",
            "against",
            "of",
            "at",
            "in",
            "targeting",
            "near",
            "inside",
            "outside",
            "upon",
        }:
            return ()
        if after == ["of"] and self.t.form.frame == "I":
            return ()  # 'drones of the kind people use'
        limit = self._object_limit()
        parties = [
            p for p in self.view.parties
            if self.t.end <= p.start <= limit and p.start not in self.speakers
        ]  # fmt: skip
        if parties:
            by = self.r.spaced[self.t.end : parties[0].start].split()
            if "by" not in by:
                return (
                    *self._with_partners(parties[0], "R-ROLE-ON", leftwards=False),
                    *self._things_before(parties[0].start),
                )
        return self._things_before(min(limit, self.t.end + 60))

    def _mutual_noun(self) -> Roles:
        both = self._between()
        if both:
            return Roles(self.t, both[:1], both[1:2], is_mutual=True)
        owner = self._owner()
        other = _WITH.match(self.r.spaced, self.t.end)
        if other:
            target = self._first_after(other.end(), 50, "R-ROLE-WITH")
            return Roles(
                self.t, owner or self._subject_of_noun(), target, is_mutual=True
            )
        both = self._who_fight_it()
        if both:
            return Roles(self.t, both[:1], both[1:], is_mutual=True)
        return Roles(self.t, owner or self._by(), (), is_mutual=True)

    def _between(self) -> tuple[Slot, ...]:
        """'clashes between A and B', 'fighting raged on Sunday in X, Y, between A and B'."""
        end = min(self.view.sentence.end, self.t.end + _BETWEEN_REACH)
        for between in _BETWEEN.finditer(self.r.spaced, self.t.end, end):
            found = self._first_after(between.end(), 60, "R-ROLE-BETWEEN")
            if len(found) > 1:
                return found
        return ()

    def _who_fight_it(self) -> tuple[Slot, ...]:
        """'A and B engaged in a gun battle', 'A and B fought street battles'."""
        left = [p for p in self.view.parties if p.end <= self.t.start]
        if not left or left[-1].start in self.speakers:
            return ()
        words = self.r.spaced[left[-1].end : self.t.start].split()
        if len(words) > _LIGHT_WORDS or _LIGHT.isdisjoint(words):
            return ()
        both = self._with_partners(left[-1], "R-ROLE-MUTUAL", leftwards=True)
        return both if len(both) > 1 else ()

    def _subject_of_noun(self) -> tuple[Slot, ...]:
        """'soldiers killed in a clash with rebels': the other side stands before."""
        left = [
            p
            for p in self.view.parties
            if p.end <= self.t.start and p.start not in self.speakers
        ]
        return (Slot(left[-1], None, "R-ROLE-BEFORE-NOUN"),) if left else ()
