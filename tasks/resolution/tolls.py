"""Deaths of one event from everybody's figures, by a named rule (CODEBOOK 8, 9)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.model.coding import Fatalities, FatalityClaim
from tasks.resolution.contexts import MentionContext
from tasks.resolution.voices import voices
from tasks.text.fold import fold

RANGE_RULE = "range_rule"
CONSERVATIVE_RULE = "conservative_rule"
MOVED_RULE = "R-REV-2"
# Who is believed about deaths, by claimant kind; the report's own word is the outlet's.
AUTHORITY = {
    "medical": 4,
    "state": 3,
    "monitor": 3,
    "ngo": 3,
    "local_official": 2,
    "report": 2,
    "unknown": 2,  # named, but no word says what: as good as the report that quotes them
    "witness": 1,
    "media": 1,
    "rebel": 0,
}
MIN_AUTHORITY_FOR_BEST = 2
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred)\b"
)


_Range = tuple[int, int | None, int | None]  # low, best, high


@dataclass(frozen=True, slots=True)
class Toll:
    """The surviving toll, its rule, the report behind it, and rival figures."""

    fatalities: Fatalities
    rule_id: str
    context: MentionContext
    origins: int
    disputes: tuple[str, ...]


def combine_tolls(
    contexts: Sequence[MentionContext], *, rule: str = RANGE_RULE
) -> Toll | None:
    """Return the toll of an event; None where every report is silent on deaths.

    A family speaks through its latest report. An earlier, lower toll that a later and
    no less authoritative report has overtaken is no longer credible (R-REV-2).
    """
    reports = [c for c in voices(contexts) if _states(c)]
    standing = _standing(_latest_of_family(reports))
    if not standing:
        return None
    lead = max(standing, key=_weight)
    low, best, high = _by_side(standing) or _by_report(standing)
    if rule == CONSERVATIVE_RULE and best is not None:
        best = low
    fatalities = Fatalities(
        low=low,
        best=best,
        high=None if high is None else max(high, low, best or 0),
        text=lead.mention.fatalities.text,
        claims=tuple(_claim(claim, c, lead) for c in standing for claim in claims(c)),
    )
    moved = any(c.order < lead.order and _figures(c) != _figures(lead) for c in reports)
    return Toll(
        fatalities=fatalities,
        rule_id=MOVED_RULE if moved else rule,
        context=lead,
        origins=len({c.family_id for c in standing if _agree(c, lead)}),
        disputes=tuple(_disputes(standing)),
    )


def claims(context: MentionContext) -> tuple[FatalityClaim, ...]:
    """Return the claims of a report; its own figure where it quotes nobody."""
    stated = context.mention.fatalities
    if stated.claims:
        return stated.claims
    high = stated.high if stated.high is not None else stated.best
    return (FatalityClaim(None, stated.text or str(stated.low), stated.low, high),)


def _states(context: MentionContext) -> bool:
    stated = context.mention.fatalities
    return stated.text is not None or stated.best is not None or stated.low > 0


def _figures(context: MentionContext) -> _Range:
    stated = context.mention.fatalities
    return (stated.low, stated.best, stated.high)


def _latest_of_family(reports: Sequence[MentionContext]) -> list[MentionContext]:
    """Keep each family's latest counted toll; a vague one only where none is counted."""
    latest: dict[str, MentionContext] = {}
    for context in sorted(reports, key=lambda c: (_is_counted(c), c.order)):
        latest[context.family_id] = context
    return sorted(latest.values(), key=lambda c: c.order)


def _is_counted(context: MentionContext) -> bool:
    return any(is_firm(claim) for claim in claims(context))


def is_firm(claim: FatalityClaim) -> bool:
    """True for a counted figure; 'several' and 'deaths, no toll' are not."""
    return claim.low == claim.high or bool(_FIGURE.search(fold(claim.count_text)))


def _standing(reports: Sequence[MentionContext]) -> list[MentionContext]:
    counted = [c for c in reports if _is_counted(c)]
    kept = [c for c in counted if not any(_overtakes(d, c) for d in counted)]
    return kept or list(reports)


def _overtakes(later: MentionContext, earlier: MentionContext) -> bool:
    return (
        later.order > earlier.order
        and authority(later) >= max(authority(earlier), MIN_AUTHORITY_FOR_BEST)
        and later.mention.fatalities.low > _top(earlier)
    )


