"""Loads of one batch each: which rows go where, and what they make obsolete.

Each function writes inside the transaction it is given; calling it again with the same
values changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import polars as pl

from tasks.loading import article_rows as articles_as
from tasks.loading import coding_rows as coded_as
from tasks.loading import feed_rows as feeds_as
from tasks.model.articles import (
    ArchivedResponse,
    Article,
    ArticleLineage,
    Mutation,
    Reject,
    StoryMember,
)
from tasks.model.coding import CodedArticle
from tasks.model.feeds import Feed, FeedItem, PollOutcome
from tasks.model.reasons import Stage
from warehouse.transaction import Transaction

_BEFORE_CODING = [Stage.POLLING.value, Stage.RETRIEVAL.value, Stage.EXTRACTION.value]
_OF_CODING = (Stage.CLASSIFICATION, Stage.CODING)


def load_feeds(tx: Transaction, feeds: Iterable[Feed]) -> None:
    """Make raw.feed equal to feeds.toml; a feed taken out keeps its polls and state."""
    frame = feeds_as.feed_rows(feeds)
    known = tx.read("SELECT feed_url FROM raw.feed")["feed_url"].to_list()
    urls = sorted({*known, *frame["feed_url"].to_list()})
    tx.replace("raw.feed", frame, column="feed_url", values=urls)


def load_polls(tx: Transaction, outcomes: Sequence[PollOutcome]) -> None:
    """Record polls, the states they left, and the new or changed items they brought."""
    tx.append("raw.feed_poll", feeds_as.feed_poll_rows(o.poll for o in outcomes))
    tx.merge("raw.feed_state", feeds_as.feed_state_rows(o.state for o in outcomes))
    items = [(item, o.poll.polled_at) for o in outcomes for item in o.items]
    tx.merge("raw.feed_item", feeds_as.feed_item_rows(items))


def load_responses(
    tx: Transaction, responses: Iterable[tuple[ArchivedResponse, FeedItem | None]]
) -> None:
    """Record what the archive now holds."""
    tx.append("raw.response", feeds_as.response_rows(responses))


def load_imported_items(
    tx: Transaction, items: Iterable[tuple[FeedItem, datetime]]
) -> None:
    """Record feed items that came with imported responses; what polling knows stays."""
    tx.append("raw.feed_item", feeds_as.feed_item_rows(items))


def load_rejects(
    tx: Transaction, rejects: Iterable[Reject], recorded_at: datetime
) -> None:
    """Record what was not coded; a later reject of the same page and stage replaces it."""
    frame = articles_as.reject_rows(rejects, recorded_at)
    ids = frame["reject_id"].to_list()
    if tx.merge("core.reject", frame).inserted == len(set(ids)):
        return
    # The time of the last refusal decides whether a changed item is tried again.
    tx.execute(
        "UPDATE core.reject SET recorded_at = ? WHERE reject_id IN "
        "(SELECT unnest(?::VARCHAR[])) AND recorded_at < ?",
        [recorded_at, ids, recorded_at],
    )


def load_articles(
    tx: Transaction, articles: Sequence[Article], recorded_at: datetime
) -> frozenset[str]:
    """Load articles and their revisions; return the ids whose text here is outdated.

    A text retrieved before the one we hold (a back-fill) becomes a revision but never
    the current text; its coding must not be loaded. Earlier rejects of these pages go.
    """
    outdated = _outdated(tx, articles)
    current = [a for a in articles if a.article_id not in outdated]
    tx.merge("core.article", articles_as.article_rows(current))
    tx.append(
        "core.article_revision",
        articles_as.article_revision_rows(articles, recorded_at),
    )
    # What failed after this page was retrieved (an old page coded again) still failed.
    tx.execute(
        # Numbered: DuckDB 1.5 and 2.0 count the marks of USING and WHERE differently.
        "DELETE FROM core.reject r USING (SELECT unnest($1::VARCHAR[]) AS url, "
        "unnest($2::TIMESTAMPTZ[]) AS retrieved_at) a WHERE a.url = r.url "
        "AND r.stage IN (SELECT unnest($3::VARCHAR[])) "
        "AND (r.stage = $4 OR r.recorded_at <= a.retrieved_at)",
        [
            [a.url for a in articles],
            [a.first_seen_at for a in articles],
            _BEFORE_CODING,
            Stage.EXTRACTION.value,
        ],
    )
    return outdated


def drop_texts(tx: Transaction, limit: datetime) -> None:
    """Drop the texts of what was first seen before `limit`: articles, cuts, feed items.

    Hashes, titles, addresses, times, spans, quotes and codes stay.
    """
    # Of a cut, the place, the reason and the rule stay.
    tx.execute(
        "UPDATE core.article SET text = NULL, details = json_object("
        "'summary', NULL, 'date_candidates', details->'date_candidates', "
        "'removals', list_transform((details->'removals')::JSON[], "
        'lambda r: json_merge_patch(r, \'{"text": ""}\'))) '
        "WHERE text IS NOT NULL AND first_seen_at < ?",
        [limit],
    )
    tx.execute(
        "UPDATE core.article_revision SET text = NULL "
        "WHERE text IS NOT NULL AND recorded_at < ?",
        [limit],
    )
    tx.execute(
        "UPDATE raw.feed_item SET payload = json_merge_patch(payload, ?::JSON) "
        "WHERE first_seen_at < ? AND changed_at < ? "
        "AND ((payload->>'summary') IS NOT NULL "
        "OR (payload->>'content_html') IS NOT NULL)",
        ['{"summary": null, "content_html": null, "media_captions": []}', limit, limit],
    )


def load_coded(
    tx: Transaction, coded: Sequence[CodedArticle], recorded_at: datetime
) -> None:
    """Replace everything the coder ever said of these articles by what it says now.

    Mentions that are gone lose their link; resolution then withdraws or moves events.
    """
    ids = [c.article_id for c in coded]
    tables: Mapping[str, pl.DataFrame] = {
        "core.coded_article": coded_as.coded_article_rows(coded),
        "core.event_mention": coded_as.mention_rows(coded),
        "core.claim": coded_as.claim_rows(coded),
        "core.fatality_claim": coded_as.fatality_claim_rows(coded),
        "core.exclusion": coded_as.exclusion_rows(coded),
    }
    for table, frame in tables.items():
        tx.replace(table, frame, column="article_id", values=ids)
    tx.merge("core.place", coded_as.place_rows(coded))
    _replace_coding_rejects(tx, coded, recorded_at)
    if gone := tx.deleted_keys("core.event_mention"):
        tx.execute(
            "DELETE FROM core.event_link "
            "WHERE mention_id IN (SELECT unnest(?::VARCHAR[]))",
            [gone],
        )


def load_derivation(
    tx: Transaction,
    lineage: Iterable[ArticleLineage],
    mutations: Iterable[Mutation],
    stories: Iterable[StoryMember],
    rederived: Sequence[str] | None = None,
) -> None:
    """Replace lineage and story of the articles named; mutations of those `rederived`.

    Without `rederived`, mutations are replaced for every article `lineage` names.
    """
    frame = articles_as.lineage_rows(lineage)
    ids = frame["article_id"].to_list() if rederived is None else list(rederived)
    tx.merge("core.article_lineage", frame)
    tx.replace(
        "core.mutation",
        articles_as.mutation_rows(mutations),
        column="article_id",
        values=ids,
    )
    tx.merge("core.story_member", articles_as.story_rows(stories))


def _replace_coding_rejects(
    tx: Transaction, coded: Sequence[CodedArticle], recorded_at: datetime
) -> None:
    kept = [c.reject for c in coded if c.reject is not None]
    ids = [c.article_id for c in coded]
    now = articles_as.reject_rows(kept, recorded_at)
    tx.execute(
        "DELETE FROM core.reject WHERE stage IN (SELECT unnest(?::VARCHAR[])) "
        "AND article_id IN (SELECT unnest(?::VARCHAR[])) "
        "AND reject_id NOT IN (SELECT unnest(?::VARCHAR[]))",
        [[s.value for s in _OF_CODING], ids, now["reject_id"].to_list()],
    )
    tx.merge("core.reject", now)


def _outdated(tx: Transaction, articles: Sequence[Article]) -> frozenset[str]:
    """Return ids whose stored text was retrieved later than the one given."""
    if tx.already_done:
        return frozenset()
    given = {a.article_id: a.response_id for a in articles}
    held = tx.held("core.article", list(given), "response_id")
    if not held:
        return frozenset()
    pairs = [(key, old, given[key]) for key, old in held.items()]
    when = _retrieval_times(tx, [r for _, *both in pairs for r in both if r])
    return frozenset(
        key
        for key, old, new in pairs
        if old in when and new in when and when[old] > when[new]
    )


def _retrieval_times(tx: Transaction, response_ids: list[str]) -> dict[str, datetime]:
    rows = tx.read(
        "SELECT response_id, retrieved_at FROM raw.response "
        "WHERE response_id IN (SELECT unnest(?::VARCHAR[]))",
        [response_ids],
    )
    return dict(rows.iter_rows())
