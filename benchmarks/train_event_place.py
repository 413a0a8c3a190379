"""python -m benchmarks.train_event_place GOLD.jsonl.gz: refit data/event_place.tsv.

GOLD has the layout of geo_eventloc (text, verb, locations). Only weights of named
features leave this script, no text. Five-fold figures by document go to stderr.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.stages._geo import geoparser
from tasks.geoparsing.spots import spots_of
from tasks.geoparsing.where import features, trigger_token
from tasks.model.coding import Document

_TARGET = Path("tasks/geoparsing/data/event_place.tsv")
_MIN_COUNT = 12
_MAX_INVENTED = 0.15


def rows(gold: Path) -> list[tuple[str, list[tuple[list[str], bool]], bool]]:
    """Return (document, [(features, is right)], has a place) per item."""
    parser = geoparser()
    out = []
    with gzip.open(gold, "rt", encoding="utf-8") as file:
        items = [json.loads(line) for line in file][1:]
    for item in items:
        parsed = parser.parse(Document(item["id"], item["text"], ""))
        at = item["verb"]["start"]
        found = next(
            (f for f in parsed.sentences if f.sentence.start <= at < f.sentence.end),
            None,
        )
        candidates = []
        if found is not None:
            spots = spots_of(parsed.text, found, parsed.lexicon)
            token = trigger_token(found, (at, item["verb"]["end"]))
            candidates = [
                (features(found, s, token, spots, parsed.lexicon), _hits(s, item))
                for s in spots
            ]
        out.append((item["doc"], candidates, bool(item["locations"])))
    return out


def _hits(spot: Any, item: dict[str, Any]) -> bool:
    return any(
        spot.start < q["end"] and q["start"] < spot.end for q in item["locations"]
    )


def main(argv: list[str]) -> int:
    """Fit, report by cross-validation, write the weights."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    data = rows(Path(argv[0]))
    counts = Counter(n for _, cs, _ in data for fs, _ in cs for n in fs)
    names = sorted(n for n, c in counts.items() if c >= _MIN_COUNT)
    index = {n: i for i, n in enumerate(names)}

    def matrix(items: list[Any]) -> tuple[Any, Any]:
        flat = [(fs, hit) for _, cs, _ in items for fs, hit in cs]
        x = np.zeros((len(flat), len(names)), dtype=np.float32)
        for i, (fs, _) in enumerate(flat):
            for n in fs:
                if n in index:
                    x[i, index[n]] = 1
        return x, np.array([hit for _, hit in flat])

    def fit(items: list[Any]) -> Any:
        model = LogisticRegression(C=0.2, max_iter=2000, fit_intercept=False)
        return model.fit(*matrix(items)).coef_[0]

    documents = sorted({d for d, _, _ in data})
    fold = {d: i % 5 for i, d in enumerate(documents)}
    best: list[tuple[float, bool, bool]] = []
    for k in range(5):
        weights = fit([r for r in data if fold[r[0]] != k])
        for _, cs, has in (r for r in data if fold[r[0]] == k):
            scored = [
                (sum(weights[index[n]] for n in fs if n in index), hit)
                for fs, hit in cs
            ]
            top = max(scored, key=lambda s: s[0], default=(-99.0, False))
            best.append((1 / (1 + np.exp(-top[0])), top[1], has))
    for threshold in np.arange(0.1, 0.8, 0.05):
        right = np.mean([p >= threshold and hit for p, hit, has in best if has])
        invented = np.mean([p >= threshold for p, _, has in best if not has])
        print(
            f"{threshold:.2f} right {right:.3f} invented {invented:.3f}",
            file=sys.stderr,
        )
    weights = fit(data)
    lines = [
        f"{n}\t{w:.3f}" for n, w in zip(names, weights, strict=True) if abs(w) >= 0.005
    ]
    _TARGET.write_text("feature\tweight\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
