"""Figures that count some of the dead another figure counts in full."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tasks.coding.tolls.model import TollMention

_ARTICLE = re.compile(r"an? ")
_ANYBODY = frozenset({None, "people"})
_THEIR_DEAD = re.compile(r" of (?:their|its) dead\b")  # 'leaving behind two of …'
_OF_THEM = re.compile(r" of (?:the|them|those|these)\b")


def with_parts(mine: Sequence[TollMention]) -> list[TollMention]:
    """Mark 'one of the officers died at the scene' after 'two policemen were killed'."""
    return [
        replace(t, is_part=True)
        if _OF_THEM.search(t.count_text.lower())
        and not t.is_more
        and all(o is t or (o.sentence, o.group) != (t.sentence, t.group) for o in mine)
        and any(_is_whole_of(o, t) for o in mine)
        else t
        for t in mine
    ]


def _is_whole_of(whole: TollMention, toll: TollMention) -> bool:
    told = whole.kind == toll.kind == "killed" and whole.start < toll.start
    same = toll.victims == whole.victims or {toll.victims, whole.victims} & _ANYBODY
    return (
        told and bool(same) and (whole.low or 0) > (toll.low or 0) and whole.is_counted
    )


def without_parts(tolls: list[TollMention]) -> list[TollMention]:
    """Leave out what an updated total covers, and single victims beside a count."""
    killed = [
        t for t in tolls
        if t.kind == "killed" and not (t.is_historical or t.is_accident)
    ]  # fmt: skip
    totals = [t for t in killed if t.is_update and t.low]
    if totals:
        top = max(t.low or 0 for t in totals)
        last = totals[-1].end
        return [
            t for t in tolls
            if t.is_update or t not in killed or (t.low or 0) > top
            or t.claimant_kind == "rebel"
            or (t.claimant_kind == "medical" and t.start > last and not t.is_named)
        ]  # fmt: skip
    sums = _sums(killed)
    covered = [t for t in killed if any(_is_covered(t, s) for s in sums)]
    covered += [t for t in killed if _is_left_behind(t, killed)]
    covered += _shares(killed) + _added_up(killed)
    tolls = [t for t in tolls if t not in covered]
    killed = [t for t in killed if t not in covered]
    counted = [t for t in killed if (t.low or 0) > 1 and not (t.is_part or t.is_more)]
    if not counted:
        return tolls
    joined = {(t.sentence, t.group) for t in counted}  # 'four shepherds and a child'
    return [
        t for t in tolls
        if t not in killed or (t.low or 0) > 1 or not _ARTICLE.match(t.count_text.lower())
        or (t.sentence, t.group) in joined or t.is_more or _is_foe(t, counted)
    ]  # fmt: skip


def _sums(killed: Sequence[TollMention]) -> list[list[TollMention]]:
    """Return what is counted in one breath: 'six soldiers and a tea vendor were killed'."""
    groups: dict[tuple[int, int], list[TollMention]] = {}
    for t in killed:
        if t.is_counted and not (t.is_part or t.is_more or t.is_hypothetical):
            groups.setdefault((t.sentence, t.group), []).append(t)
    return [g for g in groups.values() if len(g) > 1]


def _shares(killed: Sequence[TollMention]) -> list[TollMention]:
    """Return the figures of a sentence that make up a total told before it.

    'Twelve were killed … crews collected nine bodies and three people died in hospital'.
    """
    told = [t for t in killed if t.is_counted and not (t.is_part or t.is_hypothetical)]
    shares: list[TollMention] = []
    for sentence in sorted({t.sentence for t in told}):
        here = [t for t in told if t.sentence == sentence]
        whole = sum(t.low or 0 for t in here)
        if len({t.group for t in here}) > 1 and any(
            t.sentence < sentence
            and t.low == t.high == whole
            and all(_may_be_among(h, t) for h in here)
            for t in told
        ):
            shares += here
    return shares


def _added_up(killed: Sequence[TollMention]) -> list[TollMention]:
    """Return 'nine dead' and 'three more bodies' where the text says twelve itself."""
    groups = Counter((t.sentence, t.group) for t in killed)
    alone = [t for t in killed if groups[t.sentence, t.group] == 1 and not t.is_part]
    told = [t for t in alone if t.is_counted and not t.is_more]
    wholes = {t.low for t in told}
    return [
        t for more in alone if more.is_more
        for first in told
        if first.start < more.start and (first.low or 0) + (more.low or 0) in wholes
        for t in (first, more)
    ]  # fmt: skip


def _may_be_among(share: TollMention, whole: TollMention) -> bool:
    return whole.victims in _ANYBODY or share.victims in {whole.victims, *_ANYBODY}


def _is_covered(toll: TollMention, parts: Sequence[TollMention]) -> bool:
    """Tell 'six soldiers' of a headline from the whole that a sentence counts in parts."""
    if any(toll is t for t in parts) or not toll.is_counted or toll.is_more:
        return False
    return any(
        t.low == toll.low and t.high == toll.high and t.victims == toll.victims
        for t in parts
    ) and all(p.claimant_kind == toll.claimant_kind for p in parts)


def _is_left_behind(toll: TollMention, killed: Sequence[TollMention]) -> bool:
    """'two terrorists were killed … they fled, leaving behind two of their dead': the same two."""
    return _THEIR_DEAD.search(toll.count_text.lower()) is not None and any(
        t.low == toll.low and t.start < toll.start for t in killed
    )


def _is_foe(toll: TollMention, counted: Sequence[TollMention]) -> bool:
    """'an assailant was shot dead' beside 'two soldiers were killed': another death."""
    sides = {t.victims for t in counted}
    if toll.victims == "state":
        return sides == {"armed"}
    return toll.victims == "armed" and not sides & {"armed", *_ANYBODY}
