"""Candidates for names of the list and of states' own forces."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tasks.reference.actor_book.conditions import Surroundings, believed, case_fits
from tasks.reference.actor_book.lexicon import Hit
from tasks.reference.actor_book.model import ActorMatch, Alias, ListedActor
from tasks.reference.actor_book.tables import load_words

_NEAR = 30  # characters in which 'rebels' or 'the group' speaks for a short name
_WAR_NOUN = re.compile(
    r"\b(?:rebels?|fighters?|militants?|militias?|militiam[ae]n|insurgents?|guerrillas?"
    r"|gunm[ae]n|jihadis\w*|separatists?|armed|group|movement|front|alliance|coalition"
    r"|faction|army|forces?|troops|soldiers|gang|cartel|terrorists?|combatants?"
    r"|paramilitar\w+|known as|self-styled)\b"
)
_SUFFIX = re.compile(r"-[a-z]+")


def surroundings(
    text: str,
    hits: Sequence[Hit],
    hinted: Sequence[str],
    on: date | None,
    actors: Mapping[str, ListedActor],
) -> Surroundings:
    """Return what the document says about its ambiguous names."""
    named: set[str] = set()
    introduced: set[str] = set()
    for hit in hits:
        for form in hit.entry.countries:
            if text[hit.start].isupper() and case_fits(
                form.form, text, hit.start, hit.end
            ):
                named.add(form.iso3)
    for hit in _outermost(hits):
        introduced.update(_introduced(text, hit, on))
    return Surroundings(
        tuple(hinted), frozenset(named), frozenset(_with_kin(introduced, actors)), on
    )


def _outermost(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits of names that lie in no longer name: not Shabaab in al-Shabaab."""
    names = [hit for hit in hits if hit.entry.aliases]
    end = 0
    for hit in sorted(names, key=lambda hit: (hit.start, -hit.end)):
        if hit.end > end:
            end = hit.end
            yield hit


def _introduced(text: str, hit: Hit, on: date | None) -> Iterator[str]:
    """Yield the actor a name certainly means: one that nobody else bears."""
    valid = [alias for alias in hit.entry.aliases if alias.is_valid(on)]
    if len({alias.actor_id for alias in valid}) != 1:
        return
    for alias in valid:
        if alias.condition == "" and case_fits(alias.alias, text, hit.start, hit.end):
            yield alias.actor_id
            return


def _with_kin(ids: set[str], actors: Mapping[str, ListedActor]) -> Iterator[str]:
    """Yield the actors and those of their coalitions: CSP-PSD vouches for CMA."""
    for actor_id in sorted(ids):
        yield actor_id
        yield from actors[actor_id].coalitions


def named_candidates(
    text: str,
    folded: str,
    hits: Sequence[Hit],
    near: Surroundings,
    actors: Mapping[str, ListedActor],
) -> Iterator[ActorMatch]:
    """Yield a candidate for every alias the document supports."""
    for hit in hits:
        fitting = [
            alias
            for alias in hit.entry.aliases
            if case_fits(alias.alias, text, hit.start, hit.end)
        ]
        if not fitting or _is_prefix(folded, hit):
            continue
        alias = believed(fitting, actors, near, has_war_noun=_has_war_noun(folded, hit))
        if alias is not None:
            yield _match(text, hit, alias, actors[alias.actor_id])


def _is_prefix(folded: str, hit: Hit) -> bool:
    """Return whether the name only qualifies: 'Hezbollah-controlled'."""
    suffix = _SUFFIX.match(folded, hit.end)
    return suffix is not None and suffix.group() not in load_words()["linking_suffix"]


def _has_war_noun(folded: str, hit: Hit) -> bool:
    before = folded[max(0, hit.start - _NEAR) : hit.start]
    after = folded[hit.end : hit.end + _NEAR]
    return bool(_WAR_NOUN.search(before) or _WAR_NOUN.search(after))


def _match(text: str, hit: Hit, alias: Alias, actor: ListedActor) -> ActorMatch:
    return ActorMatch(
        hit.start,
        hit.end,
        text[hit.start : hit.end],
        actor.actor_id,
        actor.name,
        actor.kind,
        actor.countries[0] if actor.countries else None,
        listed=True,
        generic=False,
        noun=None,
        is_organisation=True,
        confidence=0.95 if alias.condition == "" else 0.8,
        force=_force(actor.actor_id),
        rule_id=f"actor.alias.{alias.condition or 'sure'}",
    )


def _force(actor_id: str) -> str | None:
    """Return the branch of a generated state force's id."""
    if not actor_id.startswith("state-"):
        return None
    return actor_id.split("-", 2)[2].replace("-", "_")
