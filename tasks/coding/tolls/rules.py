"""From claims to low, best, high by a named rule (CODEBOOK 8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tasks.coding.tolls.model import TollMention
from tasks.coding.tolls.statements import (
    FIGHTERS,
    Statement,
    fatality_claims,
    is_boast,
    statements,
)
from tasks.model.coding import Fatalities

_AUTHORITY = {
    "medical": 5, "state": 4, "local_official": 4, "ngo": 3, "monitor": 3, None: 3,
    "media": 2, "witness": 2, "rebel": 1,
}  # fmt: skip
_WEAK_RANK = 2  # witnesses, media and rebels: none of them settles a rivalry
_PEOPLE: frozenset[str | None] = frozenset({None, "people"})


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


def range_rule(stated: list[Statement]) -> Fatalities:
    """Lowest to highest credible claim; best is the latest of the most authoritative.

    Figures of 'people' cover every class; figures of one class add to those of another.
    """
    chosen = _retold(_standing(_within(stated)))
    by_speaker = full_accounts(chosen)
    if len(by_speaker) > 1:
        return _rivals(by_speaker, stated)
    general = [s for s in chosen if s.victims <= _PEOPLE and not s.is_more]
    extra = [_range(group) for group in _by_class([s for s in chosen if s.is_more])]
    special = [s for s in chosen if not s.victims <= _PEOPLE and not s.is_more]
    parts = _added([_range(group) for group in _by_class(special)])
    whole = _range(general) if general else None
    total = _with_extra(_widest(whole, parts), extra)
    if _is_boast_beside([s for s in chosen if not s.is_more]):
        total = replace(total, best=None)
    text = "; ".join(s.text for s in chosen)
    low = total.low if total.best is None else min(total.low, total.best)
    return Fatalities(low, total.best, total.high, text, fatality_claims(stated))


def full_accounts(stated: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements of each speaker who counts the dead of both armed sides.

    'The army said five of its men and 12 rebels died; the rebels, 21 soldiers and three of
    their own': two wholes, neither a part of a sum.
    """
    told: dict[str | None, list[Statement]] = {}
    for said in stated:
        told.setdefault(said.claimant, []).append(said)
    return [
        group for speaker, group in told.items()
        if speaker and frozenset().union(*(s.victims for s in group)) >= FIGHTERS
    ]  # fmt: skip


def _rivals(
    accounts: Sequence[list[Statement]], stated: Sequence[Statement]
) -> Fatalities:
    """Lowest to highest whole; best is that of the best-placed speaker."""
    wholes = [_added([_range(side) for side in _by_class(a)]) for a in accounts]
    rank = max(w.rank for w in wholes)
    top = {w.best for w in wholes if w.rank == rank}
    highs = [w.high for w in wholes]
    return Fatalities(
        min(w.low for w in wholes),
        top.pop() if len(top) == 1 else None,
        None if None in highs else max(h for h in highs if h is not None),
        "; ".join(s.text for account in accounts for s in account),
        fatality_claims(stated),
    )


def _is_boast_beside(stated: list[Statement]) -> bool:
    """A side counts the enemies it killed and others count other dead: nobody says all.

    'The army says its drones killed 30 fighters. Herders say five of theirs died.'
    """
    boasts = [s for s in stated if is_boast(s)]
    others = [
        s for s in stated
        if s.claimant is not None and s.claimant_kind not in {"state", "rebel"}
        and not s.victims & FIGHTERS
        and all(b.claimant != s.claimant and not b.victims & s.victims for b in boasts)
    ]  # fmt: skip
    return bool(boasts and others)


def conservative_rule(stated: list[Statement]) -> Fatalities:
    """The lowest claim is both low and best; high as in the range rule."""
    ranged = range_rule(stated)
    return replace(ranged, best=ranged.low if ranged.best is not None else None)


RULES: dict[str, Callable[[list[Statement]], Fatalities]] = {
    "range_rule": range_rule,
    "conservative_rule": conservative_rule,
}


@dataclass(frozen=True, slots=True)
class _Range:
    low: int
    best: int | None
    high: int | None
    rank: int = 0  # of the best-placed firm speaker


def _counts(toll: TollMention) -> bool:
    return toll.kind == "killed" and not (
        toll.is_historical
        or toll.is_hypothetical
        or toll.is_part
        or toll.is_denied
        or toll.is_accident
    )


def _without_deaths(tolls: Sequence[TollMention]) -> Fatalities:
    zero = next((t for t in tolls if t.kind == "none_killed"), None)
    hurt = next((t for t in tolls if t.kind == "wounded" and not t.is_historical), None)
    told = zero or hurt
    return Fatalities(0, 0, 0, told.count_text) if told else Fatalities()


def _standing(stated: list[Statement]) -> list[Statement]:
    """Leave out what a firmer word on the same victims, or a later toll, replaces."""
    firm = [s for s in stated if s.is_firm]
    kept = [
        s for s in stated
        if s.is_firm or _is_ceiling(s, firm) or not any(_same_side(s, f) for f in firm)
    ]  # fmt: skip
    updates = [s for s in kept if s.is_update]
    if not updates:
        return kept
    last = updates[-1]
    return [
        s for s in kept
        if s is last or s.claimant_kind == "rebel" or _settles_after(s, last)
    ]  # fmt: skip


