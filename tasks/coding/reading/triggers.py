"""Which matches are triggers, and as what: noun or verb, active or passive."""

from tasks.coding.reading import grammar
from tasks.coding.reading.document import Reading, Trigger, View
from tasks.coding.reading.lexicon import Form, Match

_INTRANSITIVE_PASSIVE = frozenset(
    {"kill", "abduct", "rape", "wound", "arrest", "burn", "loot", "take", "retake",
     "disrupted", "mob", "beat", "death"}
)  # fmt: skip
_AFTER_PASSIVE = frozenset(
    {"by", "in", "when", "after", "during", "on", "at", "as", "near", "from", "while",
     "over", "since", "this", "last", "yesterday", "overnight", "along", "outside",
     "inside", "amid", "and", "across", "early", "late", "with", "before", "off", "away"}
)  # fmt: skip
_OBJECTS = frozenset({"a", "an", "them", "him", "her"})
_COUNTING = frozenset({"at", "over", "near", "as", "around"})
_COUNTED = frozenset({"least", "most", "many", "much", "one"})
_ATTRIBUTED = frozenset(
    {
        "take",
        "retake",
        "abduct",
        "loot",
        "kill",
        "arrest",
        "attack",
        "raid",
        "shell",
        "bomb",
    }
)
_TAKES_PARTICIPLE = frozenset(
    {
        "in",
        "of",
        "from",
        "into",
        "the",
        "its",
        "his",
        "her",
        "their",
        "recently",
        "newly",
    }
)
_AFTER_NOUN = frozenset(
    {"between", "in", "near", "inside", "outside", "across", "along"}
)
_ARMED_KINDS = frozenset(
    {"rebel_group", "unidentified", "political_militia", "identity_militia",
     "external_forces", "state_forces", "rioters", "protesters"}
)  # fmt: skip


def find_triggers(reading: Reading) -> None:
    """Fill every view's triggers from its matches."""
    for view in reading.views:
        for match in view.matches:
            if match.forms and "masked" not in match.words:
                form = _choose(reading, view, match)
                if form is not None:
                    view.triggers.append(
                        Trigger(
                            match.start,
                            match.end,
                            view.sentence.index,
                            form,
                            match.forms,
                        )
                    )


def _choose(reading: Reading, view: View, match: Match) -> Form | None:
    if _is_month(reading, match) or _names_the_dead(reading, match):
        return None
    if _is_town(reading, match):
        return None
    nouns = [f for f in match.forms if f.kind != "v"]
    verbs = [f for f in match.forms if f.kind == "v"]
    if not verbs:
        return nouns[0]
    if not nouns:
        return _finite(reading, view, match, verbs)
    if _reads_as_noun(reading, view, match, verbs):
        return nouns[0]
    return _finite(reading, view, match, verbs)


def _is_month(reading: Reading, match: Match) -> bool:
    """'9 March', 'March 2024', 'in March' are dates, no demonstration."""
    if reading.text[match.start : match.end] != "March":
        return False
    before = reading.spaced[max(0, match.start - 12) : match.start].split()[-1:]
    after = reading.spaced[match.end : match.end + 8].split()[:1]
    words = {"in", "since", "until", "last", "of", "early", "late", "mid", "by", "from"}
    return any(w.isdigit() for w in (*before, *after)) or bool(words & set(before))


def _is_town(reading: Reading, match: Match) -> bool:
    """'the western town of Hit' is a town of Iraq."""
    if not reading.text[match.start].isupper():
        return False
    before = reading.spaced[max(0, match.start - 16) : match.start].split()[-2:]
    return before[-1:] == ["of"] and before[:1] in (["town"], ["city"], ["village"])


def _names_the_dead(reading: Reading, match: Match) -> bool:
    """'once for each of the dead' points at deaths told elsewhere."""
    if reading.spaced[match.start : match.end] != "dead":
        return False
    before = reading.spaced[max(0, match.start - 8) : match.start].split()[-1:]
    return before in (["the"], ["our"], ["their"], ["its"], ["s"])


def _finite(
    reading: Reading, view: View, match: Match, verbs: list[Form]
) -> Form | None:
    """Return the tense the place allows; a bare 'march' after nothing is no verb."""
    tenses = {f.tense: f for f in verbs}
    if "part" in tenses and _is_attributive(reading, view, match, tenses["part"]):
        return None
    if set(tenses) == {"base"} and not _can_be_base(reading, view, match):
        return None
    for tense in ("past", "part", "ger", "third", "base"):
        if tense in tenses:
            return tenses[tense]
    return verbs[0]


