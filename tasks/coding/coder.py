"""The event coder: a document in, its coded events, exclusions and reasons out."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.coding import sides as sides_of
from tasks.coding.claims import find_attributions, find_claims
from tasks.coding.claims_model import Attribution
from tasks.coding.confidence import event_confidence
from tasks.coding.dates import DateContext, zone_of
from tasks.coding.decide import (
    STRATEGIC_TYPE,
    VIOLENCE,
    EXPLOSIONS,
    Decision,
    decide,
    disorder_type,
)
from tasks.coding.evidence import collect
from tasks.coding.exclusions import exclusions
from tasks.coding.gate import (
    weigh,
    count_domains,
    domain_reason,
    early_reason,
    empty_reason,
    is_denied,
)
from tasks.coding.lexicon import Lexicon, load_lexicon
from tasks.coding.placing import NoPlaceFinder, PlaceFinder, Places
from tasks.coding.reading import Reading, View, read_document
from tasks.coding.responsibility import pointers
from tasks.coding.roles import fill_roles
from tasks.coding.sides import Sides, settle, to_actor
from tasks.coding.status import status_of
from tasks.coding.reports import Told, is_old, make_reports
from tasks.coding.stories import Story, group
from tasks.coding.tags import tags_of
from tasks.coding.toll_scope import settle_tolls, tolls_of
from tasks.coding.tolls import find_tolls
from tasks.coding.triggers import find_triggers
from tasks.coding.votes import Ballot, count_votes
from tasks.geoparsing.values import Located
from tasks.model.articles import Reject
from tasks.model.coding import (
    Actor,
    ActorKind,
    CodedArticle,
    Document,
    EventMention,
    Exclusion,
    Fatalities,
    Location,
    TemporalStatus,
)
from tasks.model.reasons import RejectReason, Stage
from tasks.reference.actor_book.tables import load_countries
from tasks.reference.actors import ActorBook, load_actors

VERSION = "2026.11.1"
LANGUAGES = ("en",)
_BLOODLESS = re.compile(r"not a (?:single )?shot was fired|without (?:firing )?a shot")
_NAMESPACE = uuid.UUID("6f3b2f60-7f0e-5c7c-9d0a-2f6d1f6f0a11")


@dataclass(frozen=True, slots=True)
class _Parsed:
    """Everything the events of one document are made from."""

    reading: Reading
    places: Places
    told: list[Told]


class Coder:
    """Codes documents; read-only after load, so one coder serves a whole process."""

    def __init__(
        self, book: ActorBook, finder: PlaceFinder, lexicons: dict[str, Lexicon]
    ) -> None:
        self._book = book
        self._finder = finder
        self._lexicons = lexicons

    @classmethod
    def load(cls, reference_dir: Path) -> "Coder":
        """Return a coder over the gazetteer in `reference_dir` (built there if absent)."""
        from tasks.geoparsing.resolve import Geoparser
        from tasks.reference.build import ensure_gazetteer
        from tasks.reference.gazetteer import open_gazetteer

        finder = Geoparser(open_gazetteer(ensure_gazetteer(reference_dir)))
        return cls(
            load_actors(), finder, {lang: load_lexicon(lang) for lang in LANGUAGES}
        )

    @classmethod
    def without_places(cls) -> "Coder":
        """Return a coder without a gazetteer: events without coordinates."""
        return cls(load_actors(), NoPlaceFinder(), {"en": load_lexicon("en")})

    def code(self, document: Document) -> CodedArticle:
        """Return the article's events, or the reason why there is none. Pure."""
        language = document.language or "en"
        lexicon = self._lexicons.get(language.split("-")[0].lower())
        if lexicon is None:
            return _rejected(document, RejectReason.LANGUAGE_UNSUPPORTED, language)
        parsed = self._parse(document, lexicon)
        return _code_parsed(document, parsed)

    def _parse(self, document: Document, lexicon: Lexicon) -> _Parsed:
        places = self._finder.parse(document)
        country = places.country
        context = DateContext(document.published_at, zone_of(country))
        reading = read_document(document, lexicon, self._book, context, country)
        find_triggers(reading)
        told = [
            (filled, status_of(reading, view, filled.trigger), view)
            for view in reading.views
            if view.triggers and not _is_insert(document, view)
            for filled in fill_roles(reading, view)
        ]
        return _Parsed(reading, places, told)


