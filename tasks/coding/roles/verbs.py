"""Slots of verbs: active, passive, agentless, inherited, mutual, lost and taken places."""

import re

from tasks.coding.reading.triggers import is_passive
from tasks.coding.roles.slots import ARMED, INSTRUMENTS, Roles, Slot
from tasks.coding.roles.subjects import Subjects
from tasks.model.coding import ActorKind

_THING_REACH = 180
_SIGNING_REACH = 150
_SIGNED_BY = re.compile(r"\b(?:by|between) ")
_TOOL_WORDS = 12  # between an instrument and its verb
_NEW_CLAUSE = frozenset({"when", "after", "who", "as", "and"})
_AIMS = frozenset(
    {"on", "at", "against", "in", "inside", "near", "into", "outside", "among", "upon",
     "with"}
)  # fmt: skip
_OWN = frozenset({"its", "their"})
_TAKER = frozenset({"to", "into", "under"})
_AGAINST = re.compile(r" (?:\w+ ){0,2}?against (?:the )?")
_FIRE_FROM = frozenset({"attack", "ambush", "shell", "shoot"})
_FIRING = ARMED | {ActorKind.RIOTERS}
_CARRIERS = frozenset({"drone", "airstrike"})


class VerbRoles(Subjects):
    """Fills the slots of a trigger read as a verb."""

    def fill(self) -> Roles:  # noqa: PLR0911 - one line per frame
        """Return the trigger's roles by its frame."""
        frame = self.t.form.frame
        if self.t.form.family == "held_by":
            return self._held()
        passive = is_passive(self.r, self.view, self.t)
        if passive:
            # 'a grenade was fired into a base': what was fired is no victim
            aimed = self._aimed_at() if frame == "A" else ()
            doers = self._by()
            foes = self._against(doers)
            targets = aimed or foes or self._patient("R-ROLE-PASSIVE")
            return Roles(self.t, doers, targets, is_passive=True)
        if frame == "P":
            doers = self._by() or self._under_fire_from()
            return Roles(self.t, doers, self._patient("R-ROLE-PATIENT"))
        if frame == "F":
            return self._fall()
        if frame == "D":
            return Roles(self.t, self._object(), self._subject("R-ROLE-DEFENDER"))
        if frame == "W":
            return Roles(self.t, self._surrendered_to(), self._subject("R-ROLE-LOSER"))
        if frame == "M":
            return self._mutual_verb()
        if frame == "C":
            return Roles(self.t, self._subject("R-ROLE-CROWD"), self._aimed_at())
        if frame == "I":
            return Roles(
                self.t, self._instrument_subject(), self._object(), is_passive=False
            )
        targets = self._object() if frame in "TL" else self._aimed_at()
        tool = self._instrument()
        if tool is not None:
            return Roles(self.t, tool.initiators, targets, method=tool.act)
        return Roles(self.t, self._subject("R-ROLE-ACTIVE"), targets)

    def _against(self, doers: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """'eight were killed in an operation by police against the Red Command'."""
        if not doers:
            return ()
        found = _AGAINST.match(self.r.spaced, doers[-1].end)
        foes = self._first_after(found.end(), 20, "R-ROLE-AGAINST") if found else ()
        return tuple(s for s in foes if s.party and s.party.kind in ARMED)

    def _under_fire_from(self) -> tuple[Slot, ...]:
        """'came under attack from X', 'drew heavy fire from X'."""
        if self.t.act not in _FIRE_FROM:
            return ()
        after = self.r.words_after(self.view, self.t.end, 4)
        if "from" not in after:
            return ()
        at = self.r.spaced.find(" from ", self.t.end - 1) + len(" from ")
        doers = self._first_after(at, 30, "R-ROLE-FIRE-FROM")
        return tuple(s for s in doers if s.party and s.party.kind in _FIRING)

    def _instrument(self) -> Roles | None:
        """'drones killed', 'a missile slammed into'; of a drone and its shell, the drone."""
        found: Roles | None = None
        for roles in reversed(self.earlier):
            if roles.trigger.form.kind == "v" or roles.act not in INSTRUMENTS:
                continue
            words = set(self.r.spaced[roles.trigger.end : self.t.start].split())
            passed = any(
                t.is_verb and t.form.tense != "part"
                for t in self.view.triggers
                if roles.trigger.end <= t.start < self.t.start
            )
            if passed or len(words) > _TOOL_WORDS or words & _NEW_CLAUSE:
                break
            if found is None or roles.act in _CARRIERS:
                found = roles
        return found

    def _patient(self, rule: str) -> tuple[Slot, ...]:
        """The subject of a passive or of 'died'; falls back on 'killing of X'."""
        for party in reversed(self.view.parties):
            if party.end > self.t.start or party.start in self.speakers:
                continue
            between = self.r.folded[party.end : self.t.start]
            if ";" in between or len(between) > 160:
                break
            if self._is_oblique(party) and not self._is_partitive(party):
                continue
            return self._with_partners(party, rule, leftwards=True)
        return self._thing_before(rule)

    def _thing_before(self, rule: str) -> tuple[Slot, ...]:
        """'Two camps in the town of X, in Y, were seized': the nearest noun of no other verb."""
        verbs = [
            t.end for t in self.view.triggers if t.is_verb and t.end <= self.t.start
        ]
        floor = max([self.t.start - _THING_REACH, *verbs])
        things = [
            t for t in self.view.things if floor <= t.start and t.end <= self.t.start
        ]
        military = [t for t in things if "mil_object" in t.classes]
        chosen = military or things[-1:]
        return (Slot(None, chosen[0], rule),) if chosen else ()

    def _aimed_at(self) -> tuple[Slot, ...]:
        """'opened fire on', 'launched an attack against', 'blew himself up at'."""
        limit = self._object_limit()
        own = self.r.spaced[self.t.start : self.t.end].split()[-1:]
        after = (
            own if set(own) & _AIMS else self.r.words_after(self.view, self.t.end, 1)
        )
        if not set(after) & _AIMS:
            return ()
        parties = [
            p for p in self.view.parties
            if self.t.end <= p.start <= limit and p.start not in self.speakers
        ]  # fmt: skip
        if parties:
            return self._with_partners(parties[0], "R-ROLE-AIMED", leftwards=False)
        return self._things_before(limit)

    def _surrendered_to(self) -> tuple[Slot, ...]:
        """'surrendered to the army', 'laid down arms before police'."""
        after = self.r.words_after(self.view, self.t.end, 1)
        if after not in (["to"], ["before"]):
            return ()
        return self._first_after(self.t.end, 40, "R-ROLE-SURRENDERED-TO")

    def _fall(self) -> Roles:
        """'Pinga fell to the rebels': the taker is after 'to'."""
        own = self.r.spaced[self.t.start : self.t.end].split()[-1:]
        to = own + self.r.words_after(self.view, self.t.end, 3)
        taker = (
            self._first_after(self.t.end, 40, "R-ROLE-FELL-TO")
            if _TAKER & set(to)
            else ()
        )  # 'shells fell on the part held by X'
        loser = self._first_after(self.t.end, 160, "R-ROLE-FELL-AGAINST")
        taken = {slot.start for slot in taker}
        return Roles(self.t, taker, tuple(s for s in loser if s.start not in taken))

    def _held(self) -> Roles:
        """'is in the hands of X', 'in Russian hands', 'under its full control'."""
        taker = self._first_after(self.t.end, 40, "R-ROLE-FELL-TO")
        if not taker and _OWN & set(self.r.words_after(self.view, self.t.end, 3)):
            taker = self._pronoun()
        loser = self._first_after(self.t.end, 160, "R-ROLE-FELL-AGAINST")
        taken = {slot.start for slot in taker}
        return Roles(self.t, taker, tuple(s for s in loser if s.start not in taken))

    def _mutual_verb(self) -> Roles:
        subjects = self._subject("R-ROLE-MUTUAL")
        others = self._fought()
        if self.t.act == "agreement" and not subjects and not others:
            others = self._signatories()
        for both in (subjects, others):  # 'A and B fought', 'fighting between A and B'
            if len(both) > 1 and not (subjects and others):
                return Roles(self.t, both[:1], both[1:], is_mutual=True)
        return Roles(self.t, subjects, others, is_mutual=True)

    def _fought(self) -> tuple[Slot, ...]:
        """Whom the subject fights: no object of the next verb ('fought, killing five people')."""
        others = self._first_after(self.t.end, 60, "R-ROLE-MUTUAL-WITH")
        return tuple(
            s for s in others
            if not any(
                t.is_verb and self.t.end <= t.start < s.start for t in self.view.triggers
            )
        )  # fmt: skip

    def _signatories(self) -> tuple[Slot, ...]:
        """'signed in the town on Saturday evening by commanders of A and B'."""
        limit = min(self.view.sentence.end, self.t.end + _SIGNING_REACH)
        by = _SIGNED_BY.search(self.r.spaced, self.t.end, limit)
        return self._first_after(by.end(), 40, "R-ROLE-MUTUAL") if by else ()

    def _instrument_subject(self) -> tuple[Slot, ...]:
        return self._owner() or self._by()
