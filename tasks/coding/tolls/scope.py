"""Words of a sentence that change what its figures mean: zero, history, parts, updates."""

import re

from tasks.coding.dates.governing import governs

CUE = re.compile(
    r"kill|dead|dea(?:th|d)|\bdie[ds]?\b|dying|fatal|slain|slay|murder|assassinat|execut|massacr"
    r"|slaughter|behead|decapitat|lynch|bod(?:y|ies)\b|corpse|coffin|toll\b|li(?:fe|ves)\b|perish"
    r"|succumb|neutrali[sz]|eliminat|liquidat|gunned|mowed|hacked|butcher|martyr|casualt"
    r"|victim|wound|injur|harm|treated|\bhurt\b|maim|hospitali|unhurt|unharmed|unscathed|unharmed|untoward|in danger|recover|shot was|shots|missing|abduct|kidnap"
    r"|captur|arrest|detain|seiz|taken|disappear|lost|losses|shot|strangl|burn|stoned|fell|figure (?:of|at)|hospital|clinic|bruis|breathing"
    r"|throat|supreme|ultimate|martyrdom|breathed|surviv|will live"
)
ZERO_DEATHS = re.compile(
    r"\b(?:no ?one|nobody|none|not (?:a single|one) (?:person|soul|soldier|civilian|life)|no (?:person|people|civilians?|soldiers?|villagers?|residents?))"
    r"(?: (?:of|in|on|at|from|among)(?: [a-z]+){1,4})?"
    r"(?: (?:was|were|is|are|has been|have been|had been|had|has))?(?: [a-z]+ly)?"
    r" (?:killed|hurt|injured|died|dead|wounded|harmed|reported (?:killed|hurt|injured)|in danger)"
    r"|\b(?:no|zero|nil) (?:known |reported |immediate |further |other |human |major |serious |loss of )*"
    r"(?:casualt(?:y|ies)|killings?|deaths?|fatalit(?:y|ies)|victims?|injur(?:y|ies)|lives|life"
    r"|dead|losses|human losses|loss of (?:human )?life)\b(?! (?:tolls?|figures?|counts?|numbers?))"
    r"|\bwithout (?:any |causing |causing any |human )*(?:casualt|fatalit|victims|injur|loss of life"
    r"|injuring|killing|hurting|death)"
    r"|\b(?:not|n't|neither|nor|never)(?! (?:[a-z]+ ){0,2}?(?:confirm|verify|know|establish"
    r"|disclose|specify|give|provide|say|mention)\b)(?: [a-z]+){0,3}?"
    r" (?:any |no )?(?:casualties|victims|deaths|fatalities|injuries|loss of life|anyone|anybody)"
    r"|\b(?:unhurt|unharmed|unscathed|uninjured)\b|\bnot a (?:single )?shot was fired"
    r"|\bno shots? (?:was|were) fired|\bno untoward incident"
    r"|\bwill (?:all |both )?(?:recover|live|survive)\b"
    r"|\b(?:all|both|everyone|everybody)\b(?: [a-z0-9]+){0,4} survived\b"
)
TREATED = re.compile(  # hurt, though no figure of the hurt is told
    r"\b(?:taken|rushed|brought|admitted|evacuated|transferred) to (?:the |a |an )?(?:[a-z]+ ){0,3}?"
    r"(?:hospitals?|clinics?|infirmary|health cent(?:er|re))\b|\b(?:treated (?:at|in|for|by)"
    r"|bruis(?:e|es|ed)|breathing (?:difficulties|problems))\b"
)
SUPERSEDED = re.compile(  # 'a hospital official earlier put the toll at six'
    r"\b(?:(?:earlier|initially|previously|at first) (?:put|puts|gave|said|reported|spoken|counted)"
    r"|(?:initial|earlier|first|previous|preliminary) (?:reports?|figures?|counts?|statements?|tolls?)"
    r"|had (?:earlier |initially |previously |first )(?:put|given|said|reported|spoken|counted))\b"
)
ASKED = re.compile(
    r"\bhow many [^?]{0,60}?\b(?:died|dead|killed|been killed|lost their lives)\b"
)
UNKNOWN_DEATHS = re.compile(
    r"\b(?:no (?:immediate |official )?(?:word|reports?|information|details|confirmation|figures?)"
    r"(?: [a-z]+){0,3} (?:on|of|about|regarding) (?:any |the )?(?:casualt|death|victim|fatalit|injur)"
    r"|(?:casualties|casualty figures|death toll|toll)(?: [a-z]+){0,2} (?:unknown|unclear|not known))"
)
HISTORICAL = re.compile(
    r"\b(?:in|since|during|from|of|by|between|back in)"
    r" (?:the )?(?:(?:early|late|mid)[ -])?(?:(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december),? )?(?:the )?(?:of )?(?:19|20)\d\ds?\b"
    r"|\b(?:years?|decades?|months) (?:ago|earlier|before)\b"
    r"|\bover the (?:past|last|previous) (?:[a-z0-9]+ )?(?:years?|months|decades?)"
    r"|\bin (?:the |recent )?(?:past|last|recent|previous) (?:[a-z0-9]+ )?(?:years?|months?|decades?)"
    r"|\b(?:so far |thus far )?this (?:year|decade)\b|\blast (?:year|month|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b|\banniversary\b|\bsince (?:the|then|january"
    r"|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\bsince (?:[a-z'-]+ ){1,6}?(?:began|started|erupted|launched|took|broke|burned|was|were|had)\b"
    r"|\bin (?:that|this) (?:time|period|span)\b|\bin the wave of\b|\bin the (?:first|second|third|fourth|last) (?:quarter|half)\b"
    r"|\bin (?:the )?(?:[a-z]+|\d+) years (?:of|since)\b"
    r"|\b(?:a|per|each|every) year\b|\b(?:per|each|every) (?:month|week|day)\b|\bannually\b"
    r"|\bsince (?:its|their|his) [a-z]+\b|\b(?:the|this) (?:war|conflict|insurgency|rebellion|unrest"
    r"|violence) has (?:already |so far )?(?:killed|left|claimed|cost)\b"
    r"|\bduring the (?:[a-z-]+ )?(?:war|conflict|insurgency|dictatorship|decade)\b"
    r"|\b(?:decade|year|month)s?-(?:long|old) (?:war|conflict|insurgency|rebellion)"
    r"|\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+)[ -]years?[ -](?:of )?(?:war|conflict)"
)
HYPOTHETICAL = re.compile(
    r"\b(?:threaten\w*|vow\w*|warn\w*|plott?\w*|plann?\w*|attempt\w*|tri(?:ed|es)|wants?|sought"
    r"|order\w*|intend\w*|conspir\w*|failed|would|could(?! have)|might(?! have)|must|if|escaped|order(?:s|ed)?) "
    r"(?:[a-z]+ ){0,3}$|\b(?:to|will|not|can|cannot|shall) (?:be )?$"
    r"|\b(?:accus\w+|charged|convicted|suspected)(?: [a-z]+){0,2} (?:of|with) $"
    r"|\b(?:danger|risk|fear) of (?:[a-z]+ ){0,2}$"
    r"|\bdenied (?:the |any )?(?:reports?|claims?|rumou?rs?|allegations?|suggestions?)"
    r" (?:that|of) (?:[a-z0-9]+ ){0,6}$"
)
UNTRUE = re.compile(  # 'reports that one man had been beheaded were not true'
    r"\b(?:reports?|claims?|rumou?rs?|allegations?|suggestions?) that\b[^;]{0,120}?"
    r" (?:was|were|is|are|had been|have been) (?:not true|untrue|false|unfounded|baseless"
    r"|incorrect|inaccurate|wrong|denied|dismissed|rejected|exaggerated)\b"
)
UPDATE = re.compile(
    r"\b(?:brought|bring(?:s|ing)?|rais(?:ed|es|ing)|rose|risen|rises|climb(?:ed|s)?|updat(?:ed|es)"
    r"|jumped|now|revis(?:ed|es)|took|takes|taking|increas(?:ed|es|ing)|has reached)\b"
)
ACCIDENT = re.compile(
    r"\b(?:(?:aircraft|plane|helicopter|road|traffic|car|train|air|bus) (?:accident|crash|collision)"
    r"|collapse of (?:an? |the )?(?:[a-z]+ ){0,3}?(?:canopy|building|roof|bridge|mine|dam|wall|tower|stand|tunnel)"
    r"|(?:canopy|building|roof|bridge|mine|dam|wall|tower|stand|tunnel) collapse"
    r"|helicopter crashed|plane crashed|bus (?:crash|collision)|earthquake|landslide|hurricane"
    r"|cyclone|(?:truck|lorry|vehicle|bus|car) (?:overturned|plunged|skidded)(?!.{0,80}"
    r"(?:mine|bomb|ied|rocket|ambush|blast))|drowned|collided|capsized|heart attack|cardiac|ran over|car ran|cancer)"
)

