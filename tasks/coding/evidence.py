"""Spans that show where each field comes from; text[start:end] == quote, always."""

from collections.abc import Iterator

from tasks.coding.event_types.held import clause
from tasks.coding.event_types.names import Decision
from tasks.coding.reading.document import Reading
from tasks.coding.sides.sides import Sides
from tasks.coding.stories.story import Story
from tasks.geoparsing.values import Located
from tasks.model.coding import Evidence, Fatalities

_MAX_QUOTE = 160


def span(reading: Reading, field: str, start: int, end: int, rule_id: str) -> Evidence:
    """Return one evidence span, cut to a readable length."""
    end = min(end, start + _MAX_QUOTE, len(reading.text))
    return Evidence(field, start, end, reading.text[start:end], rule_id)


def collect(
    reading: Reading,
    story: Story,
    decision: Decision,
    *,
    sides: Sides,
    located: Located | None,
    fatalities: Fatalities,
) -> tuple[Evidence, ...]:
    """Return the evidence of an event, in text order within each field."""
    return tuple(
        e
        for e in (
            *_acts(reading, story, decision),
            *_actors(reading, sides),
            *_where_when(reading, story, located),
            *_tolls(reading, fatalities),
        )
        if e.start < e.end
    )


def _acts(reading: Reading, story: Story, decision: Decision) -> Iterator[Evidence]:
    anchor = story.anchor.roles.trigger
    yield span(reading, "event", anchor.start, anchor.end, f"T-{anchor.form.family}")
    yield span(reading, "event_type", anchor.start, anchor.end, decision.rule_id)
    if decision.left is not None:
        yield span(
            reading, "control", *clause(reading, decision.left), decision.rule_id
        )


def _actors(reading: Reading, sides: Sides) -> Iterator[Evidence]:
    for name, side in (("actor1", sides.side1), ("actor2", sides.side2)):
        for candidate in side:
            match = candidate.match
            if reading.text[match.start : match.end] == match.mention:
                yield span(reading, name, match.start, match.end, candidate.rule_id)
    if sides.pointer is not None:
        pointer = sides.pointer
        yield span(reading, "claim", pointer.start, pointer.end, pointer.rule_id)


def _where_when(
    reading: Reading, story: Story, located: Located | None
) -> Iterator[Evidence]:
    if located is not None:
        yield span(reading, "location", located.start, located.end, located.rule_id)
    mention = story.dated.date_mention
    if mention is not None:
        yield span(
            reading, "date", mention.start, mention.end, f"R-DATE-{mention.basis}"
        )


def _tolls(reading: Reading, fatalities: Fatalities) -> Iterator[Evidence]:
    for claim in fatalities.claims:
        if claim.start is not None and claim.end is not None:
            yield span(reading, "fatalities", claim.start, claim.end, "R-TOLL")
