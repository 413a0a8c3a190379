"""Locations the sentences of a text offer for one trigger, and the choice among them."""

from typing import NamedTuple

from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import Spot
from tasks.geoparsing.values import Located

FINER_THRESHOLD = 0.12  # for a place inside the one believed
ELSEWHERE_THRESHOLD = 0.03  # for a place another sentence names


class Offer(NamedTuple):
    """A location some sentence offers, and how far to believe it."""

    score: float
    located: Located
    spot: Spot
    found: SentenceTokens

    @property
    def is_fine(self) -> bool:
        """Say whether it is finer than a first-level unit."""
        location = self.located.location
        return location.where_prec not in {4, 6, 7} and location.geo_precision != 3


def finer_inside(offers: list[Offer]) -> Offer:
    """Return the best location, or a place of the same sentence that lies inside it."""
    best = offers[0]
    if best.is_fine:
        return best
    unit = best.located.location
    for other in offers[1:]:
        inner = other.located.location
        same = inner.country == unit.country and unit.admin1 in {None, inner.admin1}
        if other.is_fine and same and other.score >= FINER_THRESHOLD:
            return other
    return best


def best_of(offers: list[Offer]) -> Offer | None:
    """Return the best fine location of all sentences, else the best coarse one."""
    for wanted in (True, False):
        fitting = [
            t for t in offers if t.is_fine is wanted and t.score >= ELSEWHERE_THRESHOLD
        ]
        if fitting:
            return max(fitting, key=lambda t: t.score)
    return None
