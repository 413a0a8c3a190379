"""What the clause around a date says of it: the telling's day, or the future's."""

from tasks.coding.dates import patterns as pat

_LEFT = 70  # characters before the date in which a speaker is looked for
_CLAUSE = 110
_RIGHT = 50


def is_speech_date(folded: str, start: int, end: int) -> bool:
    """Tell whether the date belongs to said, told, announced (CODEBOOK 7)."""
    left = folded[max(0, start - _LEFT) : start]
    told = (pat.SPEECH_LEFT, pat.FIGURE_LEFT, pat.EMERGED_LEFT)
    if any(pattern.search(left) for pattern in told):
        return True
    if pat.OPENING_LEFT.search(left) and pat.CLAIM_RIGHT.match(folded, end):
        return True
    return pat.SPEECH_RIGHT.match(folded, end) is not None


def is_future_clause(folded: str, start: int, end: int) -> bool:
    """Tell whether the words around the date speak of what is to come."""
    if pat.POSSESSIVE_PAST.match(folded, end) or is_speech_date(folded, start, end):
        return False
    left = folded[max(0, start - _CLAUSE) : start]
    left = left[max(left.rfind(". "), left.rfind("; "), left.rfind("\n")) + 1 :]
    right = folded[end : end + _RIGHT]
    cut = pat.CLAUSE_END.search(right)
    right = right[: cut.start()] if cut else right
    markers = list(pat.FUTURE.finditer(left))
    if markers and pat.PAST_VERB.search(left, markers[-1].end()) is None:
        return pat.PERFECT_RIGHT.match(right) is None
    return pat.FUTURE_RIGHT.match(right) is not None
