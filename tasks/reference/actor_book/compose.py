"""From hits to candidates: a country or a people before (or after) a noun."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tasks.model.coding import ActorKind
from tasks.reference.actor_book.conditions import case_fits
from tasks.reference.actor_book.lexicon import CountryForm, Hit
from tasks.reference.actor_book.model import ActorMatch, Ethnicity, Noun
from tasks.reference.actor_book.peoples import first_of_two, unlisted_before
from tasks.reference.actor_book.resolve import communal_template, resolve_country
from tasks.reference.actor_book.tables import load_forces, load_words
from tasks.text.fold import fold

_MAX_WORDS = 4  # between 'Malian' and 'soldiers'
# Read backwards: a search for what ends here would begin at every letter before.
_DROW = re.compile(r"\n? ([\w'-]{1,30})")
_OF = re.compile(r" (?:of|from|loyal to) (?:the )?")
_UNCOUNTED = frozenset({"people", "persons", "youths", "young men"})  # then weak
_WEAK = 0.4
_NUMBER = re.compile(r"\d[\d,.]*$")
_HYPHEN = re.compile(r"-[a-z]")
_WORD_AFTER = re.compile(r"[ -]([\w-]{1,24})")
_CIVIL_KINDS = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.RIOTERS})
_TEMPLATES = {
    ActorKind.CIVILIANS: "Civilians ({country})",
    ActorKind.PROTESTERS: "Protesters ({country})",
    ActorKind.RIOTERS: "Rioters ({country})",
    ActorKind.UNIDENTIFIED: "Unidentified {unidentified_form} ({country})",
    ActorKind.POLITICAL_MILITIA: "Vigilante militia ({country})",
}
_MILITIAS = {"pro-government militia": "Pro-government militia ({country})"}
_MISSIONS = {
    "un": "United Nations Peacekeepers",
    "au": "African Union Forces",
    "foreign": "Foreign Forces",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Country and people words of a text by where they start and end."""

    by_end: dict[int, tuple[Hit, CountryForm]]
    by_start: dict[int, tuple[Hit, CountryForm]]
    peoples_by_end: dict[int, tuple[Hit, Ethnicity]]


def index_places(text: str, hits: Sequence[Hit], hinted: Sequence[str]) -> Places:
    """Return the country and people words that the text writes as names."""
    places = Places({}, {}, {})
    for hit in hits:
        form = _country_form(text, hit, hinted)
        if form is not None and not _is_elsewhere(text, hit, form, hinted):
            _keep_longest(places, hit, form)
        people = hit.entry.ethnicity
        if people is not None and text[hit.start].isupper():
            places.peoples_by_end[hit.end] = (hit, people)
    return places


def _keep_longest(places: Places, hit: Hit, form: CountryForm) -> None:
    rival = places.by_end.get(hit.end)
    if rival is None or rival[0].start > hit.start:
        places.by_end[hit.end] = (hit, form)
    longer = places.by_start.get(hit.start)
    if longer is None or longer[0].end < hit.end:
        places.by_start[hit.start] = (hit, form)


def _country_form(text: str, hit: Hit, hinted: Sequence[str]) -> CountryForm | None:
    fitting = [
        form
        for form in hit.entry.countries
        if text[hit.start].isupper() and case_fits(form.form, text, hit.start, hit.end)
    ]
    for iso3 in hinted:
        for form in fitting:
            if form.iso3 == iso3:
                return form
    return fitting[0] if fitting else None


def _is_elsewhere(
    text: str, hit: Hit, form: CountryForm, hinted: Sequence[str]
) -> bool:
    """Return whether the word is a namesake: Niger State, New Mexico, Georgia (USA)."""
    after = _WORD_AFTER.match(text, hit.end)
    if after is not None and fold(after.group(1)) in load_words()["not_country_before"]:
        return True
    if text[max(0, hit.start - 4) : hit.start] == "New ":
        return True
    namesake = fold(form.form) in load_words()["namesake_in_usa"]
    return namesake and "USA" in hinted and form.iso3 not in hinted


def noun_candidates(
    text: str, folded: str, hits: Sequence[Hit], places: Places
) -> Iterator[ActorMatch]:
    """Yield a candidate for every noun that means somebody here, longest nouns first.

    'border guards' comes before 'border' with 'guards': of equal spans the first wins.
    """
    peoples = {end: people for end, (_, people) in places.peoples_by_end.items()}
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        noun = hit.entry.noun
        if noun is None or noun.needs_actor or _is_adjunct(folded, hit, noun):
            continue
        start, form, people = _owner(folded, hit.start, places, noun)
        if form is None and people is None:
            start, people = unlisted_before(text, hit.start, noun) or (start, None)
        end = hit.end
        if form is None and noun.force is not None:
            end, form = _owner_after(folded, hit.end, places)
        if (noun.needs_country and form is None) or (
            noun.needs_people and start == hit.start
        ):
            continue
        match = _build(text, (start, end), noun, form, people)
        if noun.needs_count and people is None and not _is_counted(folded, start):
            if folded[hit.start : hit.end] not in _UNCOUNTED:
                continue
            match = replace(match, confidence=_WEAK)
        yield match
        if form is not None and end == hit.end:
            for begin, stop, first in countries_beside(folded, start, places):
                yield _build(text, (begin, stop), noun, first, None)
        if people is not None:
            for begin, stop, other in first_of_two(text, start, noun, peoples):
                yield _build(text, (begin, stop), noun, None, other)


def countries_beside(
    folded: str, start: int, places: Places
) -> Iterator[tuple[int, int, CountryForm]]:
    """Yield the countries told before one: 'Thai', 'Lao' of 'Thai, Lao and Burmese troops'."""
    joint = _AND.search(folded, max(0, start - 12), start)
    while joint is not None:
        found = places.by_end.get(joint.start())
        if found is None or not _describes(found[1]):
            return
        hit, form = found
        yield hit.start, hit.end, form
        joint = _COMMA.search(folded, max(0, hit.start - 12), hit.start)


