"""Dates that belong to a noun: 'the June 28 coup', 'a 2015 accord', 'Bloody Friday'."""

import re

from tasks.coding.dates.model import DateMention

_OF_A_NOUN = frozenset({"year", "explicit"})
_ARTICLES = frozenset({"a", "an", "the", "s"})
_LINKING = re.compile(
    r" (?:in|on|at|when|after|before|and|or|by|to|as|of|with|but|from|until|for|that|which|who|"
    r"is|was|were|are|had|has|he|she|they|it|the|a|an|said|morning|afternoon|evening|night)\b"
)
_NICKNAMES = ("bloody ", "black ", "super ", "red ", "cyber ")
_NICKNAME = re.compile(rf"\b(?:{'|'.join(_NICKNAMES)})$")
_LEFT = 12  # characters before a date that are looked at
_REACH = 18  # 'the 7 October 2023 attack': the noun stands right behind


def belongs_to_noun(folded: str, mention: DateMention) -> bool:
    """Tell whether the day only says which event is meant, so that it dates no other."""
    low = max(0, mention.start - _LEFT)
    if folded.endswith(_NICKNAMES, low, mention.start) and _NICKNAME.search(
        folded, low, mention.start
    ):
        return True  # a hundred is no 'red': the pattern looks for whole words
    if mention.basis not in _OF_A_NOUN:
        return False
    after = folded[mention.end : mention.end + 12]
    if after[:1] != " " or not after[1:2].isalpha() or _LINKING.match(after):
        return False
    if mention.mention.lower().startswith(("a ", "an ", "the ")):
        return True  # the date was read with its article: 'a 2015 peace agreement'
    words = re.split(r"\W+", folded[low : mention.start].strip())
    return words[-1:] != [""] and words[-1] in _ARTICLES


def dates_another(folded: str, mention: DateMention, told: int) -> bool:
    """Tell whether the date is a noun's and the word at `told` is not that noun."""
    near = 0 <= told - mention.end <= _REACH
    return not near and belongs_to_noun(folded, mention)
