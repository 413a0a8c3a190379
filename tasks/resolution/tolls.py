"""Deaths of one event from everybody's figures, by a named rule (CODEBOOK 8, 9)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim with who made it and when it was published."""

    claim: FatalityClaim
    speaker: str  # folded claimant, or the family for the report's own word
    authority: int
    moment: datetime
    context: MentionContext

    @property
    def is_firm(self) -> bool:
        """True for a counted figure; 'several' and 'deaths, no toll' are not."""
        return self.claim.low == self.claim.high or bool(
            _FIGURE.search(fold(self.claim.count_text))
        )

    @property
    def high(self) -> int:
        """Upper end; an open claim ends where it starts."""
        return self.claim.high if self.claim.high is not None else self.claim.low


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
    """Return the toll of an event; None where every report is silent on deaths."""
    figures = _standing(_latest(_figures(voices(contexts))))
    if not figures:
        return None
    lead = max(figures, key=lambda f: (f.is_firm, f.authority, f.context.order))
    low, best, high = _total(figures)
    if rule == CONSERVATIVE_RULE:
        best = low if best is not None else None
    fatalities = Fatalities(
        low=low,
        best=best,
        high=high,
        text=lead.claim.count_text,
        claims=tuple(_claim(f, lead) for f in figures),
    )
    moved = any(_moves(f, lead) for f in _figures(voices(contexts)))
    same = {f.context.family_id for f in figures if _agree(f, lead)}
    return Toll(
        fatalities=fatalities,
        rule_id=MOVED_RULE if moved else rule,
        context=lead.context,
        origins=len(same),
        disputes=tuple(_disputes(figures)),
    )


def _figures(speaking: Sequence[MentionContext]) -> list[Figure]:
    return [
        _figure(claim, context) for context in speaking for claim in _claims(context)
    ]


def _claims(context: MentionContext) -> tuple[FatalityClaim, ...]:
    stated = context.mention.fatalities
    if stated.claims:
        return stated.claims
    if stated.text is None and stated.best is None and stated.low == 0:
        return ()
    high = stated.high if stated.high is not None else stated.best
    return (FatalityClaim(None, stated.text or str(stated.low), stated.low, high),)


def _figure(claim: FatalityClaim, context: MentionContext) -> Figure:
    name = fold(claim.claimant).strip() if claim.claimant else ""
    kinds = {fold(c.claimant).strip(): c.claimant_kind for c in context.mention.claims}
    kind = kinds.get(name, "media") if name else "report"
    return Figure(
        claim=claim,
        speaker=name or "report:" + context.family_id,
        authority=AUTHORITY.get(kind, 1),
        moment=context.moment,
        context=context,
    )


def _latest(figures: Sequence[Figure]) -> list[Figure]:
    """Keep each speaker's latest word on each side."""
    latest: dict[tuple[str, int | None], Figure] = {}
    for figure in sorted(figures, key=lambda f: f.context.order):
        key = (figure.speaker, figure.claim.side)
        held = latest.get(key)
        if held is None or held.context is not figure.context or not held.is_firm:
            latest[key] = figure
    return sorted(latest.values(), key=lambda f: (f.context.order, f.speaker))


def _standing(figures: Sequence[Figure]) -> list[Figure]:
    """Drop words that a later, no less authoritative count has overtaken."""
    firm = [f for f in figures if f.is_firm]
    kept = [f for f in firm if not any(_overtakes(g, f) for g in firm)]
    return kept or list(figures)


def _overtakes(later: Figure, earlier: Figure) -> bool:
    return (
        later.claim.side == earlier.claim.side
        and later.moment > earlier.moment
        and later.authority >= max(earlier.authority, MIN_AUTHORITY_FOR_BEST)
        and later.speaker != earlier.speaker
        and later.claim.low > earlier.high
    )


def _moves(earlier: Figure, lead: Figure) -> bool:
    """True when the lead figure replaces an older one of the same side."""
    return (
        earlier.moment < lead.moment
        and earlier.claim.side in {lead.claim.side, None}
        and not _agree(earlier, lead)
    )


def _agree(a: Figure, b: Figure) -> bool:
    return a.claim.low <= b.high and b.claim.low <= a.high


def _total(figures: Sequence[Figure]) -> tuple[int, int | None, int | None]:
    """Add up the sides; a figure without a side is the whole toll."""
    sides = [[f for f in figures if f.claim.side == side] for side in (1, 2)]
    ranges = [_range(side) for side in sides if side]
    whole = [f for f in figures if f.claim.side is None]
    if not ranges:
        return _range(whole)
    low = sum(r[0] for r in ranges)
    best = sum(r[1] or 0 for r in ranges)
    known = all(r[1] is not None for r in ranges)
    highs = [r[2] for r in ranges]
    high = None if None in highs else sum(h or 0 for h in highs)
    if not whole:
        return (low, best if known else None, high)
    w_low, w_best, w_high = _range(whole)
    top = None if high is None or w_high is None else max(high, w_high)
    return (max(low, w_low), w_best if w_best is not None else best or None, top)


def _range(figures: Sequence[Figure]) -> tuple[int, int | None, int | None]:
    low = min(f.claim.low for f in figures)
    ends = [f.claim.high for f in figures]
    high = (
        max(f.high for f in figures) if len(figures) > 1 or None not in ends else None
    )
    voiced = [f for f in figures if f.is_firm and f.authority >= MIN_AUTHORITY_FOR_BEST]
    best = max(voiced, key=lambda f: (f.authority, f.context.order), default=None)
    return (low, best.claim.low if best and best.claim.low else _zero(best), high)


def _zero(best: Figure | None) -> int | None:
    return 0 if best is not None and best.claim.high == 0 else None


def _claim(figure: Figure, lead: Figure) -> FatalityClaim:
    """Return the claim; its offsets index the lead report's text or none."""
    if figure.context is lead.context:
        return figure.claim
    return replace(figure.claim, start=None, end=None)


def _disputes(figures: Sequence[Figure]) -> list[str]:
    found = []
    for side in (None, 1, 2):
        rivals = [f for f in figures if f.claim.side == side and f.is_firm]
        if any(
            a.speaker != b.speaker and not _agree(a, b) for a in rivals for b in rivals
        ):
            said = [
                f"{f.claim.claimant or f.context.publisher}: {f.claim.count_text}"
                for f in rivals
            ]
            where = "" if side is None else f" of side {side}"
            found.append(f"fatalities{where}: " + "; ".join(said))
    return found
