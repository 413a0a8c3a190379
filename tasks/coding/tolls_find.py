"""Finding tolls: every word of death, injury or capture with the figures it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.coding import tolls_scope as scope
from tasks.coding.claims_model import Attribution
from tasks.coding.dates_model import HasSpan
from tasks.coding.tolls_lexicon import toll_words, word_class
from tasks.coding.tolls_link import (
    Line,
    Linked,
    afterthought,
    chain_from,
    is_passive,
    line_of,
    object_of,
    subject_of,
)
from tasks.coding.tolls_model import TollMention
from tasks.coding.tolls_numbers import number_at
from tasks.coding.tolls_phrases import BODY_NOUNS, NON_PERSONS, Phrase, phrases
from tasks.coding.tolls_tokens import tokenise
from tasks.text.fold import fold

_PREDICATES = toll_words().predicates
_TO_DEATH = word_class("to_death")
_FATALITY_WORDS = frozenset({"fatalities", "fatality", "deaths"})
_TOLL_STEPS = word_class("toll_step")
_MAX_TOLL_STEPS = 14
_OR_HURT = [["or", "wounded"], ["or", "injured"], ["or", "missing"], ["or", "captured"]]
_NAMED_OF = word_class("named_of")


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
    for index, sentence in enumerate(sentences):
        part = whole[sentence.start : sentence.end]
        if scope.CUE.search(part) is None:
            continue
        found.extend(_in_sentence(text, whole, part, sentence, index))
    return tuple(_with_claimant(m, attributions) for m in found)


def _in_sentence(
    text: str, whole: str, part: str, sentence: HasSpan, index: int
) -> list[TollMention]:
    tokens = tokenise(whole, sentence.start, sentence.end)
    line = line_of(tokens, phrases(tokens))
    mentions = [_zero(text, sentence.start + m.start(), sentence.start + m.end(), index)
                for m in scope.ZERO_DEATHS.finditer(part)]  # fmt: skip
    zeros = [(m.start, m.end) for m in mentions]
    taken: dict[tuple[int, int], int] = {}
    for linked in _linked(line):
        at = tokens.starts[linked.first]
        if any(a <= at < b for a, b in zeros):
            continue
        for mention in _mentions(text, line, linked, part, sentence, index):
            key = (mention.start, mention.end)
            if key in taken:
                if mention.kind == "killed" and mentions[taken[key]].kind != "killed":
                    mentions[taken[key]] = mention
                continue
            taken[key] = len(mentions)
            mentions.append(mention)
    return sorted(mentions, key=lambda m: (m.start, m.end))


def _zero(text: str, start: int, end: int, index: int) -> TollMention:
    return TollMention(
        start, end, text[start:end], 0, 0, "none_killed",
        sentence=index, trigger_start=start, trigger_end=end,
    )  # fmt: skip


def _linked(line: Line) -> Iterator[Linked]:
    """Yield every predicate of the sentence with what it counts."""
    words = line.tokens.words
    for j, word in enumerate(words):
        if word == "toll" or (
            word in _FATALITY_WORDS and "coded" in words[j + 1 : j + 10]
        ):
            yield from _toll(line, j)
            continue
        if word in {
            "lost",
            "claimed",
            "claim",
            "claims",
            "claiming",
            "cost",
            "costing",
        }:
            yield from _lives(line, j)
            continue
        forms = _PREDICATES.get(word)
        if forms is None:
            continue
        if (
            word == "death"
            and j >= 2
            and words[j - 1] == "to"
            and words[j - 2] in _TO_DEATH
        ):
            yield from _verb(line, "killed", j - 2, j)
            continue
        if word == "dead" and j and words[j - 1] in {"shot", "found"}:
            yield from _verb(line, "killed", j - 1, j)
            continue
        yield from _by_form(line, j, forms)


def _by_form(line: Line, j: int, forms: dict[str, str]) -> Iterator[Linked]:
    words = line.tokens.words
    if "noun" in forms and words[j] in BODY_NOUNS:
        yield from _bodies(line, j)
        return
    if "of" in forms and words[j + 1 : j + 2] == ["of"]:
        yield from _of(line, j, forms["of"])
        return
    if "ed" in forms:
        if words[j] in {
            "gunned",
            "hacked",
            "stoned",
            "fell",
            "burned",
            "burnt",
        } and not (words[j] == "gunned" and words[j + 1 : j + 2] == ["down"]):
            return
        yield from _verb(line, forms["ed"], j, j)
    elif "ing" in forms or "s" in forms:
        kind = forms.get("ing") or forms["s"]
        found = object_of(line, j)
        if found:
            yield Linked(kind, j, j, found)
        elif _names_somebody(words, j) and "ing" in forms:
            yield Linked(kind, j, j, (), is_named=True)
    elif "intr" in forms:
        found = subject_of(line, j)
        yield Linked(forms["intr"], j, j, found, is_named=not found)
    elif "noun" in forms:
        found = subject_of(line, j)
        if found and found[-1].last >= j - 3:
            yield Linked(forms["noun"], j, j, found)


def _verb(line: Line, kind: str, first: int, last: int) -> Iterator[Linked]:
    """A participle or past tense: passive or headline subject, or active object."""
    words = line.tokens.words
    if is_passive(line, first):
        found = (*subject_of(line, first), *afterthought(line, last))
        yield Linked(kind, first, last, found, is_named=not found)
        return
    found = object_of(line, last)
    if found and (found[0].is_counted or not subject_of(line, first)):
        yield Linked(kind, first, last, found)
        return
    before = subject_of(line, first)
    if before and not _names_somebody(words, last):
        yield Linked(kind, first, last, before)
    elif found:
        yield Linked(kind, first, last, found)
    elif _names_somebody(words, last):
        yield Linked(kind, first, last, (), is_named=True)


def _names_somebody(words: list[str], j: int) -> bool:
    """Tell whether a bare word (a name, a pronoun) stands where the object does."""
    following = words[j + 1] if j + 1 < len(words) else "."
    if following in {"a", "an", "one"} and j + 2 < len(words):
        return words[j + 2][0].isalpha() and words[j + 2] not in NON_PERSONS
    return (
        following[0].isalpha()
        and following not in _NO_NAME
        and following not in _PREDICATES
    )


_NO_NAME = word_class("no_name")


def _bodies(line: Line, j: int) -> Iterator[Linked]:
    """'12 bodies', 'nine deaths', '17 dead', 'the bodies of two men', '12 people dead'."""
    words = line.tokens.words
    at = line.ends.get(j)
    phrase = line.phrases[at] if at is not None else None
    if phrase is not None and phrase.is_counted and phrase.first < j:
        if phrase.low == 0 and phrase.high == 0:
            return
        yield Linked("killed", j, j, (phrase,))
        return
    if words[j + 1 : j + 2] == ["of"]:
        yield from _of(line, j, "killed")
        return
    if words[j] == "dead":
        found = subject_of(line, j)
        if found and (found[-1].last >= j - 2 or is_passive(line, j)):
            yield Linked("killed", j, j, found)
    elif words[j] in {"bodies", "corpses", "deaths", "fatalities"} and phrase is None:
        yield Linked("killed", j, j, (), is_named=True)


def _of(line: Line, j: int, kind: str) -> Iterator[Linked]:
    k = j + 2
    if k in line.starts:
        yield Linked(kind, j, j, chain_from(line, line.starts[k]))
    elif line.tokens.words[j] in _NAMED_OF and k < len(line.tokens):
        yield Linked(kind, j, j, (), is_named=True)


def _lives(line: Line, j: int) -> Iterator[Linked]:
    """'lost their lives', 'claimed 12 lives', 'cost the lives of', 'lost 12 men'."""
    words = line.tokens.words
    if "lives" in words[j + 1 : j + 4] or "life" in words[j + 1 : j + 4]:
        at = next(k for k in range(j + 1, j + 4) if words[k] in {"lives", "life"})
        if words[at + 1 : at + 2] == ["of"]:
            yield from _of(line, at, "killed")
        elif words[j] == "lost" and words[at - 1] in {"their", "his", "her"}:
            found = subject_of(line, j)
            yield Linked("killed", j, at, found, is_named=not found)
        else:
            found = object_of(line, j)
            if found and found[0].is_counted:
                yield Linked("killed", j, at, found)
        return
    found = object_of(line, j)
    if words[j] == "lost" and found and found[0].is_counted and found[0].is_person:
        yield Linked("killed", j, j, found)


def _toll(line: Line, j: int) -> Iterator[Linked]:
    """'the death toll rose to 19', 'put the toll at 12', 'a toll of 30'."""
    words = line.tokens.words
    k = j + 1
    limit = min(len(words), j + _MAX_TOLL_STEPS)
    best: Phrase | None = None
    while k < limit:
        number = number_at(line.tokens, k)
        if number is not None and words[k] not in {"a", "the", "some"}:
            at = line.starts.get(k)
            best = line.phrases[at] if at is not None else best
            if words[k - 1] != "from":
                break
            if best is not None and not best.is_firm:  # 'from 12 to 19': now 19
                best = replace(best, low=best.high, is_firm=True)
            k = number.last + 1
            continue
        if words[k] not in _TOLL_STEPS and not _is_passable(words[k]):
            break
        k += 1
    if best is not None:
        yield Linked("toll", j, j, (best,))


def _is_passable(word: str) -> bool:
    return word[0].isalpha() and word not in {"and", "but", "who", "injured", "wounded"}


def _mentions(
    text: str, line: Line, linked: Linked, part: str, sentence: HasSpan, index: int
) -> list[TollMention]:  # fmt: skip
    tokens = line.tokens
    t0, t1 = tokens.starts[linked.first], tokens.ends[linked.last]
    left = part[max(0, t0 - sentence.start - 60) : t0 - sentence.start]
    shared = {
        "sentence": index,
        "is_historical": scope.is_historical(part, t0 - sentence.start),
        "is_hypothetical": scope.HYPOTHETICAL.search(left) is not None,
        "is_accident": scope.ACCIDENT.search(part) is not None,
        "trigger_start": t0,
        "trigger_end": t1,
    }
    kind = "killed" if linked.kind == "toll" else linked.kind
    if tokens.words[linked.last + 1 : linked.last + 3] in _OR_HURT:
        kind = "casualties"  # 'dead or wounded': nobody says how many died
    also = "also" in tokens.words[max(0, linked.first - 2) : linked.first]
    if linked.is_named:
        plural = _is_plural_fate(line, linked)
        return [
            TollMention(t0, t1, text[t0:t1], 1, None if plural else 1, kind,
                        is_firm=not plural,
                is_named=True,
                is_more=also,
                group=t0, **shared)  # type: ignore[arg-type]
        ]  # fmt: skip
    updates = scope.UPDATE.search(left) is not None or scope.UPDATE.search(
        part[t1 - sentence.start : t1 - sentence.start + 40]
    ) is not None  # fmt: skip
    return [
        TollMention(
            start=tokens.starts[p.first],
            end=tokens.ends[p.last],
            count_text=text[tokens.starts[p.first] : tokens.ends[p.last]],
            low=p.low,
            high=p.high,
            kind=kind,
            of=p.head,
            victims=p.victims,
            is_firm=p.is_firm,
            is_total=linked.kind == "toll",
            is_part=_is_part(line, p),
            is_update=linked.kind == "toll" and updates,
            is_minimum=p.is_minimum,
            is_counted=p.is_counted,
            is_more=p.is_more or also,
            group=t0,
            **shared,  # type: ignore[arg-type]
        )
        for p in linked.phrases
    ]


def _is_plural_fate(line: Line, linked: Linked) -> bool:
    words = line.tokens.words
    near = words[max(0, linked.first - 4) : linked.first]
    return bool({"were", "are", "they"} & set(near)) or words[linked.last] in {
        "bodies", "corpses", "deaths", "fatalities",
    }  # fmt: skip


def _is_part(line: Line, phrase: Phrase) -> bool:
    words = line.tokens.words
    before = words[max(0, phrase.first - 3) : phrase.first]
    after = words[phrase.last + 1 : phrase.last + 3]
    inside = words[phrase.first : phrase.last + 1]
    return (
        bool({"including", "included", "includes"} & set(before))
        or before[-2:] in (["among", "them"], ["of", "them"])
        or after in (["of", "them"], ["of", "whom"])
        or (inside[-1:] == ["of"] and after[:1] in (["them"], ["whom"]))
    )


def _with_claimant(
    mention: TollMention, attributions: Sequence[Attribution]
) -> TollMention:
    best: Attribution | None = None
    for said in attributions:
        if said.scope_start <= mention.start < said.scope_end and (
            best is None
            or said.scope_end - said.scope_start < best.scope_end - best.scope_start
        ):
            best = said
    if best is None:
        return mention
    return replace(
        mention,
        claimant=best.speaker,
        claimant_start=best.speaker_start,
        claimant_end=best.speaker_end,
        claimant_kind=best.speaker_kind,
        is_denied=best.verb_class == "denied",
    )