def _is_insert(document: Document, view: View) -> bool:
    return any(
        start <= view.sentence.start < end for start, end, _ in document.excluded_spans
    )


def _code_parsed(document: Document, parsed: _Parsed) -> CodedArticle:
    reading = parsed.reading
    domains = count_domains(reading)
    reports, told = make_reports(reading, parsed.places, parsed.told)
    excluded = exclusions(reading, told)
    early = early_reason(reading)
    if early is not None:
        return _rejected(document, early, "", excluded)
    stories = [s for s in group(reports) if not is_old(reading, s.dated)]
    if not stories or is_denied(told, stories):
        return _rejected(document, empty_reason(reading, told, domains), "", excluded)
    ballots = [count_votes(reading, s, _country(s, parsed.places)) for s in stories]
    reason = domain_reason(reading, stories[0], ballots[0], domains)
    if reason is not None:
        return _rejected(document, reason, "", excluded)
    builder = _Builder(document, parsed, stories)
    mentions = tuple(
        builder.build(number, story, ballot)
        for number, (story, ballot) in enumerate(zip(stories, ballots, strict=True))
    )
    frame = max(m.confidence for m in mentions)
    verdict = weigh(document, frame)
    if not verdict.relevant:
        named = verdict.reject_reason or RejectReason.NO_EVENT
        return _rejected(document, named, f"score={verdict.score:.2f}", excluded)
    return CodedArticle(
        document.article_id,
        True,
        verdict.score,
        mentions,
        excluded,
        coder_version=VERSION,
    )


def _country(story: Story, places: Places) -> str | None:
    located = story.placed.place
    found = (located.location.country if located else None) or places.country
    return found if found in load_countries() else None  # a sea, a disputed island


class _Builder:
    """Turns the stories of one document into mentions."""

    def __init__(
        self, document: Document, parsed: _Parsed, stories: Sequence[Story]
    ) -> None:
        self._document = document
        self._parsed = parsed
        self._stories = stories
        reading = parsed.reading
        self._said: Sequence[Attribution] = find_attributions(
            reading.text, reading.sentences
        )
        self._tolls = find_tolls(
            reading.text,
            reading.sentences,
            folded=reading.folded,
            attributions=self._said,
        )
        self._pointers = pointers(reading, parsed.told)

    def build(self, number: int, story: Story, ballot: Ballot) -> EventMention:
        """Return the mention of one story."""
        reading = self._parsed.reading
        country = _country(story, self._parsed.places)
        decision = decide(reading, story, ballot)
        mine = [p for p in self._pointers if self._belongs(p.start, story)]
        found = settle(ballot, decision, mine, country)
        tolls = tolls_of(reading, self._tolls, self._stories, story)
        fatalities = _fatalities(reading, story, settle_tolls(story, tolls), decision)
        located = story.placed.place
        side1, side2 = _actors(found, decision, country, fatalities)
        when = story.dated.date
        evidence = collect(reading, story, decision, found, located, fatalities)
        confidence, fields = event_confidence(story, decision, found, located)
        return EventMention(
            mention_id=str(
                uuid.uuid5(_NAMESPACE, f"{self._document.article_id}:{number}")
            ),
            article_id=self._document.article_id,
            ordinal=number,
            primary=number == 0,
            event_type=decision.event_type,
            sub_event_type=decision.sub_event_type,
            disorder_type=disorder_type(decision),
            temporal_status=_temporal(number, found),
            event_date=when,
            location=_location(located, country),
            side1=side1,
            side2=side2,
            initiator_known=found.initiator_known,
            civilian_targeting=_targets_civilians(decision, side2),
            fatalities=fatalities,
            responsibility_status=found.responsibility_status,
            responsibility_by=found.responsibility_by,
            claims=(),
            evidence=evidence,
            confidence=confidence,
            field_confidence=fields,
            tags=tags_of(reading, story, decision),
            coder_version=VERSION,
        )

    def _belongs(self, position: int, story: Story) -> bool:
        """Give a claim to the only story, else to the one told nearest before it."""
        if len(self._stories) == 1:
            return True
        view = self._parsed.reading.view_at(position)
        same = [s for s in self._stories if any(r.view is view for r in s.reports)]
        if same:
            return same[0] is story
        before = [s for s in self._stories if s.anchor.start <= position]
        return (before[-1] if before else self._stories[0]) is story


