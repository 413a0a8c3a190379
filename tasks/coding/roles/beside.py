"""What the words beside a trigger make of it: 'fired at each other' is a fight."""

import re
from dataclasses import replace

from tasks.coding.reading.document import Reading, Trigger, View
from tasks.coding.roles.slots import INSTRUMENTS, Roles, Slot
from tasks.model.coding import ActorKind

_EACH_OTHER = re.compile(r" (?:\w+ ){0,2}?(?:each other|one another)\b")
_MEETS = frozenset({"shoot", "attack", "kill", "shell", "strike", "raid", "ambush"})
_FLOWN = frozenset({"bomb", "shell", "strike", "attack", "raid", "shoot"})
_AIRBORNE_REACH = 60
_NEW_SUBJECT = frozenset(
    {"when", "after", "who", "as", "while", "before", "that", "which", "where", "and"}
)
_FROM_THE_AIR = re.compile(r"(?:\w+ ){0,4}?from the (?:air|sky)\b")
_BY = re.compile(r"\b(?:by|from|with|using) (?:\w+ ){0,4}?$")
_BULLETS = re.compile(
    r" by (?:\w+ ){0,3}?(?:bullets?|gunfire|gunshots?|rounds?|(?:stray )?fire)\b"
)
_SPLINTERS = re.compile(
    r" by (?:\w+ ){0,3}?(?:shrapnel|splinters?|fragments?|debris)\b"
)
_FOUND_WORDS = (
    r"(?:found|discover(?:ed|s)|recover(?:ed|s)|unearth(?:ed|s)|uncover(?:ed|s)|seiz(?:ed|es)|"
    r"intercept(?:ed|s)|dug up|dig up|locat(?:ed|es)|spott(?:ed)|detect(?:ed|s)|"
    r"confiscat(?:ed|es)|remov(?:ed|es)|dismantl(?:ed|es)|disarm(?:ed|s)|clear(?:ed|s))"
)
_FINDS = re.compile(rf"\b{_FOUND_WORDS}(?: \w+){{0,5}} $")
_IS_FOUND = re.compile(
    rf" (?:\w+ ){{0,3}}?(?:(?:was|were|is|are|had been|has been|have been|been) )?(?:safely |later )?"
    rf"(?:{_FOUND_WORDS}|destroyed|neutrali[sz]ed|defused|deactivated|made safe)\b|"
    r" (?:\w+ ){0,4}?among (?:the )?(?:\w+ ){0,4}?(?:seized|recovered|found|confiscated)\b"
)
_FINDING_REACH = 60
_CARRIED = re.compile(
    r"\b(?:police|prison|security) (?:\w+ )?(?:lorry|lorries|vans?|trucks?|bus|buses|vehicles?|"
    r"cars?|station|custody)\b|\bcustody\b|\bpatrol (?:cars?|vehicles?)\b"
)
_DEAD_WEIGHT = re.compile(
    r"\b(?:wounded|injured|bodies|body|corpses?|dead|casualties)\b"
)
_CARRIED_REACH = 50
_CALLED = re.compile(
    r" (?:was|were|is|are|has been|had been|have been) (?:\w+ly )?(?:called|planned|announced|"
    r"scheduled|postponed|suspended|cancelled|canceled|banned|withdrawn|deferred)\b"
)
_THROWN_REACH = 24
_OUT_OF = re.compile(r"(?:take|takes|took|taken|taking) out of ")
_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})


def shade(  # noqa: PLR0911 - one line per rule
    reading: Reading, view: View, roles: Roles
) -> Roles | None:
    """Return the roles with the act the words around the trigger show; None for no act."""
    trigger = roles.trigger
    if trigger.act in _MEETS and _is_mutual(reading, view, trigger):
        return _as_fight(roles)
    if roles.is_passive and trigger.form.family == "strike_verb":
        hit = _hit_by(reading, view, trigger)
        if hit:
            return replace(roles, method=hit)
    if roles.act in _FLOWN and _is_flown(reading, view, roles):
        return replace(roles, method="airstrike")
    if trigger.act == "protest" and _CALLED.match(reading.spaced, trigger.end):
        return None  # 'the bandh was called over the road': a call is no march
    if _is_thrown(reading, view, trigger):
        return replace(roles, method="riot")
    if trigger.form.family == "neutralise" and _OUT_OF.match(
        reading.spaced, trigger.start
    ):
        return replace(roles, method="abduct") if roles.targets else None
    if trigger.form.kind != "v" and roles.act in INSTRUMENTS:
        found = _is_made_safe(reading, view, trigger)
        return replace(roles, method="disrupted") if found else roles
    if trigger.form.family == "drag_away":
        return _led_away(reading, view, roles)
    return roles


