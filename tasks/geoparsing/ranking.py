"""Chooses one gazetteer entry for each name: country first, then the place in it."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import exp, log10
from typing import NamedTuple

from tasks.geoparsing.context import class_hint, fits
from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import Mention, SentenceTokens
from tasks.geoparsing.unify import unify
from tasks.geoparsing.values import ToponymClass
from tasks.reference.gazetteer import Place
from tasks.reference.places.geodesy import distance_km
from tasks.reference.places.rows import NameClass

_KIND_PRIOR = {
    "country": 6.0, "continent": 5.0, "admin1": 2.6, "region": 3.2, "sea": 4.0,
    "admin2": 0.4, "lake": 2.0, "river": 2.0, "island": 2.0,
}  # fmt: skip
_SUPPLEMENT_PRIOR = 1.4  # like a town of 25,000: it is there because it is in the news
_SEAT_PENALTY = 2.0
_SMALL_TOWN = 5_000
_METROPOLIS = 500_000  # a city this large outweighs a region of its name elsewhere
_NEAR_KM = 120.0
_ROUNDS = 3
_CONTRADICTED = 0.3  # a vote for a place outside what the text says it is in
_NO_VOTES = 1e-9

Votes = dict[str, float]
_Anchors = dict[str | None, list[tuple[str, Place]]]  # by country: key, place


def choose_places(
    sentences: list[SentenceTokens], prior: Votes, lexicon: Lexicon
) -> tuple[Votes, dict[int, Votes]]:
    """Set `chosen` of every mention; return the votes for countries.

    The second value holds the votes of each paragraph: a round-up changes country from
    one paragraph to the next.
    """
    mentions = [
        (found, m)
        for found in sentences
        for m in found.mentions
        if m.toponym_class is not ToponymClass.PERSON
    ]
    hints = {id(m): class_hint(found, m, lexicon) for found, m in mentions}
    base = {id(m): _base_scores(m, hints[id(m)]) for _, m in mentions}
    _start(mentions, base)
    tally = _vote(mentions, prior)
    anchors: _Anchors = {}
    for turn in range(_ROUNDS):
        before = [m.chosen for _, m in mentions]
        for found, mention in mentions:
            _score(mention, base[id(mention)], tally.without(found, mention), anchors)
        unify(mentions, hints)
        if turn and before == [m.chosen for _, m in mentions]:
            break  # the same votes and anchors would choose the same again
        tally = _vote(mentions, prior)
        anchors = _anchors(mentions)
    return dict(tally.votes), {p: dict(v) for p, v in tally.local.items()}


@dataclass(slots=True)
class _Tally:
    """Votes for countries: the document's, each paragraph's, and each name's share.

    A name does not vote on itself, or its largest namesake would always win.
    """

    votes: Votes
    local: dict[int, Votes]
    own: dict[str, Votes]
    own_local: dict[tuple[int, str], Votes]
    total: float = 0.0
    local_totals: dict[int, float] = field(default_factory=dict)

    def add_up(self) -> None:
        """Sum the votes once all are cast."""
        self.total = sum(self.votes.values())
        self.local_totals = {p: sum(v.values()) for p, v in self.local.items()}

    def without(self, found: SentenceTokens, mention: Mention) -> "_Ballot":
        """Return what the other names say."""
        paragraph = _paragraph(found)
        own = self.own.get(mention.key, {})
        local = self.local.get(paragraph, {})
        own_local = self.own_local.get((paragraph, mention.key), {})
        return _Ballot(
            self.votes, own, local, own_local,
            self.total - sum(own.values()),
            self.local_totals.get(paragraph, 0) - sum(own_local.values()),
        )  # fmt: skip


class _Ballot(NamedTuple):
    votes: Votes
    own: Votes
    local: Votes
    own_local: Votes
    total: float
    local_total: float

    def share(self, country: str) -> float:
        """Return the country's share of the document's votes by other names."""
        return _share(self.votes, self.own, country, self.total)

    def local_share(self, country: str) -> float:
        """Return its share of the paragraph's votes by other names."""
        return _share(self.local, self.own_local, country, self.local_total)


def _share(votes: Votes, own: Votes, country: str, total: float) -> float:
    mine = votes.get(country, 0.0) - own.get(country, 0.0)
    return mine / total if total > _NO_VOTES and mine > _NO_VOTES else 0.0


def _start(
    mentions: list[tuple[SentenceTokens, Mention]], base: dict[int, list[float]]
) -> None:
    """Choose, to begin with, only where all candidates lie in one country."""
    for _, mention in mentions:
        scores = base[id(mention)]
        at = max(range(len(scores)), key=scores.__getitem__, default=None)
        if at is None:
            continue
        place = mention.candidates[at]
        if place.kind == "country" or len({c.country for c in mention.candidates}) == 1:
            mention.chosen, mention.score = place, scores[at]


def _paragraph(found: SentenceTokens) -> int:
    return found.sentence.paragraph


def _base_scores(mention: Mention, hint: str) -> list[float]:
    """Return the candidates' prior scores; 'in Donetsk' is the city, not its region."""
    scores = [_base_score(c, hint) for c in mention.candidates]
    units = [i for i, c in enumerate(mention.candidates) if _may_have_seat(c, hint)]
    if not units:
        return scores
    towns = {
        (c.country, c.admin1)
        for c in mention.candidates
        if c.name_class == NameClass.PREFERRED and _is_town(c)
    }
    towns |= {(c.country, None) for c in mention.candidates if _is_metropolis(c)}
    for at in units:
        unit = mention.candidates[at]
        if not towns.isdisjoint({(unit.country, unit.admin1), (unit.country, None)}):
            scores[at] -= _SEAT_PENALTY
    return scores


