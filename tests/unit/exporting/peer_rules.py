"""What the peers' codebooks and loaders ask of each column: name -> pattern of a cell.

A column that is not named holds free text. An empty cell is allowed only where the
pattern allows it.
"""

_INTEGER = r"-?\d+"
_OPTIONAL_INTEGER = r"(-?\d+)?"
_OPTIONAL_NUMBER = r"(-?\d+(\.\d+)?(e-?\d+)?)?"
_DAY = r"\d{4}-\d{2}-\d{2}"
_STAMP = r"\d{14}"


ACLED = {
    "event_id_cnty": r".+",
    "event_date": _DAY,
    "year": r"\d{4}",
    "time_precision": "[123]",
    "disorder_type": "Political violence|Demonstrations|Strategic developments|Political violence; Demonstrations",
    "event_type": "Battles|Explosions/Remote violence|Violence against civilians|Protests|Riots|Strategic developments",
    "sub_event_type": r".+",
    "inter1": "[0-8]",
    "inter2": "[0-8]",
    "interaction": "0|[1-8][0-8]",  # 0: the reports name nobody
    "civilian_targeting": "(Civilian targeting)?",
    "iso": _OPTIONAL_INTEGER,
    "latitude": _OPTIONAL_NUMBER,
    "longitude": _OPTIONAL_NUMBER,
    "geo_precision": "[123]?",  # empty with the coordinates: we invent no centroid
    "source_scale": "(National|International|National-International)?",
    "fatalities": r"\d+",
    "timestamp": r"\d{9,10}",
}

UCDP_GED = {
    "id": r"\d+",
    "relid": r".+",
    "year": r"\d{4}",
    "active_year": "[01]?",
    "type_of_violence": "[123]",
    "number_of_sources": _INTEGER,
    "where_prec": "[1-7]",
    "latitude": _OPTIONAL_NUMBER,
    "longitude": _OPTIONAL_NUMBER,
    "geom_wkt": r"(POINT \(-?[\d.]+ -?[\d.]+\))?",
    "priogrid_gid": _OPTIONAL_INTEGER,
    "country_id": r"\d*",
    "region": "(Africa|Americas|Asia|Europe|Middle East)?",
    "event_clarity": "[12]",
    "date_prec": "[1-5]",
    "date_start": _DAY,
    "date_end": _DAY,
    "deaths_a": r"\d*",
    "deaths_b": r"\d*",
    "deaths_civilians": r"\d*",
    "deaths_unknown": r"\d*",
    "best": r"\d*",
    "high": r"\d*",
    "low": r"\d+",
    "gwnoa": r"\d*",
    "gwnob": r"\d*",
}

GDELT_EVENTS = {
    "GlobalEventID": r"\d+",
    "Day": r"\d{8}",
    "MonthYear": r"\d{6}",
    "Year": r"\d{4}",
    "FractionDate": r"\d{4}\.\d+",
    "Actor1CountryCode": "([A-Z]{3})?",
    "Actor2CountryCode": "([A-Z]{3})?",
    "IsRootEvent": "[01]?",
    "EventCode": r"(\d{3,4})?",
    "EventBaseCode": r"(\d{3})?",
    "EventRootCode": r"(0[1-9]|1\d|20)?",
    "QuadClass": "[1-4]?",
    "GoldsteinScale": r"(-?(10|\d)(\.\d)?)?",
    "NumMentions": r"\d+",
    "NumSources": r"\d+",
    "NumArticles": r"\d*",
    "AvgTone": "",
    "ActionGeo_Type": "[1-5]?",
    "ActionGeo_CountryCode": "([A-Z]{2})?",
    "ActionGeo_Lat": _OPTIONAL_NUMBER,
    "ActionGeo_Long": _OPTIONAL_NUMBER,
    "DATEADDED": _STAMP,
    "SOURCEURL": r"https?://\S+",
}

GDELT_MENTIONS = {
    "GlobalEventID": r"\d+",
    "EventTimeDate": _STAMP,
    "MentionTimeDate": _STAMP,
    "MentionType": "[1-6]",
    "MentionSourceName": r"\S+",
    "MentionIdentifier": r"https?://\S+",
    "SentenceID": r"\d*",
    "Actor1CharOffset": _OPTIONAL_INTEGER,
    "Actor2CharOffset": _OPTIONAL_INTEGER,
    "ActionCharOffset": _OPTIONAL_INTEGER,
    "InRawText": "[01]",
    "Confidence": "[1-9]0|100",
    "MentionDocLen": r"\d+",
    "MentionDocTone": "",
    "Extras": "",
}

_MODES = (
    "abduct|beat|torture|sexual|targeted|destroy|primitive|firearms|explosives|"
    "suicide-attack|aerial|drone|heavy-weapons|crowd-control|unconventional|"
    "demo|riot|strike|obstruct|boycott|hunger|arrest|seize|troops|withdraw"
)
_TYPES = (
    "AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|ACCUSE|REJECT|"
    "THREATEN|PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT"
)

POLECAT = {
    "Event ID": r".+",
    "Event Date": _DAY,
    "Event Type": f"({_TYPES})?",
    "Event Mode": f"({_MODES})?",
    "Intensity": r"(-?(10|\d)\.\d)?",
    "Quad Code": "((V|M)-(COOP|CONF))?",
    "Actor Country": "(([A-Z]{3}|None)(; ([A-Z]{3}|None))*)?",
    "Actor COW": r"((\d+|None)(; (\d+|None))*)?",
    "Recipient Country": "(([A-Z]{3}|None)(; ([A-Z]{3}|None))*)?",
    "Recipient COW": r"((\d+|None)(; (\d+|None))*)?",
    "Country": "([A-Z]{3})?",
    "Latitude": _OPTIONAL_NUMBER,
    "Longitude": _OPTIONAL_NUMBER,
    "GeoNames ID": r"\d*",
    "Publication Date": f"({_DAY})?",
    "Language": "([a-z]{2,3})?",
}
