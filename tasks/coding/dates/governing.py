"""Which dates govern a trigger: those of its own clause, not of a clause hung on a noun."""

import re

_RELATIVE = re.compile(r",? (?:who|whom|whose|which|that|where)\b")
_MADE = re.compile(  # 'the peace deal signed in 2015': the year is the deal's
    r"\b(?P<made>signed|reached|agreed|concluded|brokered|ratified|negotiated|adopted|"
    r"founded|created|established|formed|built|set up|opened|elected|appointed|born)"
    r" (?:back )?(?:(?:in|on) )?(?:late |early |mid[- ])?$"
)
_MADE_REACH = 40
_BESIDE = 2  # 'the agreement signed in 2015': trigger and participle stand together
_HELPING = re.compile(r"\b(?:was|were|is|are|been|be|had|has|have|they|he|she|it) $")
_VERBAL = re.compile(r"\b(?:\w{3,}ed|was|were|is|are|had|has|have|did|said)\b")
_REFERS = re.compile(
    r"\b(?:in connection (?:with|to)|(?:linked|connected|related|tied) (?:to|with)|"
    r"in (?:response|retaliation|reaction|revenge|reprisal) (?:to|for)|avenge\w*|"
    r"in the (?:wake|aftermath) of|(?:responsible|responsibility|blame\w*|wanted) for|"
    r"(?:suspected|accused) of|charged with|involved in|"
    r"(?:survivors?|victims?|perpetrators?|masterminds?|suspects?|scene|site) (?:of|in)|"
    r"(?:condemn|denounc|deplor|mourn|investigat|prob|decri|lament)\w*(?: (?:of|into))?|"
    r"(?:investigations?|inquir(?:y|ies)|inquest|probe) (?:into|of)|"
    r"(?:protest\w*|demonstrat\w*|anger|outrage|anguish) (?:against|at|over)|"
    r"over|behind) "
    r"(?:the|this|that|these|those|such)(?: [\w'-]+){0,2} $"
)
_REFERS_REACH = 60

Span = tuple[int, int]


def governs(folded: str, sentence: int, when: Span, told: Span) -> bool:
    """Tell whether the date at `when` may date the word at `told` of its sentence.

    Status belongs to the trigger (CODEBOOK 3): the year of a relative clause, or of a
    deal 'signed in 2015', says nothing of the verb of the main clause. `sentence` is
    where the sentence of both begins.
    """
    (first, last), (start, end) = when, told
    if first < end and start < last:
        return True
    made = _made(folded, max(sentence, first - _MADE_REACH), first)
    if made is not None and not start <= made < end:
        return end <= made and len(folded[end:made].split()) < _BESIDE
    if first >= end:
        return not _opens_and_stays(folded[end:first])
    if is_referred_to(folded, last, start):
        return False
    return not _is_closed_before(folded[sentence:first], folded[last:start])


def is_referred_to(folded: str, since: int, start: int) -> bool:
    """Tell whether words after `since` only refer to the act at `start`, told before.

    'arrested on Tuesday in connection with the attack': the outer verb has the day.
    """
    return _REFERS.search(folded, max(since, start - _REFERS_REACH), start) is not None


def _made(folded: str, low: int, high: int) -> int | None:
    """Return where the participle stands that takes the date for its noun."""
    found = _MADE.search(folded[low:high])
    if found is None or _HELPING.search(folded[low : low + found.start()]):
        return None  # 'was signed in 2015' tells of the signing itself
    return low + found.start()


def _opens_and_stays(between: str) -> bool:
    """A relative clause that opens between the two and is not closed by a comma."""
    openings = [m for m in _RELATIVE.finditer(between) if m.group()[0] == ","]
    return bool(openings) and "," not in between[openings[-1].end() :]


def _is_closed_before(left: str, between: str) -> bool:
    """'Rebels who signed in 2015 attacked': the clause had its verb before the date."""
    openings = list(_RELATIVE.finditer(left))
    if not openings or "," in left[openings[-1].end() :]:
        return False
    if openings[-1].group()[0] == ",":
        return "," in between
    return _VERBAL.search(left, openings[-1].end()) is not None
