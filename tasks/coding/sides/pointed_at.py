"""Words that say whose an act was: a group's own, a quoted 'It is X', who laid the mine."""

import re
from collections.abc import Iterator

from tasks.coding.reading import grammar
from tasks.coding.reading.document import Reading, View
from tasks.coding.sides.pointer import (
    ACCUSED_REACH,
    NO_SIDE,
    STATE,
    VIOLENT,
    Pointer,
    claimant,
    is_known_side,
    may_claim,
    named_after,
)
from tasks.reference.actors import ActorMatch

_OWN_REACH = 110
_PLACED_REACH = 150
_BEHIND_REACH = 60
_SOME_DOER = (
    r"(?:it|they|we|(?:its|their|his|our)(?: own)? (?:[\w-]+ ){0,3}?(?:fighters|men|members|units?|"
    r"forces|militants|guerrillas|cadres|soldiers|troops|volunteers|brigades?|cells?|snipers?|gunners|"
    r"drones?|boys|commandos|mujahideen|brothers|sisters|comrades|column|teams?|squads?|martyrs?|"
    r"bombers?|warriors|youths|combatants))"
)
_DOER_BEFORE = re.compile(
    rf"\b{_SOME_DOER}(?: (?:had|have|has|also|jointly|successfully|together))*[ \"\u201c'\u2018]*$"
)
OWN_WORDS = re.compile(
    rf"\b{_SOME_DOER} (?:had |have |has |also )*(?:planted|laid|placed|detonated|set off|fired|triggered"
    r"|hit|targeted|executed|punished|eliminated|liquidated)\b"
    r"|\b(?:bombs?|devices?|mines?|explosions?|blasts?|attacks?|raid|ambush|bombers?|attackers?|gunm[ae]n|"
    r"operations?|rockets?|drones?|killings?) (?:was|were|is|are|had been) (?:theirs\b|its own\b|their own\b|"
    r"one of (?:its|theirs|their)\b|(?:its|their) (?:man|men|fighters?|members?|work|doing|martyrs?)\b)"
)


def own_words(reading: Reading, view: View) -> Iterator[Pointer]:
    """'X said its fighters had "executed" them', 'said that the mine was theirs'."""
    for cue in view.cues:
        if not {"speech", "claim"} & set(cue.classes):
            continue
        party = claimant(reading, view, cue.start)
        if (
            party is None
            or party.kind in STATE
            or not _speaks(reading, party, cue.start)
        ):
            continue
        own = _own_act(reading, view, cue.end)
        if own is not None:
            end, tells_act = own
            yield Pointer(
                party, "claimed", party.mention, party.start, end, "R-RESP-BEHIND",
                tells_act=tells_act,
            )  # fmt: skip
            return


def _speaks(reading: Reading, party: ActorMatch, cue: int) -> bool:
    """Only titles and brackets stand between the group and its verb of saying."""
    between = reading.folded[party.end : cue]
    return len(between) <= _OWN_REACH and not re.search(r"[.;]", between)


def _own_act(reading: Reading, view: View, start: int) -> tuple[int, bool] | None:
    """Return where the words end, and whether they tell an act of their own."""
    limit = min(view.sentence.end, start + _OWN_REACH)
    for trigger in view.triggers:
        if not start <= trigger.start <= limit or trigger.act not in VIOLENT:
            continue
        words = reading.words_before(view, trigger.start)
        if not trigger.is_verb or grammar.has_passive_auxiliary(words):
            continue
        if _DOER_BEFORE.search(reading.folded[start : trigger.start]):
            return trigger.end, True
    told = OWN_WORDS.search(reading.folded, start, limit)
    return None if told is None else (told.end(), False)


IT_IS = re.compile(
    r"\b(?:it|this|that|they)(?: is| was|'s| are| were) (?:the (?:work|doing|hand) of |done by |clearly |"
    r"definitely |certainly |only |none other than )*(?:the )?$"
)


_IT_IS_REACH = 30
_QUOTED = re.compile(r"[.,!]?[\"\u201d']")


def it_is(reading: Reading, view: View) -> Iterator[Pointer]:
    """'"We know this hand. It is X," he said'."""
    for party, start in named_after(reading, view, IT_IS, _IT_IS_REACH, may_claim):
        if _QUOTED.match(reading.folded, party.end):
            yield Pointer(party, "attributed", None, start, party.end, "R-RESP-NAMED")


PLACED_BY = re.compile(
    r"\b(?:mines?|bombs?|ieds?|devices?|explosives?|shells?|rockets?|missiles?|grenades?|drones?|mortars?|"
    r"rounds|charges?|booby traps?|they|it|vehicle|barrels?)\b[^.;]{0,70}?\b(?:laid|planted|placed|buried|"
    r"hidden|left|fired|launched|lobbed|thrown|hurled|dropped|detonated|triggered|flown|operated|"
    r"belong(?:s|ed|ing)?|rigged|prepared|sent)\b[^.;]{0,50}? (?:by|to) (?:the |an? |suspected |alleged |"
    r"armed |same |so-called |(?:members|fighters|elements|warplanes|jets|planes|aircraft|drones) (?:of|from) "
    r"){0,4}$"
)


