"""Who claims an event, and on whom others pin it (CODEBOOK 5, last two rules)."""

import re
from collections.abc import Callable, Iterator, Sequence

from tasks.coding.reading.document import Reading, View
from tasks.coding.roles.roles import Roles
from tasks.coding.sides.identified import identified
from tasks.coding.sides.pointed_at import (
    BEHIND,
    IT_IS,
    NAMED_AS,
    OWN_WORDS,
    PLACED_BY,
    behind,
    it_is,
    named_as,
    own_words,
    placed_by,
)
from tasks.coding.sides.pointer import (
    ACCUSED_REACH,
    NO_SIDE,
    STATE,
    VIOLENT,
    Pointer,
    claimant,
    may_claim,
    named_after,
)
from tasks.coding.stories.status import Status
from tasks.coding.stories.story import SUPPORT
from tasks.model.coding import TemporalStatus
from tasks.reference.actors import ActorMatch
from tasks.text.anchors import Anchored

_BLAME_REACH = 45
_OUR_REACH = 60
_SIGNED_REACH = 90
_BY_REACH = 30
_SAID_BEHIND = re.compile(
    r"[^.]{0,45}\b(?:it|they|its|their|his|the (?:group|movement|militia|organi[sz]ation|"
    r"alliance|coalition|faction|front|gang|cartel|brigade|rebels|insurgents|fighters))\b"
    r"[^.]{0,40}?\b(?:(?:was|were|is|had been) (?:behind|responsible for)|carried out|"
    r"had carried|conducted|staged|(?P<act>(?:had|have) (?:attacked|ambushed|bombed|detonated|shot down|"
    r"launched|struck|targeted|hit|captured|seized|taken|overrun|stormed|raided|killed|"
    r"abducted|destroyed)))\b"
)


def pointers(
    reading: Reading, roles: Sequence[tuple[Roles, Status, View]]
) -> list[Pointer]:
    """Return every claim and attribution of the text that is not history."""
    found: list[Pointer] = []
    for filled, status, view in roles:
        if filled.trigger.act == "claim" and status.value not in {
            TemporalStatus.HISTORICAL, TemporalStatus.FUTURE, TemporalStatus.HYPOTHETICAL
        }:  # fmt: skip
            found.extend(_claims(reading, view, filled, status))
    rules = _rules_for(reading)
    for view in reading.views:
        for rule in rules if view.parties else ():  # somebody is pointed at
            found.extend(rule(reading, view))
    return sorted(found, key=lambda p: p.start)


def _claims(
    reading: Reading, view: View, filled: Roles, status: Status
) -> Iterator[Pointer]:
    if status.value in {TemporalStatus.NEGATED, TemporalStatus.DENIED}:
        return
    after = [s.party for s in filled.initiators if s.party and s.rule_id == "R-ROLE-BY"]
    party = after[0] if after else _claimed_by(reading, view, filled.trigger.end)
    if party is None:
        party = claimant(reading, view, filled.trigger.start)
    if party is None:
        party = _named_next(reading, view)
    if party is not None:
        yield Pointer(
            party, "claimed", party.mention, party.start, filled.trigger.end,
            "R-RESP-CLAIMED",
        )  # fmt: skip


def _claimed_by(reading: Reading, view: View, end: int) -> ActorMatch | None:
    """'The attack was claimed by X': who claims stands behind."""
    words = reading.spaced[max(0, end - 3) : end + 4].split()
    if "by" not in words:
        return None
    near = (p for p in view.parties if 0 <= p.start - end <= _BY_REACH)
    return next((p for p in near if p.kind not in NO_SIDE), None)


def _named_next(reading: Reading, view: View) -> ActorMatch | None:
    """'an alliance claimed … The alliance, known as the Coordination': named just after."""
    number = view.sentence.index
    for later in reading.views[number + 1 : number + 3]:
        if later.sentence.paragraph != view.sentence.paragraph:
            return None
        for party in later.parties:
            if not party.generic and party.kind not in NO_SIDE | STATE:
                return party
    return None


