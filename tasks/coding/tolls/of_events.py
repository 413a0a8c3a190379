"""Which figures belong to which event, and which are parts, recaps or a foe's word."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.coding.dates.governing import governs
from tasks.coding.dates.link import runs_on
from tasks.coding.dates.model import RECENT
from tasks.coding.reading.document import Reading
from tasks.coding.stories.reports import Report, Told
from tasks.coding.stories.story import Story
from tasks.coding.tolls.parts import with_parts, without_parts
from tasks.coding.tolls.statements import is_boast
from tasks.coding.tolls.tolls import TollMention, derive_fatalities
from tasks.model.coding import Fatalities

_PART = re.compile(
    r" of (?:the (?:dead|victims|killed|deceased|slain|bodies|corpses)|those\b)"
)
_OURS = re.compile(r"\bof our (?:men|boys|people)$")  # of any side
_SIDES = frozenset({"armed", "state", "civilians"})
_OF_ANOTHER_TIME = frozenset({"R-STATUS-CAUSE", "R-STATUS-HISTORY-WORD"})
_LETHAL = frozenset({"kill", "death", "mob"})
_OPENING = 2  # paragraphs in which the defining sentence is the outlet's own summary
_BESIDE = 2  # a day right before its verb is that verb's
_CLAIM_REACH = 90
_CLAIM_BESIDE = 24  # 'claimed to have killed 20'


def without_causes(
    tolls: Sequence[TollMention], told: Sequence[Told]
) -> list[TollMention]:
    """Mark the dead a crowd came to protest about, or of a verb told as history."""
    causes = [
        (filled.trigger.start, filled.trigger.end)
        for filled, status, _ in told
        if status.rule_id in _OF_ANOTHER_TIME
    ]
    return [
        replace(t, is_historical=True)
        if any(a < t.trigger_end and t.trigger_start < b for a, b in causes)
        else t
        for t in tolls
    ]


def tolls_of(
    reading: Reading,
    tolls: Sequence[TollMention],
    stories: Sequence[Story],
    story: Story,
) -> list[TollMention]:
    """Return the tolls told of one story, those of another time marked historical."""
    mine = [
        _read_again(reading, t)
        for t in tolls
        if len(stories) == 1 or _owner(t, stories) is story
    ]
    if len(stories) > 1:
        mine = _without_sum(reading, story, mine)
        mine = [t for t in mine if not (t.is_more and _is_others(t, tolls, mine))]
    if any(r.act == "rape" for r in story.reports):
        mine = [
            t for t in mine if t.kind != "wounded"
        ]  # treated, and no word of deaths
    mine = with_parts(_without_running_totals(reading, mine))
    zero = [t for t in mine if t.kind == "none_killed" and not t.is_historical]
    if zero and not any(r.act in _LETHAL for r in story.reports):
        return zero
    return without_parts(mine)


def _without_sum(
    reading: Reading, story: Story, mine: list[TollMention]
) -> list[TollMention]:
    """Leave out the figure of title or lead where the text counts this story's dead itself.

    'Shells and a mine: 21 dead' sums two events (CODEBOOK 8), as does a lead that tells
    of no story of its own: 'Eight people were killed in Iraq on Monday'.
    """
    own = {r.view.sentence.index for r in story.reports}
    body = [
        t for t in mine
        if (at := reading.sentences[t.sentence].paragraph) > 1
        or (at == 1 and t.sentence in own)
    ]  # fmt: skip
    told = any(
        t.kind == "killed" and t.is_firm and t.is_counted
        and not (t.is_historical or t.is_named)  # 'Patrolman Muñoz, 26, died'
        for t in body
    )  # fmt: skip
    return body if told else mine


_PERFECT = re.compile(
    r"\b(?:has|have) (?:\w+ ){0,2}?(?:been|left|killed|died|claimed|cost|lost)\b"
    r"|\b(?:between|since|from) the (?:beginning|start|outbreak) of\b"
)
_LATE = 2  # paragraphs after which a text tells the wider picture
_RUNNING = 20  # the dead of a conflict are many
_DWARFS = 2


def _without_running_totals(
    reading: Reading, mine: list[TollMention]
) -> list[TollMention]:
    """Mark 'at least 50 people have been killed in the protests' after 'two were killed'.

    Told late, in the perfect tense and dwarfing the event's own dead, a figure is that of
    the campaign, war or wave the event belongs to.
    """
    own = max(
        (
            t.low or 0
            for t in mine
            if t.kind == "killed" and not (t.is_historical or _is_wider(reading, t))
        ),
        default=0,
    )
    return [
        replace(t, is_historical=True)
        if _is_wider(reading, t) and (t.low or 0) >= _DWARFS * own
        else t
        for t in mine
    ]


def _is_wider(reading: Reading, toll: TollMention) -> bool:
    sentence = reading.sentences[toll.sentence]
    if (
        toll.kind != "killed"
        or sentence.paragraph <= _LATE
        or (toll.low or 0) < _RUNNING
    ):
        return False
    return _PERFECT.search(reading.folded, sentence.start, sentence.end) is not None


def _is_others(
    toll: TollMention, tolls: Sequence[TollMention], mine: Sequence[TollMention]
) -> bool:
    """Tell 'six more died a day later' where another story counts those six."""
    return any(
        t.kind == "killed" and t.low == toll.low and not t.is_more
        and all(t.start != m.start for m in mine)
        for t in tolls
    )  # fmt: skip


def without_left_over(
    tolls: Sequence[TollMention], stories: Sequence[Story], others: Sequence[Report]
) -> Sequence[TollMention]:
    """Leave out what sentences of no story count: another event's dead are no rival figure."""
    past = {r.view.sentence.index for r in others if r.paragraph > 1}
    if not past:
        return tolls
    present = {r.view.sentence.index for s in stories for r in s.reports}
    return [t for t in tolls if t.sentence not in past - present]


