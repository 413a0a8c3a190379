"""Who does what to whom: fills the slots of each trigger of a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.coding import grammar
from tasks.coding.reading import Reading, Thing, Trigger, View
from tasks.coding.triggers import is_passive
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch

_OBJECT_REACH = 90  # characters after a verb in which its object begins
_BY_REACH = 70
_BARRIER = re.compile(
    r";|\. | said | says | told |, (?:who|which|when|after|while|as|but|where)\b"
)
_CONJUNCTION = re.compile(r"(?:,? (?:and|or|as well as)(?: (?:the|its|an?|\w+))?|,) ?")
_GENERIC_VICTIMS = frozenset({"people", "civilians"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One filler of a role, and the rule that put it there."""

    party: ActorMatch | None
    thing: Thing | None
    rule_id: str

    @property
    def start(self) -> int:
        """Return where the filler begins."""
        return self.party.start if self.party else self.thing.start if self.thing else 0

    @property
    def end(self) -> int:
        """Return where the filler ends."""
        return self.party.end if self.party else self.thing.end if self.thing else 0


@dataclass(frozen=True, slots=True)
class Roles:
    """The filled slots of one trigger; mutual: the sides are equals."""

    trigger: Trigger
    initiators: tuple[Slot, ...] = ()
    targets: tuple[Slot, ...] = ()
    is_mutual: bool = False
    is_passive: bool = False
    method: str = ""  # act of the instrument that is the subject: 'drones killed'

    @property
    def act(self) -> str:
        """Return the act, by its method when an instrument does it."""
        return self.method or self.trigger.act


def fill_roles(reading: Reading, view: View) -> list[Roles]:
    """Return the roles of every trigger of the sentence, in order."""
    out: list[Roles] = []
    speakers = speaker_starts(reading, view)
    for trigger in view.triggers:
        clause = _Clause(reading, view, trigger, speakers, out)
        out.append(clause.fill())
    return [refined for r in out if (refined := refine(reading, view, r)) is not None]


def speaker_starts(reading: Reading, view: View) -> frozenset[int]:
    """Return the starts of parties that only speak: 'police said', 'according to X'."""
    found: set[int] = set()
    speech = [c for c in view.cues if "speech" in c.classes]
    for party in view.parties:
        for cue in speech:
            gap = cue.start - party.end
            if 0 <= gap <= 60 and _only_titles(reading, party.end, cue.start):
                found.add(party.start)
            words = reading.spaced[cue.start : cue.end]
            back = party.start - cue.end
            if words == "according to" and 0 <= back <= 40:
                found.add(party.start)
            after_quote = reading.text[max(0, cue.start - 2) : cue.start]
            if (
                words in {"said", "told", "says"}
                and 0 <= back <= 5
                and ("”" in after_quote or '"' in after_quote or "," in after_quote)
            ):
                found.add(party.start)
    return frozenset(found)


_TITLES = re.compile(
    r"(?:(?:'s)?,? ?(?:\w+ )?(?:spokesman|spokesperson|spokeswoman|chief|commander|official|"
    r"officials|minister|ministry|source|sources|statement|leader|leaders|governor|"
    r"command|headquarters|union|group|on \w+day|later|also|in a statement)?[^.;,]{0,24},?)? ?"
)


def _only_titles(reading: Reading, start: int, end: int) -> bool:
    between = reading.folded[start:end]
    if between.strip() == "":
        return True
    if re.search(r"\b(?:by|when|who|which|that|and|after)\b", between):
        return False
    return len(between) <= 14 or _TITLES.fullmatch(between) is not None


INSTRUMENTS = frozenset(
    {"drone", "airstrike", "shell", "bomb", "suicide", "grenade", "chemical"}
)
_TERRITORIAL = frozenset({"take", "retake", "hold", "transfer", "withdraw"})
_BARE = frozenset({"take_town", "fall_bare", "hold_place"})


