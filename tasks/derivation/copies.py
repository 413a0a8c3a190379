"""Copies: texts that share passages word for word, told from templated look-alikes."""

import re
from dataclasses import dataclass
from datetime import timedelta

from tasks.derivation.alignment import (
    AlignedSentence,
    Alignment,
    align,
    facts_differ,
    replaced_days,
    replaced_names,
    replaced_numbers,
    replaced_ordinals,
)
from tasks.derivation.dateline import dates_differ
from tasks.derivation.fingerprint import overlap
from tasks.derivation.profile import Profile
from tasks.text.fold import fold

MIN_CONTAINMENT = 0.25
MIN_COPIED_SHARE = 0.58
SURE_CONTAINMENT = 0.60
PASSAGE_JACCARD = 0.25  # below: a short passage in a long text
OPENING_SENTENCES = 4
OPENING_COPY = 0.75
BRIEF_WORDS = 30
WORD_FOR_WORD = 0.95
MIN_WORDS = 25
TEMPLATE_SHARE = 0.5
_DEATH = re.compile(r"\b(?:kill|dead|died|dies|slain|death|lives)")
_SAME_WEEKDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """Whether two texts are copies, how much they share, and why not if not."""

    is_copy: bool
    similarity: float
    containment: float
    copied_share: float
    reason: str  # 'copy' | 'little_shared' | 'other_dateline' | 'template:...' | ...


def judge_copy(a: Profile, b: Profile) -> CopyVerdict:
    """Decide by exact Jaccard, containment, aligned sentences and their facts."""
    jaccard, containment = overlap(a.hashes, b.hashes)
    if a.fingerprint == b.fingerprint and not _same_words_later(a, b):
        return CopyVerdict(True, 1.0, 1.0, 1.0, "copy")
    if containment < MIN_CONTAINMENT:
        return CopyVerdict(False, jaccard, containment, 0.0, "little_shared")
    alignment = align(a, b)
    reason = _why_not(a, b, jaccard, containment, alignment)
    return CopyVerdict(
        reason is None, jaccard, containment, alignment.copied_share, reason or "copy"
    )


def _why_not(
    a: Profile, b: Profile, jaccard: float, containment: float, al: Alignment
) -> str | None:
    """Name what speaks against a copy; None: it is one."""
    if min(a.num_words, b.num_words) < MIN_WORDS:
        return "too_short"
    if not _shares_enough(containment, al):
        return "little_shared"
    if jaccard < PASSAGE_JACCARD and not _reaches_opening(a, b, al):
        return "background_passage"
    if dates_differ(a.record.text, b.record.text):
        return "other_dateline"
    return _template(a, b, al)


def _shares_enough(containment: float, alignment: Alignment) -> bool:
    if containment >= SURE_CONTAINMENT:
        return True
    return alignment.copied_share >= MIN_COPIED_SHARE or _opening_words(
        alignment
    ) >= min(BRIEF_WORDS, MIN_COPIED_SHARE * _words_of(alignment))


def _words_of(alignment: Alignment) -> int:
    return sum(len(pair.short.words) for pair in alignment.sentences)


def _opening_words(alignment: Alignment) -> int:
    """Return how many words repeat the longer text's opening, sentence by sentence."""
    found = {
        pair.long_index: len(pair.short.words)
        for pair in alignment.near_copies
        if pair.similarity >= OPENING_COPY
    }
    total = position = 0
    while position in found:
        total += found[position]
        position += 1
    return total


def _reaches_opening(a: Profile, b: Profile, alignment: Alignment) -> bool:
    """True when a short text in a long one stands near the long one's beginning.

    A passage that stands deep inside another report is that report's background.
    """
    longest = max(len(a.sentences), len(b.sentences))
    limit = max(OPENING_SENTENCES, longest // 4)
    return any(pair.long_index < limit for pair in alignment.near_copies)


def _template(a: Profile, b: Profile, alignment: Alignment) -> str | None:
    """Name the fact in which two texts of the same words differ; None: same facts.

    Another place, day or unit in the opening means another event, however many of the
    words agree; figures alone move with every update, so they count only where no
    sentence that does state facts is repeated word for word.
    """
    copies = alignment.near_copies
    leads = [pair for pair in copies if pair.in_leads]
    repeated = any(map(_repeats_facts, copies))
    checks = {
        "day": any(map(replaced_days, leads)),
        "name": any(map(replaced_names, leads)),
        "unit": any(map(replaced_ordinals, leads)),
        "week": _same_words_later(a, b) and any(pair.short.days for pair in leads),
        "toll": not repeated and any(map(_replaced_toll, leads)),
        "facts": not repeated
        and sum(map(facts_differ, copies)) > TEMPLATE_SHARE * len(copies),
    }
    return next(
        (f"template:{name}" for name, differs in checks.items() if differs), None
    )


def _replaced_toll(pair: AlignedSentence) -> bool:
    return replaced_numbers(pair) and bool(_DEATH.search(fold(pair.short.text)))


def _repeats_facts(pair: AlignedSentence) -> bool:
    facts = len(pair.short.names) + len(pair.short.numbers)
    return pair.similarity >= WORD_FOR_WORD and facts >= 2


def _same_words_later(a: Profile, b: Profile) -> bool:
    """True when the same weekday means another day, for publication is a week apart."""
    if a.record.published_at is None or b.record.published_at is None:
        return False
    return abs(a.record.published_at - b.record.published_at) >= _SAME_WEEKDAY
