"""Judges one candidate pair: which text derives from which, how, and why."""

from dataclasses import dataclass

from tasks.derivation.alignment import align, replaced_numbers
from tasks.derivation.copies import CopyVerdict, judge_copy
from tasks.derivation.profile import Profile
from tasks.derivation.records import TextPair
from tasks.derivation.rewrites import (
    TOP_SCORE,
    Echo,
    echo,
    is_same_subject,
    opens_alike,
    rewrite_kind,
)

IDENTICAL = 0.97
BRIEF_LENGTH = 0.7  # of the parent's words
BRIEF_CONTAINMENT = 0.75


@dataclass(frozen=True, slots=True)
class Judgement:
    """A related pair, or the fact that two texts report one occurrence separately."""

    pair: TextPair | None
    independent_child: str | None = None  # the later text, when it stands on its own


def judge(a: Profile, b: Profile) -> Judgement:
    """Return how the later of two texts derives from the earlier, if it does."""
    parent, child = sorted((a, b), key=lambda p: p.record.order)
    verdict = judge_copy(parent, child)
    if verdict.is_copy:
        return Judgement(_copy(parent, child, verdict))
    if verdict.reason.startswith("template"):
        return Judgement(None)
    if not opens_alike(parent, child):
        return Judgement(None)
    found = echo(parent, child)
    kind = rewrite_kind(parent, child, found)
    if kind is not None:
        return Judgement(_rewrite(parent, child, verdict, found, kind))
    own = child.record.article_id if is_same_subject(found) else None
    return Judgement(None, own)


def _copy(parent: Profile, child: Profile, verdict: CopyVerdict) -> TextPair:
    shared = (verdict.similarity + verdict.containment) / 2
    return TextPair(
        parent_id=parent.record.article_id,
        child_id=child.record.article_id,
        lineage=_copy_kind(parent, child, verdict),
        similarity=verdict.similarity,
        containment=verdict.containment,
        score=TOP_SCORE + (1 - TOP_SCORE) * shared,
        signals=(
            f"jaccard:{verdict.similarity:.3f}",
            f"containment:{verdict.containment:.3f}",
            f"sentences:{verdict.copied_share:.2f}",
        ),
        is_word_for_word=True,
    )


def _copy_kind(parent: Profile, child: Profile, verdict: CopyVerdict) -> str:
    if verdict.similarity >= IDENTICAL:
        return "identical_copy"
    if child.num_words <= BRIEF_LENGTH * parent.num_words:
        if verdict.containment >= BRIEF_CONTAINMENT:
            return "brief"
        return "edited_copy"
    return "update" if _has_later_facts(parent, child) else "edited_copy"


def _has_later_facts(parent: Profile, child: Profile) -> bool:
    """True when one house tells the same report again with other figures."""
    if parent.record.publisher != child.record.publisher:
        return False
    return any(replaced_numbers(pair) for pair in align(parent, child).sentences)


def _rewrite(
    parent: Profile, child: Profile, verdict: CopyVerdict, found: Echo, kind: str
) -> TextPair:
    return TextPair(
        parent_id=parent.record.article_id,
        child_id=child.record.article_id,
        lineage=kind,
        similarity=verdict.similarity,
        containment=verdict.containment,
        score=min(TOP_SCORE, found.score * TOP_SCORE),
        signals=found.signals,
    )