def _is_mutual(reading: Reading, view: View, trigger: Trigger) -> bool:
    end = min(view.sentence.end, trigger.end + 40)
    return _EACH_OTHER.match(reading.spaced, trigger.end, end) is not None


def _as_fight(roles: Roles) -> Roles:
    """Two subjects of 'shot at each other' are the two sides."""
    first, rest = roles.initiators[:1], roles.initiators[1:]
    sides = (first, rest) if rest else (roles.initiators, roles.targets)
    return replace(
        roles, initiators=sides[0], targets=sides[1], is_mutual=True, method="fight"
    )


def _hit_by(reading: Reading, view: View, trigger: Trigger) -> str:
    """'hit by a stray bullet' is no strike from the air."""
    end = min(view.sentence.end, trigger.end + 50)
    if _BULLETS.match(reading.spaced, trigger.end, end):
        return "shoot"
    return "wound" if _SPLINTERS.match(reading.spaced, trigger.end, end) else ""


def _is_flown(reading: Reading, view: View, roles: Roles) -> bool:
    """'Government planes bombed', 'bombed by the air force', 'shelled from the air'."""
    trigger = roles.trigger
    end = min(view.sentence.end, trigger.end + _AIRBORNE_REACH)
    if _FROM_THE_AIR.match(reading.spaced[trigger.end : end].lstrip()):
        return True
    return any(
        "aircraft" in cue.classes
        and (
            _flies_before(reading, view, trigger, cue.start, cue.end)
            or _is_agent(reading, trigger, cue.start, end)
        )
        for cue in view.cues
    )


def _flies_before(
    reading: Reading, view: View, trigger: Trigger, start: int, end: int
) -> bool:
    """The aircraft is the subject: no verb, no new clause stands between."""
    if not 0 <= trigger.start - end <= _AIRBORNE_REACH or not trigger.is_verb:
        return False
    between = reading.spaced[end : trigger.start].split()
    if set(between) & _NEW_SUBJECT or ";" in reading.text[end : trigger.start]:
        return False
    before = reading.spaced[max(view.sentence.start, start - 24) : start].split()[-2:]
    if set(before) & {"at", "on", "against", "from"}:
        return False  # 'opened fire on the plane and bombed'
    return not any(t.is_verb and end <= t.start < trigger.start for t in view.triggers)


def _is_agent(reading: Reading, trigger: Trigger, start: int, end: int) -> bool:
    if not trigger.end <= start < end:
        return False
    return _BY.search(reading.spaced, trigger.end, start) is not None


def _is_made_safe(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'discovered a car bomb', 'landmines were unearthed': found before it went off."""
    low = max(view.sentence.start, trigger.start - _FINDING_REACH)
    if _FINDS.search(reading.spaced[low : trigger.start]):
        return True
    end = min(view.sentence.end, trigger.end + _FINDING_REACH)
    return _IS_FOUND.match(reading.spaced, trigger.end, end) is not None


def _is_thrown(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'hurled brickbats and crude bombs': missiles of the crowd."""
    if trigger.form.kind != "n" or trigger.act not in {"bomb", "burn"}:
        return False
    return any(
        t.form.family == "throw_stones"
        and 0 <= trigger.start - t.end <= _THROWN_REACH
        and "," not in reading.text[t.end : trigger.start]
        for t in view.triggers
    )


def _led_away(reading: Reading, view: View, roles: Roles) -> Roles | None:
    """'bundled into a police lorry' arrests; 'took the wounded away' is no act."""
    trigger = roles.trigger
    end = min(view.sentence.end, trigger.end + _CARRIED_REACH)
    if _DEAD_WEIGHT.search(reading.spaced, trigger.end, end):
        return None
    crowd = any(_kind(s) is ActorKind.PROTESTERS for s in roles.targets)
    state = any(_kind(s) in _STATE for s in roles.initiators)
    if _CARRIED.search(reading.spaced, trigger.end, end) or (crowd and state):
        return replace(roles, method="arrest")
    return roles


def _kind(slot: Slot) -> ActorKind | None:
    return slot.party.kind if slot.party else None
