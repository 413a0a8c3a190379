"""Votes of all reports of a story on who stands on which side."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.coding.roles.slots import Slot
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import Story
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch, as_militia, place_in, recast

UNARMED = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})
CROWDS = frozenset({ActorKind.PROTESTERS, ActorKind.RIOTERS})
_ON_UNARMED = frozenset(
    {"kill", "shoot", "abduct", "rape", "beat", "bomb", "shell", "mob"}
)
_KILLING = frozenset({"kill", "shoot", "death"})
_BEGINNING = frozenset({"raid", "attack", "ambush", "take", "suicide"})
_REPELLED_SHARE = 0.3  # of the votes of those who killed whoever attacked them
_TITLE_WEIGHT = 1.5
_MUTUAL_SHARE = 0.4  # equals: the order of mention says little about who began


@dataclass(slots=True)
class Candidate:
    """An actor with its support for a side; `best` is the clearest mention."""

    match: ActorMatch
    weight: float
    rule_id: str
    first: int

    @property
    def kind(self) -> ActorKind:
        """Return the actor's kind in the event's country."""
        return self.match.kind


@dataclass(slots=True)
class Ballot:
    """Candidates of both sides, and what is attacked without being a person."""

    initiators: dict[str, Candidate] = field(default_factory=dict)
    targets: dict[str, Candidate] = field(default_factory=dict)
    things: dict[str, float] = field(default_factory=dict)
    mutual: float = 0.0
    together: set[frozenset[str]] = field(default_factory=set)  # 'A and B attacked'

    def ranked(self, side: str) -> list[Candidate]:
        """Return a side's candidates, best first, ties in text order."""
        pool = self.initiators if side == "initiators" else self.targets
        return sorted(pool.values(), key=lambda c: (-c.weight, c.first))


def weight_of(report: Report, story: Story) -> float:
    """Return how much a report counts: the lead most, the tail least."""
    paragraph = report.paragraph
    near = abs(paragraph - story.anchor.paragraph)
    base = {0: 3.0, 1: 2.0, 2: 1.3}.get(near, 1.0)
    if paragraph == 0:
        base = _TITLE_WEIGHT
    return base * max(1, report.strength) / 3


def count_votes(story: Story, country: str | None) -> Ballot:
    """Return the ballot of a story."""
    ballot = Ballot()
    for report in story.reports:
        weight = weight_of(report, story)
        if report.roles.is_mutual:
            ballot.mutual += weight
            weight *= _MUTUAL_SHARE
        fights = report.roles.is_mutual and report.act == "fight"
        holds = report.roles.trigger.act == "hold" and report.roles.is_passive
        doers = () if holds else report.roles.initiators  # 'the part of town held by X'
        repelled = _REPELLED_SHARE if _kills_attackers(story, report) else 1.0
        names = _add(
            ballot.initiators, doers, weight * repelled, country, is_armed=fights
        )
        ballot.together |= {frozenset((a, b)) for a in names for b in names if a != b}
        unarmed = report.act in _ON_UNARMED and country is not None
        _add(
            ballot.targets, report.roles.targets, weight, country,
            is_victim_only=unarmed, is_armed=fights,
        )  # fmt: skip
        for slot in report.roles.targets:
            if slot.thing is not None:
                for cls in slot.thing.classes:
                    ballot.things[cls] = ballot.things.get(cls, 0.0) + weight
    return ballot


def _kills_attackers(story: Story, report: Report) -> bool:
    """'militants who stormed the port were shot dead by troops': the militants began."""
    struck = {s.start for s in report.roles.targets if s.party is not None}
    return (
        bool(struck)
        and report.act in _KILLING
        and any(
            other.view is report.view and s.start in struck
            for other in story.reports
            if other.act in _BEGINNING
            for s in other.roles.initiators
        )
    )


def _add(
    pool: dict[str, Candidate],
    slots: Iterable[Slot],
    weight: float,
    country: str | None,
    *,
    is_victim_only: bool = False,
    is_armed: bool = False,
) -> list[str]:
    names: list[str] = []
    for rank, slot in enumerate(s for s in slots if s.party is not None):
        match = slot.party
        assert match is not None
        placed = place_in(match, country) if country else match
        placed = as_militia(placed) if is_armed else placed
        if (
            is_victim_only
            and match.generic
            and placed.kind is ActorKind.IDENTITY_MILITIA
        ):
            placed = recast(match, ActorKind.CIVILIANS, placed.country or country or "")
        names.append(placed.name)
        share = weight / (1 + 0.25 * rank)
        known = pool.get(placed.name)
        if known is None:
            pool[placed.name] = Candidate(placed, share, slot.rule_id, placed.start)
        else:
            known.weight += share
    return names