def refine(reading: Reading, view: View, roles: Roles) -> Roles | None:
    """Return the roles with the act its slots show; None when the verb is no act at all."""
    trigger = roles.trigger
    if trigger.act in _TERRITORIAL:
        return _refine_territorial(reading, view, roles)
    if trigger.act == "burn" and not trigger.form.kind == "n":
        return _refine_burning(roles)
    if trigger.form.family == "agreement" and not _signs_agreement(reading, trigger):
        return None
    if trigger.form.family == "new_group":
        return _refine_new_group(view, roles)
    if trigger.form.family == "fight_verb" and reading.words_before(
        view, trigger.start, 1
    ) in (["we"], ["i"]):
        return None
    unarmed = roles.initiators and all(
        s.party is not None and s.party.kind in _CROWD_KINDS for s in roles.initiators
    )
    if unarmed and trigger.form.family == "lay_siege":
        return replace(roles, method="protest")
    if unarmed and trigger.form.family in {"storm", "invade", "burst_into"}:
        return replace(roles, method="riot")
    if (
        trigger.form.kind == "n"
        and roles.act in INSTRUMENTS
        and any(t.act == "disrupted" for t in view.triggers)
    ):
        return replace(roles, method="disrupted")
    return roles


_COUNTED = re.compile(
    r"\b(?:at least|more than|fewer than|less than|up to|as many as)(?: \w+)?$"
)
_SIGNED = re.compile(
    r"\b(?:accord|agreement|deal|truce|cease ?fire|pact|treaty|document|text|declaration|"
    r"protocol|memorandum|hostilities|peace|paper|roadmap|exchange|swap|prisoners?)\b"
)


def _signs_agreement(reading: Reading, trigger: Trigger) -> bool:
    """A leaflet is signed too: the words around must name an agreement."""
    low, high = max(0, trigger.start - 60), trigger.end + 70
    return _SIGNED.search(reading.spaced, low, high) is not None


def _refine_burning(roles: Roles) -> Roles:
    """'set two men ablaze' kills; by a crowd it is mob violence."""
    victims = [
        s for s in roles.targets if s.party and s.party.kind is ActorKind.CIVILIANS
    ]
    if not victims or any(s.thing for s in roles.targets):
        return roles
    crowd = any(s.party and s.party.kind is ActorKind.RIOTERS for s in roles.initiators)
    return replace(roles, method="mob" if crowd else "kill")


def _refine_new_group(view: View, roles: Roles) -> Roles:
    """'announced the birth of a new movement, the Front …': the group is what follows."""
    named = [p for p in view.parties if not p.generic]
    after = [p for p in named if p.start >= roles.trigger.end]
    chosen = after or named
    if not chosen:
        return roles
    return replace(roles, initiators=(Slot(chosen[0], None, "R-ROLE-NEW-GROUP"),))


_CROWD_KINDS = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})


def _refine_territorial(reading: Reading, view: View, roles: Roles) -> Roles | None:
    """'seized the town' takes it, 'seized nine guards' abducts, 'seized arms' loots."""
    trigger = roles.trigger
    places = [
        s.thing for s in roles.targets if s.thing and s.thing.classes != ("civ_object",)
    ]
    if places or _names_a_place(reading, view, trigger):
        return roles
    if trigger.form.frame == "W" or trigger.form.kind == "x":
        return roles if trigger.form.family not in _BARE else None
    if trigger.form.family == "handover" and not _needs_place(reading, trigger):
        return roles
    people = any(s.party and s.party.kind is ActorKind.CIVILIANS for s in roles.targets)
    if trigger.form.family in {"seize_place"}:
        return replace(roles, method="abduct" if people else "loot")
    return None


def _needs_place(reading: Reading, trigger: Trigger) -> bool:
    words = reading.spaced[trigger.start : trigger.end].split()
    return words[-1] == "into" or words[0].startswith("enter")


def _names_a_place(reading: Reading, view: View, trigger: Trigger) -> bool:
    """A capitalised word that is no actor stands as the object (or subject) of the verb."""
    if trigger.form.frame == "F":
        low = max(view.sentence.start, trigger.start - 90)
        subject = reading.text[low : trigger.start]
        first = re.match(
            r"\s*[A-Z][\w'’-]+", reading.text[view.sentence.start : trigger.start]
        )
        return bool(
            first or re.search(r"(?:\bof|,) [A-Z]\w+", subject)
        ) and not re.search(
            r"\b(?:rounds?|shells?|rockets?|bombs?|projectile|silent|ill|prices?)\b",
            subject,
        )
    tail = reading.text[trigger.end : trigger.end + 30]
    found = re.match(
        r"(?: (?:of|over|the|city|town|village|strategic|from|in|back|into|all|most))* ([A-ZÉ][\w'’-]+)",
        tail,
    )
    if found is None:
        return False
    at = trigger.end + found.start(1)
    return not any(p.start <= at < p.end for p in view.parties)


