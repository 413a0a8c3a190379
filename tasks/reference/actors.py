"""Actors of a text: listed groups, state forces, generic nouns, unseen groups.

    book = load_actors()
    for match in book.find(text, countries=("MLI",), on=date(2023, 9, 18)):
        side = place_in(match, "MLI")   # fills countries, external forces

`find` says what the words are; `place_in` says what they are in an event's country;
`recast` gives a noun the role the event shows (students who march are protesters);
`coreference` tells which name 'the group' or '(CMA)' stands for.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from tasks.reference.actor_book.compose import Places, index_places, noun_candidates
from tasks.reference.actor_book.coreference import antecedents, coreference
from tasks.reference.actor_book.dynamic import DynamicPatterns
from tasks.reference.actor_book.generated import state_actors, state_aliases
from tasks.reference.actor_book.lexicon import Hit, Lexicon
from tasks.reference.actor_book.model import ActorMatch, Alias, ListedActor
from tasks.reference.actor_book.named import named_candidates, surroundings
from tasks.reference.actor_book.resolve import (
    as_militia,
    is_external,
    of_force,
    place_in,
    recast,
    resolve_country,
)
from tasks.reference.actor_book.select import join, longest
from tasks.reference.actor_book.tables import load_aliases, load_listed
from tasks.text.fold import fold

__all__ = [
    "ActorBook",
    "ActorMatch",
    "antecedents",
    "as_militia",
    "coreference",
    "is_external",
    "iter_actor_aliases",
    "iter_actors",
    "load_actors",
    "of_force",
    "place_in",
    "recast",
    "resolve_country",
]


class ActorBook:
    """The actor reference, read-only and safe to share between threads."""

    def __init__(self) -> None:
        """Read the tables and compile the automaton."""
        self.actors = {actor.actor_id: actor for actor in iter_actors()}
        self._lexicon = Lexicon()
        self._dynamic = DynamicPatterns()

    def __len__(self) -> int:
        """Return the number of actors, generated state forces included."""
        return len(self.actors)

    def find(
        self,
        text: str,
        *,
        folded: str | None = None,
        countries: Sequence[str] = (),
        on: date | None = None,
    ) -> tuple[ActorMatch, ...]:
        """Return the actors mentioned, in order, longest and non-overlapping.

        `folded` is fold(text) if the caller has it; `countries` (ISO3, best first)
        and `on` decide ambiguous short names and renamed groups. Time is linear in
        the text.
        """
        low = fold(text) if folded is None else folded
        hits = list(self._lexicon.hits(low))
        near = surroundings(text, hits, countries, on, self.actors)
        named = list(named_candidates(text, low, hits, near, self.actors))
        places = index_places(text, hits, countries)
        nouns = noun_candidates(text, low, hits, places)
        unseen = self._unseen(text, low, places, named)
        matches = longest((*named, *unseen, *nouns))
        return tuple(join(text, low, matches, _members(hits)))

    def _unseen(
        self,
        text: str,
        folded: str,
        places: Places,
        named: Sequence[ActorMatch],
    ) -> Iterator[ActorMatch]:
        """Yield names of unlisted groups that no listed name overlaps."""
        words = [folded[hit.start : hit.end] for hit, _ in places.by_end.values()]
        words += [folded[h.start : h.end] for h, _ in places.peoples_by_end.values()]
        taken = sorted((match.start, match.end) for match in named)
        for match in self._dynamic.candidates(text, folded, words):
            at = bisect_left(taken, (match.end, 0))
            if at == 0 or taken[at - 1][1] <= match.start:
                yield match


def _members(hits: Sequence[Hit]) -> dict[int, Hit]:
    """Return the longest member noun at each start."""
    members: dict[int, Hit] = {}
    for hit in hits:
        known = members.get(hit.start)
        if hit.entry.is_member and (known is None or known.end < hit.end):
            members[hit.start] = hit
    return members


def load_actors() -> ActorBook:
    """Return the actor reference, compiled from the versioned tables."""
    return ActorBook()


def iter_actors() -> Iterator[ListedActor]:
    """Yield listed actors, then generated state forces: rows of table actors."""
    yield from load_listed()
    yield from state_actors()


def iter_actor_aliases() -> Iterator[Alias]:
    """Yield every alias: rows of table actor_aliases."""
    yield from load_aliases()
    yield from load_aliases("state_aliases.tsv")
    yield from state_aliases()
