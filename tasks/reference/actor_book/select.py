"""Longest, non-overlapping matches, joined with the nouns and brackets beside them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tasks.model.coding import ActorKind
from tasks.reference.actor_book.lexicon import Hit
from tasks.reference.actor_book.model import ActorMatch
from tasks.reference.actor_book.resolve import as_civilians

_OF = re.compile(
    r" (?:(?:belonging|linked|loyal|affiliated|allied) (?:to|with)|of|from|in)"
    r"(?: the)?(?: so-called| outlawed| banned| armed| group| rebel| paramilitary){0,2} "
)
_BRACKET = re.compile(r",? \([^() \n]{1,16}\)")
_SPACE = re.compile(r"(?:-linked|-affiliated|-aligned|-allied)?[ ]")


def longest(candidates: Iterable[ActorMatch]) -> list[ActorMatch]:
    """Return non-overlapping candidates, leftmost then longest; names before nouns."""
    ordered = sorted(
        candidates, key=lambda m: (m.start, -m.end, m.generic, not m.listed)
    )
    kept: list[ActorMatch] = []
    for match in ordered:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
        elif _wins(match, kept[-1]) and _frees(match, kept):
            kept[-1] = match
    return kept


def _wins(match: ActorMatch, rival: ActorMatch) -> bool:
    """Return whether a later, overlapping name is longer than the noun before it."""
    longer = match.end - match.start > rival.end - rival.start
    return longer and rival.generic and not match.generic


def _frees(match: ActorMatch, kept: Sequence[ActorMatch]) -> bool:
    return len(kept) < 2 or kept[-2].end <= match.start


def join(
    text: str, folded: str, matches: Sequence[ActorMatch], members: Mapping[int, Hit]
) -> list[ActorMatch]:
    """Return the matches, names grown over the nouns that belong to them.

    'Boko Haram insurgents', 'fighters of the Rapid Support Forces' and
    'Coordination of Movements of Azawad (CMA)' are one mention each.
    `members` holds member nouns by where they start.
    """
    joined: list[ActorMatch] = []
    for match in matches:
        if joined and match.start < joined[-1].end:
            continue  # swallowed by the name before it
        grown = match
        if not match.generic:
            grown = _grow_right(text, folded, grown, members)
        if not match.generic or match.kind is ActorKind.IDENTITY_MILITIA:
            grown = _grow_left(text, folded, grown, joined)
        if grown is match and match.noun == "clans":
            grown = _of_clan(folded, match)
        joined.append(grown)
    return joined


def _grow_right(
    text: str, folded: str, match: ActorMatch, members: Mapping[int, Hit]
) -> ActorMatch:
    bracket = _BRACKET.match(folded, match.end)
    if bracket is not None:
        match = _span(text, match, match.start, bracket.end())
    space = _SPACE.match(folded, match.end)
    hit = members.get(space.end()) if space else None
    if hit is None:
        return match
    noun = hit.entry.noun.noun if hit.entry.noun else None
    return replace(_span(text, match, match.start, hit.end), noun=noun)


def _grow_left(
    text: str, folded: str, match: ActorMatch, joined: list[ActorMatch]
) -> ActorMatch:
    if not joined or not joined[-1].generic:
        return match
    noun = joined[-1]
    between = folded[noun.end : match.start]
    if len(between) > 40 or not _OF.fullmatch(between) or not _is_armed(noun):
        return match
    joined.pop()
    return replace(_span(text, match, noun.start, match.end), noun=noun.noun)


def _of_clan(folded: str, match: ActorMatch) -> ActorMatch:
    """'a hamlet of the Kaekin tribe', 'an elder of the Hawiye clan': nobody in arms."""
    before = folded[max(0, match.start - 8) : match.start]
    return as_civilians(match) if before.endswith((" of the ", " of ")) else match


def _is_armed(noun: ActorMatch) -> bool:
    """Return whether the noun can be a member: villagers of X are not X."""
    return noun.kind in {"unidentified", "state_forces"} and not (
        noun.country and noun.kind == "state_forces"
    )


def _span(text: str, match: ActorMatch, start: int, end: int) -> ActorMatch:
    return replace(match, start=start, end=end, mention=text[start:end])