def _describes(form: CountryForm) -> bool:
    return form.is_adjective or form.form in _BOTH


_BOTH = frozenset({"US", "U.S.", "UK", "U.K."})  # names that also stand before nouns
_AND = re.compile(r",? (?:and|as well as) (?:the )?$")
_COMMA = re.compile(r", (?:the )?$")


def _is_adjunct(folded: str, hit: Hit, noun: Noun) -> bool:
    """Return whether the noun only qualifies another: 'military coup', 'rebel-held'."""
    if _HYPHEN.match(folded, hit.end):
        return True
    if noun.kind is not ActorKind.STATE_FORCES:
        return False
    after = _WORD_AFTER.match(folded, hit.end)
    return after is not None and after.group(1) in load_words()["adjunct_stop"]


def _owner(
    folded: str, start: int, places: Places, noun: Noun
) -> tuple[int, CountryForm | None, Ethnicity | None]:
    """Return where the whole phrase starts, and the country or people before it."""
    modifiers = load_words()["modifier"]
    at = start
    for _ in range(_MAX_WORDS):
        found = _place_ending(folded, at, places, noun)
        if found is not None:
            return found
        word = _DROW.match(folded[max(0, at - 31) : at][::-1])
        if word is None or word.group(1)[::-1] not in modifiers:
            break
        at -= word.end()
    return start, None, None


def _place_ending(
    folded: str, at: int, places: Places, noun: Noun
) -> tuple[int, CountryForm | None, Ethnicity | None] | None:
    if at == 0 or folded[at - 1] not in " -":
        return None
    end = at - 1
    possessive = folded[max(0, end - 2) : end] == "'s"
    if possessive:
        end -= 2
    elif folded[end - 1 : end] == "'":
        end, possessive = end - 1, True
    if end in places.peoples_by_end and not possessive and noun.force is None:
        hit, people = places.peoples_by_end[end]
        return hit.start, None, people
    if end not in places.by_end:
        return None
    hit, form = places.by_end[end]
    # 'in Gaza people' is no nationality; 'Mali army' is an owner.
    if not form.is_adjective and not possessive and noun.force is None:
        return None
    return hit.start, form, None


def _owner_after(
    folded: str, end: int, places: Places
) -> tuple[int, CountryForm | None]:
    of = _OF.match(folded, end)
    if of is None or of.end() not in places.by_start:
        return end, None
    hit, form = places.by_start[of.end()]
    if form.is_adjective and form.form not in _BOTH:
        return end, None
    if folded[hit.end : hit.end + 2] == "'s":
        return (
            end,
            None,
        )  # 'a checkpoint of Syria's security forces' names its owner itself
    return hit.end, form


def _is_counted(folded: str, start: int) -> bool:
    """Return whether a number or quantifier stands within two words before."""
    words = folded[max(0, start - 40) : start].split(" ")
    quantifiers = load_words()["quantifier"]
    near = [word.strip("(,\"'") for word in words[-4:-1]]
    return any(word in quantifiers or _NUMBER.match(word) for word in near if word)


def _build(
    text: str,
    span: tuple[int, int],
    noun: Noun,
    form: CountryForm | None,
    people: Ethnicity | None,
) -> ActorMatch:
    """Return the match of a generic noun, completed if its country is said."""
    start, end = span
    kind = _kind_among(noun, people)
    iso3 = form.iso3 if form else None
    match = ActorMatch(
        start,
        end,
        text[start:end],
        None,
        _bare_name(template := _template(noun, kind, people)),
        kind,
        iso3,
        listed=False,
        generic=True,
        noun=noun.noun,
        is_organisation=noun.is_organisation,
        confidence=_confidence(noun, iso3),
        force=noun.force,
        template=template if "{" in template else None,
        rule_id=f"actor.noun.{noun.noun.replace(' ', '-')}",
    )
    return resolve_country(match, iso3) if iso3 else match


def _kind_among(noun: Noun, people: Ethnicity | None) -> ActorKind:
    """Return the noun's kind; armed members of a people are a communal militia."""
    armed = noun.kind is ActorKind.UNIDENTIFIED
    if people is not None and armed and noun.noun not in {"rebels", "separatists"}:
        return ActorKind.IDENTITY_MILITIA
    return noun.kind


def _template(noun: Noun, kind: ActorKind, people: Ethnicity | None) -> str:
    if noun.kind is ActorKind.STATE_FORCES:
        return load_forces()[noun.force or "military"].template
    if people is not None and kind is ActorKind.IDENTITY_MILITIA:
        return f"{people.name} ethnic militia ({{country}})"
    if people is not None and kind in _CIVIL_KINDS:
        return f"{people.name} {kind.value} ({{country}})"
    if kind is ActorKind.IDENTITY_MILITIA:
        return communal_template(noun.noun)
    if kind is ActorKind.EXTERNAL_FORCES:
        return _MISSIONS[noun.force or "foreign"]
    return _MILITIAS.get(noun.noun) or _TEMPLATES[kind]


@lru_cache(maxsize=1024)  # there are few templates, but for those of peoples
def _bare_name(template: str) -> str:
    """Return the template without its country part: 'Military Forces'."""
    bare = template.replace(
        "Unidentified {unidentified_form}", "Unidentified Armed Group"
    )
    return re.sub(r" (?:of \{of_country\}|\(\{country\}\))", "", bare)


def _confidence(noun: Noun, iso3: str | None) -> float:
    if noun.is_weak:
        return _WEAK
    return 0.9 if iso3 else 0.7
