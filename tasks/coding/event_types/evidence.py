"""What the acts and the sides of a story say of its type."""

from collections import Counter

from tasks.coding.reading.document import Reading
from tasks.coding.sides.votes import Ballot, Candidate, weight_of
from tasks.coding.stories.story import SUPPORT, Story
from tasks.model.coding import ActorKind

HARM = frozenset({"kill", "shoot", "attack", "raid", "ambush", "beat", "mob", "fight"})
STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})


class TypeEvidence:
    """Weights of acts and sides of one story."""

    def __init__(self, reading: Reading, story: Story, ballot: Ballot) -> None:
        self.reading = reading
        self.story = story
        self.ballot = ballot
        self.acts: Counter[str] = Counter()
        for report in story.reports:
            self.acts[report.act] += weight_of(report, story)  # type: ignore[assignment]
        self.lead = story.anchor.act
        self.initiator = self._best(ballot.ranked("initiators"))
        self.target = self._best(ballot.ranked("targets"))

    @staticmethod
    def _best(ranked: list[Candidate]) -> Candidate | None:
        return ranked[0] if ranked else None

    @property
    def main(self) -> float:
        """Return the weight of the heaviest act that is not mere support."""
        return max((w for a, w in self.acts.items() if a not in SUPPORT), default=0.0)

    def share(self, *acts: str) -> float:
        """Return the weight of these acts relative to the heaviest."""
        return sum(self.acts[a] for a in acts) / self.main if self.main else 0.0

    def target_is(self, kinds: frozenset[ActorKind]) -> bool:
        """Return whether the best target is of these kinds."""
        return self.target is not None and self.target.kind in kinds

    def initiator_is(self, kinds: frozenset[ActorKind]) -> bool:
        """Return whether the best initiator is of these kinds."""
        return self.initiator is not None and self.initiator.kind in kinds
