"""From triggers to events: what one running account tells is one event (CODEBOOK 1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tasks.coding.dates import DateMention, event_date
from tasks.coding.lexicon import STRONG
from tasks.coding.placing import Places
from tasks.coding.reading import Reading, View
from tasks.coding.roles import Roles
from tasks.coding.status import Status
from tasks.model.coding import EventDate
from tasks.geoparsing.values import Located
from tasks.reference.places.geodesy import distance_km

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
_SAME_PLACE_KM = 25.0
_MAX_EVENTS = 12  # a page with more is a data set


@dataclass(frozen=True, slots=True)
class Report:
    """One live trigger with its slots, day and place."""

    roles: Roles
    status: Status
    view: View
    date: EventDate
    date_mention: DateMention | None  # where the date came from; None: publication
    is_dated_here: bool  # a day of its own sentence
    place: Located | None
    is_placed_here: bool  # a place of its own sentence
    scope: int  # entry of a round-up; 0: running text

    @property
    def act(self) -> str:
        """Return the kind of act."""
        return self.roles.trigger.act

    @property
    def strength(self) -> int:
        """Return the trigger's strength."""
        return self.roles.trigger.form.strength

    @property
    def paragraph(self) -> int:
        """Return the paragraph the report stands in; 0 is the title."""
        return self.view.sentence.paragraph


@dataclass(slots=True)
class Story:
    """The reports of one event, in text order."""

    reports: list[Report] = field(default_factory=list)

    @property
    def anchor(self) -> Report:
        """Return the report that defines the event: the first strong one of the body."""
        body = [r for r in self.reports if r.paragraph > 0]
        strong = [r for r in body if r.strength >= STRONG and r.act not in SUPPORT]
        return (strong or body or self.reports)[0]

    @property
    def day(self) -> date | None:
        """Return the day the story is about."""
        return self.dated.date.start

    @property
    def dated(self) -> Report:
        """Return the report whose date is the event's."""
        lead = self.anchor
        if lead.is_dated_here:
            return lead
        near = [
            r
            for r in self.reports
            if r.is_dated_here and abs(r.paragraph - lead.paragraph) <= 2
        ]
        return near[0] if near else lead

    @property
    def placed(self) -> Report:
        """Return the report whose place is the event's."""
        lead = self.anchor
        if lead.is_placed_here:
            return lead
        return next((r for r in self.reports if r.is_placed_here and r.paragraph), lead)

    @property
    def is_crowd(self) -> bool:
        """Return whether the story is about a crowd."""
        return any(r.act in CROWD for r in self.reports if r.act not in NEUTRAL)


def group(
    reading: Reading,
    places: Places,
    roles: Sequence[tuple[Roles, Status, View]],
) -> list[Story]:
    """Return the stories of the document, the lead story first."""
    scopes = entry_scopes(reading)
    stories: list[Story] = []
    for filled, status, view in roles:
        report = _report(reading, places, filled, status, view, scopes)
        home = _home(stories, report)
        if home is not None:
            home.reports.append(report)
        elif _may_open(stories, report) and len(stories) < _MAX_EVENTS:
            stories.append(Story([report]))
    kept = [s for s in stories if any(_is_substantial(r) for r in s.reports)]
    return sorted(kept, key=lambda s: s.anchor.roles.trigger.start)


def entry_scopes(reading: Reading) -> list[tuple[int, int]]:
    """Return the spans of the entries of a round-up ('NIGER. Two engineers …')."""
    entries: list[tuple[int, int]] = []
    seen = 0
    for sentence in reading.sentences:
        if sentence.paragraph == seen or sentence.paragraph == 0:
            continue
        seen = sentence.paragraph
        head = sentence.text.rstrip(".:")
        if 3 <= len(head) <= 30 and head.isupper():
            entries.append((sentence.start, len(reading.text)))
            if len(entries) > 1:
                entries[-2] = (entries[-2][0], sentence.start)
    return entries if len(entries) >= 2 else []