def _top(context: MentionContext) -> int:
    stated = context.mention.fatalities
    return max(stated.low, stated.best or 0)


def authority(context: MentionContext) -> int:
    """Return the standing of whoever a report's toll comes from."""
    stated = context.mention.fatalities
    kinds = _kinds(context)
    voiced = [
        AUTHORITY.get(kinds.get(_name(claim), "report"), 1)
        for claim in claims(context)
        if stated.best is None or claim.low == stated.best
    ]
    return max(voiced, default=AUTHORITY["report"])


def _kinds(context: MentionContext) -> dict[str, str]:
    return {fold(c.claimant).strip(): c.claimant_kind for c in context.mention.claims}


def _name(claim: FatalityClaim) -> str:
    return fold(claim.claimant).strip() if claim.claimant else ""


def _weight(context: MentionContext) -> tuple[bool, int, int, object]:
    counted = context.mention.fatalities.best is not None
    return (counted, authority(context), context.authority, context.order)


def _agree(a: MentionContext, b: MentionContext) -> bool:
    x, y = a.mention.fatalities, b.mention.fatalities
    if x.best is not None and y.best is not None:
        return x.best == y.best
    return x.low <= _end(b) and y.low <= _end(a)


def _end(context: MentionContext) -> float:
    high = context.mention.fatalities.high
    return float("inf") if high is None else max(high, _top(context))


def _by_report(standing: Sequence[MentionContext]) -> _Range:
    """Return lowest to highest toll; best is the most authoritative, then latest."""
    tolls = [c.mention.fatalities for c in standing]
    ends = [t.high if t.high is not None else t.best for t in tolls]
    alone_and_open = len(tolls) == 1 and tolls[0].high is None
    known = [
        max(end, t.low) for end, t in zip(ends, tolls, strict=True) if end is not None
    ]
    believed = [
        c
        for c in standing
        if c.mention.fatalities.best is not None
        and authority(c) >= MIN_AUTHORITY_FOR_BEST
    ]
    best = max(believed, key=_weight).mention.fatalities.best if believed else None
    high = None if alone_and_open or not known else max(known)
    return (min(t.low for t in tolls), best, high)


def _by_side(standing: Sequence[MentionContext]) -> _Range | None:
    """Add up both sides' losses; None unless every figure says whose losses it counts."""
    figures = [(claim, c) for c in standing for claim in claims(c) if is_firm(claim)]
    if {claim.side for claim, _ in figures} != {1, 2}:
        return None
    low, best, high = 0, 0, 0
    believed = True
    for side in (1, 2):
        own = [(claim, c) for claim, c in figures if claim.side == side]
        low += min(claim.low for claim, _ in own)
        high += max(claim.high or claim.low for claim, _ in own)
        claim, context = max(own, key=_claim_weight)
        kind = AUTHORITY.get(_kinds(context).get(_name(claim), "report"), 1)
        believed &= kind >= MIN_AUTHORITY_FOR_BEST
        best += claim.low
    return (low, best if believed else None, high)


def _claim_weight(
    figure: tuple[FatalityClaim, MentionContext],
) -> tuple[int, object, int]:
    """Rank by standing, then recency; of one speaker's figures the lower is best."""
    claim, context = figure
    kind = _kinds(context).get(_name(claim), "report")
    return (AUTHORITY.get(kind, 1), context.order, -claim.low)


def _claim(
    claim: FatalityClaim, context: MentionContext, lead: MentionContext
) -> FatalityClaim:
    """Return the claim; its offsets index the lead report's text or nothing."""
    return claim if context is lead else replace(claim, start=None, end=None)


def _disputes(standing: Sequence[MentionContext]) -> list[str]:
    """Describe figures of the same losses that cannot both be right."""
    figures = [(claim, c) for c in standing for claim in claims(c) if is_firm(claim)]
    rivals = {
        f"{claim.claimant or context.publisher}: {claim.count_text}"
        for claim, context in figures
        if any(_contradict(claim, other) for other, _ in figures)
    }
    return ["fatalities: " + "; ".join(sorted(rivals))] if rivals else []


def _contradict(a: FatalityClaim, b: FatalityClaim) -> bool:
    same_losses = a.side == b.side and (a.of == b.of or a.of is None or b.of is None)
    if not same_losses or _name(a) == _name(b):
        return False
    a_end = a.high if a.high is not None else a.low
    b_end = b.high if b.high is not None else b.low
    return a.low > b_end or b.low > a_end