def _is_ceiling(said: Statement, firm: Sequence[Statement]) -> bool:
    """'As many as 24 men died, a councillor said' beside the 16 bodies police counted."""
    return (
        said.low is None
        and said.high is not None
        and said.claimant is not None
        and all(f.claimant != said.claimant for f in firm)
        and said.high > max((f.high or f.low or 0 for f in firm), default=0)
    )


def _settles_after(said: Statement, update: Statement) -> bool:
    """'Health officials confirmed only the two deaths' after a group's 'a third died'."""
    later = said.start > update.end and said.claimant not in {None, update.claimant}
    return later and said.is_firm and _authority(said) > _authority(update)


def _within(stated: list[Statement]) -> list[Statement]:
    """Leave out 'more than 20' where somebody says 'between 20 and 25'."""
    spans = [(s.low, s.high) for s in stated if not s.is_firm and s.low and s.high]
    return [
        s for s in stated
        if not (s.is_minimum and any(a <= (s.low or 0) <= b for a, b in spans if a and b))
    ]  # fmt: skip


def _retold(stated: list[Statement]) -> list[Statement]:
    """Leave out the opening's figure where the text tells the same of a closer class.

    'Three FC men killed' and 'at least three personnel were killed' are three, not six;
    a guard and an attacker are two.
    """
    return [
        s for s in stated
        if s.sentence
        or not any(o.sentence and o.low == s.low and not _are_foes(s, o) for o in stated)
    ]  # fmt: skip


def _are_foes(one: Statement, other: Statement) -> bool:
    return one.victims | other.victims <= FIGHTERS and not one.victims & other.victims


def _same_side(one: Statement, other: Statement) -> bool:
    together = one.victims | other.victims
    return bool(one.victims & other.victims) or bool(together & _PEOPLE)


def _by_class(chosen: list[Statement]) -> list[list[Statement]]:
    """Group statements that share a class of victims."""
    sides: list[list[Statement]] = []
    for said in chosen:
        home = next(
            (g for g in sides if any(said.victims & s.victims for s in g)), None
        )
        if home is None:
            sides.append([said])
        else:
            home.append(said)
    return sides


def _range(side: list[Statement]) -> _Range:
    """Low, best and high of statements on the same victims."""
    lows = [s.low for s in side if s.low is not None]
    firm = [s for s in side if s.is_firm and s.low is not None]
    rank = max(map(_authority, firm), default=0)
    return _Range(min(lows, default=0), _best(firm), _high(side), rank)


def _authority(said: Statement) -> int:
    """Rank a speaker; a named one of no known kind ranks below the report itself."""
    if said.claimant_kind is None and said.claimant is not None:
        return _WEAK_RANK
    return _AUTHORITY[said.claimant_kind]


def _best(firm: list[Statement]) -> int | None:
    """The figure of the best-placed speaker; None when rivals of one rank disagree."""
    if not firm:
        return None
    rank = max(map(_authority, firm))
    top = [s for s in firm if _authority(s) == rank]
    figures = {s.low or 0 for s in top}
    if len({s.claimant for s in top}) > 1 and len(figures) > 1 and rank <= _WEAK_RANK:
        return None
    return max(figures)


def _high(side: list[Statement]) -> int | None:
    """The highest closed figure, None when the highest floor is open upward."""
    floors = [s.low or 0 for s in side if s.high is None or s.is_minimum]
    closed = [s.high for s in side if s.high is not None and not s.is_minimum]
    top = max(closed, default=None)
    if top is None or (floors and top <= max(floors)):
        return None if floors else top
    return top


def _added(ranges: list[_Range]) -> _Range:
    """Sum ranges of different victims; an open or unknown part leaves the sum so."""
    lows = sum(r.low for r in ranges)
    bests = [r.best for r in ranges]
    highs = [r.high for r in ranges]
    best = None if None in bests else sum(b for b in bests if b is not None)
    high = None if None in highs else sum(h for h in highs if h is not None)
    return _Range(lows, best, high, max((r.rank for r in ranges), default=0))


def _with_extra(total: _Range, extra: list[_Range]) -> _Range:
    """Add 'another two'; a vague addition opens the range but leaves best standing."""
    firm = [r for r in extra if r.best is not None]
    summed = _added([total, *firm])
    if len(firm) == len(extra):
        return summed
    return _Range(summed.low, summed.best, None)


def _widest(whole: _Range | None, parts: _Range) -> _Range:
    """The whole covers its parts, unless the parts counted exceed it."""
    if whole is None:
        return parts
    if parts.best is not None and whole.best is not None and whole.rank < parts.rank:
        closed = [h for h in (whole.high, parts.high) if h is not None]
        high = max(closed, default=None)  # a rival's word moves the ends, not the best
        return _Range(min(whole.low, parts.low), parts.best, high, parts.rank)
    settled = whole.rank == _AUTHORITY["medical"] or parts.rank <= _WEAK_RANK
    if whole.best and settled and whole.rank > parts.rank > 0:
        closed = [h for h in (whole.high, parts.high) if h is not None]
        return _Range(min(whole.low, parts.low), whole.best, max(closed, default=None))
    if (parts.best or parts.low) > (whole.best or whole.high or whole.low):
        return parts
    if parts.best is None and None not in (whole.high, parts.high):
        return replace(whole, high=max(whole.high or 0, parts.high or 0))  # a ceiling
    return whole