def _report(
    reading: Reading,
    places: Places,
    filled: Roles,
    status: Status,
    view: View,
    scopes: Sequence[tuple[int, int]],
) -> Report:
    trigger = filled.trigger
    number = next(
        (i for i, (a, b) in enumerate(scopes, 1) if a <= trigger.start < b), 0
    )
    when, mention = event_date(
        reading.dates, trigger.start, trigger.end, reading.sentences, reading.context,
        folded=reading.folded, scope=scopes[number - 1] if number else None,
    )  # fmt: skip
    own = status.mention
    sentence = view.sentence
    here = mention is not None and sentence.start <= mention.start < sentence.end
    if own is not None and here and own.first and not own.is_future and own != mention:
        when = EventDate(
            own.first,
            own.last,
            own.time_precision,
            own.date_prec,
            own.mention,
            own.basis,
        )
        mention = own
    where = places.locate(trigger.start, trigger.end)
    placed_here = where is not None and sentence.start <= where.start < sentence.end
    return Report(
        filled, status, view, when, mention, here and not (mention and mention.is_speech),
        where, placed_here, number,
    )  # fmt: skip


def _home(stories: Sequence[Story], report: Report) -> Story | None:
    """Return the story the report continues, None if it tells of something else."""
    for story in reversed(stories):
        if not _differs(story, report):
            return story
    return None


def _differs(story: Story, report: Report) -> bool:
    if (
        report.scope != story.anchor.scope
        and report.paragraph
        and story.anchor.paragraph
    ):
        return True
    if _other_kind(story, report):
        return True
    apart = _days_apart(story, report)
    elsewhere = _elsewhere(story, report)
    if report.act in SUPPORT and report.strength < STRONG:
        return apart >= 2 or (elsewhere and apart >= 1)
    return (
        apart >= 2
        or (apart == 1 and (elsewhere or _is_reversed(story, report)))
        or elsewhere
    )


def _other_kind(story: Story, report: Report) -> bool:
    if report.act in NEUTRAL or all(r.act in NEUTRAL for r in story.reports):
        return False
    crowd = report.act in CROWD
    return crowd != story.is_crowd


def _days_apart(story: Story, report: Report) -> int:
    if not (report.is_dated_here and story.dated.is_dated_here):
        return 0
    a, b = story.dated.date, report.date
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return 0
    if a.time_precision != 1 or b.time_precision != 1:
        return 0 if a.start <= b.end and b.start <= a.end else 2
    return abs((a.start - b.start).days)


def _elsewhere(story: Story, report: Report) -> bool:
    if not (report.is_placed_here and story.placed.is_placed_here):
        return False
    return are_apart(story.placed.place, report.place)


def are_apart(one: Located | None, other: Located | None) -> bool:
    """Return whether two places are told apart: both precise and not near each other."""
    if one is None or other is None:
        return False
    a, b = one.location, other.location
    if a.name == b.name or 3 in {a.geo_precision, b.geo_precision}:
        return a.country != b.country
    if None in {a.latitude, a.longitude, b.latitude, b.longitude}:
        return False
    gap = distance_km(a.latitude, a.longitude, b.latitude, b.longitude)  # type: ignore[arg-type]
    return gap > _SAME_PLACE_KM


def _is_reversed(story: Story, report: Report) -> bool:
    """The sides change places: a reprisal is another event."""
    first = {s.party.name for s in story.anchor.roles.initiators if s.party}
    mine = {s.party.name for s in report.roles.initiators if s.party}
    return bool(first and mine) and not first & mine


def _may_open(stories: Sequence[Story], report: Report) -> bool:
    """A first story may start anywhere; a further one needs its own act, day or place."""
    if report.act in {"claim", "generic", "hold", "displace"}:
        return False
    if not stories:
        return True
    if report.paragraph == 0:
        return False
    return (
        report.strength >= STRONG
        and report.act not in SUPPORT
        and (report.is_dated_here or report.scope > 0)
        and (report.is_placed_here or report.scope > 0)
    )


def _is_substantial(report: Report) -> bool:
    return report.strength >= 2
