"""Which texts are not coded, and why (CODEBOOK 2): domains, then what the triggers say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.coding.reading import Reading, View
from tasks.coding.roles import Roles
from tasks.coding.status import Status
from tasks.coding.stories import SUPPORT, Story
from tasks.coding.votes import ARMED, Ballot
from tasks.model.coding import ActorKind, TemporalStatus
from tasks.model.reasons import RejectReason

_OPINION_SECTIONS = frozenset(
    {
        "opinion",
        "editorial",
        "comment",
        "columns",
        "analysis",
        "commentary",
        "letters",
        "op-ed",
    }
)
_MIN_BODY = 60
_REASONS = {
    "d_sport": RejectReason.SPORT,
    "d_culture": RejectReason.CULTURE,
    "d_exercise": RejectReason.EXERCISE,
    "d_court": RejectReason.COURT,
    "d_accident": RejectReason.ACCIDENT,
    "d_crime": RejectReason.CRIME_ORDINARY,
    "d_diplomacy": RejectReason.DIPLOMACY,
    "d_opinion": RejectReason.OPINION,
}


@dataclass(frozen=True, slots=True)
class Domains:
    """How many different words of each domain the text uses, the lead apart."""

    all: Counter[str]
    lead: Counter[str]

    def strength(self, domain: str) -> int:
        """Return the distinct words, those of title and lead twice."""
        return self.all[domain] + self.lead[domain]


def count_domains(reading: Reading) -> Domains:
    """Return the domain words of a document."""
    seen: set[tuple[str, str]] = set()
    everywhere: Counter[str] = Counter()
    lead: Counter[str] = Counter()
    for view in reading.views:
        for cue in view.cues:
            word = reading.spaced[cue.start : cue.end]
            for cls in cue.classes:
                if not cls.startswith("d_") or (cls, word) in seen:
                    continue
                seen.add((cls, word))
                everywhere[cls] += 1
                if view.sentence.paragraph <= 1:
                    lead[cls] += 1
    return Domains(everywhere, lead)


def early_reason(reading: Reading) -> RejectReason | None:
    """Return the reason that needs no trigger: no text, opinion."""
    if len(reading.text.strip()) < _MIN_BODY:
        return RejectReason.NO_BODY
    section = (reading.document.section or "").lower()
    if section in _OPINION_SECTIONS or _is_labelled_opinion(reading):
        return RejectReason.OPINION
    return None


def _is_labelled_opinion(reading: Reading) -> bool:
    title = reading.folded[:60].lstrip()
    labels = (
        "editorial",
        "opinion",
        "op-ed",
        "comment:",
        "column:",
        "analysis:",
        "viewpoint",
    )
    return title.startswith(labels)


def domain_reason(
    reading: Reading, story: Story, ballot: Ballot, domains: Domains
) -> RejectReason | None:
    """Return why the lead story is not conflict after all, None if it is."""
    political = _is_political(story, ballot)
    acts = {r.act for r in story.reports}
    if domains.strength("d_sport") >= (6 if not political else 10):
        return RejectReason.SPORT
    if domains.strength("d_culture") >= (5 if not political else 9):
        return RejectReason.CULTURE
    if domains.strength("d_exercise") >= 4 and domains.all["d_exercise"] >= 3:
        return RejectReason.EXERCISE
    if domains.strength("d_court") >= 6 and domains.lead["d_court"] >= 2:
        return RejectReason.COURT
    accident = acts <= {
        "bomb",
        "death",
        "wound",
        "burn",
        "strike",
        "kill",
        "generic",
        "hold",
    }
    if domains.strength("d_accident") >= 3 and accident and not political:
        return RejectReason.ACCIDENT
    if domains.strength("d_crime") >= 3 and not political:
        return RejectReason.CRIME_ORDINARY
    return None


def _is_political(story: Story, ballot: Ballot) -> bool:
    """A named group, a state force as a side, or a crowd makes an event political."""
    sides = [*ballot.initiators.values(), *ballot.targets.values()]
    unnamed = {ActorKind.UNIDENTIFIED, ActorKind.CIVILIANS}
    return story.is_crowd or any(
        c.kind in ARMED | {ActorKind.RIOTERS} and c.kind not in unnamed for c in sides
    )


def is_denied(
    told: Sequence[tuple[Roles, Status, View]], stories: Sequence[Story]
) -> bool:
    """Return whether title and lead only deny it, and nothing later stands by itself."""
    denials = {TemporalStatus.DENIED, TemporalStatus.NEGATED}
    lead = [
        (filled, status)
        for filled, status, view in told
        if view.sentence.paragraph <= 1
        and filled.trigger.form.strength >= 3
        and filled.trigger.act not in SUPPORT
    ]
    later = any(
        r.paragraph > 1 and r.strength >= 3 and r.is_dated_here
        for s in stories
        for r in s.reports
    )
    return bool(lead) and lead[0][1].value in denials and not later


def empty_reason(
    reading: Reading,
    roles: Sequence[tuple[Roles, Status, View]],
    domains: Domains,
) -> RejectReason:
    """Return why no story is left: the domain, else what befell the triggers."""
    ranked = sorted(_REASONS, key=lambda d: (-domains.strength(d), d))
    if domains.strength(ranked[0]) >= 4:
        return _REASONS[ranked[0]]
    fates: Counter[TemporalStatus] = Counter()
    for filled, status, view in roles:
        if filled.trigger.act not in SUPPORT and not status.is_live:
            fates[status.value] += 3 if view.sentence.paragraph <= 1 else 1
    if not fates:
        return RejectReason.NO_EVENT
    return {
        TemporalStatus.HISTORICAL: RejectReason.HISTORICAL,
        TemporalStatus.FUTURE: RejectReason.HYPOTHETICAL,
        TemporalStatus.HYPOTHETICAL: RejectReason.HYPOTHETICAL,
        TemporalStatus.DENIED: RejectReason.DENIED,
        TemporalStatus.NEGATED: RejectReason.DENIED,
    }[max(fates, key=lambda s: (fates[s], s.value))]
