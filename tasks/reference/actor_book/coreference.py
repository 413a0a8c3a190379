"""Which named group 'the group', 'the armed men' or a bracketed short form means."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from tasks.model.coding import ActorKind
from tasks.reference.actor_book.model import ActorMatch
from tasks.text.anchors import Opened
from tasks.text.fold import fold

Span = tuple[int, int]

_OWN_REACH = 160
_REACH = 700  # characters back to an antecedent; further, readers lose it too
_GROUP = re.compile(
    r"\b(?:the|this|that|both|same) "
    r"(?:same |[a-z]+-(?:backed|linked|led|aligned|affiliated|allied|inspired|based) )?"
    r"(?:[a-z]{2,14}(?:an|ese|ish|ni|li|qi|ri|di|ti) )?"
    r"(?:armed |rebel |jihadist |militant |islamist |insurgent |separatist |terror "
    r"|terrorist |extremist |criminal |paramilitary |shiite |sunni |tuareg |drug "
    r"|band of |group of ){0,2}"
    r"(group|alliance|coalition|movement|organi[sz]ation|front|gang|militia|cartel"
    r"|faction|insurgency|armed men|gunmen|attackers|assailants|militants?"
    r"|rebels?|jihadists|islamists|insurgents|fighters|terrorists|extremists"
    r"|separatists|guerrillas|bandits|kidnappers|militiamen|gang members|paramilitaries"
    r"|raiders|paramilitary force|mercenaries|peacekeepers|peacekeeping mission)"
    r"\b(?!'s? leader)"
)
_OWN = re.compile(
    r"\b(?:its|their) (?:own )?(?:fighters|members|combatants|militants|militiamen|commanders?"
    r"|cadres|men)\b"
)
_OWN_WORDS = Opened(_OWN)
_ARMED_KINDS = frozenset(
    {
        ActorKind.REBEL_GROUP,
        ActorKind.POLITICAL_MILITIA,
        ActorKind.IDENTITY_MILITIA,
    }
)
# Nouns of one sort of actor may not stand for another.
_OUTSIDERS = frozenset({"mercenaries", "peacekeepers", "peacekeeping mission"})
_COLLECTIVE = {
    "alliance": ("alliance", "coalition", "coordination", "framework"),
    "coalition": ("coalition", "alliance", "coordination", "viv ansanm"),
    "movement": ("movement", "mouvement"),
    "front": ("front",),
    "gang": ("gang", "clan", "mara", "cartel", "comando"),
    "cartel": ("cartel",),
    "militia": ("militia", "self-defen", "volunteer", "vigilante"),
    "paramilitary force": ("rapid support", "frontier", "paramilitar"),
}
_APPOSITION = re.compile(r", (?:an? |the )[^.,;:\n]{0,40}?(?=[.,;:\n])")
_SHORT = re.compile(r"\(([A-Z][A-Za-z0-9/-]{1,11})\)")


def coreference(matches: Sequence[ActorMatch], text: str) -> dict[Span, ActorMatch]:
    """Return antecedents by span: 'the group' at (start, end) -> the named match.

    Keys are spans of text that name nobody themselves: definite group nouns (the
    article included), and later uses of a short form that a bracket introduced.
    Without a named group within reach a noun has no entry.
    """
    kinds = _ARMED_KINDS | {ActorKind.EXTERNAL_FORCES}
    named = [m for m in matches if not m.generic and m.kind in kinds]
    folded = fold(text)
    found = dict(_definite_nouns(named, folded))
    found.update(_own_members(named, folded))
    found.update(_short_forms(matches, text))
    return found


def _definite_nouns(
    named: Sequence[ActorMatch], folded: str
) -> Iterator[tuple[Span, ActorMatch]]:
    position = 0
    before: list[ActorMatch] = []
    for noun in _GROUP.finditer(folded):
        while position < len(named) and named[position].end <= noun.start():
            before.append(named[position])
            position += 1
        if _inside(named, position, noun.start(1)):
            continue  # 'the group' in 'the Wagner Group' names itself
        antecedent = _antecedent(before, noun, folded)
        if antecedent is not None:
            yield noun.span(), antecedent


def _own_members(
    named: Sequence[ActorMatch], folded: str
) -> Iterator[tuple[Span, ActorMatch]]:
    """Yield 'its fighters': of the last group named in the same sentence or the one before."""
    starts = [match.start for match in named]
    for own in _OWN_WORDS.over(folded).finditer(0, len(folded)):
        at = bisect_right(starts, own.start())
        near = [
            match
            for match in named[max(0, at - 6) : at]
            if match.end <= own.start()
            and match.kind in _ARMED_KINDS
            and own.start() - match.end <= _OWN_REACH
        ]
        if near:
            yield own.span(), near[-1]


def _inside(named: Sequence[ActorMatch], position: int, at: int) -> bool:
    return position < len(named) and named[position].start <= at < named[position].end


def _antecedent(
    before: Sequence[ActorMatch], noun: re.Match[str], folded: str
) -> ActorMatch | None:
    word = noun.group(1)
    kinds = {ActorKind.EXTERNAL_FORCES} if word in _OUTSIDERS else _ARMED_KINDS
    near = [
        match
        for match in before[-12:]
        if noun.start() - match.end <= _REACH and match.kind in kinds
    ]
    if not near:
        return None
    speaking = [m for m in near if _speaks_of(m, word, folded)]
    return (speaking or near)[-1]


def _speaks_of(match: ActorMatch, word: str, folded: str) -> bool:
    """Return whether the mention, its name, or an apposition contains the word."""
    words = _COLLECTIVE.get(word, (word,))
    said = f"{fold(match.name)} {folded[match.start : match.end]}"
    before = folded[max(0, match.start - 30) : match.start].rstrip(" ,")
    after = _APPOSITION.match(folded, match.end)
    apposition = after.group() if after else ""
    return any(w in said or before.endswith(w) or w in apposition for w in words)


def _short_forms(
    matches: Sequence[ActorMatch], text: str
) -> Iterator[tuple[Span, ActorMatch]]:
    """Yield later uses of a short form bracketed after an unlisted name."""
    introduced: dict[str, ActorMatch] = {}
    for match in matches:
        bracket = None if match.generic else _bracket(match, text)
        if bracket is not None:
            introduced.setdefault(bracket, match)
    if not introduced:
        return
    taken = {m.start for m in matches if not m.generic}
    pattern = "|".join(re.escape(s) for s in sorted(introduced, key=len, reverse=True))
    for use in re.finditer(rf"(?<![\w(])(?:{pattern})(?!\w)", text):
        antecedent = introduced[use.group()]
        if use.start() > antecedent.start and use.start() not in taken:
            yield use.span(), antecedent


def _bracket(match: ActorMatch, text: str) -> str | None:
    inside = _SHORT.search(match.mention)
    after = _SHORT.match(text, match.end + 1) if match.end < len(text) else None
    found = inside or after
    return found.group(1) if found else None


def antecedents(matches: Sequence[ActorMatch], text: str) -> Mapping[int, ActorMatch]:
    """Return the antecedent of each generic match, by the match's start."""
    spans = coreference(matches, text)
    starts = sorted(spans)
    found: dict[int, ActorMatch] = {}
    for match in matches:
        at = bisect_right(starts, (match.start, len(text))) - 1
        if match.generic and at >= 0 and match.end <= starts[at][1]:
            found[match.start] = spans[starts[at]]
    return found
