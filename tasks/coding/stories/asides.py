"""Places and days of a sentence that are not the act's: where somebody spoke, or died later."""

import re

from tasks.coding.dates.resolve import DateMention
from tasks.coding.reading.document import Reading, View
from tasks.geoparsing.values import Located
from tasks.text.anchors import Anchored, Opened

_SPOKEN_AT = re.compile(
    r"\b(?:said|says|told|announced|reported|issued|published|speaking|spoke|wrote|based|"
    r"statement|spokes(?:man|woman|person)|ministry|officials?|headquartered|briefing|"
    r"newsroom|radio|agency|reporters|journalists|conference)"
    r"(?: (?:reporters|journalists|on \w+|a \w+|officials?|officials|(?:the )?(?:\w+ )?agency))?"
    r" (?:in|from|at|by telephone from) (?:the )?(?:\w+ ){0,2}$|"
    r"\b(?:told|telephoned|phoned|rang|called) (?:an?|the) (?:\w+ ){0,2}$"
)
_TOWARDS = re.compile(
    r"\b(?:towards?|bound for|heading for|en route to|on (?:the|its|their) way to|fled to|"
    r"flee to|escaped to|back to|returned to|the direction of|out of range of)"
    r" (?:the )?(?:\w+ ){0,2}$"
)
_CARE = re.compile(
    r"\b(?:treated|admitted|died|dies|taken|doctors?|medics?|nurses?|sources?|staff|recovering|"
    r"injured|wounded|patients|operated|lying|bodies) (?:\w+ ){0,6}?(?:at|in|to|from|of)"
    r" (?:\w+ ){0,4}(?:hospitals?|clinics?|morgue|mortuary|infirmary|medical cent(?:re|er))"
    r"(?: \w+){0,2} (?:in|at|of) (?:the )?(?:\w+ ){0,2}$|"
    r"\b(?:flown|airlifted|evacuated|moved|rushed|transferred|referred|shifted) (?:by \w+ )?to"
    r" (?:(?:a|an|the) )?(?:\w+ ){0,4}$"
)
_NOT_THERE = (_SPOKEN_AT, _TOWARDS, _CARE)
_WORDS = Anchored(_NOT_THERE)
_REACH = 90
_BESIDE = 4
_PLUPERFECT_REACH = 40
_PLUPERFECT = re.compile(
    r"\b(?:that|who|which) (?:both )?had (?:been |already |earlier )?$"
)
_NEXT_VERB = re.compile(r" to (?!the\b|a\b|an\b)[a-z]+|,|;")
_LATER = re.compile(
    r"\b(?:died|dies|die|dead|succumb(?:ed|s)?|passed away)\b(?: (?!when\b|after\b|as\b|while\b)\w+){0,12}? "
    r"(?:hospital|clinic|wounds?|injuries|burns|there)\b|"
    r"\b(?:taking|bringing|brings|brought|raising|raised|pushing|takes) (?:\w+ ){0,12}?"
    r"(?:toll|number of (?:\w+ )?(?:dead|deaths|lives|victims|fatalities))\b|"
    r"\btoll (?:\w+ ){0,10}?(?:rises|rose|risen|climbs|climbed|reached|reaches)\b"
)
_LATER_WORDS = Opened(_LATER)


_THE_TOWN = re.compile(  # 'the town, about 18 km south-east of Pokrovsk', told before
    r"\bthe (?:town|village|city|camp|settlement|base|district)  ?(?:(?:which|that) )?(?:lies |is )?"
    r"(?:(?:about|some|around|just|roughly) )*$"
)
_WATER = re.compile(r" (?:rivers?|creek|basin)\b")  # 'the San Pedro river' is no town
_DISTANCE = re.compile(r"\d+ ?(?:km|kilomet\w+|miles?)\b")
_SEAT = re.compile(  # 'the governor's office in Kunduz said', 'headquarters of the army in'
    r"\b(?:offices?|ministry|headquarters|command|governors?|embassy|officials|diplomats?|analysts?)"
    r"(?: of(?: \w+){1,4})? in $"
)
_SAID = re.compile(
    r",? (?:said|says|told (?:\w+ ){1,3}?|reported|reports|announced|stated|confirmed)\b"
)


def is_of_the_act(reading: Reading, view: View, where: Located) -> bool:
    """Tell where it happened from 'said in Dhaka', 'fled towards Goma', 'a hospital in Kano'."""
    low = max(view.sentence.start, where.start - _REACH)
    before = reading.spaced[low : where.start]
    offset = _DISTANCE.match(reading.folded, where.start)
    if (offset and _THE_TOWN.search(before)) or _WATER.match(reading.folded, where.end):
        return False
    if _SEAT.search(before) and _SAID.match(reading.folded, where.end):
        return False
    return not any(_NOT_THERE[n].search(before) for n in _WORDS.possible(before))


def is_told_as_past(
    reading: Reading, view: View, start: int, mention: DateMention
) -> bool:
    """'two groups that had fought … take their men off the streets on Sunday'."""
    low = max(view.sentence.start, start - _PLUPERFECT_REACH)
    opened = _PLUPERFECT.search(reading.spaced[low:start])
    if opened is None:
        return False
    if mention.start < start:
        return mention.start < low + opened.start()
    return bool(_NEXT_VERB.search(reading.folded[start : mention.start]))


def dates_a_late_death(reading: Reading, view: View, mention: DateMention) -> bool:
    """'died in hospital on Monday', 'taking the toll to seven': the day of a death, no act."""
    if any(
        0 <= t.start - mention.end <= _BESIDE and not t.is_verb for t in view.triggers
    ):
        return False  # 'died of wounds from Sunday's explosion'
    later = reading.openings(_LATER_WORDS)
    found = later.search(view.sentence.start, view.sentence.end)
    if found is None:
        return False
    gap = max(mention.start - found.end(), found.start() - mention.end)
    between = sorted((found.end(), mention.start, found.start(), mention.end))[1:3]
    return gap <= _REACH and not any(
        between[0] <= t.start < between[1] and t.is_verb for t in view.triggers
    )
