"""Attackers told by a common word who are somebody: 'the youths belonged to X'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.coding.reading.document import Reading, View
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch

_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})
_MAX_WORDS = 10
_LINKS = frozenset(
    {"believed", "suspected", "thought", "alleged", "known", "identified", "described",
     "belonged", "belonging", "belong", "belongs", "members", "member", "loyal",
     "affiliated", "linked", "aligned", "allied", "claiming", "purporting", "calling",
     "part", "fighting", "fought", "from", "reported", "recognised", "recognized",
     "understood", "presumed", "came", "tied", "named", "drawn"}
)  # fmt: skip
_BETWEEN = _LINKS | frozenset(
    {"who", "which", "that", "were", "was", "are", "is", "had", "has", "have", "been", "be",
     "to", "by", "as", "of", "the", "a", "an", "also", "locally", "widely", "reportedly",
     "allegedly", "later", "local", "locals", "police", "officials", "residents", "witnesses",
     "authorities", "army", "security", "sources", "fighters", "men", "group", "faction",
     "wing", "branch", "band", "cell", "neighbouring", "neighboring", "rival", "armed",
     "themselves", "itself", "some", "all", "with", "for", "elements", "said", "same",
     "nearby", "militia", "mostly", "mainly", "being", "on", "behalf", "in", "name"}
)  # fmt: skip
_ACTING = frozenset({"youths", "youth", "men", "boys", "young men", "villagers"})


@dataclass(frozen=True, slots=True)
class Identified:
    """Somebody named by a common word, and the group the text says it is."""

    common: ActorMatch
    named: ActorMatch


def identified(reading: Reading, view: View) -> Iterator[Identified]:
    """Yield 'gunmen believed to be members of X', 'the raiders came from the X community'."""
    for at, common in enumerate(view.parties):
        if not _may_be_somebody(common):
            continue
        for named in view.parties[at + 1 : at + 4]:
            if named.kind in _STATE:
                continue
            words = reading.spaced[common.end : named.start].split()
            if len(words) > _MAX_WORDS or set(words) - _BETWEEN:
                break
            group = _as_group(named)
            if set(words) & _LINKS and group is not None:
                yield Identified(common, group)
            break


def _may_be_somebody(party: ActorMatch) -> bool:
    if not party.generic:
        return False
    return (
        party.kind in {ActorKind.UNIDENTIFIED, ActorKind.RIOTERS}
        or party.mention.lower() in _ACTING
    )


def _as_group(party: ActorMatch) -> ActorMatch | None:
    """A named group as it is; a people ('the Pokot community') as its militia."""
    if not party.generic:
        return None if party.kind is ActorKind.CIVILIANS else party
    people = re.match(r"(.+) civilians(?: \(|$)", party.name)
    if party.kind is ActorKind.IDENTITY_MILITIA and "ethnic militia" in party.name:
        return party
    if people is None or party.template is None:
        return None
    template = f"{people.group(1)} ethnic militia ({{country}})"
    return replace(
        party,
        kind=ActorKind.IDENTITY_MILITIA,
        name=f"{people.group(1)} ethnic militia",
        template=template,
    )