def _may_have_seat(place: Place, hint: str) -> bool:
    """Say whether a town of a unit's name would be meant rather than the unit."""
    return place.kind in {"admin1", "admin2"} and hint in {"", "town"}


def _is_town(place: Place) -> bool:
    """Say whether a place is known enough to be meant by its bare name."""
    return place.kind == "city" or (
        place.kind == "town"
        and (place.source == "supplement" or place.population >= _SMALL_TOWN)
    )


def _is_metropolis(place: Place) -> bool:
    return place.kind == "city" and place.population >= _METROPOLIS


def _base_score(place: Place, hint: str) -> float:
    """Return what a candidate is worth before anything is known of the document."""
    score = _KIND_PRIOR.get(place.kind, 0.0)
    if place.kind in {"city", "town", "village"} or place.source == "supplement":
        known = 0.45 * log10(place.population + 1)
        score += (
            max(known, _SUPPLEMENT_PRIOR) if place.source == "supplement" else known
        )
    elif place.kind == "admin1":
        score += 0.1 * log10(place.population + 1)
    if place.name_class == NameClass.ALIAS and place.kind != "country":
        score -= 0.7
    return score + _hint_score(place, hint)


def _hint_score(place: Place, hint: str) -> float:
    if not hint:
        return 0.0
    is_town = place.kind in {"city", "town", "village", "camp"}
    if hint == "admin":
        return (
            3.0 if place.kind == "admin1" else (1.0 if place.kind == "admin2" else -1.0)
        )
    if hint == "district":
        return 2.5 if place.kind == "admin2" else (0.5 if is_town else 0.0)
    return 2.5 if is_town else -0.5


def _score(
    mention: Mention,
    base: list[float],
    ballot: _Ballot,
    anchors: _Anchors,
) -> None:
    best: tuple[float, Place] | None = None
    votes: dict[str, tuple[float, float]] = {}  # homonyms of one country share them
    for prior, place in zip(base, mention.candidates, strict=True):
        country = place.country or ""
        if country not in votes:
            votes[country] = (
                4.0 * ballot.share(country),
                2.0 * ballot.local_share(country),
            )
        wide, local = votes[country]
        inside = _container_score(mention, place) if mention.container else 0.0
        score = prior + wide + local + (inside + _nearness(mention, place, anchors))
        if best is None or score > best[0]:
            best = (score, place)
    if best is not None:
        mention.score, mention.chosen = best


def _container_score(mention: Mention, place: Place) -> float:
    outer = mention.container.candidates if mention.container else ()
    return 5.0 if any(fits(place, unit) for unit in outer) else 0.0


def _nearness(mention: Mention, place: Place, anchors: _Anchors) -> float:
    """Return how close the other places of the document lie (0 to about 3)."""
    if place.kind in {"country", "continent", "sea", "region"}:
        return 0.0
    near = 0.0
    for key, anchor in anchors.get(place.country, ()):
        if key == mention.key:
            continue
        if anchor.kind == "admin1":
            near += 1.0 if anchor.admin1 == place.admin1 else 0.0
            continue
        gap = distance_km(
            place.latitude, place.longitude, anchor.latitude, anchor.longitude
        )
        near += exp(-gap / _NEAR_KM)
    return 3.0 * near / (near + 1.5)


def _anchors(mentions: list[tuple[SentenceTokens, Mention]]) -> _Anchors:
    """Return the distinct finer places chosen so far, at most thirty, by country."""
    seen: dict[str, tuple[str, Place]] = {}
    for _, mention in mentions:
        place = mention.chosen
        if (
            place
            and not mention.is_weak
            and place.kind not in {"country", "continent", "sea", "region"}
        ):
            seen.setdefault(place.place_id, (mention.key, place))
    anchors: _Anchors = {}
    for key, place in list(seen.values())[:30]:
        anchors.setdefault(place.country, []).append((key, place))
    return anchors


def _vote(mentions: list[tuple[SentenceTokens, Mention]], prior: Votes) -> _Tally:
    tally = _Tally(
        defaultdict(float, prior),
        defaultdict(lambda: defaultdict(float)),
        defaultdict(lambda: defaultdict(float)),
        defaultdict(lambda: defaultdict(float)),
    )
    for found, mention in mentions:
        place = mention.chosen
        if place is None or place.country is None:
            continue
        country, paragraph = place.country, _paragraph(found)
        strength = _strength(mention, place)
        tally.votes[country] += strength * mention.weight
        tally.own[mention.key][country] += strength * mention.weight
        tally.local[paragraph][country] += strength
        tally.own_local[paragraph, mention.key][country] += strength
    tally.add_up()
    return tally


def _strength(mention: Mention, place: Place) -> float:
    if mention.is_weak:
        return 0.1
    if mention.container and not _container_score(mention, place):
        return _CONTRADICTED
    if mention.toponym_class is ToponymClass.DEMONYM:
        return 0.7
    if mention.toponym_class is ToponymClass.ASSOCIATIVE:
        return 0.4
    if place.kind in {"country", "admin1"}:
        return 1.2
    return 1.0 if mention.container or _of_one_country(mention) else 0.6


def _of_one_country(mention: Mention) -> bool:
    """Say whether there are candidates and all lie in one country."""
    candidates = mention.candidates
    first = candidates[0].country if candidates else None
    return bool(candidates) and all(c.country == first for c in candidates)
