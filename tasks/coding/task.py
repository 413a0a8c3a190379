"""Prefect boundary of coding: a batch of articles becomes coded articles, and is loaded."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.coding.coder import VERSION, Coder
from tasks.loading import load
from tasks.loading.task import warehouse_of
from tasks.model.articles import Article, Extraction, Reject
from tasks.model.coding import CodedArticle, Document
from tasks.model.reasons import RejectReason, Stage
from tasks.reference.build import data_version
from tasks.run import Run


@lru_cache(maxsize=2)
def coder_of(reference_dir: Path, min_confidence: float) -> Coder:
    """Return the coder, loaded once per process."""
    return Coder.load(reference_dir, min_confidence)


def coder_version() -> str:
    """Return what every coded row carries: the rules, and the reference data they read."""
    return f"{VERSION}+{data_version()[:8]}"


@task(name="code", cache_policy=NO_CACHE)
def code_batch(run: Run, articles: Sequence[Article]) -> list[CodedArticle]:
    """Return what the coder says of each article; a bug on one text is a loud reject."""
    coder = coder_of(run.settings.reference_dir, run.settings.min_confidence)
    coded = [_code(coder, article) for article in articles]
    mentions = sum(len(c.mentions) for c in coded)
    get_run_logger().info("articles=%d mentions=%d", len(coded), mentions)
    return coded


@task(name="load", retries=2, retry_delay_seconds=[1, 5], cache_policy=NO_CACHE)
def load_batch(
    run: Run, key: str, extractions: Sequence[Extraction], coded: Sequence[CodedArticle]
) -> None:
    """Load a batch and its ledger row in one transaction; a committed key is a no-op."""
    articles = [e.article for e in extractions if e.article is not None]
    rejects = [e.reject for e in extractions if e.reject is not None]
    now = run.now()
    with warehouse_of(run).transaction(key, run.run_id) as tx:
        outdated = load.load_articles(tx, articles, now)
        load.load_coded(tx, [c for c in coded if c.article_id not in outdated], now)
        load.load_rejects(tx, rejects, now)


def batch_key(response_ids: Sequence[str], *versions: str) -> str:
    """Return the ledger key of a batch: the same pages under the same rules."""
    digest = hashlib.sha256("\n".join((*response_ids, *versions)).encode())
    return f"articles:{digest.hexdigest()[:32]}"


def to_document(article: Article) -> Document:
    """Return what the coder reads of an article."""
    return Document(
        article_id=article.article_id,
        text=article.text,
        title=article.title,
        url=article.canonical_url,
        summary=article.summary,
        published_at=article.published_at,
        language=article.language,
        outlet_country=article.outlet_country,
        outlet_name=article.publisher,
        section=article.section,
        byline=article.byline,
        wire_credit=article.wire_credit,
    )


def _code(coder: Coder, article: Article) -> CodedArticle:
    try:
        return coder.code(to_document(article))
    except Exception as error:
        # A bug on one hostile text must not cost the night; it is stored and logged.
        get_run_logger().exception("coder failed url=%s", article.canonical_url)
        reject = Reject(
            Stage.CODING,
            RejectReason.CODER_ERROR,
            url=article.url,
            article_id=article.article_id,
            response_id=article.response_id,
            detail=f"{type(error).__name__}: {error}"[:500],
        )
        return CodedArticle(article.article_id, False, 0.0, reject=reject)
