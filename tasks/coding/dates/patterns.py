"""The patterns of English date expressions, all tried at anchors only.

An anchor is a word that cannot be missing from an expression (a weekday, a month, 'ago').
Windows left and right of it are short and fixed, so cost stays linear in text length.
"""

import re

from tasks.coding.dates.lexicon import calendar_words

_WORDS = calendar_words("en")
_COUNT = "|".join(sorted(_WORDS.counts, key=len, reverse=True))
WEEKDAY = "|".join(_WORDS.weekdays)
MONTH = "|".join(sorted(_WORDS.months, key=len, reverse=True))
_PART = "morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk"
_ORD = "(?:st|nd|rd|th)?"

ANCHOR = re.compile(
    rf"\b(?:(?P<weekday>{WEEKDAY})\b|(?P<month>{MONTH})\b"
    r"|(?P<deictic>today|yesterday|tomorrow|tonight|overnight)\b"
    r"|(?P<ago>ago)\b|(?P<offset>earlier|later|before|after|previously)\b"
    r"|(?P<modified>last|past|this|next|previous|preceding|following|same|that|coming)\s"
    r"|(?P<weekend>weekend)\b"
    rf"|(?P<feast>{'|'.join(_WORDS.feasts)})\b"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b|(?P<slash>\d{1,2}/\d{1,2}/(?:19|20)\d\d)\b"
    r"|(?P<ordinal>the \d{1,2}(?:st|nd|rd|th))\b"
    r"|(?P<year>(?:19|20)\d\d)\b)"
)
LEFT_WINDOW = 48

# --- weekdays
WEEKDAY_LEFT = re.compile(
    r"(?:^|(?<=[\s(,\"'-]))(?P<all>(?:(?:on|by|from|since|until|before|during|around|between"
    r"|as of|that) )?(?P<mod>(?:the )?night of|the night between|overnight|last week|last|next"
    r"|this past|this coming|this|the previous|the following|past|coming|day before last"
    r"|(?:very |shortly )?(?:early|late|earlier|later)(?: on| this| last)?|before dawn(?: on)?"
    r"|(?:at )?dawn(?: on| of)?|midnight(?: on)?)\s(?:on )?)$"
)
WEEKDAY_RIGHT = re.compile(
    rf"(?:'s)?(?P<part>\s(?:{_PART}))?"
    r"(?:,? (?P<ago>a|one|two|three) weeks? ago|(?P<week>,? (?:of )?last week)\b"
    r"|(?P<last> last)(?=[,.;]|$| (?:at|in|when|and|near|as)\b))?"
    rf"(?:(?P<join>\s(?:to|into|and|or|through)\s|-)(?P<second>{WEEKDAY})\b)?"
)
WEEKDAY_NAMES = re.compile(r"\s(?:markets?|bazaars?|school|league|times|newspapers?)\b")
THING_NAMED = re.compile(  # 'the 19 April Movement', 'March 8 Square': a name, no day
    r"\s(?:[a-z']+ )?(?:movement|coalition|brigades?|battalion|"
    r"revolution|organi[sz]ation|front|faction|avenue|street|square|bridge|neighbou?rhood|"
    r"district|stadium|university|airport)\b(?! (?:line|of|between|into|in)\b)"
)
ADVERBIAL_LEFT = re.compile(r"\b(?:on|since|from|until|by|before|after) $")
NAMED_DAY = re.compile(r"\b(?:bloody|black|good|ash|holy|palm|easter|red) $")
WEEKDAY_DATE = re.compile(
    rf"(?:'s)?(?:\s(?:{_PART}))?(?:,| \(|, the| the)?\s?"
    rf"(?:(?P<m1>{MONTH})\.? (?P<d1>\d{{1,2}}){_ORD}(?:,? (?P<y1>(?:19|20)\d\d))?"
    rf"|(?P<d2>\d{{1,2}}){_ORD}(?: of)? (?P<m2>{MONTH})\b\.?(?:,? (?P<y2>(?:19|20)\d\d))?)"
    r"(?!\d)"
)