def _fatalities(
    reading: Reading, story: Story, derived: Fatalities, decision: Decision
) -> Fatalities:
    """A toll told beside a signature or an arrest is another event's."""
    if decision.event_type != STRATEGIC_TYPE:
        return derived
    for report in story.reports:
        bloodless = _BLOODLESS.search(
            reading.folded, report.view.sentence.start, report.view.sentence.end
        )
        if bloodless:
            start, end = bloodless.span()
            return Fatalities(0, 0, 0, reading.text[start:end])
    return derived if derived.low == 0 else Fatalities()


def _temporal(number: int, found: Sides) -> TemporalStatus:
    if number > 0:
        return TemporalStatus.RECENT_OTHER
    if found.responsibility_status == "claimed":
        return TemporalStatus.CLAIMED
    return TemporalStatus.REPORTED


def _location(located: Located | None, country: str | None) -> Location:
    if located is not None:
        return located.location
    return Location(name="", mention="", country=country, confidence=0.2)


def _targets_civilians(decision: Decision, side2: Sequence[Actor]) -> bool:
    violent = decision.event_type in {VIOLENCE, EXPLOSIONS} or decision.sub_event_type in {
        "Excessive force against protesters", "Mob violence"
    }  # fmt: skip
    unarmed = {ActorKind.CIVILIANS, ActorKind.PROTESTERS}
    return violent and any(a.kind in unarmed for a in side2)


def _actors(
    found: Sides, decision: Decision, country: str | None, fatalities: Fatalities
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Fill what the type implies: victims even when unnamed, attackers unidentified."""
    side1 = tuple(to_actor(c) for c in found.side1)
    side2 = tuple(to_actor(c) for c in found.side2)
    kind = decision.event_type
    if not side1:
        implied = {
            "Protests": ActorKind.PROTESTERS, "Riots": ActorKind.RIOTERS
        }.get(kind, ActorKind.UNIDENTIFIED)  # fmt: skip
        actor = sides_of.implied(implied, country)
        side1 = (actor,) if actor and kind != "Strategic developments" else ()
    if not side2 and kind in {VIOLENCE, EXPLOSIONS}:
        victims = sides_of.implied(ActorKind.CIVILIANS, country, fatalities.text or "")
        side2 = (victims,) if victims and fatalities.low else ()
    if not side2 and decision.sub_event_type in {
        "Arrests",
        "Looting/property destruction",
    }:
        people = sides_of.implied(ActorKind.CIVILIANS, country)
        side2 = (people,) if people else ()
    if not side2 and kind == "Battles":
        state = any(a.kind in {ActorKind.STATE_FORCES} for a in side1)
        other = ActorKind.UNIDENTIFIED if state else ActorKind.STATE_FORCES
        foe = sides_of.implied(other, country)
        side2 = (foe,) if foe else ()
    return side1, side2


def _rejected(
    document: Document,
    reason: RejectReason,
    detail: str = "",
    excluded: tuple[Exclusion, ...] = (),
) -> CodedArticle:
    reject = Reject(
        Stage.CODING,
        reason,
        url=document.url,
        article_id=document.article_id,
        detail=detail,
    )
    return CodedArticle(
        document.article_id, False, 0.0, (), excluded, reject, coder_version=VERSION
    )
