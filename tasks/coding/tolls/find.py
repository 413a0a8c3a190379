"""Finding tolls: every word of death, injury or capture with the figures it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.coding.claims.model import Attribution
from tasks.coding.dates.model import HasSpan
from tasks.coding.tolls import scope
from tasks.coding.tolls.chain import Line, Linked, line_of
from tasks.coding.tolls.claimant import with_claimant
from tasks.coding.tolls.gapped import gaps, is_gap_of
from tasks.coding.tolls.later import with_later_deaths
from tasks.coding.tolls.lexicon import word_class
from tasks.coding.tolls.model import TollMention
from tasks.coding.tolls.phrases import Phrase, phrases
from tasks.coding.tolls.predicates import linked_phrases, telling
from tasks.coding.tolls.tokens import tokenise
from tasks.model.quick import changed
from tasks.text.anchors import Opened
from tasks.text.fold import fold

_OR_HURT = [
    ["and", "wounded"],
    ["and", "injured"],
    ["or", "wounded"],
    ["or", "injured"],
    ["or", "missing"],
    ["or", "captured"],
]

_CUES = Opened(scope.CUE)
_SHARED = frozenset(
    {"killed", "captured"}
)  # fates a verb may tell of two places at once


def find_tolls(
    text: str,
    sentences: Sequence[HasSpan],
    *,
    folded: str | None = None,
    attributions: Sequence[Attribution] = (),
) -> tuple[TollMention, ...]:
    """Return every figure of killed, wounded, missing or captured, in text order.

    'Nobody was hurt' comes out with kind 'none_killed'. The claimant is the speaker of
    the attribution whose scope holds the figure.
    """
    whole = folded if folded is not None else fold(text)
    found: list[TollMention] = []
    cues = _CUES.over(whole)
    for index, sentence in enumerate(sentences):
        asked = index > 0 and _asks(whole, sentences[index - 1])
        told = cues.search(sentence.start, sentence.end) is not None
        if not (asked or told):
            continue
        part = whole[sentence.start : sentence.end]
        here = _Here(text, part, sentence, index)
        if asked:
            found.extend(_answers(here, whole))
        if told:
            found.extend(_in_sentence(here, whole))
    every = with_later_deaths(whole, found)
    return tuple(with_claimant(m, whole, attributions) for m in every)


def _asks(whole: str, sentence: HasSpan) -> bool:
    """Tell 'How many people died?'."""
    if not whole.startswith("?", sentence.end - 1):
        return False
    return scope.ASKED.search(whole, sentence.start, sentence.end) is not None


def _answers(here: "_Here", whole: str) -> Iterator[TollMention]:
    """'At least nine, according to a monk; up to 11, the PDF said': clauses of figures."""
    tokens = tokenise(whole, here.sentence.start, here.sentence.end)
    line = line_of(tokens, phrases(tokens))
    for phrase in line.phrases:
        before = tokens.words[phrase.first - 1] if phrase.first else ";"
        if phrase.is_counted and before == ";":
            linked = Linked("killed", phrase.first, phrase.last, (phrase,))
            yield from _mentions(here, line, linked)


@dataclass(frozen=True, slots=True)
class _Here:
    """The sentence being read; part is its folded text."""

    text: str
    part: str
    sentence: HasSpan
    index: int


def _in_sentence(here: _Here, whole: str) -> list[TollMention]:
    text, part, sentence, index = here.text, here.part, here.sentence, here.index
    mentions = [_zero(text, sentence.start + m.start(), sentence.start + m.end(), index)
                for m in scope.ZERO_DEATHS.finditer(part)]  # fmt: skip
    tokens = tokenise(whole, sentence.start, sentence.end)
    if not telling(tokens.words):
        return mentions
    line = line_of(tokens, phrases(tokens))
    zeros = [(m.start, m.end) for m in mentions]
    taken: dict[tuple[int, int], int] = {}
    for linked in linked_phrases(line):
        at = tokens.starts[linked.first]
        if any(a <= at < b for a, b in zeros):
            continue
        for mention in _mentions(here, line, linked):
            key = (mention.start, mention.end)
            if key in taken:
                if mention.kind == "killed" and mentions[taken[key]].kind != "killed":
                    mentions[taken[key]] = mention
                continue
            taken[key] = len(mentions)
            mentions.append(mention)
    mentions += _gapped_counts(here, line, mentions)
    if not mentions:
        mentions = _treated(here)
    return sorted(mentions, key=lambda m: (m.start, m.end))


def _gapped_counts(
    here: _Here, line: Line, told: Sequence[TollMention]
) -> Iterator[TollMention]:
    """Yield 'four' of 'two were killed in Baidoa and four in Kismayo': the verb is shared."""
    if not any(m.kind in _SHARED for m in told):
        return
    for start, _ in gaps(here.text, here.sentence.start, here.sentence.end):
        before = [m for m in told if max(m.end, m.trigger_end) < start]
        at, ends = line.tokens.starts, line.tokens.ends
        phrase = next(
            (p for p in line.phrases if at[p.first] <= start < ends[p.last]), None
        )
        if not before or phrase is None or any(m.start <= start < m.end for m in told):
            continue
        last = max(before, key=lambda m: max(m.end, m.trigger_end))
        if last.kind in _SHARED and is_gap_of(
            here.text, max(last.end, last.trigger_end), start
        ):
            victims = phrase.victims or last.victims
            linked = Linked(
                last.kind,
                phrase.first,
                phrase.last,
                (changed(phrase, victims=victims),),
            )
            yield from (
                changed(m, group=last.group) for m in _mentions(here, line, linked)
            )


def _treated(here: _Here) -> list[TollMention]:
    """'taken to hospital with breathing difficulties': hurt, nobody says how many."""
    low = here.sentence.start
    return [
        TollMention(
            low + m.start(), low + m.end(), here.text[low + m.start() : low + m.end()],
            None, None, "wounded", sentence=here.index, is_firm=False, is_counted=False,
            trigger_start=low + m.start(), trigger_end=low + m.end(),
        )
        for m in scope.TREATED.finditer(here.part)
    ]  # fmt: skip


def _zero(text: str, start: int, end: int, index: int) -> TollMention:
    return TollMention(
        start, end, text[start:end], 0, 0, "none_killed",
        sentence=index, trigger_start=start, trigger_end=end,
    )  # fmt: skip


def _mentions(here: _Here, line: Line, linked: Linked) -> list[TollMention]:
    text, part, sentence, index = here.text, here.part, here.sentence, here.index  # fmt: skip
    tokens = line.tokens
    t0, t1 = tokens.starts[linked.first], tokens.ends[linked.last]
    left = part[max(0, t0 - sentence.start - 60) : t0 - sentence.start]
    shared = {
        "sentence": index,
        "is_historical": scope.is_historical(part, t0 - sentence.start)
        or _is_of_a_row(line, linked, part, sentence.start)
        or scope.SUPERSEDED.search(left + here.text[t0:t1].lower()) is not None,
        "is_hypothetical": scope.is_untrue(part, t0 - sentence.start)
        or (
            scope.HYPOTHETICAL.search(left) is not None
            and not any(p.is_nth for p in linked.phrases)
        ),  # 'the third person to die'
        "is_accident": scope.ACCIDENT.search(part) is not None,
        "trigger_start": t0,
        "trigger_end": t1,
    }
    kind = "killed" if linked.kind in _TOTALS else linked.kind
    also_hurt = tokens.words[linked.last + 1 : linked.last + 3] in _OR_HURT
    if also_hurt and not _hurts_another(line, linked):
        kind = "casualties"  # 'dead or wounded': nobody says how many died
    also = _is_besides(line, linked)
    if linked.is_named:
        plural = _is_plural_fate(line, linked)
        return [
            TollMention(t0, t1, text[t0:t1], 1, None if plural else 1, kind,
                        is_firm=not plural,
                is_named=True,
                is_more=also,
                group=t0, **shared)  # type: ignore[arg-type]
        ]  # fmt: skip
    figures = [tokens.ends[p.last] for p in linked.phrases]
    right = part[t1 - sentence.start : max([t1 + 40, *figures]) - sentence.start]
    updates = scope.UPDATE.search(left) is not None or scope.UPDATE.search(right)
    return [
        TollMention(
            start=tokens.starts[p.first],
            end=tokens.ends[p.last],
            count_text=text[tokens.starts[p.first] : tokens.ends[p.last]],
            low=_with_name(here, line, p, p.low),
            high=_with_name(here, line, p, p.high),
            kind=kind,
            of=p.head,
            victims=p.victims or _gapped(linked),
            is_firm=p.is_firm,
            is_total=linked.kind in _TOTALS or p.is_nth,
            is_part=_is_part(line, p),
            is_update=_replaces(linked, p, told_anew=bool(updates)),
            is_minimum=p.is_minimum,
            is_counted=p.is_counted,
            is_loss=tokens.words[linked.first] == "lost",
            is_more=(p.is_more and not _follows_name(here, line, p)) or also,
            group=t0,
            **shared,  # type: ignore[arg-type]
        )
        for p in linked.phrases
        if not _is_asked(line, p)
    ]


def _hurts_another(line: Line, linked: Linked) -> bool:
    """Tell 'shot a trader dead and injured his brother' from 'killed and injured nine'."""
    whole = any(p.last < linked.last for p in linked.phrases)
    joined = line.tokens.words[linked.last + 1] == "and"
    return whole and joined and linked.last + 3 in line.starts


_OTHERS = frozenset({"other", "others"})


def _with_name(
    here: _Here, line: Line, phrase: Phrase, count: int | None
) -> int | None:
    """'Ibrahim Sani and nine others' are ten."""
    if count is None or not _follows_name(here, line, phrase):
        return count
    return count + 1


def _follows_name(here: _Here, line: Line, phrase: Phrase) -> bool:
    """Tell whether a name is joined to 'nine others': a capital, and no phrase of its own."""
    tokens, k = line.tokens, phrase.first - 2
    others = _OTHERS & set(tokens.words[phrase.first : phrase.last + 1])
    if (
        not (phrase.is_more and others)
        or k < 0
        or tokens.words[k + 1] != "and"
        or k in line.ends
    ):
        return False
    joined = here.text[tokens.starts[k] : tokens.ends[k + 1]]
    return joined[0].isupper() and joined.endswith("and")


def _is_of_a_row(line: Line, linked: Linked, part: str, start: int) -> bool:
    """'the third mayor killed in twelve months' counts no dead of this event."""
    last = max(
        (line.tokens.ends[p.last] for p in linked.phrases if p.is_nth), default=0
    )
    return last > 0 and scope.is_of_a_period(part, last - start)


def _gapped(linked: Linked) -> str | None:
    """'lost seven men and its rival four': a bare number counts what the first counts."""
    bare = [p for p in linked.phrases if p.head is None]
    return linked.phrases[0].victims if linked.kind == "killed" and bare else None


_TOTALS = frozenset({"toll", "update"})


def _replaces(linked: Linked, phrase: Phrase, *, told_anew: bool) -> bool:
    """Tell whether a figure replaces those before: a new toll, 'a fifth soldier died'."""
    if linked.kind == "toll":
        return told_anew
    return linked.kind == "update" or (phrase.is_nth and linked.kind == "killed")


def _is_asked(line: Line, phrase: Phrase) -> bool:
    """Tell 'how many people had died': a question, put or reported, counts nobody."""
    return phrase.first > 0 and line.tokens.words[phrase.first - 1] == "how"


def _is_plural_fate(line: Line, linked: Linked) -> bool:
    words = line.tokens.words
    near = words[max(0, linked.first - 4) : linked.first]
    return bool({"were", "are", "they"} & set(near)) or words[linked.last] in {
        "bodies", "corpses", "deaths", "fatalities",
    }  # fmt: skip


def _is_part(line: Line, phrase: Phrase) -> bool:
    words = line.tokens.words
    before = words[max(0, phrase.first - 3) : phrase.first]
    if words[phrase.first : phrase.last + 1][-3:] == ["of", "the", "dead"]:
        return True
    return bool(_INCLUSIVE & set(before)) or before[-2:] in (
        ["among", "them"],
        ["of", "them"],
    )


_INCLUSIVE = frozenset({"including", "included", "includes"})
_BESIDES = word_class("besides")


def _is_besides(line: Line, linked: Linked) -> bool:
    """Tell 'also killed' and 'In addition, two …': figures besides those before."""
    words = line.tokens.words
    if "also" in words[max(0, linked.first - 2) : linked.first]:
        return True
    return words[:1] != [] and (words[0] in _BESIDES or words[:2] == ["in", "addition"])