# --- months
MONTH_DAY_LEFT = re.compile(
    rf"(?<![\d.,:/])(?P<d1>\d{{1,2}}){_ORD}"
    rf"(?:\s?(?P<join>-|to|and|or|&|through|until)\s?(?P<d2>\d{{1,2}}){_ORD})?"
    r"(?: of| day of)? $"
)
MONTH_DAY_RIGHT = re.compile(
    rf"\.? (?:the (?=\d{{1,2}}(?:st|nd|rd|th)))?(?P<d1>\d{{1,2}}){_ORD}(?![\d:]|[.,]\d|\s?(?:%|million|people|percent|a\.m|p\.m))"
    rf"(?:\s?(?P<join>-|to|and|through|until)\s?(?P<d2>\d{{1,2}}){_ORD}(?![\d:]| [a-z]+ were))?"
)
CROSS_MONTH = re.compile(
    rf"\s?(?:-|to|and|until|through)\s?(?:(?P<d1>\d{{1,2}}){_ORD} (?P<m1>{MONTH})\b"
    rf"|(?P<m2>{MONTH})\.? (?P<d2>\d{{1,2}}){_ORD}(?!\d))"
)
YEAR_RIGHT = re.compile(
    r"\.?(?:,? |,? of )(?P<y>(?:19|20)\d\d)\b(?! (?:people|troops|men))"
)
YEAR_TOLD = re.compile(r",?(?: of)? (?P<which>this|last) year\b")
SHARED_YEAR = re.compile(
    rf"\s(?:and|or|to|through)\s(?:{MONTH})\.? (?P<y>(?:19|20)\d\d)\b"
)
SHORT_YEAR = re.compile(r" (?P<y>[5-9]\d)(?=\s*(?:\(|--|-|\]|$))")
MONTH_LEFT = re.compile(
    r"(?:^|(?<=[\s(,\"]))(?P<mod>(?:in|since|last|this|next|by|until|during|from|through|of|for"
    r"|to|between)(?: (?:early|late|mid))?|(?:in )?(?:early|late|mid)"
    r"|(?:at )?the (?:end|start|beginning|middle) of)[ -]$"
)
DATE_LEFT = re.compile(
    r"(?P<mod>(?:on )?(?:the )?(?:night of|night between|night from|last|between|from|since)) "
    r"(?:the )?$"
)

# --- words that point from today or from the day last named
DEICTIC_LEFT = re.compile(
    r"(?P<mod>(?:early|late|earlier|later|the day before|the day after)) $"
)
DEICTIC_RIGHT = re.compile(
    rf"(?P<part>\s(?:{_PART}))?(?P<into> into (?P<day>{WEEKDAY}))?"
)
ON_WEEKDAY = re.compile(rf"(?: on)? (?:{WEEKDAY})\b")
AMOUNT_LEFT = re.compile(
    r"(?P<all>(?:(?:about|some|around|nearly|over|almost|roughly|only|just|less than|more than)"
    rf" )?(?P<n>\d{{1,3}}|{_COUNT})(?: more| or so| of)? (?P<unit>days?|weeks?|fortnight|months?"
    r"|years?|hours?)) $"
)
OF_ITSELF = re.compile(r" (?:of|as) (?:the|an?|its|his|their)\b")
LAST_ALONE = re.compile(rf" last\b(?! (?:{WEEKDAY}|week|month|year|night))")
THE_DAY_LEFT = re.compile(
    r"(?P<all>the (?P<unit>day|night|week|evening|morning|month|year)) $"
)
MODIFIED = re.compile(
    r"(?P<mod>last|past|this|next|previous|preceding|following|same|that|coming) "
    rf"(?:(?P<n>\d{{1,3}}|{_COUNT}|few|several) )?"
    r"(?P<unit>days?|weeks?|months?|years?|hours|weekend|night|morning|afternoon|evening"
    r"|midnight|dawn|quarter|summer|winter|spring|autumn|fall)\b"
)
MODIFIED_LEFT = re.compile(
    r"(?P<all>(?:(?:in|over|during|on|at|of|for) )?(?:(?:early|late|earlier|later) )?(?:the )?)$"
)
BEFORE_LAST = re.compile(r" before last\b")
WEEKEND_LEFT = re.compile(
    r"(?P<all>(?:over|at|during|on)? ?(?:the|this|last|this past) )$"
)
ORDINAL_LEFT = re.compile(r"(?:on|night of|since|dated) $")
ORDINAL_RIGHT = re.compile(
    r"(?: of (?P<which>this|last) month)?(?=[,.;:)]|$| (?:at|in|when|and|by|near)\b)"
)
ALONE_RIGHT = re.compile(r"[^a-z ]|$| (?:at|in|on|and|when|by|near|as|but|from|with)\b")
SLASH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
YEAR_LEFT = re.compile(
    r"(?:^|(?<=[\s(,\"-]))(?P<mod>in|since|of|from|until|by|between|and|to|during|late|early|mid"
    r"|the|a|around|before|after|back in)[ -]$"
)
DATELINE = re.compile(r"[^\n]{0,80}?(?:--|\s-\s|\)|:)")

