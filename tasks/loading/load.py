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
from warehouse.lookup import rows_with
from warehouse.transaction import Transaction

_BEFORE_CODING = [Stage.POLLING.value, Stage.RETRIEVAL.value, Stage.EXTRACTION.value]
_OF_CODING = (Stage.CLASSIFICATION, Stage.CODING)
_IDS = "SELECT unnest($2::VARCHAR[])"
_SUPERSEDED = f"""
DELETE FROM core.reject WHERE rowid IN (
    SELECT r.row_number
    FROM {
    rows_with(
        "core.reject", "url", "SELECT unnest($1::VARCHAR[])", "stage", "recorded_at"
    )
} r
    JOIN (SELECT unnest($1::VARCHAR[]) AS url, unnest($2::TIMESTAMPTZ[]) AS retrieved_at)
        a USING (url)
    WHERE r.stage IN (SELECT unnest($3::VARCHAR[]))
        AND (r.stage = $4 OR r.recorded_at <= a.retrieved_at))
"""
_NOT_CODED_NOW = f"""
DELETE FROM core.reject WHERE rowid IN (
    SELECT row_number
    FROM {rows_with("core.reject", "article_id", _IDS, "stage", "reject_id")}
    WHERE stage IN (SELECT unnest($1::VARCHAR[]))
        AND reject_id NOT IN (SELECT unnest($3::VARCHAR[])))
"""
# What says of itself by which feed it came, as its article does.
_FOLLOW = """
UPDATE {table} t SET feed_url = a.feed_url FROM {articles} a
WHERE t.rowid IN (SELECT row_number FROM {rows}) AND t.article_id = a.article_id
    AND t.feed_url IS DISTINCT FROM a.feed_url {unless}
"""
_FOLLOWERS = {
    "core.coded_article": "",
    "core.reject": "AND t.item_id IS NULL",  # else the feed is that of the item
}


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
    frame = _with_feeds(tx, articles_as.reject_rows(rejects, recorded_at))
    ids = frame["reject_id"].to_list()
    if tx.merge("core.reject", frame).inserted == len(set(ids)):
        return
    # The time of the last refusal decides whether a changed item is tried again.
    tx.execute(
        "UPDATE core.reject SET recorded_at = $1 WHERE recorded_at < $1 AND rowid IN "
        f"(SELECT row_number FROM {rows_with('core.reject', 'reject_id', _IDS)})",
        [recorded_at, ids],
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
    if tx.merge("core.article", articles_as.article_rows(current)).updated:
        _follow_feeds(tx, [a.article_id for a in current])
    tx.append(
        "core.article_revision",
        articles_as.article_revision_rows(articles, recorded_at),
    )
    # What failed after this page was retrieved (an old page coded again) still failed.
    urls, seen = [a.url for a in articles], [a.first_seen_at for a in articles]
    tx.execute(_SUPERSEDED, [urls, seen, _BEFORE_CODING, Stage.EXTRACTION.value])
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
        "core.coded_article": _with_feeds(tx, coded_as.coded_article_rows(coded)),
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
        lost = rows_with("core.event_link", "mention_id", "SELECT unnest(?::VARCHAR[])")
        tx.execute(
            "DELETE FROM core.event_link "
            f"WHERE rowid IN (SELECT row_number FROM {lost})",
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
    now = _with_feeds(tx, articles_as.reject_rows(kept, recorded_at))
    stages = [stage.value for stage in _OF_CODING]
    tx.execute(_NOT_CODED_NOW, [stages, ids, now["reject_id"].to_list()])
    tx.merge("core.reject", now)


def _with_feeds(tx: Transaction, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the feed of their item, else of their article."""
    none = pl.lit(None, pl.String)
    item = pl.col("item_id") if "item_id" in frame.columns else none
    by_article = pl.when(item.is_null()).then(pl.col("article_id")).otherwise(none)
    rows = frame.with_columns(of_item=item, of_article=by_article)
    feeds = {
        **_feeds(tx, "core.article", rows["of_article"]),
        **_feeds(tx, "raw.feed_item", rows["of_item"]),
    }
    origin = pl.coalesce("of_item", "of_article")
    feed = origin.replace_strict(feeds, default=None, return_dtype=pl.String)
    return rows.with_columns(feed_url=feed).drop("of_item", "of_article")


def _feeds(tx: Transaction, table: str, ids: pl.Series) -> dict[str, str]:
    wanted = ids.drop_nulls().unique().sort().to_list()
    if tx.already_done or not wanted:
        return {}
    return tx.held(table, wanted, "feed_url")


def _follow_feeds(tx: Transaction, article_ids: list[str]) -> None:
    """Give what came of articles that were held their present feed."""
    ids = "SELECT unnest(?::VARCHAR[])"
    for table, unless in _FOLLOWERS.items():
        statement = _FOLLOW.format(
            table=table,
            unless=unless,
            articles=rows_with("core.article", "article_id", ids, "feed_url"),
            rows=rows_with(table, "article_id", ids),
        )
        tx.execute(statement, [article_ids, article_ids])


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
    ids = "SELECT unnest(?::VARCHAR[])"
    wanted = rows_with("raw.response", "response_id", ids, "retrieved_at")
    rows = tx.read(f"SELECT response_id, retrieved_at FROM {wanted}", [response_ids])
    return dict(rows.iter_rows())
