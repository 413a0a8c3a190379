"""Who says a figure: the speaker of the attribution whose scope holds it."""

import re
from collections.abc import Sequence

from tasks.coding.claims.model import Attribution
from tasks.coding.tolls.model import TollMention
from tasks.model.quick import changed

_CLAUSE_EDGES = (" as ", " while ", " but ", ", ", "; ", " after ", " when ")
_SETTLES = frozenset({"medical", "state", "local_official", "ngo", "monitor"})
_NOBODYS = frozenset({None, "people"})
_OWN = {"state": "state", "rebel": "armed"}
_OWN_LOSSES = re.compile(r"\b(?:its|their|our) (?:own )?(?:losses|dead|casualties)\b")
_OF_ITS = re.compile(
    r"\bof (?:its|their|our|his) (?:own )?(?:men|fighters|members|troops)$"
)


def with_claimant(
    mention: TollMention, whole: str, attributions: Sequence[Attribution]
) -> TollMention:
    """Return the figure with its claimant; one inside another scope has the inner speaker."""
    best: Attribution | None = None
    for said in attributions:
        if said.scope_start <= mention.start < said.scope_end and (
            best is None
            or said.scope_end - said.scope_start < best.scope_end - best.scope_start
        ):
            best = said
    if best is None:
        return mention
    return changed(
        mention,
        victims=_own_side(mention, whole, best) or mention.victims,
        claimant=best.speaker,
        claimant_start=best.speaker_start,
        claimant_end=best.speaker_end,
        claimant_kind=best.speaker_kind,
        is_update=mention.is_update and best.speaker_kind in _SETTLES,
        is_denied=best.verb_class == "denied" and _reaches(whole, best, mention),
    )


def _reaches(whole: str, said: Attribution, mention: TollMention) -> bool:
    """Tell whether a denial still holds at the figure: no clause edge between them."""
    between = whole[said.verb_end : mention.start]
    return not any(edge in between for edge in _CLAUSE_EDGES)


def _own_side(mention: TollMention, whole: str, said: Attribution) -> str | None:
    """'it had lost four men': the speaker's own, whatever 'men' are elsewhere."""
    is_loss = mention.is_loss and mention.of in {"men", "fighters", "members"}
    near = max(said.verb_start, mention.start - 40)
    is_own = (
        is_loss
        or _OF_ITS.search(whole, mention.start, mention.end)
        or (
            mention.victims in _NOBODYS
            and _OWN_LOSSES.search(whole, near, mention.start)
        )
    )
    return (
        _OWN.get(said.speaker_kind or "")
        if mention.kind == "killed" and is_own
        else None
    )
