"""What a crowd protests against is why it came, not what is reported (CODEBOOK 3)."""

import re

from tasks.coding.reading.document import Reading, Trigger, View

_CAUSE = re.compile(
    r"\b(?:protest(?:s|ed|ing|ers)?|demonstrat(?:e|es|ed|ing|ions?)|march(?:es|ed|ing)?|"
    r"rall(?:y|ies|ied|ying)|vigils?|sit ins?|strikes?|anger|angry|angered|outrage|outraged|"
    r"furious|fury|upset|demand(?:s|ed|ing)? justice|justice|condemn(?:s|ed|ing)?|"
    r"denounc(?:e|es|ed|ing)|decry(?:ing)?|grief|commemorat(?:e|es|ed|ing)|"
    r"in memory|mourn(?:s|ed|ing)?)"
    r" (?:(?:\w+ ){0,6}?(?=against |over |about ))?"
    r"(?:what (?:they|he|she|many|some|organisers) (?:call|calls|called|described as|say is|said was) )?"
    r"(?P<cause>(?:(?:against|over|about|at|for|after|following|by|of) )?"
    r"(?:(?:the|a|an|this|that|last|alleged|police|army|recent|month|week|year|s|in|of|custody"
    r"|brutal|unending|continued|continuing|repeated|incessant|fatal|mass|attempted|deadly|reported|\w+ s) ){0,6})$"
)
_REACH = 90
_DATED_WITHIN = 30


_TRIED = re.compile(
    r"\b(?:on trial|tried|charged|convicted|guilty|sentenced|jailed|indicted|prosecuted|"
    r"acquitted|remanded|arraigned|extradited|imprisoned|in custody)"
    r" (?:\w+ ){0,8}?(?:for|of|with|over|on charges of) (?:(?:the|a|an|mass|alleged|\w+ed) ){0,3}$"
)


_CONDEMNED = re.compile(
    r"\b(?:convicted|guilty|sentenced|jailed|imprisoned|(?:gets?|got|given|handed|receives?|received)"
    r" (?:\w+ ){0,3}?(?:life|years|terms?|sentences?)) (?:\w+ ){0,8}?(?:for|of|over) "
)


def is_tried(reading: Reading, view: View, trigger: Trigger) -> bool:
    """Tell 'on trial for murder', 'charged with the killing of': an old act before a court."""
    if trigger.is_verb and trigger.form.tense != "ger":
        return False
    low = max(view.sentence.start, trigger.start - _REACH)
    if _TRIED.search(reading.spaced[low : trigger.start]):
        return True
    # 'sentenced for the car bomb that tore apart a street, killing 14'
    low = max(view.sentence.start, trigger.start - 2 * _REACH)
    return _CONDEMNED.search(reading.spaced[low : trigger.start]) is not None


def is_grievance(reading: Reading, view: View, trigger: Trigger) -> bool:
    """Tell 'to protest the killing of a student': a cause, unless it has a day of its own."""
    if trigger.is_verb:
        return False
    low = max(view.sentence.start, trigger.start - _REACH)
    found = _CAUSE.search(reading.spaced[low : trigger.start])
    if found is None:
        return False
    start, end = low + found.start("cause"), trigger.end + _DATED_WITHIN
    return not any(start <= d.start < end for d in view.dates)


_MARKED = re.compile(
    r"\b(?:mark(?:s|ed|ing)?|commemorat(?:e|es|ed|ing)|remember(?:s|ed|ing)?|recall(?:s|ed|ing)?|"
    r"relive(?:s|d)?|observ(?:e|es|ed|ing)) (?:\w+ ){0,14}?"
    r"(?:the (?:day|night|morning|moment|hour|time|massacre|killings?|events?)|anniversary)"
    r" (?:(?:when|that|on which|of) )?(?:\w+ ){0,8}?$"
)
_MARKED_REACH = 200


def is_remembered(reading: Reading, view: View, trigger: Trigger) -> bool:
    """Tell 'the township marked the day police opened fire': a memory, not news."""
    low = max(view.sentence.start, trigger.start - _MARKED_REACH)
    words = reading.spaced[low : trigger.start].split()
    return _MARKED.search(" ".join([*words, ""])) is not None


def background_rule(reading: Reading, view: View, trigger: Trigger) -> str | None:
    """Return the rule by which a word only names why people march, or are tried."""
    if is_grievance(reading, view, trigger):
        return "R-STATUS-CAUSE"
    if is_remembered(reading, view, trigger):
        return "R-STATUS-YEARS-AFTER"
    return "R-STATUS-COURT" if is_tried(reading, view, trigger) else None
