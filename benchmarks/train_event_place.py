"""python -m benchmarks.train_event_place GOLD.jsonl.gz: refit the two weight files.

GOLD has the layout of geo_eventloc (text, verb, locations). Only weights of named
features leave this script, no text. Five-fold figures by document go to stderr.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Sequence
from math import exp
from pathlib import Path
from typing import Any

from benchmarks.stages._geo import geoparser
from tasks.geoparsing.document import GeoDocument
from tasks.geoparsing.features import features
from tasks.geoparsing.spots import spots_of
from tasks.geoparsing.where import ALONE, WITH_TRIGGER, trigger_token
from tasks.model.coding import Document

_TARGET = Path("tasks/geoparsing/data")
_MIN_COUNT = 8
_MIN_WEIGHT = 0.02
_SPREAD = 0.1  # variance of the weights' prior
_FOLDS = 5
_OPTIONS = {"maxiter": 150}

# document, [(features, is right)] of the verb's sentence, whether a place is given
Row = tuple[str, list[tuple[list[str], bool]], bool]


def rows(gold: Path) -> dict[str, list[Row]]:
    """Return the items of both models, seen with and without their trigger."""
    parser = geoparser()
    out: dict[str, list[Row]] = {WITH_TRIGGER: [], ALONE: []}
    with gzip.open(gold, "rt", encoding="utf-8") as file:
        items = [json.loads(line) for line in file][1:]
    for item in items:
        parsed = parser.parse(Document(item["id"], item["text"], ""))
        for model, kept in out.items():
            spots = _candidates(parsed, item, alone=model == ALONE)
            kept.append((item["doc"], spots, bool(item["locations"])))
    return out


def _candidates(
    parsed: GeoDocument, item: dict[str, Any], *, alone: bool
) -> list[tuple[list[str], bool]]:
    """Return (features, is right) of the spots in the verb's sentence."""
    start, end = item["verb"]["start"], item["verb"]["end"]
    for found in parsed.sentences:
        if found.sentence.start <= start < found.sentence.end:
            spots = spots_of(parsed.text, found, parsed.lexicon)
            at = None if alone else trigger_token(found, (start, end))
            return [
                (features(found, s, at, spots, parsed.lexicon), _hits(s, item))
                for s in spots
            ]
    return []


def _hits(spot: Any, item: dict[str, Any]) -> bool:
    return any(
        spot.start < q["end"] and q["start"] < spot.end for q in item["locations"]
    )


class Model:
    """A choice among a sentence's spots and nowhere: exp(score) against 1.

    Scores are sums of weights, so a spot alone is right with probability
    1 / (1 + exp(-score)).
    """

    def __init__(self, names: list[str]) -> None:
        """Prepare a model over these features."""
        self.names = names
        self._index = {n: i for i, n in enumerate(names)}
        self.weights: Any = None

    def fit(self, items: Sequence[Row]) -> "Model":
        """Maximise the penalised likelihood of the right spots."""
        import numpy as np
        from scipy.optimize import minimize

        items = [row for row in items if row[1]]
        x, hit = self._matrix(items)
        group = np.repeat(np.arange(len(items)), [len(row[1]) for row in items])
        n = len(items)
        named = np.bincount(group, hit, n) > 0
        transposed = x.T.tocsr()

        def loss(w: Any) -> tuple[float, Any]:
            e = np.exp(np.clip(x @ w, -30, 30))
            total = 1 + np.bincount(group, e, n)
            good = np.where(named, np.bincount(group, e * hit, n), 1.0)
            target = np.where(named[group], e * hit / good[group], 0.0)
            slope = transposed @ (e / total[group] - target)
            likelihood = np.log(good) - np.log(total)
            return w @ w / (2 * _SPREAD) - likelihood.sum(), slope + w / _SPREAD

        start = np.zeros(len(self.names))
        done = minimize(loss, start, jac=True, method="L-BFGS-B", options=_OPTIONS)
        self.weights = done.x
        return self

    def best(self, row: Row) -> tuple[float, bool]:
        """Return (probability, is right) of the best spot."""
        scored = [
            (sum(self.weights[self._index[n]] for n in fs if n in self._index), hit)
            for fs, hit in row[1]
        ]
        score, hit = max(scored, key=lambda s: s[0], default=(-99.0, False))
        return 1 / (1 + exp(-score)), hit

    def _matrix(self, items: Sequence[Row]) -> tuple[Any, Any]:
        import numpy as np
        from scipy.sparse import csr_matrix

        flat = [pair for row in items for pair in row[1]]
        columns = [[self._index[n] for n in fs if n in self._index] for fs, _ in flat]
        ends = np.cumsum([0, *(len(c) for c in columns)])
        cells = np.concatenate([np.asarray(c, dtype=int) for c in columns])
        shape = (len(flat), len(self.names))
        x = csr_matrix((np.ones(len(cells)), cells, ends), shape=shape)
        return x, np.array([float(hit) for _, hit in flat])


def feature_names(items: Sequence[Row]) -> list[str]:
    """Return the features common enough to deserve a weight."""
    counts = Counter(n for row in items for fs, _ in row[1] for n in fs)
    return sorted(n for n, c in counts.items() if c >= _MIN_COUNT)


def cross_validate(data: Sequence[Row]) -> list[tuple[float, bool, bool]]:
    """Return (probability, is right, has a place) per item, by documents left out."""
    documents = sorted({row[0] for row in data})
    fold = {d: i % _FOLDS for i, d in enumerate(documents)}
    judged = []
    for k in range(_FOLDS):
        seen = [row for row in data if fold[row[0]] != k]
        model = Model(feature_names(seen)).fit(seen)
        judged += [(*model.best(r), r[2]) for r in data if fold[r[0]] == k]
    return judged


def _report(judged: list[tuple[float, bool, bool]]) -> None:
    placed = [(p, hit) for p, hit, has in judged if has]
    bare = [p for p, _, has in judged if not has]
    for percent in range(20, 60, 2):
        threshold = percent / 100
        right = sum(p >= threshold and hit for p, hit in placed) / len(placed)
        invented = sum(p >= threshold for p in bare) / len(bare)
        figures = f"{threshold:.2f} right {right:.3f} invented {invented:.3f}"
        print(figures, file=sys.stderr)


def main(argv: list[str]) -> int:
    """Report by cross-validation, fit on everything, write the weights."""
    for name, data in rows(Path(argv[0])).items():
        print(name, file=sys.stderr)
        _report(cross_validate(data))
        model = Model(feature_names(data)).fit(data)
        pairs = zip(model.names, model.weights, strict=True)
        lines = [f"{n}\t{w:.3f}\n" for n, w in pairs if abs(w) >= _MIN_WEIGHT]
        text = "feature\tweight\n" + "".join(lines)
        (_TARGET / f"{name}.tsv").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
