"""A store in memory that behaves as the warehouse does for derivation."""

from collections import defaultdict
from collections.abc import Iterable

from tasks.derivation.fingerprint import KIND_NAME, KIND_SAMPLED
from tasks.derivation.link import derive, prepare
from tasks.derivation.records import (
    DerivationResult,
    Neighbourhood,
    StoredLineage,
    TextBand,
    TextRecord,
)
from tasks.model.articles import ArticleLineage, Mutation


class MemoryStore:
    """Holds texts, bands, lineage and mutations between batches."""

    def __init__(self) -> None:
        self.records: dict[str, TextRecord] = {}
        self.lineage: dict[str, ArticleLineage] = {}
        self.mutations: dict[str, list[Mutation]] = {}
        self._bands: dict[str, list[TextBand]] = {}

    def add(self, batch: Iterable[TextRecord]) -> DerivationResult:
        """Derive a batch against what is stored, and store the outcome."""
        batch = list(batch)
        ids = {r.article_id for r in batch}
        children = {
            row.article_id
            for row in self.lineage.values()
            if row.parent_article_id in ids and row.article_id not in ids
        }
        batch += [self.records[key] for key in sorted(children)]
        prepared = prepare(batch)
        bands = list(prepared.bands)
        result = derive(prepared, self._around(bands))
        self._write(batch, bands, result)
        return result

    def families(self) -> set[frozenset[str]]:
        """Return the families as sets of articles."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.lineage.values():
            found[row.family_id].add(row.article_id)
        return {frozenset(members) for members in found.values()}

    def _around(self, bands: list[TextBand]) -> Neighbourhood:
        new = {band.article_id for band in bands}
        carriers: dict[tuple[int, int], set[str]] = defaultdict(set)
        stored = (b for key, own in self._bands.items() if key not in new for b in own)
        for band in (*stored, *bands):
            carriers[band.kind, band.key].add(band.article_id)
        shared: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for band in bands:
            for other in carriers[band.kind, band.key] - {band.article_id}:
                pair = (min(band.article_id, other), max(band.article_id, other))
                if (band.kind, band.key) not in shared.get(pair, ()):
                    shared[pair].append((band.kind, band.key))
        pairs = sorted(pair for pair, keys in shared.items() if _is_candidate(keys))
        touched = {key for pair in pairs for key in pair} | new
        families = {self.lineage[k].family_id for k in touched if k in self.lineage}
        rows = [r for r in self.lineage.values() if r.family_id in families]
        ids = {r.article_id for r in rows} | touched
        return Neighbourhood(
            pairs=tuple(pairs),
            records=tuple(self.records[k] for k in sorted(ids - new)),
            lineage=tuple(self._placed(row) for row in rows),
        )

    def _placed(self, row: ArticleLineage) -> StoredLineage:
        stored = self.records[row.article_id]
        return StoredLineage(row, stored.canonical_url, stored.moment)

    def _write(
        self,
        batch: list[TextRecord],
        bands: list[TextBand],
        result: DerivationResult,
    ) -> None:
        self.records |= {r.article_id: r for r in batch}
        self.lineage |= {row.article_id: row for row in result.lineage}
        for key in {band.article_id for band in bands}:
            self._bands[key] = [b for b in bands if b.article_id == key]
        for key in result.rederived:
            self.mutations[key] = [m for m in result.mutations if m.article_id == key]


def _is_candidate(keys: list[tuple[int, int]]) -> bool:
    kinds = [kind for kind, _ in keys]
    return (
        any(kind < KIND_SAMPLED for kind in kinds)
        or kinds.count(KIND_SAMPLED) >= 2
        or kinds.count(KIND_NAME) >= 3
    )
