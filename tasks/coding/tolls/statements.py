"""Statements: what one speaker says of the dead in one breath, conjoined figures summed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.coding.tolls.model import TollMention
from tasks.model.coding import FatalityClaim

_ENEMY = {"state": "armed", "rebel": "state"}
FIGHTERS = frozenset({"armed", "state"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker says in one breath: conjoined figures summed."""

    low: int | None
    high: int | None
    is_firm: bool
    is_minimum: bool
    victims: frozenset[str | None]
    text: str
    claimant: str | None
    claimant_kind: str | None
    is_total: bool
    is_update: bool
    is_more: bool
    sentence: int
    start: int
    end: int
    of: str | None
    is_counted: bool


def statements(deaths: Sequence[TollMention]) -> list[Statement]:
    """Sum conjoined figures, drop names and pronouns where somebody counted."""
    groups: dict[tuple[int, int, str], list[TollMention]] = {}
    for toll in deaths:
        groups.setdefault((toll.sentence, toll.group, ""), []).append(toll)
    groups = {
        (*key[:2], side): part
        for key, group in groups.items()
        for side, part in _by_side(group)
    }
    made = [_statement(group) for group in groups.values()]
    counted = [s for s in made if s.is_counted]
    first = [s for s in counted if not s.is_more]
    if first:
        return counted + [
            s for s in made if not s.is_counted and (s.is_more or _is_other(s, first))
        ]
    return made


def _is_other(said: Statement, counted: Sequence[Statement]) -> bool:
    """Tell 'the attacker was shot dead' beside 'killed two guards': a foe of the counted."""
    sides = frozenset().union(*(s.victims for s in counted))
    foes = sides <= FIGHTERS and said.victims <= FIGHTERS
    return said.is_firm and foes and not said.victims & sides


def _by_side(group: list[TollMention]) -> list[tuple[str, list[TollMention]]]:
    """Part 'two officers and an attacker' by side, unless someone of no side is there."""
    sides = {t.victims for t in group}
    shared = len(_without_shared(group)) < len(group)
    if shared or not sides <= FIGHTERS or len(sides) == 1:
        return [("", group)]
    counted = any(t.is_counted for t in group)
    parted = [replace(t, is_counted=counted) for t in group]
    return [(s or "", [t for t in parted if t.victims == s])
            for s in dict.fromkeys(t.victims for t in parted)]  # fmt: skip


def fatality_claims(stated: Sequence[Statement]) -> tuple[FatalityClaim, ...]:
    """Return the statements as claims to store, in text order."""
    return tuple(
        FatalityClaim(
            claimant=s.claimant, count_text=s.text, low=s.low or 0,
            high=None if s.is_minimum else s.high, of=s.of, start=s.start, end=s.end,
        )
        for s in stated
    )  # fmt: skip


def _statement(group: list[TollMention]) -> Statement:
    head = group[0]
    summed = _without_shared(group)
    lows = [t.low for t in summed if t.low is not None]
    highs = [t.high for t in summed]
    return Statement(
        low=sum(lows) if lows else None,
        high=None if None in highs else sum(h for h in highs if h is not None),
        is_firm=all(t.is_firm for t in summed),
        is_minimum=any(t.is_minimum for t in summed),
        victims=frozenset(t.victims for t in group),
        text=" and ".join(t.count_text for t in group),
        claimant=head.claimant,
        claimant_kind=head.claimant_kind,
        is_total=any(t.is_total for t in group),
        is_update=any(t.is_update for t in group),
        is_more=any(t.is_more for t in group),
        sentence=head.sentence,
        start=head.start,
        end=group[-1].end,
        of=" and ".join(t.of for t in group if t.of) or None,
        is_counted=any(t.is_counted for t in group),
    )


def _without_shared(group: list[TollMention]) -> list[TollMention]:
    """Leave out bare plurals after a count: '12 soldiers and police' are twelve."""
    if not any(t.is_counted for t in group):
        return group
    return [t for t in group if t.is_counted or t.is_named or t.high is not None]


def is_boast(told: Statement | TollMention) -> bool:
    """Tell whether one armed side counts the dead of the other."""
    enemy = _ENEMY.get(told.claimant_kind or "")
    return enemy is not None and enemy in _classes(told)


def _classes(told: Statement | TollMention) -> frozenset[str | None]:
    return told.victims if isinstance(told, Statement) else frozenset({told.victims})
