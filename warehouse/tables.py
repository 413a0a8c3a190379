"""What is true of every table: its key, its parents, and its operational columns."""

from dataclasses import dataclass

# Columns that say when and by which run a row was written, never what it says: they
# take no part in "did this row change?" nor in the hashes of the tables.
OPERATIONAL_COLUMNS = frozenset({"run_id", "row_hash", "recorded_at", "changed_at"})

KEYS: dict[str, tuple[str, ...]] = {
    "meta.load_run": ("load_key",),
    "meta.run": ("run_id",),
    "meta.release": ("release_id",),
    "raw.feed": ("feed_url",),
    "raw.feed_state": ("feed_url",),
    "raw.feed_poll": ("poll_id",),
    "raw.feed_item": ("item_id",),
    "raw.response": ("response_id",),
    "core.article": ("article_id",),
    "core.article_revision": ("article_id", "revision_sha256"),
    "core.reject": ("reject_id",),
    "core.article_lineage": ("article_id",),
    "core.mutation": ("mutation_id",),
    "core.story_member": ("article_id",),
    "core.coded_article": ("article_id",),
    "core.event_mention": ("mention_id",),
    "core.claim": ("claim_id",),
    "core.fatality_claim": ("claim_id",),
    "core.exclusion": ("exclusion_id",),
    "core.event": ("event_id",),
    "core.event_version": ("event_id", "revision"),
    "core.event_revision": ("event_id", "revision", "changed_field"),
    "core.event_redirect": ("old_event_id",),
    "core.event_link": ("mention_id",),
    "core.event_actor": ("event_id", "side", "ordinal"),
    "core.actor": ("actor_id",),
    "core.actor_alias": ("actor_id", "alias"),
    "core.place": ("place_id",),
    "mart.country_month": ("country_iso3", "month"),
    "mart.admin1_week": ("country_iso3", "admin1", "week"),
    "mart.dyad_day": ("dyad_id", "event_date"),
    "mart.actor_month": ("actor", "month"),
    "mart.feed_health": ("feed_url",),
}

# Set once, when the row is first written; a later load of the same row keeps them.
KEPT_COLUMNS: dict[str, tuple[str, ...]] = {
    "raw.feed_item": ("first_seen_at",),
    "core.article": ("first_seen_at",),
    "core.article_revision": ("recorded_at",),
    "core.event_version": ("valid_from",),
}

# Said of a row by another table: they follow it and take no part in "did it change?".
FOLLOWING_COLUMNS: dict[str, tuple[str, ...]] = {
    "core.coded_article": ("feed_url",),
    "core.reject": ("feed_url",),
}


@dataclass(frozen=True, slots=True)
class Parent:
    """`child.column`, where not null, must exist as `table.key`."""

    child: str
    column: str
    table: str
    key: str


PARENTS: tuple[Parent, ...] = (
    Parent("core.article_revision", "article_id", "core.article", "article_id"),
    Parent("core.article_lineage", "article_id", "core.article", "article_id"),
    Parent("core.article_lineage", "parent_article_id", "core.article", "article_id"),
    Parent("core.mutation", "article_id", "core.article", "article_id"),
    Parent("core.mutation", "parent_article_id", "core.article", "article_id"),
    Parent("core.story_member", "article_id", "core.article", "article_id"),
    Parent("core.coded_article", "article_id", "core.article", "article_id"),
    Parent("core.event_mention", "article_id", "core.article", "article_id"),
    Parent("core.exclusion", "article_id", "core.article", "article_id"),
    Parent("core.claim", "article_id", "core.article", "article_id"),
    Parent("core.claim", "mention_id", "core.event_mention", "mention_id"),
    Parent("core.fatality_claim", "article_id", "core.article", "article_id"),
    Parent("core.fatality_claim", "mention_id", "core.event_mention", "mention_id"),
    Parent("core.event_link", "mention_id", "core.event_mention", "mention_id"),
    Parent("core.event_link", "event_id", "core.event", "event_id"),
    Parent("core.event_actor", "event_id", "core.event", "event_id"),
)
