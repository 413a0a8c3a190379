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
        parties = [p for p in self.view.parties if self.t.end <= p.start <= limit]
        if parties:
            by = self.r.spaced[self.t.end : parties[0].start].split()
            if "by" not in by:
                return (
                    *self._with_partners(parties[0], "R-ROLE-ON", leftwards=False),
                    *self._things_before(parties[0].start),
                )
        return self._things_before(min(limit, self.t.end + 60))

    def _mutual_noun(self) -> Roles:
        between = re.compile(r" ?(?:\w+ ){0,6}?(?:between|involving|pitting) ").match(
            self.r.spaced, self.t.end
        )
        if between:
            found = self._first_after(between.end(), 60, "R-ROLE-BETWEEN")
            if len(found) > 1:
                return Roles(self.t, found[:1], found[1:2], is_mutual=True)
        owner = self._owner()
        other = re.compile(r" ?(?:\w+ ){0,3}?(?:with|against) ").match(
            self.r.spaced, self.t.end
        )
        if other:
            target = self._first_after(other.end(), 50, "R-ROLE-WITH")
            return Roles(
                self.t, owner or self._subject_of_noun(), target, is_mutual=True
            )
        return Roles(self.t, owner or self._by(), (), is_mutual=True)

    def _subject_of_noun(self) -> tuple[Slot, ...]:
        """'soldiers killed in a clash with rebels': the other side stands before."""
        left = [
            p
            for p in self.view.parties
            if p.end <= self.t.start and p.start not in self.speakers
        ]
        return (Slot(left[-1], None, "R-ROLE-BEFORE-NOUN"),) if left else ()
