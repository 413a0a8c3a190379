"""Loads what is stored around new texts: the only place of derivation that reads."""

from collections.abc import Sequence

from tasks.derivation.fingerprint import MINHASH_VERSION
from tasks.derivation.records import (
    Neighbourhood,
    StoredLineage,
    TextBands,
    TextRecord,
)
from tasks.model.articles import ArticleLineage
from warehouse import neighbours


def load_neighbourhood(
    connection: neighbours.Connection,
    bands: TextBands,
    *,
    window_days: int,
) -> Neighbourhood:
    """Return candidates, their texts, and the families they belong to."""
    new = set(bands.article_ids)
    pairs = neighbours.find_candidates(
        connection, _columns(bands), version=MINHASH_VERSION, window_days=window_days
    )
    touched = sorted({article_id for pair in pairs for article_id in pair} | new)
    lineage = [_stored(row) for row in neighbours.select_families(connection, touched)]
    parents = {row.lineage.parent_article_id for row in lineage} - {None}
    roots = {r.lineage.article_id for r in lineage if not r.lineage.parent_article_id}
    wanted = (set(touched) | {p for p in parents if p} | roots) - new
    records = [
        TextRecord(*row) for row in neighbours.select_texts(connection, sorted(wanted))
    ]
    return Neighbourhood(tuple(pairs), tuple(records), tuple(lineage))


def children_to_rederive(
    connection: neighbours.Connection, changed_ids: Sequence[str]
) -> tuple[TextRecord, ...]:
    """Return stored texts derived from articles whose text changed.

    Add them to the batch of new texts: what they were derived from is no longer what
    their parent says.
    """
    children = neighbours.select_children(connection, changed_ids)
    left = sorted(set(children) - set(changed_ids))
    return tuple(TextRecord(*row) for row in neighbours.select_texts(connection, left))


def store_bands(connection: neighbours.Connection, bands: TextBands) -> None:
    """Store the bands of new texts (inside the caller's transaction)."""
    neighbours.replace_bands(connection, _columns(bands), version=MINHASH_VERSION)


def _columns(bands: TextBands) -> neighbours.BandColumns:
    return neighbours.BandColumns(
        bands.article_ids, bands.days, bands.owners, bands.kinds, bands.keys
    )


def _stored(row: neighbours.LineageRow) -> StoredLineage:
    lineage = ArticleLineage(
        article_id=row.article_id,
        family_id=row.family_id,
        lineage=row.lineage,
        parent_article_id=row.parent_article_id,
        similarity=row.similarity,
        containment=row.containment,
        signals=tuple(row.signals),
        score=row.score,
    )
    return StoredLineage(lineage, row.canonical_url, row.moment)
