"""Which texts are not coded, and why (CODEBOOK 2): domains, then what the triggers say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.classification.relevance import Relevance, assess
from tasks.coding.reading.document import Reading, View
from tasks.coding.reading.lexicon import Match
from tasks.coding.roles.roles import Roles
from tasks.coding.roles.slots import ARMED
from tasks.coding.sides.votes import Ballot
from tasks.coding.stories.status import Status
from tasks.coding.stories.story import STRATEGIC, SUPPORT, Story
from tasks.model.coding import ActorKind, Document, TemporalStatus
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
_SECTION_DOMAINS = {
    **dict.fromkeys(
        ("sport", "sports", "football", "cricket", "rugby", "tennis"), "d_sport"
    ),
    **dict.fromkeys(
        ("culture", "arts", "film", "films", "books", "entertainment", "music", "tv",
         "lifestyle", "theatre", "review", "reviews"), "d_culture"
    ),
}  # fmt: skip
_MIN_BODY = 40
_NAMED_FROM = 4  # distinct words of a domain from which it names the reason
# Words of a domain (those of title and lead count twice) from which a text belongs to it;
# more when an armed or political side is named.
_LIMITS = {"d_sport": 4, "d_culture": 4, "d_exercise": 3}
_LIMITS_POLITICAL = {"d_sport": 8, "d_culture": 8, "d_exercise": 3}
_IN_ACCIDENTS = frozenset({"strike", "arrest", "raid", "displace"})
_ACCIDENTAL = frozenset(
    {
        "bomb",
        "death",
        "wound",
        "burn",
        "strike",
        "kill",
        "generic",
        "hold",
        "shell",
        "attack",
    }
)
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


def quick_reason(document: Document, matches: Sequence[Match]) -> RejectReason:
    """Return why a text without a single trigger holds no event."""
    if len(document.text.strip()) < _MIN_BODY:
        return RejectReason.NO_BODY
    text = document.text
    seen = {(c, text[m.start : m.end].lower()) for m in matches for c in m.words}
    counts = Counter(c for c, _ in seen if c in _REASONS)
    best = max(counts, key=lambda c: (counts[c], c), default=None)
    if best is not None and counts[best] >= _NAMED_FROM:
        return _REASONS[best]
    return RejectReason.NO_EVENT


def early_reason(reading: Reading) -> RejectReason | None:
    """Return the reason that needs no trigger: no text, opinion."""
    if len(reading.text.strip()) < _MIN_BODY:
        return RejectReason.NO_BODY
    section = (reading.document.section or "").lower()
    if section in _OPINION_SECTIONS or _is_labelled_opinion(reading):
        return RejectReason.OPINION
    if _REVIEW.match(reading.folded):
        return RejectReason.CULTURE
    return None


_REVIEW = re.compile(
    r"(?:(?:film|movie|book|books|theatre|tv|television|album|concert|exhibition|game|opera"
    r"|arts|music|art|stage|dvd|series) )?reviews?\s*[:|-]|(?:on screen|bookshelf)\s*[:|-]"
)


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
    story: Story, ballot: Ballot, domains: Domains, section: str | None = None
) -> RejectReason | None:
    """Return why the lead story is not conflict after all, None if it is.

    On a page of its own section a domain needs fewer words, whoever is named.
    """
    page = _SECTION_DOMAINS.get((section or "").lower())
    political = _is_political(story, ballot)
    acts = {r.act for r in story.reports}
    armed = _LIMITS_POLITICAL if political else _LIMITS
    for domain in ("d_sport", "d_culture", "d_exercise"):
        limit = min(armed[domain], _LIMITS[domain]) if domain == page else armed[domain]
        if domains.strength(domain) >= limit:
            return _REASONS[domain]
    tried = domains.strength("d_court") >= 5 and domains.lead["d_court"] >= 2
    if tried and not story.is_crowd:  # riots over a verdict are no trial
        return RejectReason.COURT
    told = (
        domains.lead["d_accident"] >= 2
    )  # 'jeep plunges': it hit rocks, its driver is held
    accidental = acts <= (_ACCIDENTAL | _IN_ACCIDENTS if told else _ACCIDENTAL)
    if domains.strength("d_accident") >= 3 and accidental and not political:
        return RejectReason.ACCIDENT
    if domains.strength("d_crime") >= 3 and not political:
        return RejectReason.CRIME_ORDINARY
    if (
        domains.strength("d_diplomacy") >= 5
        and acts <= STRATEGIC
        and story.anchor.paragraph > 1
    ):
        return RejectReason.DIPLOMACY
    return None


def weigh(document: Document, frame: float) -> Relevance:
    """Return the gate's verdict on a document whose best event has confidence `frame`."""
    return assess(document.title, document.text, document.published_at, frame)


def _is_political(story: Story, ballot: Ballot) -> bool:
    """A named group, a state force as a side, or a crowd makes an event political."""
    sides = [*ballot.initiators.values(), *ballot.targets.values()]
    unnamed = {ActorKind.UNIDENTIFIED, ActorKind.CIVILIANS}
    return story.is_crowd or any(
        c.kind in ARMED | {ActorKind.RIOTERS} and c.kind not in unnamed for c in sides
    )


_SPARED = frozenset({"kill", "wound", "death"})  # 'nobody was killed when rockets hit'


def is_denied(
    told: Sequence[tuple[Roles, Status, View]], stories: Sequence[Story]
) -> bool:
    """Return whether title and lead only deny it, and nothing later stands by itself."""
    denials = {TemporalStatus.DENIED, TemporalStatus.NEGATED}
    lead = [
        (status, view, filled.act)
        for filled, status, view in told
        if view.sentence.paragraph <= 1
        and filled.trigger.form.strength >= 2
        and filled.trigger.act not in SUPPORT - {"death"}
    ]
    if not lead or lead[0][0].value not in denials:
        return False
    denying = {
        view.sentence.index
        for status, view, act in lead
        if status.value in denials and act not in _SPARED
    }
    stands = any(s.is_live and v.sentence.index not in denying for s, v, _ in lead)
    later = any(
        r.paragraph > 1 and r.strength >= 3 and r.is_dated_here
        for s in stories
        for r in s.reports
    )
    return not stands and not later


def empty_reason(
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
