"""From a story to a mention: every field with its evidence."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.coding.claims.claims import find_attributions, find_claims
from tasks.coding.claims.model import Attribution
from tasks.coding.event_types.decide import decide
from tasks.coding.event_types.names import (
    EXPLOSIONS,
    STRATEGIC_TYPE,
    VIOLENCE,
    Decision,
    disorder_type,
)
from tasks.coding.event_types.tags import tags_of
from tasks.coding.evidence import collect
from tasks.coding.reading.document import Reading
from tasks.coding.reading.placing import Places
from tasks.coding.roles.speakers import with_party_kinds
from tasks.coding.sides import actors as side_actors
from tasks.coding.sides.actors import to_actor
from tasks.coding.sides.pointer import Pointer
from tasks.coding.sides.responsibility import pointers
from tasks.coding.sides.sides import Sides, settle
from tasks.coding.sides.votes import Ballot
from tasks.coding.stories.confidence import event_confidence
from tasks.coding.stories.reports import Report, Told
from tasks.coding.stories.story import Story
from tasks.coding.tolls.of_events import (
    settle_tolls,
    tolls_of,
    without_causes,
    without_left_over,
)
from tasks.coding.tolls.phrases import person_class
from tasks.coding.tolls.tolls import find_tolls
from tasks.geoparsing.values import Located
from tasks.model.coding import (
    Actor,
    ActorKind,
    Claim,
    Document,
    EventMention,
    Fatalities,
    Location,
    TemporalStatus,
)
from tasks.reference.actor_book.tables import load_countries
from tasks.reference.actors import ActorMatch

VERSION = "2026.11.1"
_BLOODLESS = re.compile(
    r"not a (?:single )?(?:shot|bullet) was fired|without (?:firing )?a (?:shot|bullet)"
)
_CROWD_ACTS = frozenset({"mob", "protest", "riot", "agreement", "arrest"})
_NAMESPACE = uuid.UUID("6f3b2f60-7f0e-5c7c-9d0a-2f6d1f6f0a11")


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything the events of one document are made from."""

    reading: Reading
    places: Places
    told: list[Told]


def country_of(story: Story, places: Places) -> str | None:
    located = story.placed.place
    found = (located.location.country if located else None) or places.country
    return found if found in load_countries() else None  # a sea, a disputed island


