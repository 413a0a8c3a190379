"""What the clause around a date says of it: the telling's day, or the future's."""

from tasks.coding import dates_patterns as pat

_LEFT = 70
_RIGHT = 50


def is_speech_date(folded: str, start: int, end: int) -> bool:
    """Tell whether the date belongs to said, told, announced (CODEBOOK 7)."""
    if pat.SPEECH_LEFT.search(folded[max(0, start - _LEFT) : start]):
        return True
    return pat.SPEECH_RIGHT.match(folded, end) is not None


def is_future_clause(folded: str, start: int, end: int) -> bool:
    """Tell whether the words around the date speak of what is to come."""
    left = folded[max(0, start - _LEFT) : start]
    left = left[max(left.rfind(". "), left.rfind("; "), left.rfind("\n")) + 1 :]
    markers = list(pat.FUTURE.finditer(left))
    if markers and pat.PAST_VERB.search(left, markers[-1].end()) is None:
        return True
    right = folded[end : end + _RIGHT]
    cut = pat.CLAUSE_END.search(right)
    return pat.FUTURE_RIGHT.match(right[: cut.start()] if cut else right) is not None
