"""Which report's value of each field survives in the event, by named rules."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from tasks.model.coding import Actor, ActorKind, EventMention
from tasks.resolution.contexts import MentionContext
from tasks.resolution.facts import actor_key, read_rows, umbrella_of
from tasks.resolution.tolls import Toll, combine_tolls
from tasks.resolution.voices import Choice, choose, support, voices
from tasks.text.fold import fold

OVERTAKES = "Non-state actor overtakes territory"
CLASH = "Armed clash"
HELD_RULE = "R-REV-1"
HELD_FOR = timedelta(days=2)  # a report of the next day can still say 'left overnight'

# Outcome beats method (CODEBOOK 4): the order decides between equally well-supported.
_TYPE_ORDER = (
    "Strategic developments",
    "Riots",
    "Protests",
    "Violence against civilians",
    "Explosions/Remote violence",
    "Battles",
)
_RESPONSIBILITY = {"claimed": 3.0, "attributed": 2.0, "denied": 1.0}


@dataclass(frozen=True, slots=True)
class Survivors:
    """The event's surviving values and how each was decided."""

    coded: EventMention
    rules: tuple[tuple[str, str], ...]
    origins: tuple[tuple[str, int], ...]
    disputes: tuple[str, ...]
    known_at: datetime


def survive(contexts: Sequence[MentionContext]) -> Survivors:
    """Return the surviving fields of one event's mentions (publication order)."""
    ordered = sorted(contexts, key=lambda c: c.order)
    lead = ordered[0].mention
    chosen = _choices(ordered)
    toll = combine_tolls(ordered)
    coded = _assemble(lead, chosen, toll, ordered)
    rules = {field: choice.rule_id for field, choice in chosen.items()}
    origins = {field: choice.origins for field, choice in chosen.items()}
    behind = [choice.context for choice in chosen.values()]
    if toll is not None:
        rules["fatalities"], origins["fatalities"] = toll.rule_id, toll.origins
        behind.append(toll.context)
    return Survivors(
        coded=coded,
        rules=tuple(sorted(rules.items())),
        origins=tuple(sorted(origins.items())),
        disputes=tuple(_disputes(ordered)) + (toll.disputes if toll else ()),
        known_at=max(context.first_seen_at for context in behind),
    )


def _choices(ordered: list[MentionContext]) -> dict[str, Choice]:
    found = {
        "event_type": _choose_type(ordered),
        "location": choose(ordered, _place, _place_quality, "most_precise_place"),
        "event_date": choose(ordered, _date, _date_quality, "most_precise_date"),
        "actors": choose(ordered, _actors, _actor_quality, "named_over_unidentified"),
        "responsibility": choose(
            ordered,
            lambda c: c.mention.responsibility_status,
            lambda c: _RESPONSIBILITY.get(c.mention.responsibility_status or "", 0.0),
            "claimed_over_attributed",
        ),
    }
    return {field: choice for field, choice in found.items() if choice is not None}


def _choose_type(ordered: list[MentionContext]) -> Choice | None:
    speaking = voices(ordered)
    left = _report_that_they_left(speaking)
    if left is not None:
        same = {c.family_id for c in speaking if c.mention.sub_event_type == CLASH}
        return Choice(left, HELD_RULE, len(same | {left.family_id}))
    return choose(
        ordered,
        lambda c: c.mention.sub_event_type,
        _type_quality(speaking),
        "most_origins_then_outcome",
    )


def _type_quality(
    speaking: Sequence[MentionContext],
) -> Callable[[MentionContext], float]:
    """Rank a sub-type by its families first, by outcome over method second."""
    counts = support(speaking, lambda c: c.mention.sub_event_type)

    def quality(context: MentionContext) -> float:
        mention = context.mention
        outcome = _TYPE_ORDER.index(mention.event_type) / 10
        if "territory" in mention.sub_event_type:
            outcome += (
                1.5  # one report that a place fell outweighs one more of fighting
            )
        return counts.get(mention.sub_event_type, 0) + outcome

    return quality


def _report_that_they_left(
    speaking: Sequence[MentionContext],
) -> MentionContext | None:
    """Return the report by which a place was held no more than a day (R-REV-1)."""
    taken = [c for c in speaking if c.mention.sub_event_type == OVERTAKES]
    if not taken:
        return None
    first = taken[0]
    for context in speaking:
        later = first.moment < context.moment <= first.moment + HELD_FOR
        if later and context not in taken and _says_left(context):
            return context
    return None


def _says_left(context: MentionContext) -> bool:
    mention = context.mention
    if mention.sub_event_type == "Government regains territory":
        return True
    if any(e.rule_id == HELD_RULE for e in mention.evidence):
        return True  # the coder read it in the sentence
    quotes = [e.quote for e in mention.evidence] + [c.quote for c in mention.claims]
    values = [c.value or "" for c in mention.claims if c.subject == "control"]
    left = _left_words()
    return any(left.search(fold(text)) for text in [*quotes, *values, mention.tags])


