"""Who speaks: 'X said', ', police said', 'according to Y', '"…," said Z'."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.coding.claims.lexicon import claim_words, speaker_kind
from tasks.coding.claims.model import Attribution
from tasks.coding.dates.model import HasSpan
from tasks.text.anchors import Anchored, Opened, Openings
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
_TITLES = (
    "capt", "gen", "col", "maj", "sgt", "cpl", "dr", "mr", "mrs", "lt", "st", "brig", "gov",
    "sen", "rep", "prof", "insp",
)  # fmt: skip
_LEFT_EDGE = re.compile(
    r"[;:]|, (?:and|but|while|although|which)\b|\bwho\b|\bthat\b|\"|\b(?:said|says) "
    # a title's point ends nothing; looked for behind the mark, which few characters are
    rf"|[.!?]{''.join(rf'(?<!{title}[.!?])' for title in _TITLES)}(?<!\b[a-z][.!?])\s"
)
_TRAILING = re.compile(
    r"(?: (?:has|have|had|also|later|then|further|on \w+|late|early|earlier|yesterday|today"
    r"|in a statement|in a communique|separately|meanwhile|officially))+$"
)
_MAX_SPEAKER = 200  # 'Colonel X, the commander of …, who …,' is long
_ASIDE = re.compile(r", (?:who|which|whose) [^,;]{3,120},$")
_SUBJECT = re.compile(  # 'the group' of 'the group released a list and claimed'
    r"(?:(?:the|a|an|his|her|its|their) )?(?:[\w'-]+ ){1,6}?(?=(?:(?!armed|listed|united|allied"
    r"|retired|masked)[a-z]{3,}ed|was|were|had|has|is|are|left|took|put|gave|made) )"
)
_NO_SPEAKER = re.compile(  # a clause, not somebody: '(the toll) is', 'escaped with … and is'
    r"^(?:and|but|or|if|when|while|as|so|then|not|there|this|what|which|to|by|for|has|have|is"
    r"|was|were|are|had|can|could|would|will|may|escaped|named|fled|asked|leave|leaving)\b"
    r"|\b(?:is|was|were|are|be|and|had|left|which|that)$"
)
_HELPERS = re.compile(
    r"(?: (?:did|does|do|has|have|had|could|would|will|can|cannot|is|was|were|are|be|being|may"
    r"|might|must|should)| (?:not|n't|never|yet|still|both|all|again|[a-z]+ly)"
    r"| (?:want|wish|able|expected|due|unable|willing|ready|going|about) to| to)+$"
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "both", "several", "some", "others"})
_BACK = 700  # characters in which 'he' means the speaker named before
_PATTERNS = (_ACCORDING, _REPORTEDLY, _UNVERIFIED)
_ACTS, _VERBS = Anchored(_PATTERNS), Opened(_VERB)


def find_attributions(
    text: str, sentences: Sequence[HasSpan], *, folded: str | None = None
) -> tuple[Attribution, ...]:
    """Return the speech acts of every sentence, in text order.

    The speaker's span is never an actor of an event; the scope is what was said.
    """
    whole = folded if folded is not None else fold(text)
    possible = frozenset(_PATTERNS[number] for number in _ACTS.possible(whole))
    page = _Page(text, whole, possible, _VERBS.over(whole))
    found: list[Attribution] = []
    for sentence in sentences:
        found.extend(_in_sentence(page, sentence.start, sentence.end))
    ordered = sorted(found, key=lambda a: (a.verb_start, a.speaker_start))
    return tuple(_named(ordered, at) for at in range(len(ordered)))


def _named(found: Sequence[Attribution], at: int) -> Attribution:
    """'He said' is said by whom the text let speak before; its own span stays."""
    said = found[at]
    if said.speaker is None or fold(said.speaker) not in _PRONOUNS:
        return said
    for earlier in reversed(found[:at]):
        if said.speaker_start - earlier.speaker_start > _BACK:
            break
        if earlier.speaker and fold(earlier.speaker) not in _PRONOUNS:
            return replace(
                said, speaker=earlier.speaker, speaker_kind=earlier.speaker_kind
            )
    return said


_Matches = Iterable[re.Match[str]]


@dataclass(frozen=True, slots=True)
class _Page:
    """The text, its folded form, the patterns that may match it anywhere, its verbs."""

    text: str
    whole: str
    possible: frozenset[re.Pattern[str]]
    verbs: Openings

    def finds(self, pattern: re.Pattern[str], start: int, end: int) -> _Matches:
        """Return the matches of a pattern in a sentence."""
        if pattern not in self.possible:
            return ()
        return pattern.finditer(self.whole, start, end)


def _in_sentence(page: _Page, start: int, end: int) -> Iterator[Attribution]:
    whole = page.whole
    for match in page.finds(_ACCORDING, start, end):
        a, b = _trim(whole, match.start("speaker"), match.end("speaker"))
        verb = (match.start("verb"), match.end("verb"))
        yield _made(page, (a, b), verb, "reported", (start, end))
    for match in page.finds(_REPORTEDLY, start, end):
        yield Attribution(
            None, match.start(), match.start(), None, match.start(), match.end(),
            "reported", start, end,
        )  # fmt: skip
    for match in page.finds(_UNVERIFIED, start, end):
        yield Attribution(
            None, match.start(), match.start(), None, match.start(), match.end(),
            "not_verified", start, end,
        )  # fmt: skip
    for match in page.verbs.finditer(start, end):
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
    trailing = _is_trailing(whole, b, end) and _follows_the_said(whole, speaker[0])
    scope = (start, speaker[0]) if trailing and speaker[0] > start + 2 else (b, end)
    return _made(page, speaker, verb, verb_class, _own_clause(page, scope))


def _follows_the_said(whole: str, at: int) -> bool:
    """'… died, police said': after '; the army admitted' something new is said."""
    return not whole[max(0, at - 2) : at].startswith((";", ":"))


def _own_clause(page: _Page, scope: tuple[int, int]) -> tuple[int, int]:
    """'A said …; B said …': a speaker's word ends where another begins to speak."""
    edge = page.whole.find("; ", *scope)
    if edge > 0 and page.verbs.search(edge, min(scope[1], edge + _MAX_SPEAKER)):
        return scope[0], edge
    return scope


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
    aside = _ASIDE.search(left)
    if aside:
        left = left[: aside.start()]
    for tail in (_TRAILING, _HELPERS, _TRAILING):
        trail = tail.search(left)
        if trail:
            left = left[: trail.start()]
    edge = 0
    for match in _LEFT_EDGE.finditer(left):
        edge = match.end()
    comma = left.rfind(", ", edge)
    if comma >= 0 and not _is_apposition(left[edge:], comma - edge):
        edge = comma + 2
    span = _trim(whole, floor + edge, floor + len(left))
    said = whole[span[0] : span[1]]
    if said.endswith((" and", " but")) and (subject := _SUBJECT.match(said)):
        span = _trim(whole, span[0], span[0] + subject.end())
        said = whole[span[0] : span[1]]
    if _NO_SPEAKER.search(said) or (floor > start and edge == 0):
        return None  # no name, or one too long to be one
    return span if len(said) >= 2 else None


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
