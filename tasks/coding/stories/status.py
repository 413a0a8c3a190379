"""Temporal and factual status of one trigger (CODEBOOK 3): its clause decides, not its page."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.coding.dates.attributive import dates_another
from tasks.coding.dates.governing import governs
from tasks.coding.dates.link import runs_on
from tasks.coding.dates.model import RECENT
from tasks.coding.dates.resolve import DateMention
from tasks.coding.reading.document import Cue, Reading, Trigger, View
from tasks.coding.stories.grievance import background_rule
from tasks.model.coding import TemporalStatus
from tasks.model.quick import quick_init

_CLAUSE_BREAK = re.compile(
    r"[;:—]|, (?:and|but|while|which|who|where|when|as|after|said|although|though)\b|"
    r" (?:but|while|although|whereas|though) |[.!?]\s"
)
_DATE_BREAK = re.compile(
    r"[;]|, (?:and|but|while|which|who|where)\b| (?:but|while|whereas) "
)
_AFTER_COST = 160  # 'missing on Saturday after gunmen attacked … on Friday'
_NEG_REACH = 4
_HYPO_REACH = 8
_LIFE = 12  # words between 'he' and what he did in the year the account is at
_WEEK = 7  # days
_INTENT = frozenset({"hypo", "future"})


@quick_init
@dataclass(frozen=True, slots=True)
class Status:
    """A trigger's status, the rule that gave it, and the date that placed it."""

    value: TemporalStatus
    rule_id: str
    mention: DateMention | None = None

    @property
    def is_live(self) -> bool:
        """Return whether an event may be coded from the trigger."""
        return self.value in {
            TemporalStatus.CURRENT, TemporalStatus.REPORTED, TemporalStatus.CLAIMED,
            TemporalStatus.RECENT_OTHER,
        }  # fmt: skip


def status_of(reading: Reading, view: View, trigger: Trigger) -> Status:
    """Return the status of the trigger; the first rule that holds decides."""
    negated = _negated(reading, view, trigger)
    if negated is not None:
        return negated
    mention = nearest_date(reading, view, trigger)
    hypothetical = _hypothetical(reading, view, trigger, mention)
    if hypothetical is not None:
        return hypothetical
    told_elsewhere = background_rule(reading, view, trigger)
    if told_elsewhere is not None:
        return Status(TemporalStatus.HISTORICAL, told_elsewhere)
    past = _historical(reading, view, trigger, mention)
    if past is not None:
        return past
    if _has_cue(reading, view, trigger, "claim", before_only=True):
        return Status(TemporalStatus.CLAIMED, "R-STATUS-CLAIMED", mention)
    return Status(TemporalStatus.REPORTED, "R-STATUS-REPORTED", mention)


def nearest_date(reading: Reading, view: View, trigger: Trigger) -> DateMention | None:
    """Return the date expression the trigger's clause is governed by, None if none."""
    best: tuple[float, DateMention] | None = None
    for mention in view.dates:
        if mention.is_speech or mention.basis == "dateline":
            continue
        if dates_another(reading.folded, mention, trigger.start):
            continue
        when, told = (mention.start, mention.end), (trigger.start, trigger.end)
        if not governs(reading.folded, view.sentence.start, when, told):
            continue
        low, high = sorted(((mention.start, mention.end), (trigger.start, trigger.end)))
        between = reading.folded[low[1] : high[0]]
        cost: float = len(between) + 80 * len(_DATE_BREAK.findall(between))
        cost += 40 * between.count(",")
        if mention.end <= trigger.start:
            cost = cost * 1.2 + _AFTER_COST * between.count(" after ")
        if best is None or cost < best[0]:
            best = (cost, mention)
    return best[1] if best else None


_WHEN = re.compile(r" (?:when|after|while) ")


def _negated(reading: Reading, view: View, trigger: Trigger) -> Status | None:
    before = reading.words_before(view, trigger.start, _NEG_REACH)
    low = _clause_start(reading, view, trigger.start)
    for cue in view.cues:
        if not low <= cue.start < trigger.start:
            continue
        if "deny" in cue.classes and _within_words(reading, cue, trigger, 12):
            return Status(TemporalStatus.DENIED, "R-STATUS-DENIED")
        if "neg" in cue.classes and _within_words(reading, cue, trigger, _NEG_REACH):
            between = reading.spaced[cue.end : trigger.start]
            if "," in reading.text[cue.end : trigger.start] or _WHEN.search(between):
                continue  # 'who did not speak, killed', 'nobody died when rockets hit'
            word = reading.spaced[cue.start : cue.end]
            if word in {"no", "not"} and _is_comparative(reading, cue):
                continue
            bare = _NO_NOUN.issuperset(between.split())  # 'without a single shot'
            if _is_of_a_noun(reading, cue, word) and _is_finite(trigger) and not bare:
                continue
            return Status(TemporalStatus.NEGATED, "R-STATUS-NEGATED")
    if "no" in before[-2:] and trigger.form.kind != "v":
        return Status(TemporalStatus.NEGATED, "R-STATUS-NEGATED")
    return None


