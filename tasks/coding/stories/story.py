"""A story: the reports of one event, and what they say together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasks.coding.reading.lexicon import STRONG
from tasks.coding.stories.reports import Report
from tasks.coding.stories.whereabouts import place_of

CROWD = frozenset({"protest", "riot", "disperse"})
NEUTRAL = frozenset(
    {"kill", "wound", "death", "arrest", "burn", "loot", "shoot", "beat", "strike",
     "hold", "displace", "generic", "claim", "intercept", "mob"}
)  # fmt: skip
SUPPORT = frozenset(
    {"death", "wound", "hold", "displace", "generic", "intercept", "claim"}
)
STRATEGIC = frozenset(
    {"agreement", "change", "base", "disrupted", "coup", "transfer", "withdraw",
     "other", "arrest"}
)  # fmt: skip
LETHAL = frozenset({"kill", "death", "shoot"})
_ASIDE = frozenset({"loot", "burn", "arrest", "disperse"})  # rarely what it is about
_WEEK = 7  # days


class _Facts:
    """What the reports of a story say together; each worked out when first asked."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = list(reports)

    @cached_property
    def anchor(self) -> Report:
        body = [r for r in self.reports if r.paragraph > 0]
        strong = [r for r in body if r.strength >= STRONG and r.act not in SUPPORT]
        if not strong:
            return (body or self.reports)[0]
        first = strong[0].paragraph
        main = [r for r in strong if r.act not in _ASIDE and r.paragraph <= first + 2]
        main = main or strong
        return next((r for r in main[:3] if _says_something(r)), main[0])

    @cached_property
    def near(self) -> list[Report]:
        lead = self.anchor.paragraph
        body = [r for r in self.reports if r.paragraph > 0]
        return [r for r in body if abs(r.paragraph - lead) <= 2] or self.reports

    @cached_property
    def dated(self) -> Report:
        chosen = self._dated()
        first, last = chosen.date.start, chosen.date.end
        if first is None or last is None or not 0 < (last - first).days < _WEEK:
            return chosen
        vague = (last - first).days > 1 or chosen.date.basis == "weekend"
        within = [
            r for r in self.near
            if (r.is_timed or (vague and r.is_dated_here)) and r.act not in SUPPORT
            and r.date.start == r.date.end and r.date.start is not None
            and first <= r.date.start <= last
        ]  # fmt: skip
        return within[0] if within else chosen

    def _dated(self) -> Report:
        """A dated act before a dated noun."""
        lead = self.anchor
        if lead.is_dated_here and lead.roles.trigger.is_verb:
            return lead
        dated = [r for r in self.near if r.is_dated_here and r.date.time_precision == 1]
        verbs = [r for r in dated if r.roles.trigger.is_verb and r.act not in SUPPORT]
        if lead.is_dated_here and not verbs:
            return lead
        return (verbs or dated or [lead])[0]

    @cached_property
    def placed(self) -> Report:
        return place_of([*self.near, *self.reports], self.anchor, SUPPORT)


@dataclass(slots=True)
class Story:
    """The reports of one event, in text order."""

    reports: list[Report] = field(default_factory=list)
    _known: _Facts | None = None  # of the reports when it was asked last

    def _facts(self) -> _Facts:
        """Return what the reports say; reports are only ever added."""
        known = self._known
        if known is None or len(known.reports) != len(self.reports):
            known = self._known = _Facts(self.reports)
        return known

    @property
    def anchor(self) -> Report:
        """Return the report that defines the event: the first strong one of the body."""
        return self._facts().anchor

    @property
    def near(self) -> list[Report]:
        """Return the reports of the body close to the anchor, which say when and where."""
        return self._facts().near

    @property
    def dated(self) -> Report:
        """Return the report whose date is the event's; a day inside a week or night wins."""
        return self._facts().dated

    @property
    def placed(self) -> Report:
        """Return the report whose place is the event's: the most told and most exact."""
        return self._facts().placed

    @property
    def is_crowd(self) -> bool:
        """Return whether the story is about a crowd."""
        crowd = [r for r in self.reports if r.act in CROWD]
        if any(r.strength >= STRONG for r in crowd):
            return True
        return bool(crowd) and not any(
            r.strength >= STRONG and r.act not in NEUTRAL | CROWD for r in self.reports
        )


def _says_something(report: Report) -> bool:
    """A bare noun ('this report describes sexual violence') defines no event."""
    roles = report.roles
    return bool(
        roles.initiators
        or roles.targets
        or report.is_dated_here
        or report.is_placed_here
    )