class _Clause:
    """The neighbourhood of one trigger; exists only while its slots are filled."""

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

    def fill(self) -> Roles:
        """Return the trigger's roles by its frame."""
        frame = self.t.form.frame
        if self.t.form.kind == "n" or (self.t.form.kind == "x" and frame in "MNI"):
            return self._noun(frame)
        passive = is_passive(self.r, self.view, self.t)
        if passive:
            return Roles(
                self.t, self._by(), self._patient("R-ROLE-PASSIVE"), is_passive=True
            )
        if frame == "P":
            return Roles(self.t, self._by(), self._patient("R-ROLE-PATIENT"))
        if frame == "F":
            return self._fall()
        if frame == "D":
            return Roles(self.t, self._object(), self._subject("R-ROLE-DEFENDER"))
        if frame == "W":
            return Roles(self.t, self._surrendered_to(), self._subject("R-ROLE-LOSER"))
        if frame == "M":
            return self._mutual_verb()
        if frame == "C":
            return Roles(self.t, self._subject("R-ROLE-CROWD"))
        if frame == "I":
            return Roles(
                self.t, self._instrument_subject(), self._object(), is_passive=False
            )
        targets = self._object() if frame in "TL" else self._aimed_at()
        tool = self._instrument()
        if tool is not None:
            return Roles(self.t, tool.initiators, targets, method=tool.act)
        return Roles(self.t, self._subject("R-ROLE-ACTIVE"), targets)

    def _instrument(self) -> Roles | None:
        """'drones killed', 'a missile slammed into', 'shells fired by X hit'."""
        for roles in reversed(self.earlier):
            if roles.trigger.form.kind == "v" or roles.act not in INSTRUMENTS:
                continue
            words = self.r.spaced[roles.trigger.end : self.t.start].split()
            passed = [
                t
                for t in self.view.triggers
                if roles.trigger.end <= t.start < self.t.start
            ]
            if any(t.is_verb and t.form.tense != "part" for t in passed):
                return None
            if len(words) <= 12 and not {"when", "after", "who", "as", "and"} & set(
                words
            ):
                return roles
        return None

    # ---- verbs

    def _subject(self, rule: str) -> tuple[Slot, ...]:
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
        return self._with_partners(party, rule, leftwards=True)

    def _pronoun(self) -> tuple[Slot, ...]:
        """'It', 'they': the last armed or organised party named before."""
        number = self.view.sentence.index
        for view in reversed(self.r.views[max(0, number - 2) : number + 1]):
            for party in reversed(view.parties):
                if (
                    party.end <= self.t.start
                    and party.kind not in {ActorKind.CIVILIANS}
                    and not _is_object_of(self.earlier, party)
                ):
                    return (Slot(party, None, "R-ROLE-PRONOUN"),)
        return ()

    def _inherits(self, core: list[str]) -> tuple[Slot, ...] | None:
        """', killing 12' and 'and abducted 43' keep the subject of the verb before."""
        if not self.earlier:
            return None
        last = self.earlier[-1]
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

    def _is_adjacent_subject(self, party: ActorMatch, last: Roles) -> bool:
        if any(slot.start == party.start for slot in last.targets):
            return False
        between = self.r.spaced[party.end : self.t.start].split()
        if grammar.strip_left(between) or between[-1:] == ["to"]:
            return False
        before = self.r.spaced[last.trigger.end : party.start].split()
        return (
            any(w in grammar.SUBORDINATORS for w in before)
            or "," in (self.r.text[last.trigger.end : party.start])
        )

    def _left_party(self) -> ActorMatch | None:
        for party in reversed(self.view.parties):
            if party.end > self.t.start:
                continue
            between = self.r.folded[party.end : self.t.start]
            if ";" in between or len(between) > 220:
                return None
            if party.start in self.speakers and len(between) > 3:
                continue
            if self._is_oblique(party) or _is_object_of(self.earlier, party):
                continue
            if self._is_apposition(party):
                continue
            return party
        return None

    def _is_oblique(self, party: ActorMatch) -> bool:
        words = self.r.words_before(self.view, party.start, 4)
        if {"them", "whom"} & set(words[-2:]):
            return True  # '14 of them women'
        if _COUNTED.search(" ".join(words)):
            return False  # 'at least 26 women' is a subject, whatever 'at' is
        while words and (words[-1] in grammar.DETERMINERS or words[-1].isdigit()):
            words.pop()
        return bool(words) and words[-1] in grammar.PREPOSITIONS

    def _is_apposition(self, party: ActorMatch) -> bool:
        """', an armed group that …,' only describes the name before it."""
        if not party.generic:
            return False
        left = [p for p in self.view.parties if p.end <= party.start]
        if not left:
            return False
        between = self.r.folded[left[-1].end : party.start]
        return re.fullmatch(r"\)?, (?:an?|the)(?: \w+)? ", between) is not None

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
        things = [t for t in self.view.things if 0 <= self.t.start - t.end <= 30]
        return (Slot(None, things[-1], rule),) if things else ()

    def _is_partitive(self, party: ActorMatch) -> bool:
        words = self.r.words_before(self.view, party.start, 4)
        return "of" in words[-2:]

    def _by(self) -> tuple[Slot, ...]:
        window = self.r.spaced[self.t.end : self.t.end + _BY_REACH]
        at = f"{window} ".find(" by ")
        if at < 0 or re.search(r"[.;]", self.r.text[self.t.end : self.t.end + at]):
            return ()
        return self._first_after(self.t.end + at + 4, 50, "R-ROLE-BY")

    def _first_after(self, position: int, reach: int, rule: str) -> tuple[Slot, ...]:
        for party in self.view.parties:
            if position - 1 <= party.start <= position + reach:
                if _BARRIER.search(self.r.folded, position, party.start):
                    return ()
                return self._with_partners(party, rule, leftwards=False)
        return ()

    def _object(self) -> tuple[Slot, ...]:
        limit = self._object_limit()
        for party in self.view.parties:
            if self.t.end <= party.start <= limit:
                if party.start in self.speakers:
                    return ()
                slots = self._with_partners(party, "R-ROLE-OBJECT", leftwards=False)
                return (*slots, *self._things_before(party.start))
        return self._things_before(limit)

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

    def _aimed_at(self) -> tuple[Slot, ...]:
        """'opened fire on', 'launched an attack against', 'blew himself up at'."""
        limit = self._object_limit()
        after = self.r.words_after(self.view, self.t.end, 1)
        if not after or after[0] not in {
            "on",
            "at",
            "against",
            "in",
            "inside",
            "near",
            "into",
            "outside",
            "among",
            "upon",
            "from",
            "with",
        }:
            return ()
        parties = [p for p in self.view.parties if self.t.end <= p.start <= limit]
        if parties and after[0] != "from":
            return self._with_partners(parties[0], "R-ROLE-AIMED", leftwards=False)
        return self._things_before(limit) if after[0] != "from" else ()

    def _surrendered_to(self) -> tuple[Slot, ...]:
        """'surrendered to the army', 'laid down arms before police'."""
        after = self.r.words_after(self.view, self.t.end, 1)
        if after not in (["to"], ["before"]):
            return ()
        return self._first_after(self.t.end, 40, "R-ROLE-SURRENDERED-TO")

    def _fall(self) -> Roles:
        """'Pinga fell to the rebels': the taker is after 'to'."""
        taker = self._first_after(self.t.end, 40, "R-ROLE-FELL-TO")
        loser = self._first_after(self.t.end, 160, "R-ROLE-FELL-AGAINST")
        return Roles(self.t, taker, () if loser == taker else loser)

    def _mutual_verb(self) -> Roles:
        subjects = self._subject("R-ROLE-MUTUAL")
        others = self._first_after(self.t.end, 60, "R-ROLE-MUTUAL-WITH")
        if not others and len(subjects) > 1:
            return Roles(self.t, subjects[:1], subjects[1:], is_mutual=True)
        return Roles(self.t, subjects, others, is_mutual=True)

    def _instrument_subject(self) -> tuple[Slot, ...]:
        return self._owner() or self._by()

    # ---- nouns

    def _noun(self, frame: str) -> Roles:
        if frame == "M":
            return self._mutual_noun()
        initiators = self._by() or self._owner() or self._fired_by()
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
                    or w in {"said", "were", "was"}
                    for w in between
                )
                if "," in raw or not plain or len(between) > 3:
                    return ()
                victim = party.kind is ActorKind.CIVILIANS
                return () if victim else (Slot(party, None, "R-ROLE-OWNER"),)
        return ()

    def _noun_target(self) -> tuple[Slot, ...]:
        after = self.r.words_after(self.view, self.t.end, 1)
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

    # ---- conjunction

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
            if not _CONJUNCTION.fullmatch(between):
                break
            chosen.insert(0 if leftwards else len(chosen), other)
            at += step
        return tuple(Slot(p, None, rule) for p in chosen)


def _is_object_of(earlier: Sequence[Roles], party: ActorMatch) -> bool:
    return any(slot.start == party.start for roles in earlier for slot in roles.targets)