_NO_NOUN = frozenset(
    {"a", "an", "the", "any", "single", "one", "further", "more", "being"}
)


def _is_of_a_noun(reading: Reading, cue: Cue, word: str) -> bool:
    """'men on a motorcycle without plates shot', 'in a car with no plates fired'."""
    with_no = word == "no" and reading.spaced[: cue.start].endswith("with ")
    return word == "without" or with_no


def _is_finite(trigger: Trigger) -> bool:
    return trigger.is_verb and trigger.form.tense in {"past", "third"}


def _is_comparative(reading: Reading, cue: Cue) -> bool:
    """'no fewer than nine', 'not only'."""
    after = reading.spaced[cue.end : cue.end + 14].split()
    return bool(after) and after[0] in {
        "fewer",
        "less",
        "only",
        "just",
        "longer",
        "one",
    }


# ---- plans, threats, conditions


def _hypothetical(
    reading: Reading, view: View, trigger: Trigger, mention: DateMention | None
) -> Status | None:
    low = _clause_start(reading, view, trigger.start)
    before = reading.words_before(view, trigger.start, 3)
    core = before[-1] if before else ""
    if trigger.is_verb and trigger.form.tense == "base" and core == "to":
        return _infinitive(trigger, before)
    for cue in view.cues:
        if not low <= cue.start < trigger.start:
            continue
        classes = _INTENT.intersection(cue.classes)
        if not classes or not _within_words(reading, cue, trigger, _HYPO_REACH):
            continue
        likened = reading.spaced[cue.start : cue.end] in {"as if", "as though"}
        if not likened and _crosses_verb(reading, cue, trigger):
            continue
        if "future" in classes:
            return Status(TemporalStatus.FUTURE, "R-STATUS-FUTURE")
        return Status(TemporalStatus.HYPOTHETICAL, "R-STATUS-HYPOTHETICAL")
    if trigger.is_verb and trigger.form.tense == "base" and core in {"may", "might"}:
        return Status(TemporalStatus.HYPOTHETICAL, "R-STATUS-MODAL")
    return _future_date(reading, trigger, mention)


def _infinitive(trigger: Trigger, before: list[str]) -> Status | None:
    """'in order to attack', 'came to abduct' are aims; 'went on to kill' is not."""
    if before[-2:-1] in (["on"], ["managed"], ["began"], ["continued"], ["started"]):
        return None
    if trigger.form.frame == "C":  # 'took to the streets to protest against'
        return None
    return Status(TemporalStatus.HYPOTHETICAL, "R-STATUS-INFINITIVE")


def _future_date(
    reading: Reading, trigger: Trigger, mention: DateMention | None
) -> Status | None:
    today = reading.context.today
    if mention is None or mention.first is None or today is None:
        return None
    past_verb = trigger.is_verb and trigger.form.tense in {"past", "part"}
    if (mention.is_future or mention.first > today) and not past_verb:
        return Status(TemporalStatus.FUTURE, "R-STATUS-FUTURE-DATE", mention)
    return None


def _crosses_verb(reading: Reading, cue: Cue, trigger: Trigger) -> bool:
    """A finite trigger between the cue and this one takes the cue for itself."""
    if reading.spaced[cue.start : cue.end].endswith(" be"):
        return False  # 'is to be merged': the participle is the cue's own
    if trigger.is_verb and trigger.form.tense in {"past", "part"}:
        between = reading.spaced[cue.end : trigger.start].split()
        return not {"be", "have", "been"} & set(between)
    return False


# ---- other times


_MARKED = re.compile(  # 'met on Wednesday to mark the anniversary of the night when'
    r"\b(?:mark|commemorat|observ|celebrat|remember)\w* (?:\w+ ){0,4}anniversary of\b"
)


