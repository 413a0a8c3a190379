"""What the slots say about the verb: 'seized nine guards' abducts, 'seized arms' loots."""

import re
from dataclasses import replace

from tasks.coding.reading import grammar
from tasks.coding.reading.document import Reading, Trigger, View
from tasks.coding.roles.beside import shade
from tasks.coding.roles.bodies import as_killed
from tasks.coding.roles.held_by import changes_hands, pulls_people
from tasks.coding.roles.slots import ARMED, INSTRUMENTS, Roles, Slot
from tasks.model.coding import ActorKind

_TERRITORIAL = frozenset({"take", "retake", "hold", "transfer", "withdraw"})
_SIGNING = frozenset({"agreement", "sign_ceasefire"})
_SEIZING = frozenset({"seize_place", "overrun", "take_control", "capture_noun"})
_BARE = frozenset({"take_town", "fall_bare", "hold_place"})


def refine(  # noqa: PLR0911 - one line per rule
    reading: Reading, view: View, roles: Roles
) -> Roles | None:
    """Return the roles with the act its slots show; None when the verb is no act at all."""
    shaded = shade(reading, view, roles)
    if shaded is None or shaded is not roles:
        return shaded
    trigger = roles.trigger
    if trigger.act in _TERRITORIAL:
        return _refine_holding(reading, view, roles)
    if trigger.act == "displace" and _is_getaway(roles):
        return None
    if trigger.form.family == "disperse" and _goes_home(reading, view, trigger):
        return replace(roles, method="protest")
    if trigger.act == "burn" and trigger.form.kind != "n":
        return _refine_burning(roles)
    if trigger.form.family in _SIGNING and not _signs_agreement(reading, trigger):
        return None
    if trigger.form.family == "drag_away" and _takes_goods(reading, view, roles):
        return replace(roles, method="loot")
    if trigger.form.family == "meet_foe" and not _both_bear_arms(roles):
        return None  # troubles and old friends are run into as well
    if trigger.form.family == "new_group":
        return _refine_new_group(view, roles)
    if _is_only_meant(reading, view, trigger):
        return None
    if (
        trigger.form.kind != "v"
        and roles.act in INSTRUMENTS
        and any(
            t.act == "disrupted" and 0 <= trigger.start - t.end <= _DISARMED_REACH
            for t in view.triggers
        )
    ):
        return replace(roles, method="disrupted")
    if trigger.form.family == "bodies":
        return as_killed(reading, view, roles)
    return _by_who_acts(roles)


def _by_who_acts(roles: Roles) -> Roles:
    """A crowd that storms riots, one that besieges protests; armed men who fight battle."""
    family = roles.trigger.form.family
    if family == "fight_verb" and _both_bear_arms(roles):
        return replace(roles, trigger=_firm(roles.trigger))
    unarmed = roles.initiators and all(
        s.party is not None and s.party.kind in _CROWD_KINDS for s in roles.initiators
    )
    if unarmed and family == "lay_siege":
        return replace(roles, method="protest")
    if unarmed and family in {"storm", "invade", "burst_into"}:
        return replace(roles, method="riot")
    return roles


def _both_bear_arms(roles: Roles) -> bool:
    """'Federal troops fought Fano militiamen' is a battle; 'we fight for our land' is none."""
    return all(
        any(s.party is not None and s.party.kind in ARMED for s in side)
        for side in (roles.initiators, roles.targets)
    )


def _firm(trigger: Trigger) -> Trigger:
    return replace(trigger, form=replace(trigger.form, strength=_FIRM))


_FIRM = 3


def _is_only_meant(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'We fight for land', 'on Thursday we are occupying the airport'."""
    before = reading.words_before(view, trigger.start, 2)
    if trigger.form.family == "fight_verb":
        return before[-1:] in (["we"], ["i"])
    plans = before in (["we", "are"], ["i", "am"]) or before == ["we", "re"]
    return plans and trigger.form.tense == "ger"


_PARTS = frozenset(
    {"peacefully", "quietly", "without", "at", "after", "when", "before", "around"}
)


def _goes_home(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'They sang and dispersed': a crowd that nobody drives away."""
    if not trigger.is_verb or trigger.form.tense not in {"past", "part"}:
        return False
    before = reading.words_before(view, trigger.start)
    after = reading.words_after(view, trigger.end, 1)
    over = reading.text[trigger.end : trigger.end + 1] in {".", ",", ";", ""}
    alone = over or bool(after and after[0] in _PARTS)
    return alone and not grammar.has_passive_auxiliary(before)


_GOODS = re.compile(
    r"\b(?:tonnes?|tons?|bags?|sacks?|cartons?|food(?:stuffs)?|grain|sorghum|rice|maize|flour|"
    r"cattle|cows?|goats?|sheep|camels?|livestock|animals|weapons?|arms|rifles?|guns?|"
    r"ammunition|medicines?|drugs|supplies|stocks?|equipment|vehicles?|motorcycles?|cash|"
    r"money|fuel|generators?|phones?|laptops?|computers?|valuables|belongings|goods|aid)\b"
)


def _takes_goods(reading: Reading, view: View, roles: Roles) -> bool:
    """'carried off 300 tonnes of sorghum' loots, unless somebody is named before."""
    end = roles.trigger.end
    found = _GOODS.search(reading.spaced, end, min(view.sentence.end, end + 60))
    if found is None:
        return False
    people = [
        s for s in roles.targets if s.party and s.party.kind is ActorKind.CIVILIANS
    ]
    return all(s.start > found.start() for s in people)


_SIGNED = re.compile(
    r"\b(?:accord|agreement|deal|truce|cease ?fire|pact|treaty|document|text|declaration|"
    r"protocol|memorandum|hostilities|peace|paper|roadmap|exchange|swap|prisoners?)\b"
)


def _signs_agreement(reading: Reading, trigger: Trigger) -> bool:
    """A leaflet is signed too: the words around must name an agreement."""
    low, high = max(0, trigger.start - 60), trigger.end + 70
    return _SIGNED.search(reading.spaced, low, high) is not None


def _is_getaway(roles: Roles) -> bool:
    """'and fled' of gunmen is no displacement: it makes nobody a victim."""
    who = [s.party.kind for s in roles.targets if s.party]
    return bool(who) and not any(k in _CROWD_KINDS for k in who)


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


_DISARMED_REACH = 60
_CROWD_KINDS = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})