def _owner(toll: TollMention, stories: Sequence[Story]) -> Story:
    """The story of its verb, else of the same sentence or paragraph, else the nearest."""

    def distance(story: Story) -> tuple[int, int, int, int]:
        return min(
            (
                abs(r.view.sentence.index - toll.sentence),
                0 if toll.trigger_start <= r.start < toll.trigger_end else 1,
                0 if r.start <= toll.start else 1,
                abs(r.start - toll.start),
            )
            for r in story.reports
        )

    return min(stories, key=distance)


def _read_again(reading: Reading, toll: TollMention) -> TollMention:
    if _is_old(reading, toll):
        toll = replace(toll, is_historical=True)
    if _OURS.search(toll.count_text.lower()):
        toll = replace(toll, victims=None)
    tail = reading.folded[toll.start : toll.end + 24].partition(",")[0]
    if _PART.search(tail):
        toll = replace(toll, is_part=True)
    reach = _CLAIM_REACH if toll.claimant_kind is None else _CLAIM_BESIDE
    if _is_claimed(reading, toll, reach):
        toll = replace(toll, claimant_kind="rebel")
    return toll


def _is_old(reading: Reading, toll: TollMention) -> bool:
    """A figure of which all days that govern it are long past is another event's."""
    today = reading.context.today
    view = reading.view_at(toll.start)
    told = toll.trigger_start, toll.trigger_end
    mine = [
        m for m in view.dates
        if governs(reading.folded, view.sentence.start, (m.start, m.end), told)
        and not runs_on(m, reading.dates, reading.context)
    ]  # fmt: skip
    beside = [m for m in mine if 0 <= told[0] - m.end <= _BESIDE and m.last]
    if today is not None and beside and not beside[-1].is_speech:
        last = beside[-1].last  # 'that in December slaughtered more than 300'
        return beside[-1].is_open or (last is not None and last < today - RECENT)
    days = [m for m in mine if not m.is_speech and m.last is not None]
    if today is None or not days:
        return any(m.is_open for m in mine)
    return all(
        m.is_open or (m.last is not None and m.last < today - RECENT) for m in days
    )


def _is_claimed(reading: Reading, toll: TollMention, reach: int) -> bool:
    """'claimed to have killed 20': a party's word, whoever it is."""
    return any(
        "claim" in cue.classes and 0 <= toll.start - cue.end <= reach
        for cue in reading.view_at(toll.start).cues
    )


def settle_tolls(
    reading: Reading, story: Story, mine: Sequence[TollMention]
) -> Fatalities:
    """Return the story's fatalities: all figures bound it, the account's own is best.

    What title and opening sentence state is the outlet's choice among its sources;
    figures further down, each somebody's word, widen low and high (R-TOLL-LEAD).
    """
    whole = derive_fatalities(mine)
    killed = [t for t in mine if t.kind == "killed" and not t.is_historical]
    lead = [t for t in killed if _is_lead(story, t)]
    if all(t.claimant_kind == "rebel" for t in lead):
        lead = [t for t in killed if _is_beside(reading, story, t)]
    lead = lead and [t for t in killed if t in lead or _adds(t, lead, killed)]
    opening = derive_fatalities(lead) if lead else whole
    if not lead or opening.text is None:
        return whole
    if whole.best is None and all(map(is_boast, lead)):
        return whole  # others count other dead: the boast does not settle it
    best = opening.best
    low = whole.low if best is None else min(whole.low, best) or opening.low
    high = whole.high
    if best is not None and high is not None and high < best:
        high = best
    return replace(whole, low=low, best=best, high=high)


def _adds(
    toll: TollMention, lead: Sequence[TollMention], killed: Sequence[TollMention]
) -> bool:
    """Tell 'four soldiers also died' after 'killed 23 militants', and 'a third man died'.

    'One more' counts on from the figure told last; it adds to the lead if that is of it.
    """
    sides = {t.victims for t in lead}
    admitted = toll.victims == "armed"  # a group's word on its own dead
    if not toll.is_firm or is_boast(toll):
        return False
    if toll.claimant_kind == "rebel" and not admitted:
        return False
    if toll.is_more:
        before = [t for t in killed if t.start < toll.start and t.is_counted]
        return bool(before) and before[-1] in lead
    return toll.victims in _SIDES and not {None, "people", toll.victims} & sides


def _is_beside(reading: Reading, story: Story, toll: TollMention) -> bool:
    """The defining paragraph, a foe's boast apart."""
    paragraph = reading.view_at(toll.start).sentence.paragraph
    return paragraph == story.anchor.paragraph and toll.claimant_kind != "rebel"


def _is_lead(story: Story, toll: TollMention) -> bool:
    views = [r.view.sentence for r in story.reports if r.paragraph == 0]
    anchor = story.anchor.view.sentence
    opens = story.anchor.paragraph <= _OPENING and toll.sentence == anchor.index
    return opens or any(s.index == toll.sentence for s in views)
