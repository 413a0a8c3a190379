"""From reports to events: what one running account tells is one event (CODEBOOK 1)."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tasks.coding.reading.lexicon import STRONG
from tasks.coding.stories.incidents import begins_another, is_summary
from tasks.coding.stories.openings import (
    FOLLOWS,
    days_apart,
    has_slots,
    is_head,
    may_open,
    settles,
)
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import CROWD, LETHAL, NEUTRAL, SUPPORT, Story
from tasks.coding.stories.whereabouts import are_apart, vagueness
from tasks.model.coding import ActorKind

_CROWDS = frozenset({ActorKind.PROTESTERS, ActorKind.RIOTERS})
_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES})
_JOINS = re.compile(
    r"\bwhile\b|;|\b(?:hours?|minutes|shortly|a day|days|the day) (?:after|before)\b"
)
_SEVERAL = 2
_VAGUE = 3  # a region or country
_MAX_EVENTS = 12  # a page with more is a data set


def group(reports: Sequence[Report]) -> list[Story]:
    """Return the stories of the document, in text order; the title joins the first."""
    stories: list[Story] = []
    body = (r for r in reports if r.paragraph > 0)
    for _, told in groupby(body, key=lambda r: r.view.sentence.index):
        _add_sentence(stories, list(told))
    kept = [s for s in stories if any(_is_substantial(r) for r in s.reports)]
    kept.sort(key=lambda s: s.anchor.start)
    kept = _without_summary(kept)
    _add_title(kept, [r for r in reports if r.paragraph == 0])
    return kept


def _add_sentence(stories: list[Story], told: Sequence[Report]) -> None:
    """Let each report go on with a story, or begin one; what stands before such a
    beginning in its sentence ('two died when gunmen opened fire') is part of it."""
    waiting: list[Report] = []
    heads = sorted((r for r in told if is_head(r)), key=lambda r: r.act in LETHAL)
    head = (
        heads[0] if heads else None
    )  # 'five were killed when fighters shelled a market'
    for report in told:
        home = _home(stories, report, head)
        if home is not None:
            home.reports.append(report)
        elif may_open(stories, report) and len(stories) < _MAX_EVENTS:
            stories.append(Story([*waiting, report]))
            waiting = []
        else:
            waiting.append(report)


def _add_title(stories: list[Story], title: list[Report]) -> None:
    for report in title:
        home = _of_title(stories, report)
        if home is not None:
            home.reports.insert(0, report)
    if not stories and any(
        r.strength >= STRONG and r.act not in SUPPORT for r in title
    ):
        stories.append(Story(title))


def _of_title(stories: Sequence[Story], report: Report) -> Story | None:
    """A headline tells the first event, or the one whose place or act it names."""
    fitting = [s for s in stories if not _other_kind(s, report)]
    if len(stories) < _SEVERAL or not fitting:
        return fitting[0] if fitting else None
    best = max(fitting, key=lambda s: _fits_title(s, report))
    if any(s.anchor.scope for s in stories) and not _fits_title(best, report):
        return None
    return best


def _fits_title(story: Story, report: Report) -> int:
    """The same act tells more than the place a headline of two places was given; a truce
    is told apart from what it ends."""
    told, mine = story.placed.place, report.place
    near = report.is_placed_here and told is not None and not are_apart(told, mine)
    same = any(r.act == report.act for r in story.reports)
    return 2 * same + near - 3 * _is_settlement(report, story)


def _without_summary(stories: list[Story]) -> list[Story]:
    """The lead of a round-up, which names no town, sums up what its entries tell."""
    stories = _without_several(stories)
    firm = [s for s in stories if s.anchor.scope]
    if len(firm) < _SEVERAL:
        return [s for s in stories if not _sums_up(s, stories)]
    return [s for s in stories if s.anchor.scope or vagueness(s.placed) < _VAGUE]


def _without_several(stories: list[Story]) -> list[Story]:
    """'Seven were killed in separate incidents': said of the events told after it."""
    first, *others = stories or [Story()]
    if not others or not is_summary(first):
        return stories
    if len(others) == 1:
        others[0].reports[:0] = first.reports
    return others


def _sums_up(story: Story, stories: Sequence[Story]) -> bool:
    """'Eight people were killed in Iraq on Monday': two towns further down count them."""
    others = [s for s in stories if s is not story and vagueness(s.placed) == 0]
    first = all(r.paragraph <= 1 for r in story.reports)
    counts = all(r.act in LETHAL and not r.roles.initiators for r in story.reports)
    return first and counts and len(others) >= _SEVERAL and vagueness(story.placed) > 0


def _home(
    stories: Sequence[Story], report: Report, head: Report | None
) -> Story | None:
    """Return the story the report continues, None if it tells of something else."""
    for story in _by_closeness(stories, report):
        if _differs(story, report):
            continue
        begun = any(r.view is report.view for r in story.reports)
        if begun or head is None or not begins_another(story, head):
            return story
    return None


def _by_closeness(stories: Sequence[Story], report: Report) -> Iterator[Story]:
    """The story of the same paragraph goes on; else that of the day the account is at;
    else the lead story, then the others."""
    if report.is_referred:
        yield from _by_act(stories, report)
    same = [s for s in stories if s.reports[-1].paragraph == report.paragraph]
    yield from reversed(same)
    rest = [s for s in stories if s not in same]
    yield from sorted(
        rest, key=lambda s: (not _is_at(s, report), not _is_of_its_day(s, report))
    )


def _is_at(story: Story, report: Report) -> bool:
    """The sentence names the town of the story."""
    told, mine = story.placed.place, report.place
    if told is None or mine is None or not report.is_placed_here:
        return False
    return told.location.name == mine.location.name


def _by_act(stories: Sequence[Story], report: Report) -> list[Story]:
    """'The committee formed over the killing': of earlier sentences, the one that told one."""
    earlier = [s for s in stories if s.anchor.view is not report.view]
    return sorted(
        earlier,
        key=lambda s: (
            all(r.act != report.act for r in s.reports),
            s.reports[-1].paragraph != report.paragraph,
        ),
    )


def _is_settlement(report: Report, story: Story) -> bool:
    """One of the two is the signing of an agreement, the other what it ends."""
    if report.act in SUPPORT or report.strength < STRONG:
        return False
    return settles(report) != settles(story.anchor)


def _is_joined_on(story: Story, last: Report, report: Report, apart: int) -> bool:
    """'…, while two were lynched the next day in Mangu', 'hours after a clash in Qabatiya'."""
    if not _is_another_town(story, report):
        return False
    if report.roles.is_gapped:
        return True
    between = report.view.sentence.text[
        last.start - report.view.sentence.start : report.start
        - report.view.sentence.start
    ]
    return apart >= 1 or _JOINS.search(between) is not None


def _is_of_its_day(story: Story, report: Report) -> bool:
    """Tell whether the running account dates both alike, to the day."""
    told, mine = story.dated, report.date
    return (
        told.is_dated_here
        and mine.basis != "publication"
        and mine.time_precision == 1
        and told.date.start == mine.start
    )


def _differs(  # noqa: PLR0911 - one line per rule
    story: Story, report: Report
) -> bool:
    if report.scope != story.anchor.scope or _other_kind(story, report):
        return True
    apart = days_apart(story, report)
    if apart >= 1 and _is_settlement(report, story):
        return True  # the truce of the day after the fighting
    if report.entry != story.anchor.entry:
        return are_apart(story.placed.place, report.place) or (
            apart >= 1 and _is_another_town(story, report)
        )
    same = [r for r in story.reports if r.view is report.view]
    if same:  # one sentence tells one event, whatever places it names
        return apart >= 2 or _is_joined_on(story, same[-1], report, apart)
    elsewhere = _elsewhere(story, report, apart)
    if report.act in SUPPORT and report.strength < STRONG:
        return apart >= 2 or (elsewhere and apart >= 1)
    if apart == 1:
        moved = elsewhere or _is_another_town(story, report)
        return moved or _is_reversed(story, report)
    return apart >= 2 or elsewhere


def _other_kind(story: Story, report: Report) -> bool:
    """A demonstration and an armed attack are two events, unless one account joins them."""
    if report.strength < STRONG or report.act in NEUTRAL:
        return False
    crowd = any(r.act in CROWD and r.strength >= STRONG for r in story.reports)
    armed = any(
        r.act not in CROWD | NEUTRAL and r.strength >= STRONG for r in story.reports
    )
    if report.act in CROWD or _is_of_a_crowd(report):
        return armed and not crowd and not _is_told_before(story, report)
    return crowd and not armed


def _is_told_before(story: Story, report: Report) -> bool:
    """'The protesters threw stones' after supporters attacked a convoy: the same people."""
    next_to = report.paragraph - story.reports[-1].paragraph <= 1
    own_day = report.is_dated_here or report.is_placed_here or report.new.marker
    known = _is_of_a_crowd(report) and not report.new.is_fresh
    return known and next_to and not own_day


def _is_of_a_crowd(report: Report) -> bool:
    """'protesters attacked the gendarmes' goes on with the demonstration."""
    who = [s.party.kind for s in report.roles.initiators if s.party]
    return bool(who) and all(k in _CROWDS for k in who)


def _elsewhere(story: Story, report: Report, apart: int) -> bool:
    """A place of the report's own sentence tells it apart; one of its paragraph only
    together with another day."""
    mine = report.place if report.is_placed_here else None
    if mine is None and apart >= 1:
        mine = report.paragraph_place
    if mine is None or not report.is_home:
        return False
    told = [
        r for r in story.reports
        if r.is_placed_here and _is_known(r) and r.act not in FOLLOWS
    ]  # fmt: skip
    if not told and not story.placed.is_placed_here and report.is_placed_here:
        return False  # the story's place is guessed, from a dateline or far away
    return are_apart(story.placed.place, mine) and all(
        are_apart(r.place, mine) for r in told
    )


def _is_another_town(story: Story, report: Report) -> bool:
    """Another name, however near: on another day that is another event."""
    told, mine = story.placed.place, report.place
    if told is None or mine is None or vagueness(report) > 0:
        return False
    told_fully = report.roles.trigger.is_verb and has_slots(report)
    if not (told_fully or report.roles.is_gapped) and report.act != "fight":
        return False
    return vagueness(story.placed) <= 1 and told.location.name != mine.location.name


def _is_known(report: Report) -> bool:
    """A place with a point: an unknown name proves neither the same nor another place."""
    return report.place is not None and report.place.location.latitude is not None


def _is_reversed(story: Story, report: Report) -> bool:
    """The sides change places: a reprisal is another event."""
    first = {s.party.kind in _STATE for s in story.anchor.roles.initiators if s.party}
    mine = {s.party.kind in _STATE for s in report.roles.initiators if s.party}
    return bool(first and mine) and not first & mine


def _is_substantial(report: Report) -> bool:
    return report.strength >= 2
