"""When a name may be believed: its letter case, its date, its country, its company."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tasks.reference.actor_book.model import Alias, ListedActor
from tasks.reference.actor_book.tables import load_words

_SHORT = 3  # letters up to which an acronym must be written in capitals


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the document says about the ambiguous names in it."""

    hinted: tuple[str, ...]  # ISO3 the caller believes in, best first
    named: frozenset[str]  # ISO3 named in the text
    introduced: frozenset[str]  # actors the text names in full, and their kin
    on: date | None


@lru_cache(maxsize=8192)  # asked of every name a text holds; there are few thousand
def is_acronym(alias: str) -> bool:
    """Return whether a name is an acronym ('FARDC', '3R', 'FAMa'), not a word."""
    letters = [char for char in alias if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return " " not in alias and capitals >= 2 and capitals * 2 > len(letters)


def case_fits(alias: str, text: str, start: int, end: int) -> bool:
    """Return whether the text writes the name as a name.

    'is' is not IS, nor is the IS of a headline in capitals; 'fano' in lower case is
    not Fano; but newspapers write Farc and Isis for long acronyms.
    """
    surface = text[start:end]
    if is_acronym(alias) and len(alias.replace(".", "")) <= _SHORT:
        return surface.upper() == surface and not _shouted(text, start, end)
    if not has_capital(alias) or surface[:1].isupper():
        return True
    return any(char.isupper() or char.isdigit() for char in surface)


@lru_cache(maxsize=8192)
def has_capital(alias: str) -> bool:
    """Return whether a name is written with a capital."""
    return any(char.isupper() for char in alias)


def _shouted(text: str, start: int, end: int) -> bool:
    """Return whether a common short word is in capitals because everything is."""
    word = text[start:end].replace(".", "").lower()
    if word not in load_words()["short_word"]:
        return False
    around = text[max(0, start - 20) : start] + text[end : end + 20]
    return not any(char.islower() for char in around)


def believed(
    aliases: Sequence[Alias],
    actors: Mapping[str, ListedActor],
    near: Surroundings,
    *,
    has_war_noun: bool,
) -> Alias | None:
    """Return the alias these surroundings support best; None when none does.

    An unconditional alias always stands; 'country' needs the actor's country or
    its full name in the text; 'context' needs the full name, or the country and a
    word such as 'rebels' beside it.
    """
    support: dict[str, int] = {}
    for alias in aliases:
        if alias.is_valid(near.on):
            found = _support(alias, actors, near, has_war_noun=has_war_noun)
            support[alias.actor_id] = max(found, support.get(alias.actor_id, 0))
    sure = {alias.actor_id for alias in aliases if alias.condition == ""}
    actor_id = _likeliest(support, sure)
    fitting = (a for a in aliases if a.actor_id == actor_id and a.is_valid(near.on))
    return next(fitting, None)


def _likeliest(support: Mapping[str, int], sure: Collection[str]) -> str | None:
    """Return the one actor with most support; a tie leaves whoever needs no condition.

    Two branches of Islamic State in Niger leave Islamic State itself.
    """
    best = max(support.values(), default=0)
    first = [actor_id for actor_id in sorted(support) if support[actor_id] == best]
    if best and len(first) == 1:
        return first[0]
    rest = [actor_id for actor_id in first or () if actor_id in sure]
    rest = rest or [a for a in sorted(support) if a in sure and support[a] > 0]
    return rest[0] if len(rest) == 1 else None


def _support(
    alias: Alias,
    actors: Mapping[str, ListedActor],
    near: Surroundings,
    *,
    has_war_noun: bool,
) -> int:
    """Return 0 for not believed, else how strongly."""
    if alias.actor_id in near.introduced:
        return 100
    place = _place_support(actors[alias.actor_id].countries, near)
    if alias.condition == "":
        # Less than a conditional name in its own, hinted country: al-Shabaab in
        # Mozambique is not the Somali group.
        return 15 + place
    if alias.condition == "country":
        return place
    return place if has_war_noun else 0


def _place_support(countries: Sequence[str], near: Surroundings) -> int:
    """Return more for an earlier hint, and more for an actor's main country."""
    for rank, iso3 in enumerate(near.hinted[:10]):
        if iso3 in countries:
            return 40 - 2 * rank + (iso3 == countries[0])
    if countries and countries[0] in near.named:
        return 20
    return 10 if any(iso3 in near.named for iso3 in countries) else 0