_OPENING = 50  # characters an opening 'In 2012, …' may take


_LONG_AFTER = re.compile(
    r"\b(?:comes?|came|coming|follow(?:s|ed|ing)?|took place|happened|occurred) (?:[a-z-]+ ){0,4}?"
    r"(?:days|weeks|months|years|week|month|year) after\b"
)
_PERIOD = re.compile(
    r"[^,;]{0,60}?\b(?:in (?:less than |under |as many |the past |the last )?(?:[a-z]+ |\d+ )?"
    r"(?:weeks|months|years|week|month|year)\b|this (?:year|month|week)\b|since\b)"
)


def is_of_a_period(part: str, after: int) -> bool:
    """Tell 'the third mayor killed in the state in twelve months': he is one of a row."""
    return _PERIOD.match(part, after) is not None


def is_historical(part: str, at: int) -> bool:
    """Tell whether the clause around `at`, or one opening the sentence, is of another time."""
    if _LONG_AFTER.search(part, 0, at):
        return True  # 'comes three weeks after a raid in which, residents say, 36 died'
    start = max(part.rfind(mark, 0, at) for mark in (", ", "; ", " - ", " (")) + 1
    ends = [p for mark in (", ", "; ", " - ") if (p := part.find(mark, at)) >= 0]
    end = min(ends, default=len(part))
    if any(
        not m.group()[-1].isdigit() or governs(part, 0, m.span(), (at, at))
        for m in HISTORICAL.finditer(part, start, end)
    ):
        return True
    opening = HISTORICAL.match(part.lstrip("\"' "))
    return opening is not None and not HISTORICAL.match(part[start:].lstrip())


def is_untrue(part: str, at: int) -> bool:
    """Tell whether what stands at `at` is a report that the sentence calls untrue."""
    found = UNTRUE.search(part)
    return found is not None and found.start() <= at < found.end()
