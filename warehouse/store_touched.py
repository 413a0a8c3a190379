"""What was written since a later stage last looked: the input of derivation and resolution.

The ledger says so: rows of runs that loaded something after the stage's last commit. A
run that was killed between two stages is therefore picked up by the next.
"""

from datetime import date

from warehouse.connect import Warehouse
from warehouse.lookup import rows_with

DERIVATION = "derivation"
RESOLUTION = "resolution"
AGGREGATION = "aggregation"
_IDS = "SELECT unnest(?::VARCHAR[])"

_LOADED_SINCE = """
SELECT run_id FROM meta.load_run WHERE stage IN ({loads}) GROUP BY run_id
HAVING max(committed_at) > coalesce(
    (SELECT max(committed_at) FROM meta.load_run WHERE stage = '{stage}'),
    TIMESTAMPTZ '1970-01-01 00:00:00Z')
"""


# What a run killed between its loads and its derivation left; reads both tables whole.
_UNLINKED = """
UNION SELECT a.rowid FROM core.article a ANTI JOIN core.article_lineage l
USING (article_id) WHERE a.text IS NOT NULL
"""


def articles_to_link(warehouse: Warehouse) -> list[str]:
    """Return ids of articles whose text derivation has not seen, in publication order."""
    since = _LOADED_SINCE.format(loads="'load'", stage=DERIVATION)
    recent = f"FROM core.article WHERE run_id IN ({since})"
    whole = _unlinked(warehouse, "core.article", "core.article_lineage")
    linked = rows_with(
        "core.article_lineage", "article_id", f"SELECT article_id {recent}"
    )
    lost = "" if whole == _unlinked(warehouse, f"({recent})", linked) else _UNLINKED
    rows = warehouse.read(
        f"WITH due AS MATERIALIZED (SELECT rowid {recent} {lost}) "
        "SELECT article_id FROM core.article "
        "WHERE text IS NOT NULL AND rowid IN (FROM due) "
        "ORDER BY coalesce(published_at, first_seen_at), canonical_url"
    )
    return [str(value) for value in rows["article_id"].to_list()]


def _unlinked(warehouse: Warehouse, articles: str, lineages: str) -> int:
    """Return by how many there are more articles than lineages.

    Every lineage has its article, and one: of all, that many articles lack theirs.
    """
    counts = f"(SELECT count(*) FROM {articles}) - (SELECT count(*) FROM {lineages})"
    return int(warehouse.read(f"SELECT {counts}").item())


def articles_to_link_again(warehouse: Warehouse) -> list[str]:
    """Return ids of all articles whose derivation can be made anew, in publication order.

    A text whose parent's text was dropped keeps what was found when both were there.
    """
    rows = warehouse.read(
        "SELECT a.article_id FROM core.article a LEFT JOIN core.article_lineage l "
        "USING (article_id) LEFT JOIN core.article p "
        "ON p.article_id = l.parent_article_id WHERE a.text IS NOT NULL "
        "AND (p.article_id IS NULL OR p.text IS NOT NULL) "
        "ORDER BY coalesce(a.published_at, a.first_seen_at), a.canonical_url"
    )
    return [str(value) for value in rows["article_id"].to_list()]


def all_mentions(warehouse: Warehouse) -> list[str]:
    """Return the ids of all mentions, earliest event first."""
    rows = warehouse.read(
        "SELECT mention_id FROM core.event_mention "
        "ORDER BY event_date NULLS FIRST, mention_id"
    )
    return [str(value) for value in rows["mention_id"].to_list()]


# What a run killed before its resolution left; joins both tables whole.
_UNRESOLVED = """
UNION SELECT mention_id FROM core.event_mention ANTI JOIN core.event_link
USING (mention_id)
"""


def mentions_to_resolve(warehouse: Warehouse) -> list[str]:
    """Return ids of mentions without an event, newly coded, or of another family now."""
    since = _LOADED_SINCE.format(loads="'load', 'derivation'", stage=RESOLUTION)
    of_moved = rows_with("core.event_mention", "article_id", "FROM moved", "mention_id")
    recent = (
        # Two readings of narrow columns cost less than one of all that they join.
        f"WITH since AS MATERIALIZED ({since}), moved AS MATERIALIZED "
        "(SELECT article_id FROM core.article_lineage WHERE run_id IN (FROM since)) "
        "SELECT mention_id FROM core.event_mention WHERE run_id IN (FROM since) "
        f"UNION SELECT mention_id FROM {of_moved} "
    )
    found = _ids(warehouse, f"{recent} ORDER BY mention_id")
    if _unresolved(warehouse) == _unresolved(warehouse, found):
        return found
    return _ids(warehouse, f"{recent} {_UNRESOLVED} ORDER BY mention_id")


def _unresolved(warehouse: Warehouse, among: list[str] | None = None) -> int:
    """Return how many mentions lack an event: of all, or of these.

    Every link has its mention, and one: of all, the two counts tell.
    """
    if among is None:
        links = "SELECT count(*) FROM core.event_link"
        mentions = "SELECT count(*) FROM core.event_mention"
        return int(warehouse.read(f"SELECT ({mentions}) - ({links})").item())
    links = f"SELECT count(*) FROM {rows_with('core.event_link', 'mention_id', _IDS)}"
    return len(among) - int(warehouse.read(links, [among]).item())


def _ids(warehouse: Warehouse, query: str) -> list[str]:
    return [str(value) for value in warehouse.read(query).to_series().to_list()]


def articles_already_in_stories(warehouse: Warehouse, ids: list[str]) -> frozenset[str]:
    """Return those of the articles that have a story; they keep it when their text changes."""
    placed = rows_with("core.story_member", "article_id", _IDS)
    rows = warehouse.read(f"SELECT article_id FROM {placed}", [ids])
    return frozenset(rows["article_id"].to_list())


def days_to_aggregate(warehouse: Warehouse) -> list[date]:
    """Return the days of events that changed since the last aggregation, old days too."""
    since = _LOADED_SINCE.format(loads="'resolution'", stage=AGGREGATION)
    changed = f"SELECT event_id FROM core.event_version WHERE run_id IN ({since})"
    versions = rows_with("core.event_version", "event_id", changed, "event_date")
    rows = warehouse.read(
        f"SELECT DISTINCT event_date FROM {versions} "
        "WHERE event_date IS NOT NULL ORDER BY event_date"
    )
    return list(rows["event_date"].to_list())
