"""Linking a trigger to its date: sentence first, running account next, publication last."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from tasks.coding.dates.attributive import dates_another
from tasks.coding.dates.calc import precision, shift
from tasks.coding.dates.governing import is_referred_to
from tasks.coding.dates.model import RECENT, DateContext, DateMention, HasSpan
from tasks.model.coding import EventDate

_NEVER = {"year", "season", "dateline"}  # no event's day
_BACK_SENTENCES = 8  # how far a running account is followed towards its start
_AHEAD_SENTENCES = 3  # a lead's day is often told just after it
_CROSSING_COST = 60  # characters a clause boundary is worth
_BEFORE_COST = 1.3  # a date follows its verb more often than it precedes it
_BESIDE = 2  # a comma and a space
_START = attrgetter("start")
_BOUNDARIES = (
    ";",
    " after ",
    " before ",
    " while ",
    " but ",
    " when ",
    " because ",
    " who ",
    " which ",
)


def event_date(
    mentions: Sequence[DateMention],
    trigger_start: int,
    trigger_end: int,
    sentences: Sequence[HasSpan],
    context: DateContext,
    *,
    folded: str = "",
    scope: tuple[int, int] | None = None,
) -> tuple[EventDate, DateMention | None]:
    """Return a trigger's date and the mention it came from (None: publication).

    scope bounds the running account (one entry of a round-up). Without a publication
    date only an explicit date with its year is usable; else start and end are None.
    """
    inside = [m for m in mentions if _in_scope(m, scope) and m.first is not None]
    at = sentence_index(sentences, trigger_start)
    own, trigger = (sentences[at] if sentences else None), (trigger_start, trigger_end)
    usable = [
        m
        for m in inside
        if _is_usable(m) and not dates_another(folded, m, trigger_start)
    ]
    if own is not None:
        usable = [
            m for m in usable if not _is_of_what_followed(m, own, trigger, folded)
        ]
    told = [m for m in usable if not m.is_speech]
    best = _nearest_in(told, own, trigger, folded)
    if best is None:
        best = _in_account(told, sentences, at)
    if best is not None:
        best = _of_the_taking(best, told, folded[trigger_start:trigger_end])
        return _as_event_date(best), best
    begun = next((m for m in inside if runs_on(m, mentions, context)), None)
    if begun is not None:
        return _since(begun, context), begun
    spoken = [m for m in usable if m.is_speech]
    best = _nearest_in(spoken, own, trigger, folded)
    best = best or _in_account(spoken, sentences, at)
    if best is not None:
        return EventDate(best.first, best.last, 2, 2, best.mention, "speech"), best
    return publication_date(context), None


def runs_on(
    mention: DateMention, told: Sequence[DateMention], context: DateContext
) -> bool:
    """Tell whether 'since Sunday' is all a text says of when: what it tells goes on."""
    today = context.today
    if not mention.is_open or mention.first is None or today is None:
        return False
    days = (m for m in told if not (m is mention or m.is_speech or m.is_future))
    others = any(m.basis not in _NEVER and m.first != mention.first for m in days)
    return not others and today - RECENT <= mention.first <= today


def _since(mention: DateMention, context: DateContext) -> EventDate:
    first, today = mention.first, context.today
    time_precision, date_prec = precision(first, today)
    return EventDate(
        first, today, time_precision, date_prec, mention.mention, mention.basis
    )


def _of_the_taking(
    best: DateMention, told: list[DateMention], trigger: str
) -> DateMention:
    """'in control of it on Tuesday, two days after they entered': held then, taken before."""
    if "control" not in trigger:
        return best
    return next((m for m in told if counts_from(m, best)), best)


def counts_from(mention: DateMention, day: DateMention) -> bool:
    """Tell whether the mention is counted from the day right before: ', two days after'."""
    return mention.basis == "anaphoric" and 0 <= mention.start - day.end <= _BESIDE


def publication_date(context: DateContext) -> EventDate:
    """Return the last resort: the day of publication or the day before; never today."""
    today = context.today
    if today is None:
        return EventDate(None, None, None, None, None, "unknown")
    return EventDate(shift(today, -1), today, 2, 2, None, "publication")


def sentence_index(sentences: Sequence[HasSpan], offset: int) -> int:
    """Return the index of the sentence that holds the offset (the one before it, else 0)."""
    return max(0, bisect_right(sentences, offset, key=_START) - 1)


def _in_scope(mention: DateMention, scope: tuple[int, int] | None) -> bool:
    return scope is None or (scope[0] <= mention.start and mention.end <= scope[1])


def _is_usable(mention: DateMention) -> bool:
    return not (mention.is_future or mention.is_open or mention.basis in _NEVER)


def _is_of_what_followed(
    mention: DateMention, own: HasSpan, trigger: tuple[int, int], folded: str
) -> bool:
    """'On Tuesday police arrested three men over the attack': the attack came before."""
    if not own.start <= mention.start < mention.end <= trigger[0]:
        return False
    return is_referred_to(folded, mention.end, trigger[0])


def _nearest_in(
    mentions: list[DateMention],
    sentence: HasSpan | None,
    trigger: tuple[int, int],
    folded: str,
) -> DateMention | None:
    """Return the closest mention of the trigger's own sentence, clause borders counted."""
    if sentence is None:
        return None
    low, high, (start, end) = sentence.start, sentence.end, trigger
    here = [m for m in mentions if low <= m.start < high]

    def cost(mention: DateMention) -> float:
        before = mention.end <= start
        a, b = (mention.end, start) if before else (end, mention.start)
        gap = max(0, b - a) * (_BEFORE_COST if before else 1.0)
        between = folded[a:b]
        return gap + _CROSSING_COST * sum(between.count(x) for x in _BOUNDARIES)

    return min(here, key=cost, default=None)


def _in_account(
    mentions: list[DateMention], sentences: Sequence[HasSpan], at: int
) -> DateMention | None:
    """Return the day the account is at: the last one named before, else soon after."""
    if not mentions or not sentences:
        return mentions[0] if mentions else None
    low, high = sentences[at].start, sentences[at].end
    floor = sentences[max(0, at - _BACK_SENTENCES)].start
    ceiling = sentences[min(len(sentences) - 1, at + _AHEAD_SENTENCES)].end
    days = [m for m in mentions if m.time_precision == 1] or mentions
    before = [m for m in days if floor <= m.start < low]
    if before:
        return before[-1]
    after = [m for m in days if high <= m.start < ceiling]
    return after[0] if after else None


def _as_event_date(mention: DateMention) -> EventDate:
    return EventDate(
        mention.first,
        mention.last,
        mention.time_precision,
        mention.date_prec,
        mention.mention,
        mention.basis,
    )