_MILITARY = frozenset(
    {"camp", "camps", "base", "bases", "post", "posts", "outpost", "outposts", "barracks",
     "checkpoint", "checkpoints", "position", "positions", "garrison", "station",
     "headquarters", "stronghold"}
)  # fmt: skip


def _is_place(reading: Reading, slot: Slot) -> bool:
    """A town, or a camp even when the words name its owner ('two army camps')."""
    if slot.thing is not None:
        return slot.thing.classes != ("civ_object",)
    return bool(_MILITARY & set(reading.spaced[slot.start : slot.end].split()))


def _refine_holding(reading: Reading, view: View, roles: Roles) -> Roles | None:
    trigger = roles.trigger
    if trigger.form.family == "held_by":
        return roles if changes_hands(reading, view, roles) else None
    if trigger.form.family == "pull_out" and pulls_people(reading, view, trigger):
        return replace(roles, method="abduct")
    return _refine_territorial(reading, view, roles)


def _refine_territorial(reading: Reading, view: View, roles: Roles) -> Roles | None:
    """'seized the town' takes it, 'seized nine guards' abducts, 'seized arms' loots."""
    trigger = roles.trigger
    places = [s for s in roles.targets if _is_place(reading, s)]
    if places or _names_a_place(reading, view, trigger):
        return roles
    if trigger.form.frame == "W" or trigger.form.kind == "x":
        return roles if trigger.form.family not in _BARE else None
    if trigger.form.family == "handover" and not _needs_place(reading, trigger):
        return roles
    people = any(s.party and s.party.kind is ActorKind.CIVILIANS for s in roles.targets)
    if trigger.form.family in _SEIZING:
        return replace(roles, method="abduct" if people else "loot")
    return None


def _needs_place(reading: Reading, trigger: Trigger) -> bool:
    words = reading.spaced[trigger.start : trigger.end].split()
    return words[-1] == "into" or words[0].startswith("enter")


_LEFT_BEHIND = re.compile(  # 'drove the fighters out of Awdheegle', 'from the town'
    r"\b(?:out of|from) (?:(?:the|its|their|a|an) )?(?:[a-z]+ ){0,2}?"
    r"(?:[A-ZÉ][\w'’-]+|town|city|village|camp|base|district|area|stronghold|positions?)\b"
)
_FALLEN = re.compile(r"[A-ZÉ][\w'’-]+(?:,[^,]{3,80},)? (?:has |have |had |also )?$")
_AFTER_FALL = frozenset(
    {"to", "on", "after", "in", "within", "without", "last", "overnight", "late", "early",
     "at", "into", "under"}
)  # fmt: skip


def _place_falls(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'Pinga, a crossroads in Walikale, fell on Friday': a name just before the verb."""
    if trigger.form.family != "fall_bare":
        return True
    left = reading.text[view.sentence.start : trigger.start]
    after = reading.words_after(view, trigger.end, 1)
    return bool(_FALLEN.search(left)) and bool(_AFTER_FALL & set(after))


def _names_a_place(reading: Reading, view: View, trigger: Trigger) -> bool:
    """A capitalised word that is no actor stands as the object (or subject) of the verb."""
    if trigger.form.frame == "F":
        return _place_falls(reading, view, trigger)
    if trigger.form.family == "drive_out":
        tail = reading.text[trigger.start : min(view.sentence.end, trigger.end + 90)]
        return _LEFT_BEHIND.search(tail) is not None
    tail = reading.text[trigger.end : trigger.end + 30]
    found = re.match(
        r"(?: (?:of|over|the|city|town|village|strategic|from|in|back|into|all|most|port|island|district|area|airport|key|nearby|coastal|border|mining|hilltop|neighbourhood|suburb|crossing|capital))* ([A-ZÉ][\w'’-]+)",
        tail,
    )
    if found is None:
        return False
    at = trigger.end + found.start(1)
    return not any(p.start <= at < p.end for p in view.parties)
