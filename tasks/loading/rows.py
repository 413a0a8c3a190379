"""Every `values -> rows` function under one name, for callers outside this stage."""

from tasks.loading.article_rows import (
    article_revision_rows,
    article_rows,
    lineage_rows,
    mutation_rows,
    reject_rows,
    revision_sha256,
    story_rows,
)
from tasks.loading.coding_rows import (
    INTER_CODES,
    claim_rows,
    coded_article_rows,
    exclusion_rows,
    fatality_claim_rows,
    inter_code,
    interaction_code,
    mention_rows,
    place_rows,
)
from tasks.loading.event_rows import (
    event_actor_rows,
    event_rows,
    event_version_rows,
    link_rows,
    redirect_rows,
    revision_rows,
)
from tasks.loading.feed_rows import (
    feed_item_rows,
    feed_poll_rows,
    feed_rows,
    feed_state_rows,
    response_rows,
)
from tasks.loading.frames import SCHEMAS, build_frame
from tasks.loading.reference_rows import actor_rows, alias_rows

__all__ = [
    "INTER_CODES",
    "SCHEMAS",
    "actor_rows",
    "alias_rows",
    "article_revision_rows",
    "article_rows",
    "build_frame",
    "claim_rows",
    "coded_article_rows",
    "event_actor_rows",
    "event_rows",
    "event_version_rows",
    "exclusion_rows",
    "fatality_claim_rows",
    "feed_item_rows",
    "feed_poll_rows",
    "feed_rows",
    "feed_state_rows",
    "inter_code",
    "interaction_code",
    "lineage_rows",
    "link_rows",
    "mention_rows",
    "mutation_rows",
    "place_rows",
    "redirect_rows",
    "reject_rows",
    "response_rows",
    "revision_rows",
    "revision_sha256",
    "story_rows",
]
