"""Claims (CODEBOOK 9): who says what about responsibility, toll, control and losses."""

import re
from collections.abc import Iterator, Sequence

from tasks.coding.claims.find import find_attributions
from tasks.coding.claims.lexicon import speaker_kind
from tasks.coding.claims.model import Attribution
from tasks.coding.dates.model import HasSpan
from tasks.coding.tolls.find import find_tolls
from tasks.coding.tolls.model import TollMention
from tasks.model.coding import Claim
from tasks.text.anchors import Anchored, Opened
from tasks.text.fold import fold

__all__ = ["Attribution", "find_attributions", "find_claims", "speaker_kind"]

_RESPONSIBILITY = re.compile(
    r"\b(?P<verb>claimed|claims|claiming|denied|denies|denying|assumed|accepted|admitted)\s+"
    r"(?:any |full |sole )?(?:responsibility|being behind|involvement|carrying out|the (?:attack"
    r"|bombing|ambush|assault|operation|blast|killing|raid|strike|abduction|kidnapping))"
)
_NOBODY = re.compile(
    r"\b(?:no (?:one|group|organi[sz]ation|party)|nobody|not)\b[^.]{0,40}$"
)
_BLAME = re.compile(
    r"\b(?P<verb>blamed|blames|accused|accuses|attributed)\s+(?:the |it |on )*(?P<whom>[^.,;]{3,60})"
)
_CONTROL = re.compile(
    r"\b(?:(?:full |total |complete )?control (?:of|over)|(?:captured|seized|recaptured|retaken|took"
    r"|taken|liberated|overran|fallen|lost) (?:of )?(?:the )?(?:town|city|village|camp|base|area"
    r"|district|post|airport|bridge))\b"
)
_LOSSES = re.compile(
    r"\b(?:destroyed|seized|captured|recovered|downed|shot down|burned|torched)\s+(?:[a-z0-9-]+ ){0,3}"
    r"(?:vehicles?|tanks?|weapons?|rifles?|drones?|helicopters?|motorcycles?|motorbikes?|aircraft"
    r"|ammunition|artillery|equipment|trucks?)\b"
)
_MAX_NAME = 90
_RESPONSIBILITY_WORDS = Opened(_RESPONSIBILITY)
_SCOPED = ((_CONTROL, "control"), (_LOSSES, "losses"))
_SCOPED_WORDS = Anchored(pattern for pattern, _ in _SCOPED)


def find_claims(
    text: str,
    sentences: Sequence[HasSpan],
    *,
    folded: str | None = None,
    tolls: Sequence[TollMention] | None = None,
    attributions: Sequence[Attribution] | None = None,
) -> tuple[Claim, ...]:
    """Return the text's claims in order; each quote is verbatim, each claimant named."""
    whole = folded if folded is not None else fold(text)
    said = (
        find_attributions(text, sentences, folded=whole)
        if attributions is None
        else attributions
    )
    counted = (
        find_tolls(text, sentences, folded=whole, attributions=said)
        if tolls is None
        else tolls
    )
    found = [
        *_responsibility(text, whole, sentences),
        *_blame(text, whole, said),
        *(c for toll in counted if (c := _toll_claim(text, toll, said)) is not None),
    ]
    for number in _SCOPED_WORDS.possible(whole):
        found += _scoped(text, whole, said, *_SCOPED[number])
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.subject)))


def _responsibility(
    text: str, whole: str, sentences: Sequence[HasSpan]
) -> Iterator[Claim]:
    claimed = _RESPONSIBILITY_WORDS.over(whole)
    for sentence in sentences:
        for match in claimed.finditer(sentence.start, sentence.end):
            left = whole[max(sentence.start, match.start() - _MAX_NAME) : match.start()]
            if _NOBODY.search(left):
                continue
            claimant = _subject(text, whole, match.start(), sentence.start)
            verb_class = "denied" if match["verb"].startswith("den") else "claimed"
            yield _claim(
                text,
                claimant,
                verb_class,
                match.span(),
                subject="responsibility",
                default_kind="rebel",
            )


def _blame(text: str, whole: str, said: Sequence[Attribution]) -> Iterator[Claim]:
    for act in said:
        match = (
            _BLAME.match(whole, act.verb_start, act.scope_end) if act.speaker else None
        )
        if match and act.speaker:
            whom = text[match.start("whom") : match.end("whom")].strip()
            yield _claim(
                text,
                act.speaker,
                "claimed",
                match.span(),
                subject="responsibility",
                value=whom,
                kind=act.speaker_kind,
            )


def _subject(text: str, whole: str, end: int, floor: int) -> str:
    """Return the words before a verb, back to the clause's edge."""
    start = max(floor, end - _MAX_NAME)
    left = whole[start:end]
    edge = max((left.rfind(x) + len(x) for x in ("; ", ": ", " and ", " but ", " that ", ", ", '"')
                if x in left), default=0)  # fmt: skip
    name = text[start + edge : end].strip(" ,")
    for tail in (
        " has",
        " have",
        " had",
        " also",
        " later",
        " quickly",
        " immediately",
    ):
        name = name.removesuffix(tail)
    return name


def _toll_claim(
    text: str, toll: TollMention, said: Sequence[Attribution]
) -> Claim | None:
    if toll.claimant is None or toll.kind not in {"killed", "none_killed"}:
        return None
    act = next((a for a in said if a.speaker_start == toll.claimant_start), None)
    return _claim(
        text,
        toll.claimant,
        act.verb_class if act else "reported",
        (toll.start, toll.end),
        subject="toll",
        value=toll.count_text,
        kind=toll.claimant_kind,
    )


def _scoped(
    text: str,
    whole: str,
    said: Sequence[Attribution],
    pattern: re.Pattern[str],
    subject: str,
) -> Iterator[Claim]:
    seen: set[tuple[int, int]] = set()
    for act in said:
        if act.speaker is None:
            continue
        for match in pattern.finditer(whole, act.scope_start, act.scope_end):
            if match.span() in seen:
                continue
            seen.add(match.span())
            value = text[match.start() : match.end()]
            yield _claim(
                text,
                act.speaker,
                act.verb_class,
                match.span(),
                subject=subject,
                value=value,
                kind=act.speaker_kind,
            )


def _claim(
    text: str,
    claimant: str,
    verb_class: str,
    span: tuple[int, int],
    *,
    subject: str,
    value: str | None = None,
    kind: str | None = None,
    default_kind: str = "unknown",
) -> Claim:
    known = kind or speaker_kind(fold(claimant)) or default_kind
    quote = text[span[0] : span[1]]
    return Claim(claimant, known, verb_class, subject, value, *span, quote)
