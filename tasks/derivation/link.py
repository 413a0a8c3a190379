"""Families of texts: each text hangs under the best earlier text it derives from.

A family is a tree whose root is the earliest text that derives from nothing. The parent
of a text is the best-scored earlier related text, ties going to the earliest; that
choice depends on the set of texts alone, so any order of arrival gives the same trees,
and an origin that arrives late takes its place at the root.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from tasks.derivation.bands import bands_of
from tasks.derivation.mutations import find_mutations
from tasks.derivation.pairs import judge
from tasks.derivation.profile import Profile, profile
from tasks.derivation.records import (
    DerivationResult,
    Neighbourhood,
    TextBands,
    TextPair,
    TextRecord,
)
from tasks.model.articles import ArticleLineage, Mutation

INDEPENDENT = "independent"
ORIGIN = "origin"
_NO_STORE = Neighbourhood()


@dataclass(frozen=True, slots=True)
class Prepared:
    """New texts taken apart, with the bands by which the store is searched."""

    profiles: tuple[Profile, ...]
    bands: TextBands


def prepare(new: Iterable[TextRecord]) -> Prepared:
    """Take new texts apart once, for the search and for the comparison."""
    profiles = tuple(profile(record) for record in new)
    return Prepared(profiles, bands_of(profiles))


def derive(
    prepared: Prepared, neighbourhood: Neighbourhood = _NO_STORE
) -> DerivationResult:
    """Return the rows that change when these texts join the stored ones."""
    texts = _Texts(prepared.profiles, neighbourhood)
    pairs, independent = _judge_all(texts, neighbourhood.pairs)
    forest = _Forest(texts, pairs, independent)
    changed = tuple(row for row in forest.rows() if row != texts.stored.get(_id(row)))
    rederived = tuple(
        row
        for row in changed
        if _parent_changed(row, texts.stored.get(_id(row)), texts)
    )
    return DerivationResult(
        lineage=changed,
        mutations=tuple(m for row in rederived for m in _mutations(row, texts)),
        rederived=tuple(_id(row) for row in rederived),
        bands=prepared.bands,
        pairs=pairs,
    )


def family_id(canonical_url: str) -> str:
    """Return the id of the family whose root has that canonical URL."""
    return str(uuid5(NAMESPACE_URL, "family:" + canonical_url))


def _id(row: ArticleLineage) -> str:
    return row.article_id


def _parent_changed(
    row: ArticleLineage, stored: ArticleLineage | None, texts: "_Texts"
) -> bool:
    if stored is None or row.parent_article_id != stored.parent_article_id:
        return True
    return row.article_id in texts.new or row.parent_article_id in texts.new


def _mutations(row: ArticleLineage, texts: "_Texts") -> tuple[Mutation, ...]:
    if row.parent_article_id is None:
        return ()
    return find_mutations(texts.get(row.parent_article_id), texts.get(row.article_id))


class _Texts:
    """New and stored texts by id; a stored text is taken apart when first needed."""

    def __init__(self, new: Sequence[Profile], hood: Neighbourhood) -> None:
        self.new = {p.record.article_id: p for p in new}
        self.stored: Mapping[str, ArticleLineage] = {
            row.lineage.article_id: row.lineage for row in hood.lineage
        }
        self._records = {r.article_id: r for r in hood.records}
        self._orders = {row.lineage.article_id: row.order for row in hood.lineage}
        self._profiles = dict(self.new)

    def ids(self) -> list[str]:
        """Return all articles whose row may change, sorted."""
        return sorted(self.new.keys() | self.stored.keys())

    def has_text(self, article_id: str) -> bool:
        """True unless the text was dropped by the retention setting."""
        return article_id in self.new or article_id in self._records

    def get(self, article_id: str) -> Profile:
        """Return the text taken apart."""
        found = self._profiles.get(article_id)
        if found is None:
            found = self._profiles[article_id] = profile(self._records[article_id])
        return found

    def order(self, article_id: str) -> tuple[datetime, str]:
        """Return the place of an article in publication order."""
        new = self.new.get(article_id)
        return new.record.order if new else self._orders[article_id]


def _judge_all(
    texts: _Texts, candidates: Sequence[tuple[str, str]]
) -> tuple[tuple[TextPair, ...], frozenset[str]]:
    pairs, independent = [], set()
    for a, b in candidates:
        if not (texts.has_text(a) and texts.has_text(b)):
            continue
        judgement = judge(texts.get(a), texts.get(b))
        if judgement.pair is not None:
            pairs.append(judgement.pair)
        if judgement.independent_child is not None:
            independent.add(judgement.independent_child)
    return tuple(pairs), frozenset(independent)


class _Forest:
    """Parents of all touched texts, new evidence weighed against what is stored."""

    def __init__(
        self, texts: _Texts, pairs: Sequence[TextPair], independent: frozenset[str]
    ) -> None:
        self._texts = texts
        self._independent = independent
        self._best = {
            _id(row): self._from_stored(row)
            for row in texts.stored.values()
            if self._still_holds(row)
        }
        for pair in pairs:
            held = self._best.get(pair.child_id)
            if held is None or self._is_better(pair, held):
                self._best[pair.child_id] = pair

    def _still_holds(self, row: ArticleLineage) -> bool:
        """A stored link falls when either end has a new text: it is judged again."""
        ends = {row.article_id, row.parent_article_id}
        return row.parent_article_id is not None and not ends & self._texts.new.keys()

    @staticmethod
    def _from_stored(row: ArticleLineage) -> TextPair:
        return TextPair(
            parent_id=row.parent_article_id or "",
            child_id=row.article_id,
            lineage=row.lineage,
            similarity=row.similarity or 0.0,
            containment=row.containment or 0.0,
            score=row.score or 0.0,
            signals=row.signals,
        )

    def _is_better(self, pair: TextPair, held: TextPair) -> bool:
        if pair.score != held.score:
            return pair.score > held.score
        return self._texts.order(pair.parent_id) < self._texts.order(held.parent_id)

    def rows(self) -> Iterable[ArticleLineage]:
        """Yield the lineage of every touched article."""
        roots: dict[str, str] = {}
        for article_id in sorted(self._texts.ids(), key=self._texts.order):
            pair = self._best.get(article_id)
            root = roots[pair.parent_id] if pair else article_id
            roots[article_id] = root
            family = family_id(self._texts.order(root)[1])
            yield self._row(article_id, pair, family)

    def _row(
        self, article_id: str, pair: TextPair | None, family: str
    ) -> ArticleLineage:
        if pair is None:
            return self._root(article_id, family)
        return ArticleLineage(
            article_id=article_id,
            family_id=family,
            lineage=pair.lineage,
            parent_article_id=pair.parent_id,
            similarity=pair.similarity,
            containment=pair.containment,
            signals=pair.signals,
            score=pair.score,
        )

    def _root(self, article_id: str, family: str) -> ArticleLineage:
        stored = self._texts.stored.get(article_id)
        stands_alone = article_id in self._independent or (
            stored is not None
            and stored.lineage == INDEPENDENT
            and article_id not in self._texts.new
        )
        return ArticleLineage(
            article_id=article_id,
            family_id=family,
            lineage=INDEPENDENT if stands_alone else ORIGIN,
            parent_article_id=None,
            similarity=None,
            containment=None,
        )
