"""Whether a story is news of its own: history, remarks, recaps and running totals read as one.

What the frames of a story show (nothing of its words) is weighed by a small logistic model,
fitted by `python -m benchmarks.train_support` (docs/support.md). Its answer is the
event's confidence, below which the coder abstains.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from tasks.classification.relevance import MIXED_CASE, gate_for
from tasks.coding.reading.document import Reading
from tasks.coding.reading.gate import Domains
from tasks.coding.stories.confidence import is_firm
from tasks.coding.stories.reports import Report, Told
from tasks.coding.stories.story import SUPPORT, Story
from tasks.coding.stories.whereabouts import vagueness
from tasks.model.coding import ActorKind, EventMention, TemporalStatus

Features = dict[str, float]

_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "its", "their", "his", "her", "such"}
)
_INDEFINITE = frozenset(
    {"a", "an", "another", "two", "three", "four", "five", "six", "several", "some"}
)
_DOMAINS = ("sport", "exercise", "court", "opinion")
_FIRM_MANY = 4
_CLAIMED = 0.65  # somebody says 'it was us': it happened
_NEWS_STRENGTH = 2  # of a trigger that may be what a headline is about


@dataclass(frozen=True, slots=True)
class Model:
    """Log-odds that a story is an event: bias and weight of every feature."""

    bias: float
    weights: dict[str, float]

    def share(self, features: Features) -> float:
        """Return the probability; a feature the model does not weigh says nothing."""
        odds = self.bias + sum(w * features[name] for name, w in self.weights.items())
        return 1.0 / (1.0 + math.exp(-odds))


@cache
def load_model() -> Model:
    """Return the fitted weights of data/support.tsv."""
    path = files("tasks.coding").joinpath("data/support.tsv")
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    weights = {name: float(weight) for name, weight in rows}
    return Model(weights.pop("bias"), weights)


def is_in_capitals(text: str) -> bool:
    """Return whether a text is printed in capitals, as old wires are."""
    return gate_for(text) is not MIXED_CASE


class Support:
    """Weighs the stories of one document against what else it tells."""

    def __init__(
        self,
        reading: Reading,
        stories: Sequence[Story],
        told: Sequence[Told],
        domains: Domains,
    ) -> None:
        self._reading = reading
        self._first = stories[0]
        self._acts = [t for t in told if t[0].trigger.act not in SUPPORT]
        self._has_news_title = any(
            view.sentence.paragraph == 0
            and roles.trigger.form.strength >= _NEWS_STRENGTH
            for roles, _, view in told
        )
        self._page = dict(self._of_page(domains))

    def weighed(self, mention: EventMention, story: Story) -> EventMention:
        """Return the mention with the support of its story as confidence.

        Capitals hide names and headlines, of which the model knows nothing: there the
        confidence stays that of the rules' points.
        """
        if is_in_capitals(self._reading.text):
            return mention
        share = load_model().share(self.features(mention, story))
        if mention.responsibility_status == "claimed":
            share = max(share, _CLAIMED)
        return replace(mention, confidence=round(share, 3))

    def features(self, mention: EventMention, story: Story) -> Features:
        """Return what the frames of the story and of its document show."""
        return {
            **self._page,
            **dict(self._of_tellings(story)),
            **dict(_of_sides(story)),
            **dict(self._of_time_and_place(story)),
            **dict(self._of_anchor(story)),
            "points": dict(mention.field_confidence)["event"],
            "toll": float(bool(mention.fatalities.text)),
        }

    def _of_page(self, domains: Domains) -> Iterator[tuple[str, float]]:
        """How much of the page is history or hypothesis, and words of other domains."""
        whole = max(1, len(self._acts))
        past = [s for _, s, _ in self._acts if s.value is TemporalStatus.HISTORICAL]
        yield "page_excluded", sum(not s.is_live for _, s, _ in self._acts) / whole
        yield "page_history", len(past) / whole
        for domain in _DOMAINS:
            strength = domains.strength(f"d_{domain}")
            yield f"words_{domain}", math.log(1 + strength)

    def _of_tellings(self, story: Story) -> Iterator[tuple[str, float]]:
        """How often and where in the document it is told."""
        reports = story.reports
        in_title = any(r.paragraph == 0 for r in reports)
        once = sum(r.paragraph > 0 for r in reports) <= 1
        is_first = story is self._first
        yield "in_title", float(in_title)
        yield "first_in_title", float(in_title and is_first)
        yield "title_other", float(self._has_news_title and not in_title)
        yield "told_once", float(once)
        yield "further_told_once", float(once and not is_first)
        yield "firm_often", float(sum(map(is_firm, reports)) >= _FIRM_MANY)
        yield "deaths_told", float(any(r.act in {"death", "wound"} for r in reports))
        yield "round_up", float(story.anchor.scope > 0)
        yield "entry", float(story.anchor.entry > 0)

    def _of_time_and_place(self, story: Story) -> Iterator[tuple[str, float]]:
        """Day and place of its own, and beside those of the first story."""
        reports, day = story.reports, story.dated.date
        today = self._reading.context.today
        yield "of_today", float(bool(today and day.end and day.end >= today))
        yield "dated_share", sum(r.is_dated_here for r in reports) / len(reports)
        yield "exact_place", float(vagueness(story.placed) == 0)
        first, further = self._first, story is not self._first
        yield "further_dated", float(further and story.dated.is_dated_here)
        yield "after_first", float(further and _is_after(story, first))
        yield "place_of_first", float(further and _is_at(story, first))
        yield "act_of_first", float(further and story.anchor.act == first.anchor.act)

    def _of_anchor(self, story: Story) -> Iterator[tuple[str, float]]:
        """The act that defines it: how it is named, and the company it keeps."""
        anchor = story.anchor
        yield "has_doer", float(bool(anchor.roles.initiators))
        yield "fight", float(anchor.act == "fight")
        yield "indefinite", float(self._is_indefinite(anchor))
        near = [
            s for _, s, view in self._acts
            if abs(view.sentence.paragraph - anchor.paragraph) <= 1
        ]  # fmt: skip
        yield "near_excluded", sum(not s.is_live for s in near) / max(1, len(near))

    def _is_indefinite(self, anchor: Report) -> bool:
        """'an attack', 'two attacks'; 'the attack' was told before, or long ago."""
        if anchor.roles.trigger.is_verb:
            return False
        before = set(self._reading.words_before(anchor.view, anchor.start, 3))
        return not _INDEFINITE.isdisjoint(before) and _DEFINITE.isdisjoint(before)


def _of_sides(story: Story) -> Iterator[tuple[str, float]]:
    doers = [s.party for r in story.reports for s in r.roles.initiators if s.party]
    hit = [s.party for r in story.reports for s in r.roles.targets if s.party]
    yield "any_doer", float(any(r.roles.initiators for r in story.reports))
    named = (
        not p.generic and p.kind is not ActorKind.UNIDENTIFIED for p in (*doers, *hit)
    )
    yield "named_side", float(any(named))
    yield "state_acts", float(any(p.kind is ActorKind.STATE_FORCES for p in doers))
    yield "civilians_hit", float(any(p.kind is ActorKind.CIVILIANS for p in hit))


def _is_after(story: Story, first: Story) -> bool:
    one, other = first.dated.date.start, story.dated.date.start
    return one is not None and other is not None and other > one


def _is_at(story: Story, first: Story) -> bool:
    one, other = first.placed.place, story.placed.place
    if one is None or other is None:
        return False
    return one.location.name == other.location.name
