"""The parties of a text: who 'the group' is, who is no force, who no longer is one."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from tasks.model.coding import ActorKind
from tasks.reference.actor_book.coreference import coreference
from tasks.reference.actors import ActorMatch

_INSTITUTION = re.compile(  # 'Army Public School', 'Police Hospital': a house, no force
    r" (?:(?:Public|Primary|Secondary|High|Model|Boys|Girls|Medical|General|Teaching|Central|Memorial"
    r"|Engineering|Welfare) ){0,2}(?:School|College|University|Hospital|Stadium|Museum|Ground)\b"
)
_COSTUME = re.compile(r"[- ](?:style )?(?:uniforms?|fatigues|gear|camouflage)\b")
_DISGUISE = re.compile(
    r"\b(?:dressed|posing|disguised|masquerading|clad) as (?:[a-z]+ )?$|"
    r"\b(?:impersonating|pretending to be) (?:[a-z]+ )?$"
)
_NO_LONGER = re.compile(  # those who were: 'a former rebel', 'two ex-fighters of the FARC'
    r"\b(?:an?|one|two|three|four|five|six|another|\d+) (?:[\w-]+ )?"
    r"(?:former|retired|surrendered|demobili[sz]ed|ex)[- ]"
    r"(?P<of>(?:\w+ )?(?:combatants?|fighters?|members?|rebels?|guerrillas?|soldiers?|officers?|"
    r"commanders?) (?:of|from|in|with) (?:the )?)?$",
    re.IGNORECASE,
)
_FORMER_NAME = (
    re.compile(  # the same, where the name holds the word: 'former FARC fighters'
        r"\b(?:an?|one|two|three|four|five|six|another|\d+) (?:[\w-]+ )?$",
        re.IGNORECASE,
    )
)
_FORMER = ("former ", "ex-", "retired ")
_NO_LONGER_REACH = 60
_REBEL_NOUNS = frozenset({"rebels", "separatists"})
_CIVILIANS = "Civilians ({country})"


def resolve_parties(found: tuple[ActorMatch, ...], text: str) -> tuple[ActorMatch, ...]:
    """Return the parties, 'the group' and 'the rebels' as the group they stand for."""
    found = tuple(_as_they_are_now(p, text) for p in _with_attributes(found, text))
    spans = coreference(found, text)
    found = _with_groups(found, spans, text)
    antecedents = {end: match for (_, end), match in spans.items()}
    for (start, _), match in spans.items():
        if text[start - 4 : start] == " of ":  # 'gunmen of the same organisation'
            antecedents[start - 4] = match
    only = _only_rebels(found)
    for party in found:
        foreign = party.country is not None and only and party.country != only.country
        if only and party.noun in _REBEL_NOUNS and not foreign:
            antecedents.setdefault(party.end, only)
    return tuple(
        replace(antecedents[p.end], start=p.start, end=p.end, mention=p.mention)
        if p.generic and p.kind is ActorKind.UNIDENTIFIED and p.end in antecedents
        else p
        for p in found
        if not _COSTUME.match(text, p.end)
        and not (p.generic and _INSTITUTION.match(text, p.end))
        and not _DISGUISE.search(text[max(0, p.start - 30) : p.start])
    )


def _with_groups(
    found: tuple[ActorMatch, ...],
    spans: Mapping[tuple[int, int], ActorMatch],
    text: str,
) -> tuple[ActorMatch, ...]:
    """Add 'the group' and 'the same organisation', nouns that name nobody by themselves."""
    taken = sorted((p.start, p.end) for p in found)
    added = []
    for (start, end), match in spans.items():
        at = bisect_right(taken, (end, 0))
        if at == 0 or taken[at - 1][1] <= start:
            added.append(replace(match, start=start, end=end, mention=text[start:end]))
    return tuple(sorted((*found, *added), key=lambda p: p.start))


def _only_rebels(found: tuple[ActorMatch, ...]) -> ActorMatch | None:
    """Return the one rebel group a text names: 'the rebels' told before it are that one."""
    named = {
        p.name: p for p in found if not p.generic and p.kind is ActorKind.REBEL_GROUP
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _with_attributes(
    found: tuple[ActorMatch, ...], text: str
) -> tuple[ActorMatch, ...]:
    """'an Army jawan', 'police constables' are one party, not two."""
    kept: list[ActorMatch] = []
    for party in found:
        if kept and _is_attribute(kept[-1], party, text):
            start = kept.pop().start
            party = replace(party, start=start, mention=text[start : party.end])  # noqa: PLW2901 - the one that is kept
        kept.append(party)
    return tuple(kept)


def _is_attribute(before: ActorMatch, party: ActorMatch, text: str) -> bool:
    return (
        before.generic
        and party.generic
        and before.kind is party.kind is ActorKind.STATE_FORCES
        and text[before.end : party.start] == " "
    )


def _as_they_are_now(party: ActorMatch, text: str) -> ActorMatch:
    """Return a rebel or soldier of the past as the civilian he is; plurals stay forces.

    'Former rebels attacked' tells of a group; 'a former rebel was shot' of a victim.
    """
    if party.kind is ActorKind.CIVILIANS or not _is_of_the_past(party, text):
        return party
    return replace(
        party, kind=ActorKind.CIVILIANS, name="Civilians", noun=None, force=None,
        template=_CIVILIANS, is_organisation=False, generic=True, actor_id=None,
    )  # fmt: skip


def _is_of_the_past(party: ActorMatch, text: str) -> bool:
    before = text[max(0, party.start - _NO_LONGER_REACH) : party.start]
    if party.mention.lower().startswith(_FORMER):
        return _FORMER_NAME.search(before) is not None
    was = _NO_LONGER.search(before)
    return was is not None and (party.generic or was["of"] is not None)
