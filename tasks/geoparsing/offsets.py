"""Words around a name that move the place: 'near', '20 km north of', 'the X-Y road', 'X district'."""

import re
from dataclasses import dataclass

from tasks.geoparsing.spots import Spot
from tasks.text.anchors import Anchored

_DIRECTION = re.compile(
    r"(?:(?P<count>\d{1,3}(?:\.\d)?|[a-z]+(?:[- ][a-z]+)?)\s*-?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
    r"(?:\s*\([^)]{1,20}\))?\s*)?"
    r"(?:to the |due |just |further )?(?P<bearing>north|south|east|west|north-?east|north-?west|south-?east|south-?west)?"
    r"\s*(?:side |part |bank )?(?:of|from|outside|away from)\s+(?:the )?(?:[a-z-]+ ){0,4}(?:of )?\Z",
    re.IGNORECASE,
)
_NEARNESS = re.compile(
    r"\b(?:near|nearby|close to|outside|around|on the outskirts of|outskirts of|not far from|"
    r"in the vicinity of|surrounding|between|linking|connecting|on the edge of|in the suburbs of|adjacent to|beside|bordering)\s+"
    r"(?:the )?(?:[a-z-]+ ){0,4}(?:of )?\Z",
    re.IGNORECASE,
)
# "the Gao-Ansongo road", "the Jarabulus countryside": beside the town, not in it.
_ROAD_AFTER = re.compile(
    r"(?:\s?[-–—/]\s?[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?)?\s+"
    r"(?:road|highway|axis|motorway|expressway|railway|countryside|outskirts|surroundings|suburbs)\b",
    re.IGNORECASE,
)
_ROAD_BEFORE = re.compile(
    r"\b(?:road|highway|axis|motorway|expressway|railway) (?:from |to )?\Z",
    re.IGNORECASE,
)
_UNIT_WORDS = (
    "district|subdistrict|cercle|circle|county|commune|municipality|prefecture|"
    "sub-?prefecture|territory|department|arrondissement|canton|woreda|raion|tehsil|taluka?|"
    "upazila|local government(?: area)?|l\\.?g\\.?a\\.?"
)
_UNIT_AFTER = re.compile(rf"\s+(?:{_UNIT_WORDS}|township|locality)\b", re.IGNORECASE)
_UNIT_BEFORE = re.compile(rf"\b(?:{_UNIT_WORDS}) of (?:the )?\Z", re.IGNORECASE)
_PHRASES = (_NEARNESS, _ROAD_BEFORE, _DIRECTION)
_PHRASE_WORDS, _UNIT_BEFORE_WORDS = Anchored(_PHRASES), Anchored([_UNIT_BEFORE])
# _DIRECTION counts only with a number of some unit, or with a bearing.
_UNIT_OR_BEARING = re.compile("km|kilo|mi|north|south|east|west")
_WORD_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a few": 3, "few": 3,
}  # fmt: skip
_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
_KM_PER_MILE = 1.609
_REACH = 90  # characters before a name that may hold its directional phrase


@dataclass(frozen=True, slots=True)
class Offset:
    """'20 km north of': how far, which way, and where the phrase starts."""

    start: int
    km: float | None
    bearing: float | None


def offset_before(text: str, sentence_start: int, spot: Spot) -> Offset | None:
    """Return the directional or nearness phrase that ends where the name starts."""
    begin = max(sentence_start, spot.start - _REACH)
    window = text[begin : spot.start]
    low = window.lower()
    possible = [_PHRASES[number] for number in _PHRASE_WORDS.possible(low)]
    near = _last(_NEARNESS, window) if _NEARNESS in possible else None
    if near is not None:
        return Offset(begin + near, None, None)
    if _ROAD_AFTER.match(text, spot.end) or (
        _ROAD_BEFORE in possible and _ROAD_BEFORE.search(window)
    ):
        return Offset(spot.start, None, None)
    if not (_DIRECTION in possible and _UNIT_OR_BEARING.search(low)):
        return None
    for match in _DIRECTION_STARTS.finditer(window):
        full = _DIRECTION.match(window, match.start())
        if full and (full["count"] or full["bearing"]):
            km = _kilometres(full["count"], full["unit"])
            bearing = _BEARINGS.get((full["bearing"] or "").lower().replace("-", ""))
            if km is None and bearing is None:
                continue
            return Offset(begin + full.start(), km, bearing)
    return None


def names_unit(text: str, spot: Spot) -> bool:
    """Say whether the words make a town's name a district's: 'Bankass cercle'."""
    window = text[max(0, spot.start - _REACH) : spot.start]
    after = _UNIT_AFTER.match(text, spot.start + len(spot.text))
    if after is not None:
        return True
    return (
        _UNIT_BEFORE_WORDS.finds(window.lower())
        and _UNIT_BEFORE.search(window) is not None
    )


def _last(pattern: re.Pattern[str], window: str) -> int | None:
    """Return where the last (shortest) match of an end-anchored pattern starts."""
    at, found = 0, None
    while match := pattern.search(window, at):
        found, at = match.start(), match.start() + 1
    return found


_DIRECTION_STARTS = re.compile(
    r"(?<![\w.])(?:\d|[a-z]+(?:[- ][a-z]+)?\s*-?(?:km|kilomet|mile)|(?:to the |due |just )?(?:north|south|east|west))",
    re.IGNORECASE,
)


def _kilometres(count: str | None, unit: str | None) -> float | None:
    if not count or not unit:
        return None
    words = count.lower()
    number: float | None = _WORD_NUMBERS.get(words) or _WORD_NUMBERS.get(
        words.split()[-1]
    )
    if number is None:
        try:
            number = float(words)
        except ValueError:
            return None
    return number * (_KM_PER_MILE if unit.lower().startswith("mi") else 1.0)
