"""From claims to low, best, high by a named rule (CODEBOOK 8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tasks.coding.tolls_model import TollMention
from tasks.model.coding import Fatalities, FatalityClaim

_AUTHORITY = {
    "medical": 5, "state": 4, "local_official": 4, "ngo": 3, "monitor": 3, None: 3,
    "media": 2, "witness": 2, "rebel": 1,
}  # fmt: skip
_ARMED_SPEAKERS = frozenset({"state", "rebel"})
_PEOPLE = frozenset({None, "people"})


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


def derive_fatalities(
    tolls: Sequence[TollMention], rule: str = "range_rule"
) -> Fatalities:
    """Return low, best and high of one event from the tolls in its scope.

    Silence is (0, None, None); only injured, or nobody hurt, is (0, 0, 0). Figures that
    are historical, hypothetical or part of another ('including') never count.
    """
    deaths = [t for t in tolls if _counts(t)]
    if not deaths:
        return _without_deaths(tolls)
    return RULES[rule](statements(deaths))


def statements(deaths: Sequence[TollMention]) -> list[Statement]:
    """Sum conjoined figures, drop names and pronouns where somebody counted."""
    groups: dict[tuple[int, int], list[TollMention]] = {}
    for toll in deaths:
        groups.setdefault((toll.sentence, toll.group), []).append(toll)
    made = [_statement(group) for group in groups.values()]
    counted = [s for s in made if s.is_counted]
    return counted or made


def fatality_claims(stated: Sequence[Statement]) -> tuple[FatalityClaim, ...]:
    """Return the statements as claims to store, in text order."""
    return tuple(
        FatalityClaim(
            claimant=s.claimant, count_text=s.text, low=s.low or 0,
            high=None if s.is_minimum else s.high, of=s.of, start=s.start, end=s.end,
        )
        for s in stated
    )  # fmt: skip


def range_rule(stated: list[Statement]) -> Fatalities:
    """Lowest to highest credible claim; best is the latest of the most authoritative."""
    chosen = _standing(stated)
    sides = _by_side(chosen)
    low = sum(_side_low(side) for side in sides)
    bests = [_side_best(side) for side in sides]
    best = sum(b for b in bests if b is not None) if None not in bests else None
    high = _high(sides)
    if best is not None:
        low = min(low, best)
    return Fatalities(
        low, best, high, "; ".join(s.text for s in chosen), fatality_claims(stated)
    )


def conservative_rule(stated: list[Statement]) -> Fatalities:
    """The lowest claim is both low and best; high as in the range rule."""
    ranged = range_rule(stated)
    best = ranged.low if ranged.best is not None else None
    return replace(ranged, best=best)


RULES: dict[str, Callable[[list[Statement]], Fatalities]] = {
    "range_rule": range_rule,
    "conservative_rule": conservative_rule,
}


def _counts(toll: TollMention) -> bool:
    return toll.kind == "killed" and not (
        toll.is_historical or toll.is_hypothetical or toll.is_part or toll.is_denied
    )


def _without_deaths(tolls: Sequence[TollMention]) -> Fatalities:
    zero = next((t for t in tolls if t.kind == "none_killed"), None)
    hurt = next((t for t in tolls if t.kind == "wounded" and not t.is_historical), None)
    told = zero or hurt
    return Fatalities(0, 0, 0, told.count_text) if told else Fatalities()


def _statement(group: list[TollMention]) -> Statement:
    head = group[0]
    lows = [t.low for t in group if t.low is not None]
    highs = [t.high for t in group]
    return Statement(
        low=sum(lows) if lows else None,
        high=None if None in highs else sum(h for h in highs if h is not None),
        is_firm=all(t.is_firm for t in group),
        is_minimum=any(t.is_minimum for t in group),
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
        is_counted=any(t.is_counted for t in group)
        or any(t.low and t.low > 1 for t in group),
    )


def _standing(stated: list[Statement]) -> list[Statement]:
    """Leave out what a firmer word on the same victims replaces."""
    firm = [s for s in stated if s.is_firm]
    kept = [s for s in stated if s.is_firm or not _is_covered(s, firm)]
    updated = [s for s in kept if s.is_update]
    if updated:
        last = updated[-1]
        kept = [s for s in kept if s.claimant_kind == "rebel" or s.start >= last.start]
    return kept


def _is_covered(vague: Statement, firm: list[Statement]) -> bool:
    return any(_same_side(vague, other) for other in firm)


def _same_side(one: Statement, other: Statement) -> bool:
    return bool(one.victims & other.victims) or bool(
        (one.victims | other.victims) & _PEOPLE
    )


def _by_side(chosen: list[Statement]) -> list[list[Statement]]:
    """Group statements on the same victims; 'people' covers every class before it."""
    sides: list[list[Statement]] = []
    for said in chosen:
        home = next(
            (side for side in sides if any(_same_side(said, s) for s in side)), None
        )
        if home is None:
            sides.append([said])
        else:
            home.append(said)
    return sides


def _side_low(side: list[Statement]) -> int:
    lows = [s.low for s in side if s.low is not None]
    if not lows:
        return 0
    return min(lows)


def _side_best(side: list[Statement]) -> int | None:
    """The latest figure of the best source; None when rivals of one rank disagree."""
    firm = [s for s in side if s.is_firm and s.low is not None]
    if not firm:
        return None
    rank = max(_AUTHORITY.get(s.claimant_kind, 2) for s in firm)
    top = [s for s in firm if _AUTHORITY.get(s.claimant_kind, 2) == rank]
    return max(s.low or 0 for s in top)


def _high(sides: list[list[Statement]]) -> int | None:
    highs = []
    for side in sides:
        known = [s.high if not s.is_minimum else None for s in side]
        closed = [h for h in known if h is not None]
        floor = max((s.low or 0 for s in side), default=0)
        if not closed or max(closed) < floor:
            return None
        highs.append(max(closed))
    return sum(highs)