def _said_behind(reading: Reading, view: View) -> Iterator[Pointer]:
    """'said one of its men had carried out the operation', 'claimed Saturday's assault'."""
    for cue in view.cues:
        if not {"speech", "claim"} & set(cue.classes):
            continue
        said = _SAID_BEHIND.match(reading.folded, cue.end, view.sentence.end)
        noun = "claim" in cue.classes and any(
            t.form.kind == "n" and t.act in VIOLENT and 0 <= t.start - cue.end <= 25
            for t in view.triggers
        )
        if not said and not noun:
            continue
        party = claimant(reading, view, cue.start)
        if party is None or party.kind in STATE:
            continue
        end = said.end() if said else cue.end
        yield Pointer(
            party, "claimed", party.mention, party.start, end, "R-RESP-BEHIND",
            tells_act=bool(said and said.group("act")),
        )  # fmt: skip


_THOUGHT = re.compile(
    r"\)?(?:, (?:which|who|whose|an?|the) [^.;,]{1,60},)? (?:was|is|are|were|has been|have been)"
    r" (?:widely |also )?(?:suspected by |suspected of (?:being|carrying|having)\b|(?:thought|believed|"
    r"suspected|said|presumed|understood)(?: by [a-z ]{3,30})? to (?:be|have been) (?:responsible|behind))"
)


def _thought_responsible(reading: Reading, view: View) -> Iterator[Pointer]:
    """'the cartel was thought to be responsible', 'X, which holds the area, is suspected'."""
    for party in view.parties:
        match = _THOUGHT.match(reading.folded, party.end)
        if match and party.kind not in NO_SIDE:
            yield Pointer(
                party, "attributed", None, party.start, match.end(), "R-RESP-BLAMED"
            )


_DID_IT = re.compile(
    r" (?:had |has |have |was |were |is |are )?(?:carried out|staged|conducted|perpetrated|masterminded|"
    r"orchestrated|committed|behind|responsible for|to blame for) (?:the|this|that|these|both|[a-z]+day s)\b"
)


def _said_to_be_behind(reading: Reading, view: View) -> Iterator[Pointer]:
    """'The government said ISWAP carried out the attack': another's word about a group."""
    speech = [c for c in view.cues if "speech" in c.classes]
    for party in view.parties:
        did = _DID_IT.match(reading.spaced, party.end) if may_claim(party) else None
        said = [c for c in speech if c.end <= party.start]
        if did is None or not said or "," in reading.text[said[-1].end : party.start]:
            continue
        speaker = next((p for p in view.parties if p.end <= said[-1].start), None)
        if speaker is None or speaker.name != party.name:
            by = speaker.mention if speaker else None
            yield Pointer(
                party, "attributed", by, party.start, did.end(), "R-RESP-NAMED"
            )


_OURS = re.compile(
    r"[\"'\u201c\u2018](?:[^\"\u201d]{0,120} )?our (?:own )?(?:units?|fighters|men|forces|troops|boys|"
    r"soldiers|combatants|brothers|mujahideen|comrades|drones?|rockets)\b"
)


def _our_own(reading: Reading, view: View) -> Iterator[Pointer]:
    """'"Our units entered the positions," said the communique of the alliance'."""
    ours = _OURS.search(reading.folded, view.sentence.start, view.sentence.end)
    if ours is None or not any(
        t.act not in SUPPORT and 0 <= t.start - ours.end() <= _OUR_REACH
        for t in view.triggers
    ):
        return
    for cue in view.cues:
        if "speech" not in cue.classes or cue.start < ours.end():
            continue
        for party in view.parties:
            if 0 <= party.start - cue.end <= _BLAME_REACH and may_claim(party):
                yield Pointer(
                    party, "claimed", party.mention, ours.start(), party.end,
                    "R-RESP-OURS",
                )  # fmt: skip
                return


def _identified(reading: Reading, view: View) -> Iterator[Pointer]:
    """'gunmen believed to be members of X', 'the youths belonged to X'."""
    for found in identified(reading, view):
        yield Pointer(
            found.named, "attributed", None, found.common.start, found.named.end,
            "R-RESP-IDENTIFIED",
        )  # fmt: skip