# --- the clause around a mention
_SPEECH = "|".join(sorted(_WORDS.speech))
_AUDIENCE = (
    "reporters|journalists|afp|reuters|ap|efe|the|a|an|in|via|by|news|agency|agencies|x"
    "|statement|press|conference|television|tv|radio|state|media|twitter|telegram|facebook"
    "|post|message|communique|interview|phone|telephone|his|its|their|late|early|on"
)
SPEECH_LEFT = re.compile(
    rf"\b(?P<verb>{_SPEECH})(?: (?:{_AUDIENCE}))*(?: (?:released|issued|published|dated))? "
    r"(?:on |late |early |late on |early on |last |this )?$"
)
EMERGED_LEFT = re.compile(
    r"\bit (?:emerged|was (?:learned|learnt|revealed|reported|announced)|became (?:known|clear)|transpired)"
    r" (?:late |early )?(?:on )?$"
)
SPEECH_RIGHT = re.compile(rf" (?:that )?(?P<verb>{_SPEECH})\b")
# 'the toll given on Tuesday by the mayor'; 'On Friday, JNIM claimed responsibility'
FIGURE_LEFT = re.compile(
    r"\b(?:tolls?|figures?|counts?|bilan|estimates?)(?: [a-z]+){0,2} (?:given|provided|communicated|"
    r"updated|released|issued|published|announced) (?:on |late |early |late on |early on |last )?$"
)
OPENING_LEFT = re.compile(
    r"(?:^|[.\n\"\u201d\u00bb] ?)(?:on |late on |early on |late |early )?$"
)
CLAIM_RIGHT = re.compile(r", (?:[^\s.;,]+ ){1,14}?claimed (?:responsibility|credit)\b")
FUTURE = re.compile(
    rf"\b(?:{'|'.join(sorted(_WORDS.future))}|plan to|plans to|would be [a-z]+ing)\b"
)
PAST_VERB = re.compile(
    r"\b(?:said|told|was|were|had|did|came|began|went|left|met|took|rose|fell|broke|killed|died"
    r"|saw|(?:announc|attack|report|claim|arrest|open|fir|refus|return|arriv"
    r"|declar|warn|accus|offer|clos|gain|jump|settl|sign|end|reject|pass|approv|issu)ed)\b"
)
CLAUSE_END = re.compile(r"[.;!?\n]\s")
FUTURE_RIGHT = re.compile(  # not '… on Friday under which the group will'
    r"(?:(?!\b(?:which|that|who|whom|whose|where|but)\b)[a-z ,]){0,24}?"
    r"\b(?:will|is to|are to|is scheduled)\b"
)
PERFECT_RIGHT = re.compile(r"[a-z ,]{0,24}?\b(?:had|was|were)\b")
POSSESSIVE_PAST = re.compile(
    r"'s (?!(?:[a-z]+ )?(?:election|vote|meeting|deadline|summit|talks|game|match|referendum"
    r"|hearing|rally|poll|funeral))"
)
