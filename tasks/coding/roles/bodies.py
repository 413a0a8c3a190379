"""Bodies that are found: killed, where they bear the marks of it."""

import re
from dataclasses import replace

from tasks.coding.reading.document import Reading, View
from tasks.coding.roles.slots import Roles
from tasks.model.coding import ActorKind

_REACH = 200  # characters after 'bodies' in which the finding and the marks are told
_FOUND = re.compile(
    r"\b(?:found|discover(?:ed|s)|recover(?:ed|s)|dumped|turned up|lay|lying|seen|spotted|retrieved"
    r"|unearthed|picked up|floating)\b"
)
_MARKS = re.compile(
    r"\b(?:hands? (?:\w+ ){0,3}?(?:bound|tied)|bound hands?|blindfolded|(?:bullet|gunshot|stab|knife"
    r"|machete) (?:wounds?|holes?)|bullet riddled|riddled with bullets|shot in the|shot dead"
    r"|throats? (?:\w+ )?(?:slit|cut)|slit throats?|tortured?|mutilated|behead(?:ed|ings?)"
    r"|decapitated|headless|dismembered|hacked|executed|execution style|bullets?)\b"
)


def as_killed(reading: Reading, view: View, roles: Roles) -> Roles:
    """Return 'the bodies of nine men, their hands bound, were found' as a killing of nine.

    Without marks bodies stay what they are: those of a flood are found too.
    """
    trigger = roles.trigger
    low = max(0, view.sentence.start, trigger.start - _REACH)
    told = reading.spaced[low : min(len(reading.spaced), trigger.end + _REACH)]
    if not (_FOUND.search(told) and _MARKS.search(told)):
        return roles
    victims = tuple(
        s for s in (*roles.targets, *roles.initiators)
        if s.party is not None and s.party.kind is ActorKind.CIVILIANS
    )  # fmt: skip
    form = replace(trigger.form, strength=_FIRM)
    firm = replace(trigger, form=form)
    return replace(roles, trigger=firm, method="kill", initiators=(), targets=victims)


_FIRM = 3
