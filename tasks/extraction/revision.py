"""Revisions of one article: whether a text changed, and what changed."""

import difflib
import hashlib

from tasks.model.articles import Article


def fingerprint(article: Article) -> str:
    """Return the hash of title and paragraphs: equal texts are one revision."""
    return hashlib.sha256(article.text.encode("utf-8")).hexdigest()


def is_revision(old: Article, new: Article) -> bool:
    """Return whether `new` is a later text of the same article."""
    same_article = old.article_id == new.article_id
    return same_article and fingerprint(old) != fingerprint(new)


def text_diff(old: Article, new: Article) -> str:
    """Return a unified diff of two texts by paragraph; "" for equal texts."""
    lines = difflib.unified_diff(
        [old.title, *old.paragraphs],
        [new.title, *new.paragraphs],
        fromfile=fingerprint(old)[:12],
        tofile=fingerprint(new)[:12],
        n=1,
        lineterm="",
    )
    return "\n".join(lines)