_PLACED = re.compile(
    r",? (?:who |which |that )?(?:had |have |has |allegedly |reportedly )*(?:planted|laid|placed|buried|"
    r"hidden|hid|prepared|rigged) (?:it\b|them\b|(?:the|an?|two|several) (?:\w+ ){0,2}(?:mines?|bombs?|"
    r"ieds?|devices?|explosives?|charges?)\b)"
)


def placed_by(reading: Reading, view: View) -> Iterator[Pointer]:
    """'the mine had been laid during the night by X', 'fired by warplanes of X'."""
    for party in view.parties:
        if not is_known_side(party):
            continue
        low = max(view.sentence.start, party.start - _PLACED_REACH)
        passive = PLACED_BY.search(reading.folded[low : party.start])
        if passive or _PLACED.match(reading.folded, party.end):
            start = low + passive.start() if passive else party.start
            yield Pointer(party, "attributed", None, start, party.end, "R-RESP-NAMED")


BEHIND = re.compile(
    r"\b(?:tag(?:ged|s)?|named|identified|fingered|fingers|singled out|ey(?:e|es|ed)|cited|branded|"
    r"implicat(?:ed|es)|denounced|suspect(?:s|ed)?) (?:[\w'-]+ ){0,3}$"
)
_OF_THE_ACT = re.compile(
    r"[^.;]{0,50}? (?:as (?:the )?(?:ones?|those|group|gang|men|main|prime|perpetrators?|suspects?|"
    r"culprits?|masterminds?|attackers|raiders|kidnappers|killers|gunmen|authors?)\b|(?:in|for|over|behind)"
    r" (?:the|this|that|[a-z]+day'?s?) (?:[\w-]+ ){0,3}(?:attacks?|killings?|raid|massacre|kidnapping|"
    r"abductions?|ambush|bombings?|shooting|blasts?|incident|murders?|assault|explosion)\b)"
)


def behind(reading: Reading, view: View) -> Iterator[Pointer]:
    """'tagged X as the ones behind the kidnapping', 'fingered X in the attack'."""
    for party, start in named_after(reading, view, BEHIND, _BEHIND_REACH, _is_named):
        if _OF_THE_ACT.match(reading.folded, party.end, view.sentence.end):
            yield Pointer(party, "attributed", None, start, party.end, "R-RESP-NAMED")


def _is_named(party: ActorMatch) -> bool:
    """Tell a group or people from 'the gunmen'."""
    named = not party.generic or party.template is None or " ethnic " in party.name
    return named and party.kind not in NO_SIDE


NAMED_AS = re.compile(
    r"\b(?:link|ti|trac|attribut|ascrib)(?:ed|es|ing) (?:it|them|(?:the|this|that|these|those|both)"
    r" [a-z'\"\u201c\u201d\u00ab\u00bb -]{2,40}?) to (?:the )?$|"
    r"\bpinned (?:it|(?:the|this|that) [a-z' -]{2,40}?) on (?:the )?$|"
    r"\b(?:laid|put|placed) (?:the )?(?:blame|responsibility)[a-z' -]{0,30}? (?:on|with) (?:the )?$|"
    r"\bpoint(?:ed|s|ing)? (?:the|a|an accusing) finger at (?:the )?$|"
    r"\bsuspicion (?:fell|has fallen|falls) on (?:the )?$|"
    r"\b(?:bears?|bore|carr(?:y|ied)|had|has) (?:all )?the (?:hallmarks?|signature|fingerprints)"
    r" of (?:the )?$|\b(?:hand|handi)?work of (?:the )?$|"
    r"\bpointed (?:at|to) (?:the )?(?:[a-z]+ )?$|"
    r"\b(?:described|known) as (?:members|fighters|men|followers) of (?:the )?$|"
    r"\b(?:recogni[sz]ed|identified|described) (?:[a-z]+ ){1,4}as (?:being )?"
    r"(?:(?:members|fighters|men|followers|supporters|part) (?:of|from) )?"
    r"(?:the |a |an )?$|"
    r"\b(?:fire|shots?|shells?|rockets?|missiles?|rounds|drones?) (?:had |have |has )?(?:come|came|"
    r"(?:been |were |was )?(?:fired|launched)) from (?:positions|areas|territory|bases)"
    r" (?:[a-z]+ ){1,3}(?:the )?$|"
    r"\b(?:perpetrators|attackers|assailants|raiders|assassins|killers|culprits) (?:were|was|are|is|"
    r"had been|have been|identified as|named as|belonged to|came from)"
    r" (?:(?:members|fighters|men|gunmen|part|identified as)(?: of| from)? )?(?:the )?$"
)


def named_as(reading: Reading, view: View) -> Iterator[Pointer]:
    """'its director said the perpetrators were Volunteers for the Defence …'."""
    for party, start in named_after(
        reading, view, NAMED_AS, ACCUSED_REACH, is_known_side
    ):
        speaker = next((p.mention for p in view.parties if p.end <= start), None)
        yield Pointer(party, "attributed", speaker, start, party.end, "R-RESP-NAMED")