def _is_attributive(reading: Reading, view: View, match: Match, form: Form) -> bool:
    """'in captured Paletwa', 'the abducted girls': the participle only says which."""
    if form.act not in _ATTRIBUTED or " " in reading.spaced[match.start : match.end]:
        return False
    if not set(reading.words_before(view, match.start, 1)) & _TAKES_PARTICIPLE:
        return False
    after = reading.words_after(view, match.end, 1)
    if reading.text[match.end : match.end + 1] != " " or not after:
        return False
    return after[0] not in _AFTER_PASSIVE and not after[0].isdigit()


def _can_be_base(reading: Reading, view: View, match: Match) -> bool:
    before = grammar.strip_left(reading.words_before(view, match.start))
    raw = reading.words_before(view, match.start, 1)
    if raw and raw[0] in grammar.MODALS:
        return True
    return not raw or raw[0] not in grammar.DETERMINERS or not before


def _reads_as_noun(  # noqa: PLR0911 - one line per rule
    reading: Reading, view: View, match: Match, verbs: list[Form]
) -> bool:
    before = reading.words_before(view, match.start, 2)
    after = reading.words_after(view, match.end, 2)
    last = before[-1] if before else ""
    following = after[0] if after else ""
    tenses = {f.tense for f in verbs}
    if last in grammar.MODALS or last in grammar.PRONOUNS or last in grammar.RELATIVES:
        return False
    if "past" in tenses or "part" in tenses:  # 'a shot soldier' is rarer than 'shot'
        return last in {"the", "a", "an"}
    comma = reading.text[max(0, match.start - 2) : match.start].startswith(",")
    led = not comma and (last in grammar.DETERMINERS or last.isdigit())
    if following == "of" or led:
        return True  # but 'late on Monday night, killing nine'
    if "ger" in tenses:
        if following in _AFTER_NOUN and not comma:
            return True  # 'fighting between A and B': A is no object
        return not (comma or _starts_noun_phrase(view, match.end, following))
    party_before = any(0 <= match.start - p.end <= 2 for p in view.parties)
    if party_before and _starts_noun_phrase(view, match.end, following):
        return False
    if party_before and following in grammar.PREPOSITIONS and tenses == {"base"}:
        return not _is_plural(reading, match)
    return True


def _is_plural(reading: Reading, match: Match) -> bool:
    before = reading.spaced[max(0, match.start - 12) : match.start].split()
    return bool(before) and before[-1].endswith(("s", "men"))


def _starts_noun_phrase(view: View, end: int, word: str) -> bool:
    if (
        word in grammar.DETERMINERS
        or word.isdigit()
        or word in {"at", "around", "about"}
    ):
        return True
    near = [p.start - end for p in view.parties] + [t.start - end for t in view.things]
    return any(0 <= gap <= 22 for gap in near)


def is_passive(reading: Reading, view: View, trigger: Trigger) -> bool:
    """Return whether the subject of the trigger suffers the act."""
    form = trigger.form
    if form.kind == "n" or form.frame == "P":
        return False
    if form.kind == "x" and not reading.spaced[trigger.start : trigger.end].startswith(
        (
            "taken",
            "clashed",
            "found",
            "sent",
            "forcibly",
            "killed",
            "destroyed",
            "burnt",
        )
    ):
        return False
    tenses = {f.tense for f in trigger.alternatives if f.kind == "v"} | {form.tense}
    if not tenses & {"part", "fixed"}:
        return False
    before = reading.words_before(view, trigger.start)
    if grammar.has_passive_auxiliary(before):
        return True
    if before and (before[-1] in grammar.PERFECT or before[-1] in grammar.PRONOUNS):
        return False
    return _is_reduced_passive(reading, view, trigger)


def _counts_its_object(after: list[str]) -> bool:
    """'shot dead at least 16 people', 'killed over 20': an object follows, no phrase."""
    if len(after) < 2 or after[0] not in _COUNTING:
        return False
    return after[1] in _COUNTED or after[1].isdigit()


def _is_reduced_passive(reading: Reading, view: View, trigger: Trigger) -> bool:
    """'12 soldiers killed in ambush', 'shells fired by the army'."""
    after = reading.words_after(view, trigger.end, 2)
    tail = reading.text[trigger.end : trigger.end + 1]
    if after and after[0] == "by":
        return True
    words = reading.spaced[trigger.start : trigger.end].split()
    holds = bool(_OBJECTS & set(words[1:]))  # 'discovered a car bomb near'
    if holds or (_counts_its_object(after) and tail == " "):
        return False
    ends = not after or tail in ",.;:)—–" or after[0] in _AFTER_PASSIVE
    if not ends or trigger.form.frame not in {"T", "L"}:
        return False
    left = [p for p in view.parties if p.end <= trigger.start]
    if not left:
        return trigger.act in _INTRANSITIVE_PASSIVE
    if trigger.act in _INTRANSITIVE_PASSIVE:
        return True
    return left[-1].kind.value not in _ARMED_KINDS