class MentionBuilder:
    """Turns the stories of one document into mentions."""

    def __init__(
        self,
        document: Document,
        parsed: Parsed,
        stories: Sequence[Story],
        left_over: Sequence[Report] = (),
    ) -> None:
        self._document = document
        self._parsed = parsed
        self._stories = stories
        reading = parsed.reading
        self._said: Sequence[Attribution] = with_party_kinds(
            find_attributions(reading.text, reading.sentences, folded=reading.folded),
            reading.parties,
        )
        tolls = find_tolls(
            reading.text,
            reading.sentences,
            folded=reading.folded,
            attributions=self._said,
        )
        told = without_causes(tolls, parsed.told)
        self._tolls = without_left_over(told, stories, left_over)
        self._pointers = pointers(reading, parsed.told)
        self._claims = find_claims(
            reading.text,
            reading.sentences,
            folded=reading.folded,
            tolls=self._tolls,
            attributions=self._said,
        )

    def build(self, number: int, story: Story, ballot: Ballot) -> EventMention:
        """Return the mention of one story."""
        reading = self._parsed.reading
        country = country_of(story, self._parsed.places)
        decision = decide(reading, story, ballot)
        mine = [p for p in self._pointers if self._points_at(p, story)]
        found = settle(ballot, decision, mine, country)
        tolls = tolls_of(reading, self._tolls, self._stories, story)
        fatalities = self._told_by(
            found,
            _fatalities(reading, story, settle_tolls(reading, story, tolls), decision),
        )
        located = story.placed.place
        side1, side2 = _actors(found, decision, country, fatalities, ballot)
        when = story.dated.date
        evidence = collect(
            reading,
            story,
            decision,
            sides=found,
            located=located,
            fatalities=fatalities,
        )
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
            claims=self._claims_of(story),
            evidence=evidence,
            confidence=confidence,
            field_confidence=fields,
            tags=tags_of(reading, story, decision),
            coder_version=VERSION,
        )

    def _told_by(self, found: Sides, fatalities: Fatalities) -> Fatalities:
        """A figure told of a group's own act by its spokesman is the group's claim."""
        pointer = found.pointer
        if pointer is None or pointer.status != "claimed":
            return fatalities
        claims = tuple(
            replace(c, claimant=pointer.party.name)
            if c.claimant
            and c.start is not None
            and self._names(c.start, pointer.party)
            else c
            for c in fatalities.claims
        )
        return replace(fatalities, claims=claims)

    def _names(self, position: int, party: ActorMatch) -> bool:
        view = self._parsed.reading.view_at(position)
        return any(p.name == party.name and p.end <= position for p in view.parties)

    def _claims_of(self, story: Story) -> tuple[Claim, ...]:
        return tuple(c for c in self._claims if self._belongs(c.start, story))

    def _points_at(self, pointer: Pointer, story: Story) -> bool:
        """A boast that tells its own act is of the story that tells it, or of none."""
        if pointer.tells_act:
            return any(
                pointer.start <= r.roles.trigger.start < pointer.end
                for r in story.reports
            )
        if len(self._stories) > 1 and not self._is_told_with(pointer.start):
            armed = [s for s in self._stories if s.anchor.act not in _CROWD_ACTS]
            if armed and story not in armed:
                return False  # a group blamed elsewhere did not march or lynch
            if len(armed) == 1:
                return True
        return self._belongs(pointer.start, story)

    def _is_told_with(self, position: int) -> bool:
        view = self._parsed.reading.view_at(position)
        return any(r.view is view for s in self._stories for r in s.reports)

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
    found: Sides,
    decision: Decision,
    country: str | None,
    fatalities: Fatalities,
    ballot: Ballot,
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Fill what the type implies: victims even when unnamed, attackers unidentified."""
    side1 = tuple(to_actor(c) for c in found.side1)
    side2 = tuple(to_actor(c) for c in found.side2)
    kind = decision.event_type
    if not side1:
        implied = {
            "Protests": ActorKind.PROTESTERS, "Riots": ActorKind.RIOTERS
        }.get(kind, ActorKind.UNIDENTIFIED)  # fmt: skip
        actor = side_actors.implied(implied, country)
        side1 = (actor,) if actor and kind != "Strategic developments" else ()
    if not side2 and kind in {VIOLENCE, EXPLOSIONS}:
        manned = ballot.things.get("mil_object", 0.0)
        homes = ballot.things.get("civ_object", 0.0)
        unarmed = any(
            person_class(c.of or "") in {"civilians", "people"}
            for c in fatalities.claims
        )  # 'killed 27 displaced people' in a camp: no barracks
        armed = [person_class(c.of or "") for c in fatalities.claims if c.of]
        manned_hit = (manned > homes and not unarmed) or (
            bool(armed) and set(armed) == {"state"}
        )  # 'detonated a bomb, killing a lieutenant'
        hit = ActorKind.STATE_FORCES if manned_hit else ActorKind.CIVILIANS
        victims = side_actors.implied(hit, country, fatalities.text or "")
        side2 = (victims,) if victims else ()
    if not side2 and decision.sub_event_type in {
        "Arrests",
        "Looting/property destruction",
        "Mob violence",
    }:
        people = side_actors.implied(ActorKind.CIVILIANS, country)
        side2 = (people,) if people else ()
    if not side2 and kind == "Battles":
        state = any(a.kind is ActorKind.STATE_FORCES for a in side1)
        other = ActorKind.UNIDENTIFIED if state else ActorKind.STATE_FORCES
        foe = side_actors.implied(other, country)
        side2 = (foe,) if foe else ()
    return side1, side2
