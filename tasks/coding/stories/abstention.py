"""Events the coder is not sure enough of: left out, kept as exclusions with their reason."""

from dataclasses import replace

from tasks.model.articles import Reject
from tasks.model.coding import CodedArticle, EventMention, Exclusion
from tasks.model.reasons import RejectReason, Stage

FURTHER = 0.1  # a further event must be surer: without it the article keeps its first
WHY = RejectReason.ABSTAINED.value
RULE = "R-ABSTAIN"


def abstaining(coded: CodedArticle, url: str, threshold: float) -> CodedArticle:
    """Return the article without the events below the threshold.

    Each leaves an exclusion where it was told; an article left without events is rejected
    as abstained from. The first event kept is the primary one.
    """
    doubted = [m for m in coded.mentions if _is_doubted(m, threshold)]
    if not doubted:
        return coded
    kept = [m for m in coded.mentions if not _is_doubted(m, threshold)]
    spans = (*coded.excluded, *(_excluded(m) for m in doubted))
    excluded = tuple(sorted(spans, key=lambda e: (e.start, e.end)))
    if kept:
        first = replace(kept[0], primary=True)
        return replace(coded, mentions=(first, *kept[1:]), excluded=excluded)
    best = max(m.confidence for m in doubted)
    reject = Reject(
        Stage.CODING,
        RejectReason.ABSTAINED,
        url=url,
        article_id=coded.article_id,
        detail=f"confidence={best:.2f} threshold={threshold:.2f}",
    )
    return replace(coded, relevant=False, mentions=(), excluded=excluded, reject=reject)


def _is_doubted(mention: EventMention, threshold: float) -> bool:
    if mention.primary:
        return mention.confidence < threshold
    return mention.confidence < min(1.0, threshold + FURTHER) and threshold > 0


def _excluded(mention: EventMention) -> Exclusion:
    told = next(e for e in mention.evidence if e.field == "event")
    return Exclusion(told.start, told.end, told.quote, WHY, RULE)
