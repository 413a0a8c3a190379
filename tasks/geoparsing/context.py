"""What the words around a name say: its container, its class, its weight for the country."""

import re
from itertools import pairwise

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import Mention, SentenceTokens
from tasks.geoparsing.values import ToponymClass
from tasks.reference.gazetteer import Place
from tasks.reference.places.geodesy import distance_km
from tasks.text.anchors import Anchored

_CONTAINER_GAP = re.compile(
    r"(?:\s*,\s*|\s*\(\s*|\s*,? in (?:the )?(?:[a-z]+(?:ern)? )?(?:region of |province of |state of |part of )?"
    r"|, (?:the |an? )?(?:[a-z-]+ ){0,2}(?:capital|headquarters|seat|hub|cent(?:re|er)|town|city|village|port)"
    r" (?:of|in) (?:the )?(?:[a-z]+ern )?)\Z"
)
_QUARTER_GAP = re.compile(
    r"(?:\s*,\s*|,? (?:[a-z]+ )?(?:of|in) (?:the )?(?:(?:city|town|municipality) of )?)\Z"
)
_QUARTERS = frozenset(
    {"barangay", "brgy", "sitio", "purok", "quarter", "neighbourhood", "neighborhood",
     "suburb", "ward", "poblacion", "kampung", "mohalla", "colonia", "barrio"}
)  # fmt: skip
_POSSESSED = re.compile(
    r"(?: (?:Region|State|Province|Governorate|District|Department|County))?['’]s?\s+(?:[a-z-]+\s+){0,4}\Z"
)
_QUARTER_KM = 40.0  # farther from its town, a namesake is another place
_UNITS = frozenset({"country", "admin1", "admin2", "region", "continent", "island"})
_BACKGROUND = re.compile(
    r"\b(?:since|in|until|from|of|between|during|after) (?:(?:january|february|march|april|may|june|july|august|september|october|november|december) )?"
    r"(?:19\d\d|20\d\d)\b|\b(?:years? ago|decades?|last year|history|historic)\b",
    re.IGNORECASE,
)

_BACKGROUND_WORDS = Anchored([_BACKGROUND])


def link_containers(text: str, found: SentenceTokens) -> None:
    """Tie 'Goundam, in Mali's northern Timbuktu region' together, right to left."""
    mentions = [m for m in found.mentions if m.toponym_class is not ToponymClass.PERSON]
    for left, right in pairwise(mentions):
        between = text[left.end : right.start]
        if len(between) > 60 or left.toponym_class is ToponymClass.DEMONYM:
            continue
        if _holds(left, right, between):
            left.container = right
    for left, right in pairwise(mentions):
        # "Mali's northern Timbuktu region", "Nigeria's Borno state"
        if (
            right.container is None
            and _POSSESSED.match(text[left.end : right.start])
            and any(p.kind in _UNITS for p in left.candidates)
        ):
            right.container = left


def _holds(left: Mention, right: Mention, between: str) -> bool:
    """Say whether the second name is the unit of the first, or the town of a quarter."""
    if is_quarter(left) and _QUARTER_GAP.match(between):
        return True
    is_unit = any(p.kind in _UNITS for p in right.candidates)
    return is_unit and _CONTAINER_GAP.match(between) is not None


def is_quarter(mention: Mention) -> bool:
    """Say whether the words beside a name make it a part of a town: 'Barangay Poblacion'."""
    return mention.before in _QUARTERS or mention.after in _QUARTERS


def class_hint(found: SentenceTokens, mention: Mention, lexicon: Lexicon) -> str:
    """Return 'admin', 'district', 'town' or '' from the words beside a name."""
    after = mention.after
    if after in lexicon.admin_words:
        return "admin"
    if after in lexicon.district_words:
        return "district"
    tokens = found.tokens
    at = mention.first_token
    if at >= 2 and tokens[at - 1].low == "of":
        hint = _hint_of(tokens[at - 2].low, lexicon)
        if hint:
            return hint
    if at >= 1 and tokens[at - 1].low in lexicon.town_words:
        return "town"
    return "town" if after in {"city", "town", "village"} else ""


def _hint_of(head: str, lexicon: Lexicon) -> str:
    """Return what a class word before 'of' says of the name."""
    if head in lexicon.town_words:
        return "town"
    if head in lexicon.admin_words:
        return "admin"
    return "district" if head in lexicon.district_words else ""


def is_background(sentence_text: str) -> bool:
    """Say whether a sentence speaks of other years."""
    if not _BACKGROUND_WORDS.finds(sentence_text.lower()):
        return False
    return _BACKGROUND.search(sentence_text) is not None


def position_weight(index: int, paragraph: int, background: bool) -> float:
    """Return how much a sentence counts for the main event's country."""
    weight = 3.0 if paragraph == 0 or index <= 1 else max(0.5, 2.0 / (1 + 0.25 * index))
    return weight * (0.3 if background else 1.0)


def fits(inner: Place, outer: Place) -> bool:
    """Say whether `inner` lies in `outer`, as far as the gazetteer can tell."""
    if inner.place_id == outer.place_id or inner.country is None:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "admin1":
        return inner.country == outer.country and inner.admin1 == outer.admin1
    if outer.kind == "admin2":
        return (
            inner.country == outer.country
            and inner.admin1 == outer.admin1
            and (inner.admin2 == outer.admin2 or inner.kind != "admin1")
        )
    if outer.kind in {"city", "town"}:
        return outer.country == inner.country and _is_beside(inner, outer)
    return outer.country == inner.country and outer.kind in {"region", "island", "area"}


def _is_beside(inner: Place, outer: Place) -> bool:
    gap = distance_km(inner.latitude, inner.longitude, outer.latitude, outer.longitude)
    return gap <= _QUARTER_KM
