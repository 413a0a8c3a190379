"""Articles, their revisions, rejects and derivation as rows."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

import polars as pl

from tasks.loading.frames import Row, build_frame
from tasks.loading.ids import content_id
from tasks.model.articles import (
    Article,
    ArticleLineage,
    Mutation,
    Reject,
    StoryMember,
)
from tasks.model.serialise import dump


def revision_sha256(article: Article) -> str:
    """Return the identity of an article's text: an edited page gets another one."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def article_rows(articles: Iterable[Article]) -> pl.DataFrame:
    """Return rows of core.article, the current revision of each article."""
    return build_frame("core.article", (_article(a) for a in articles))


def article_revision_rows(
    articles: Iterable[Article], recorded_at: datetime
) -> pl.DataFrame:
    """Return rows of core.article_revision; `recorded_at` is kept for known texts."""
    return build_frame(
        "core.article_revision", (_revision(a, recorded_at) for a in articles)
    )


def reject_rows(rejects: Iterable[Reject], recorded_at: datetime) -> pl.DataFrame:
    """Return rows of core.reject; one per stage, page and item."""
    return build_frame("core.reject", (_reject(r, recorded_at) for r in rejects))


def lineage_rows(lineage: Iterable[ArticleLineage]) -> pl.DataFrame:
    """Return rows of core.article_lineage."""
    return build_frame("core.article_lineage", (_lineage(x) for x in lineage))


def mutation_rows(mutations: Iterable[Mutation]) -> pl.DataFrame:
    """Return rows of core.mutation."""
    return build_frame("core.mutation", (_mutation(m) for m in mutations))


def story_rows(members: Iterable[StoryMember]) -> pl.DataFrame:
    """Return rows of core.story_member."""
    return build_frame(
        "core.story_member",
        ({"article_id": m.article_id, "story_id": m.story_id} for m in members),
    )


def _article(article: Article) -> Row:
    text = article.text
    return {
        "article_id": article.article_id,
        "revision_sha256": revision_sha256(article),
        "canonical_url": article.canonical_url,
        "url": article.url,
        "publisher": article.publisher,
        "publisher_host": article.publisher_host,
        "title": article.title,
        "text": text,
        "num_characters": len(text),
        "language": article.language,
        "language_confidence": article.language_confidence,
        "published_at": article.published_at,
        "published_at_source": article.published_at_source,
        "updated_at": article.updated_at,
        "first_seen_at": article.first_seen_at,
        "byline": article.byline,
        "section": article.section,
        "wire_credit": article.wire_credit,
        "outlet_country": article.outlet_country,
        "feed_url": article.feed_url,
        "source_publisher": article.source_publisher,
        "extractor": article.extractor,
        "extractor_rule": article.extractor_rule,
        "extractor_version": article.extractor_version,
        "response_id": article.response_id,
        "num_removals": len(article.removals),
        "paragraph_lengths": [len(p) for p in article.paragraphs],
        "details": _details(article),
    }


def _details(article: Article) -> str:
    """Return what only editors and reprocessing read, as one JSON object."""
    return json.dumps(
        {
            "summary": article.summary,
            "removals": [json.loads(dump(r)) for r in article.removals],
            "date_candidates": [json.loads(dump(c)) for c in article.date_candidates],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _revision(article: Article, recorded_at: datetime) -> Row:
    return {
        "article_id": article.article_id,
        "revision_sha256": revision_sha256(article),
        "title": article.title,
        "text": article.text,
        "updated_at": article.updated_at,
        "extractor_version": article.extractor_version,
        "response_id": article.response_id,
        "recorded_at": recorded_at,
    }


def _reject(reject: Reject, recorded_at: datetime) -> Row:
    return {
        "reject_id": content_id(
            reject.stage.value, reject.url, reject.article_id, reject.item_id
        ),
        "stage": reject.stage.value,
        "reason": reject.reason.value,
        "url": reject.url,
        "article_id": reject.article_id,
        "item_id": reject.item_id,
        "response_id": reject.response_id,
        "detail": reject.detail,
        "recorded_at": recorded_at,
    }


def _lineage(lineage: ArticleLineage) -> Row:
    return {
        "article_id": lineage.article_id,
        "family_id": lineage.family_id,
        "lineage": lineage.lineage,
        "parent_article_id": lineage.parent_article_id,
        "similarity": lineage.similarity,
        "containment": lineage.containment,
        "signals": list(lineage.signals),
        "score": lineage.score,
    }


def _mutation(mutation: Mutation) -> Row:
    return {
        "mutation_id": content_id(
            mutation.article_id,
            mutation.parent_article_id,
            mutation.field,
            mutation.child_value,
            mutation.child_quote,
        ),
        "article_id": mutation.article_id,
        "parent_article_id": mutation.parent_article_id,
        "field": mutation.field,
        "parent_value": mutation.parent_value,
        "child_value": mutation.child_value,
        "child_quote": mutation.child_quote,
        "is_unsupported_by_origin": mutation.unsupported_by_origin,
    }