_SPOKE_FOR = re.compile(
    r"\b(?:spoke|spoken|speaks|speaking) (?:for|in the name of) (?:the )?$"
)
_BOAST = re.compile(
    r"\b(?:punish\w*|aveng\w*|in retaliation|in revenge|a warning to)\b"
)


def _spoke_for(reading: Reading, view: View) -> Iterator[Pointer]:
    """'a man who said he spoke for X told a radio the school had been "punished"'."""
    for party, _ in named_after(reading, view, _SPOKE_FOR, ACCUSED_REACH, may_claim):
        boast = _BOAST.search(reading.folded, party.end, view.sentence.end)
        if boast:
            yield Pointer(
                party, "claimed", party.mention, party.start, boast.end(),
                "R-RESP-BEHIND",
            )  # fmt: skip


_SIGNED = re.compile(
    r"\b(?:leaflets?|pamphlets?|letters?|notes?|banners?|placards?|cards?|messages?|statements?),?"
    r" (?:[a-z]+ ){0,3}signed (?:by|with the (?:initials|name|logo|letters) of|in the name of)"
    r" (?:the )?$"
)


def _signed(reading: Reading, view: View) -> Iterator[Pointer]:
    """'a leaflet signed with the initials of X': whoever signs claims."""
    for party, start in named_after(reading, view, _SIGNED, _SIGNED_REACH, may_claim):
        yield Pointer(
            party, "claimed", party.mention, start, party.end, "R-RESP-CLAIMED"
        )


def _blames(reading: Reading, view: View) -> Iterator[Pointer]:
    for cue in view.cues:
        if "blame" not in cue.classes:
            continue
        for party in view.parties:
            gap = party.start - cue.end
            if not 0 <= gap <= _BLAME_REACH or party.kind in NO_SIDE:
                continue
            between = reading.spaced[cue.end : party.start].split()
            clause_over = "," in reading.text[cue.end : party.start]
            if "not" in between or len(between) > 7 or clause_over:
                break
            ends = reading.text[party.end : party.end + 1] in {".", ",", ""}
            accused = reading.spaced[cue.start : cue.end].startswith("accus")
            if (
                accused
                and not ends
                and not any(
                    t.act in VIOLENT and 0 <= t.start - party.end <= ACCUSED_REACH
                    for t in view.triggers
                )
            ):
                break  # 'accused the army of atrocities': of something else
            speaker = next(
                (p.mention for p in view.parties if p.end <= cue.start), None
            )
            blamed = _named_inside(reading, view, party)
            yield Pointer(
                blamed, "attributed", speaker, cue.start, blamed.end, "R-RESP-BLAMED"
            )
            break


_OF = re.compile(
    r"[\"'\u201d\u2019»]? ?(?:of|from|belonging to|loyal to|linked to) (?:the )?$"
)


def _named_inside(reading: Reading, view: View, blamed: ActorMatch) -> ActorMatch:
    """'blamed a "terrorist group" of the GIA': the name inside is who is blamed."""
    if not blamed.generic:
        return blamed
    for party in view.parties:
        between = reading.folded[blamed.end : party.start]
        if party.start >= blamed.end and may_claim(party) and _OF.fullmatch(between):
            return party
    return blamed


_Rule = Callable[[Reading, View], Iterator[Pointer]]
# In the order in which they point; a pattern is what a rule finds nothing without.
_RULES: tuple[tuple[_Rule, re.Pattern[str] | None], ...] = (
    (_said_behind, None), (_blames, None), (_thought_responsible, _THOUGHT), (_said_to_be_behind, _DID_IT),
    (_our_own, _OURS), (named_as, NAMED_AS), (_identified, None),
    (own_words, OWN_WORDS), (it_is, IT_IS), (placed_by, PLACED_BY), (behind, BEHIND),
    (_spoke_for, _SPOKE_FOR), (_signed, _SIGNED),
)  # fmt: skip
_NEEDED = Anchored(pattern or re.compile("") for _, pattern in _RULES)


def _rules_for(reading: Reading) -> list[_Rule]:
    """Return the rules that may find something in the text, told by one scan of it."""
    return [_RULES[number][0] for number in _NEEDED.possible(reading.folded)]