def _historical(  # noqa: PLR0911 - one line per rule
    reading: Reading, view: View, trigger: Trigger, mention: DateMention | None
) -> Status | None:
    today = reading.context.today
    if _MARKED.search(reading.spaced, view.sentence.start, trigger.start):
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-HISTORY-WORD", mention)
    if _years_after(reading, view, trigger):
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-YEARS-AFTER", mention)
    if mention is not None and mention.is_open:
        if runs_on(mention, reading.dates, reading.context):
            return None
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-SINCE", mention)
    if mention is not None and mention.last is not None and today is not None:
        if mention.last < today - RECENT or _is_mostly_old(mention, today):
            return Status(TemporalStatus.HISTORICAL, "R-STATUS-OLD-DATE", mention)
        if _is_recent(mention, today):
            return None
    if (
        mention is not None
        and mention.basis in {"year", "season"}
        and _is_old(mention, today)
    ):
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-OLD-YEAR", mention)
    if _has_cue(reading, view, trigger, "hist", before_only=False):
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-HISTORY-WORD", mention)
    if _is_of_a_life(reading, view, trigger):
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-OLD-YEAR", mention)
    if _habitual(reading, view, trigger):
        return Status(TemporalStatus.HISTORICAL, "R-STATUS-HABITUAL", mention)
    return None


def _is_of_a_life(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'In 1991 he joined the front. At the head of sixty men he attacked the post.'"""
    at, before = view.sentence.index, reading.words_before(view, trigger.start, _LIFE)
    if at == 0 or view.dates or not {"he", "she"} & set(before):
        return False
    last = reading.views[at - 1]
    if last.sentence.paragraph != view.sentence.paragraph or not last.dates:
        return False
    return all(
        d.last is not None and _is_old(d, reading.context.today) for d in last.dates
    )


def _years_after(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'on Sunday, 37 years after aircraft bombed the town': the day dates the memory."""
    return any(
        "years_after" in cue.classes
        and trigger.start - cue.end >= 0
        and "," not in reading.text[cue.end : trigger.start]
        and _within_words(reading, cue, trigger, 8)
        for cue in view.cues
    )


def _is_recent(mention: DateMention, today: date) -> bool:
    """A day, or a week like 'last week', that lies in the window of what is coded."""
    if mention.first is None or mention.time_precision not in {1, 2}:
        return False
    near = mention.time_precision == 1 or mention.first >= today - RECENT
    return near and mention.first <= today + timedelta(days=1)


def _is_mostly_old(mention: DateMention, today: date) -> bool:
    """'killed 40 in January', told in February: more of the month is past than news."""
    first, last = mention.first, mention.last
    if first is None or last is None or mention.basis not in {"month", "explicit"}:
        return False
    return (last - first).days > _WEEK and first + (last - first) / 2 < today - RECENT


def _is_old(mention: DateMention, today: date | None) -> bool:
    return today is None or mention.last is None or mention.last < today - RECENT


def _habitual(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'has been fighting', 'has been plagued by', 'often attack', 'regularly'."""
    before = reading.words_before(view, trigger.start, 5)
    if trigger.form.tense == "ger" and before[-1:] == ["been"]:
        return True
    habit = {
        "often",
        "regularly",
        "frequently",
        "routinely",
        "repeatedly",
        "usually",
        "always",
        "sporadically",
        "rarely",
        "sometimes",
    }
    return bool(habit & set(before)) and trigger.form.kind == "v"


# ---- scope


def _clause_start(reading: Reading, view: View, position: int) -> int:
    if position not in view.clause_starts:  # several rules ask for one trigger's
        low = view.sentence.start
        for match in _CLAUSE_BREAK.finditer(reading.folded, low, position):
            low = match.end()
        view.clause_starts[position] = low
    return view.clause_starts[position]


def _clause_end(reading: Reading, view: View, position: int) -> int:
    match = _CLAUSE_BREAK.search(reading.folded, position, view.sentence.end)
    return match.start() if match else view.sentence.end


def _has_cue(
    reading: Reading, view: View, trigger: Trigger, cls: str, *, before_only: bool
) -> bool:
    if not any(cls in cue.classes for cue in view.cues):
        return False
    low = _clause_start(reading, view, trigger.start)
    high = trigger.start if before_only else _clause_end(reading, view, trigger.end)
    return any(
        cls in cue.classes and low <= cue.start < high
        for cue in view.cues
        if (
            cue.end <= trigger.start
            and "," not in reading.text[cue.end : trigger.start]
        )
        or (
            cue.start >= trigger.end
            and "," not in reading.text[trigger.end : cue.start]
        )
    )


def _within_words(reading: Reading, cue: Cue, trigger: Trigger, count: int) -> bool:
    return len(reading.spaced[cue.end : trigger.start].split()) <= count
