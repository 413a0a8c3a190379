"""How alike articles are to each other and to open stories: cosines over shared terms.

Terms are looked up in postings, so that a night costs what its terms occur in, and the
memory is one row of numbers per article; two stored stories are never compared.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from tasks.derivation.lexicon import news_terms

MIN_SHARED = 0.7  # of a text's length, taken as shared at least
# Term frequencies of a small night are not those of the news: the reports that
# data/news_terms.tsv was counted over stand beside it.
COUNTED_DOCUMENTS = 107

Similarities = npt.NDArray[np.float32]
Weights = tuple[Collection[str], Collection[float]]  # terms, and the weight of each
_Coordinates = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]


class TermSpace:
    """The terms of a night and of the open stories; rare terms weigh more."""

    def __init__(
        self,
        articles: Sequence[Mapping[str, float]],
        stories: Sequence[Weights],
    ) -> None:
        counts = Counter(chain.from_iterable(articles))
        counts.update(chain.from_iterable(terms for terms, _ in stories))
        usual = news_terms()
        total = len(articles) + len(stories) + COUNTED_DOCUMENTS
        told = sorted(set(chain.from_iterable(articles)))
        self._idf = {t: log(total / (counts[t] + usual.get(t, 0))) for t in told}
        shared = [term for term in told if counts[term] >= 2]
        self._index = {term: number for number, term in enumerate(shared)}
        self.units = [self._unit(terms) for terms in articles]
        self._stories = stories

    def _unit(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Return TF-IDF weights; those of shared terms have about length one.

        What no other text says (a long text says more of it) must not make two texts
        less alike; but where little is shared at all, that little is not the whole.
        """
        weighted = {t: w * self._idf[t] for t, w in terms.items()}
        whole = sqrt(sum(w * w for w in weighted.values()))
        shared = sqrt(sum(w * w for t, w in weighted.items() if t in self._index))
        length = max(shared, MIN_SHARED * whole) or 1.0
        return {t: w / length for t, w in weighted.items()}

    def similarities(self) -> Similarities:
        """Return how alike each article (row) is to each story, then to each article."""
        articles = [(unit.keys(), unit.values()) for unit in self.units]
        texts = [self._coordinates(held) for held in (*self._stories, *articles)]
        postings = _Postings(texts, len(self._index))
        rows = [postings.row(*text) for text in texts[len(self._stories) :]]
        return np.array(rows, dtype=np.float32).reshape(len(rows), len(texts))

    def _coordinates(self, held: Weights) -> _Coordinates:
        index = self._index
        pairs = zip(*held, strict=True)
        found = [(n, w) for t, w in pairs if (n := index.get(t)) is not None]
        numbers, weights = zip(*found, strict=True) if found else ((), ())
        return np.array(numbers, dtype=np.int64), np.array(weights, dtype=np.float32)


class _Postings:
    """The texts in which each term occurs, with its weight there."""

    def __init__(self, texts: Sequence[_Coordinates], num_terms: int) -> None:
        terms = np.concatenate([numbers for numbers, _ in texts])
        order = np.argsort(terms, kind="stable")
        owners = np.repeat(np.arange(len(texts)), [len(n) for n, _ in texts])
        self._texts = owners[order]
        self._weights = np.concatenate([weights for _, weights in texts])[order]
        self._starts = np.searchsorted(terms[order], np.arange(num_terms + 1)).tolist()
        self._num_texts = len(texts)

    def row(
        self, terms: npt.NDArray[np.int64], weights: npt.NDArray[np.float32]
    ) -> Similarities:
        """Return the products of one text with all texts."""
        slices = [slice(*self._starts[n : n + 2]) for n in terms.tolist()]
        if not slices:
            return np.zeros(self._num_texts, dtype=np.float32)
        own = np.repeat(weights, [s.stop - s.start for s in slices])
        products = own * np.concatenate([self._weights[s] for s in slices])
        texts = np.concatenate([self._texts[s] for s in slices])
        row = np.bincount(texts, weights=products, minlength=self._num_texts)
        return row.astype(np.float32)
