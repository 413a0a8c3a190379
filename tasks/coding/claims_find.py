"""Who speaks: 'X said', ', police said', 'according to Y', '"…," said Z'."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.coding.claims_lexicon import claim_words, speaker_kind
from tasks.coding.claims_model import Attribution
from tasks.coding.dates_model import HasSpan
from tasks.text.fold import fold

_WORDS = claim_words()
_VERB = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS.verbs, key=len, reverse=True))})\b")
_ACCORDING = re.compile(
    r"\b(?P<verb>according to|citing|quoting|on the word of|in the words of)\s+"
    r"(?P<speaker>[^,.;\"\n]{2,90})"
)
_REPORTEDLY = re.compile(
    r"\b(?:reportedly|allegedly|it was reported|reports say|is said to)\b"
)
_UNVERIFIED = re.compile(
    r"\b(?:could not be (?:independently )?(?:verified|confirmed)|not (?:been )?independently"
    r" (?:verified|confirmed)|unable to (?:verify|confirm)|no independent confirmation)"
)
_LEFT_EDGE = re.compile(
    r"[;:]|, (?:and|but|while|although|which)\b|\bwho\b|\bthat\b|[.!?]\s|\""
)
_TRAILING = re.compile(
    r"(?: (?:has|have|had|also|later|then|further|on \w+|late|early|earlier|yesterday|today"
    r"|in a statement|in a communique|separately|meanwhile|officially))+$"
)
_MAX_SPEAKER = 110


def find_attributions(
    text: str, sentences: Sequence[HasSpan], *, folded: str | None = None
) -> tuple[Attribution, ...]:
    """Return the speech acts of every sentence, in text order.

    The speaker's span is never an actor of an event; the scope is what was said.
    """
    whole = folded if folded is not None else fold(text)
    page = _Page(text, whole)
    found: list[Attribution] = []
    for sentence in sentences:
        found.extend(_in_sentence(page, sentence.start, sentence.end))
    return tuple(sorted(found, key=lambda a: (a.verb_start, a.speaker_start)))


@dataclass(frozen=True, slots=True)
class _Page:
    """The text and its folded form."""

    text: str
    whole: str


def _in_sentence(page: _Page, start: int, end: int) -> Iterator[Attribution]:
    whole = page.whole
    for match in _ACCORDING.finditer(whole, start, end):
        a, b = _trim(whole, match.start("speaker"), match.end("speaker"))
        verb = (match.start("verb"), match.end("verb"))
        yield _made(page, (a, b), verb, "reported", (start, end))
    for match in _REPORTEDLY.finditer(whole, start, end):
        yield Attribution(
            None, match.start(), match.start(), None, match.start(), match.end(),
            "reported", start, end,
        )  # fmt: skip
    for match in _UNVERIFIED.finditer(whole, start, end):
        yield Attribution(
            None, match.start(), match.start(), None, match.start(), match.end(),
            "not_verified", start, end,
        )  # fmt: skip
    for match in _VERB.finditer(whole, start, end):
        made = _by_verb(page, match.span(), (start, end))
        if made is not None:
            yield made


def _by_verb(
    page: _Page, verb: tuple[int, int], sentence: tuple[int, int]
) -> Attribution | None:
    whole, (a, b), (start, end) = page.whole, verb, sentence
    verb_class = _WORDS.verbs[whole[a:b]]
    inverted = _inverted(whole, a, b, start, end)
    if inverted is not None:
        return _made(page, inverted, verb, verb_class, sentence)
    speaker = _left_speaker(whole, a, start)
    if speaker is None:
        return None
    trailing = _is_trailing(whole, b, end)
    scope = (start, speaker[0]) if trailing and speaker[0] > start + 2 else (b, end)
    return _made(page, speaker, verb, verb_class, scope)


def _inverted(
    whole: str, a: int, b: int, start: int, end: int
) -> tuple[int, int] | None:
    """'"…," said Captain X' and '…, said an official': the speaker follows the verb."""
    before = whole[max(start, a - 3) : a].rstrip()
    if not before.endswith((",", '"', '?"', '."')) or whole[a:b] not in _INVERTIBLE:
        return None
    stop = min(
        (p for p in (whole.find(c, b, end) for c in ',.;"') if p > 0), default=end
    )
    span = _trim(whole, b, min(stop, b + _MAX_SPEAKER))
    said = whole[span[0] : span[1]]
    if not said or said.startswith(_NOT_A_SPEAKER) or _TELLS.search(said):
        return None
    return span


_NOT_A_SPEAKER = (
    "that ",
    "it ",
    "on ",
    "in ",
    "state radio",
    "state television",
    "reporters",
)
_TELLS = (
    re.compile(  # a verb of its own: what follows is the thing said, not who said it
        r"\b(?:were|was|had|have|has|killed|died|wounded|attacked|would|will|is|are)\b"
    )
)


_INVERTIBLE = frozenset({"said", "says", "told", "explained", "added", "recalled", "reported",
                         "confirmed", "declared", "announced", "noted", "stated"})  # fmt: skip


def _left_speaker(whole: str, a: int, start: int) -> tuple[int, int] | None:
    floor = max(start, a - _MAX_SPEAKER)
    left = whole[floor:a].rstrip()
    trail = _TRAILING.search(left)
    if trail:
        left = left[: trail.start()]
    edge = 0
    for match in _LEFT_EDGE.finditer(left):
        edge = match.end()
    comma = left.rfind(", ", edge)
    if comma >= 0 and not _is_apposition(left[edge:], comma - edge):
        edge = comma + 2
    span = _trim(whole, floor + edge, floor + len(left))
    return span if span[1] - span[0] >= 2 else None


def _is_apposition(segment: str, comma: int) -> bool:
    """Tell 'Captain X, the army spokesman,' from 'At dawn on Monday, residents'."""
    return segment.count(",") >= 2 and segment.rstrip().endswith(",") and comma > 0


def _is_trailing(whole: str, b: int, end: int) -> bool:
    """Tell '…, police said.' from 'Police said that …'."""
    rest = whole[b:end].strip(" .\"'")
    return len(rest) < 45 and not rest.startswith(
        ("that ", "the ", "it ", "a ", "at least", "to have ")
    )


def _trim(whole: str, a: int, b: int) -> tuple[int, int]:
    while a < b and whole[a] in " ,\"'(-\n":
        a += 1
    while b > a and whole[b - 1] in " ,\"'(-\n":
        b -= 1
    return a, b


def _made(
    page: _Page,
    speaker: tuple[int, int],
    verb: tuple[int, int],
    verb_class: str,
    scope: tuple[int, int],
) -> Attribution:
    a, b = speaker
    kind = speaker_kind(page.whole[a:b])
    return Attribution(page.text[a:b], a, b, kind, *verb, verb_class, *scope)