@lru_cache(maxsize=1)
def _left_words() -> re.Pattern[str]:
    phrases = sorted((phrase for phrase, _ in read_rows("left_words")), key=len)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, reversed(phrases))) + r")\b")


def _place(context: MentionContext) -> str | None:
    place = context.mention.location
    return place.place_id or fold(place.name).strip() or None


def _place_quality(context: MentionContext) -> float:
    place = context.mention.location
    located = 0.5 if place.latitude is not None else 0.0
    return located - (place.geo_precision or 4)


def _date(context: MentionContext) -> str | None:
    dates = context.mention.event_date
    return f"{dates.start}/{dates.end}" if dates.start else None


def _date_quality(context: MentionContext) -> float:
    return float(-(context.mention.event_date.time_precision or 4))


def _actors(context: MentionContext) -> str | None:
    sides = context.mention.side1, context.mention.side2
    if not any(sides):
        return None
    named = [sorted(umbrella_of(a) for a in side) for side in sides]
    return " | ".join(sorted("+".join(side) for side in named))


def _actor_quality(context: MentionContext) -> float:
    mention = context.mention
    sides = mention.side1, mention.side2
    named = sum(max(map(_namedness, side), default=0.0) for side in sides)
    return named + 0.1 * mention.initiator_known


def _namedness(actor: Actor) -> float:
    if actor.kind is ActorKind.UNIDENTIFIED:
        return 0.5
    return 2.0 if actor.listed else 1.5


def _assemble(
    lead: EventMention,
    chosen: dict[str, Choice],
    toll: Toll | None,
    ordered: list[MentionContext],
) -> EventMention:
    def by(field: str) -> EventMention:
        choice = chosen.get(field)
        return choice.context.mention if choice else lead

    kind, actors, claim = by("event_type"), by("actors"), by("responsibility")
    held = "event_type" in chosen and chosen["event_type"].rule_id == HELD_RULE
    return replace(
        lead,
        event_type="Battles" if held else kind.event_type,
        sub_event_type=CLASH if held else kind.sub_event_type,
        disorder_type="Political violence" if held else kind.disorder_type,
        event_date=by("event_date").event_date,
        location=by("location").location,
        side1=actors.side1,
        side2=actors.side2,
        initiator_known=actors.initiator_known,
        civilian_targeting=kind.civilian_targeting,
        fatalities=toll.fatalities if toll else lead.fatalities,
        responsibility_status=claim.responsibility_status,
        responsibility_by=claim.responsibility_by,
        confidence=_confidence(ordered),
    )


def _confidence(ordered: Sequence[MentionContext]) -> float:
    """Combine the best mention of each family: independent reports add up."""
    best: dict[str, float] = {}
    for context in voices(ordered):
        held = best.get(context.family_id, 0.0)
        best[context.family_id] = max(held, context.mention.confidence)
    doubt = 1.0
    for family in sorted(best):
        doubt *= 1 - best[family]
    return round(1 - doubt, 6)


def _disputes(ordered: Sequence[MentionContext]) -> list[str]:
    speaking = voices(ordered)
    found = [
        text
        for field, value_of in (("event_date", _exact_date), ("actors", _initiator))
        if (text := _rival_values(field, speaking, value_of))
    ]
    statuses = {c.mention.responsibility_status for c in speaking}
    if "denied" in statuses and statuses & {"claimed", "attributed"}:
        found.append(
            "responsibility: denied; "
            + "; ".join(sorted(filter(None, statuses - {"denied"})))
        )
    for context in speaking:
        rivals = [
            f"{c.claimant}: {c.subject} {c.verb_class}"
            for c in context.mention.claims
            if c.verb_class in {"denied", "not_verified"}
        ]
        if "disputed" in context.mention.tags or rivals:
            found.append("claims: " + "; ".join(rivals or ["contradictory reports"]))
    return list(dict.fromkeys(found))


def _exact_date(context: MentionContext) -> str | None:
    dates = context.mention.event_date
    return str(dates.start) if dates.start and dates.time_precision == 1 else None


def _initiator(context: MentionContext) -> str | None:
    mention = context.mention
    if not mention.initiator_known or not mention.side1:
        return None
    first = mention.side1[0]
    if first.kind is ActorKind.UNIDENTIFIED or not actor_key(first):
        return None
    return umbrella_of(first)


def _rival_values(
    field: str,
    speaking: Sequence[MentionContext],
    value_of: Callable[[MentionContext], str | None],
) -> str | None:
    counts = support(speaking, value_of)
    if len(counts) < 2:
        return None
    return f"{field}: " + "; ".join(f"{v} ({n})" for v, n in sorted(counts.items()))
