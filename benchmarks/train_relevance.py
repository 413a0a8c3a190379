"""python -m benchmarks.train_relevance --gold DIR [--articles DIR]: fit the relevance head.

Reads labelled text kept outside the repository, fits a logistic regression over the run
time's own hashed features, calibrates it on out-of-fold margins, and writes the weights
and their training figures into tasks/classification/data. scikit-learn is needed here only.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from tasks.classification.features import NUM_BUCKETS, buckets
from tasks.classification.model import sigmoid
from tasks.classification.reasons import reason_strengths
from tasks.classification.relevance import decide, gate_for

DATA = Path(__file__).parent.parent / "tasks" / "classification" / "data"
C = 10.0
FOLDS = 5
NOTES = 400  # event notes taken: enough to teach modern words, too few to rule
WEIGHT = {"muc": 1.0, "bbc": 0.3, "articles": 2.0, "notes": 0.3, "own": 3.0}


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text; group keeps near-copies in one fold."""

    text: str
    title: str
    label: bool
    source: str
    section: str
    group: str


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON lines file, plain or gzipped, without its header."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "_meta" not in row:
                yield row


def examples(gold: Path, articles: Path | None) -> list[Example]:
    """Collect every training text that is there; the repository's own ones always are."""
    found = list(_own())
    for path in sorted(gold.glob("relevance_muc*")):
        found += [
            Example(r["text"], "", r["label"], "muc", "muc", _first_words(r["text"]))
            for r in read(path)
        ]
    for path in sorted(gold.glob("relevance_bbcneg*")):
        found += [
            Example(r["text"], "", False, "bbc", r["section"], r["id"])
            for r in read(path)
            if r["section"] != "politics"  # may hold true positives
        ]
    for path in sorted(gold.glob("fatality_acled*")):
        found += list(_notes(path))
    for path in sorted(articles.glob("*.jsonl")) if articles else []:
        found += [_article(r) for r in read(path)]
    return found


def _article(row: dict[str, Any]) -> Example:
    text = "\n\n".join([row["title"], *row["body"]])
    relevant = row["gold"]["relevant"]
    reason = row["gold"]["reject_reason"] or "relevant"
    return Example(text, row["title"], relevant, "articles", reason, row["family"])


def _own() -> Iterator[Example]:
    for row in read(DATA / "relevance_examples.jsonl"):
        text = f"{row['title']}\n\n{row['text']}"
        yield Example(text, row["title"], row["relevant"], "own", "own", row["title"])


def _notes(path: Path) -> Iterator[Example]:
    rows = [r for r in read(path) if r["event_type"] != "Strategic developments"]
    rows.sort(key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    for row in rows[:NOTES]:
        yield Example(row["text"], "", True, "notes", "notes", row["id"])


def _first_words(text: str) -> str:
    """A wire and its correction open alike: one group."""
    return " ".join(text.lower().split()[12:20])


def matrix(rows: Iterable[Example]) -> sp.csr_matrix:
    """Return 1 + log(count) of every bucket, a row a text."""
    at: list[tuple[int, int]] = []
    values: list[float] = []
    n = 0
    for n, example in enumerate(rows, start=1):
        for bucket, count in buckets(example.text).items():
            at.append((n - 1, bucket))
            values.append(1.0 + float(np.log(count)))
    i, j = zip(*at, strict=True)
    return sp.csr_matrix((values, (i, j)), shape=(n, NUM_BUCKETS), dtype=np.float64)


def inverse_frequency(x: sp.csr_matrix) -> np.ndarray:
    """Return the smoothed idf; a bucket seen in one text only counts for nothing."""
    df = np.asarray((x > 0).sum(axis=0)).ravel()
    return np.where(df >= 2, np.log((1 + x.shape[0]) / (1 + df)) + 1.0, 0.0)


def normalised(x: sp.csr_matrix, idf: np.ndarray) -> sp.csr_matrix:
    """Return rows weighted by idf and scaled to length 1."""
    weighted = x @ sp.diags(idf)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    norms[norms == 0] = 1.0
    return (sp.diags(1.0 / norms) @ weighted).tocsr()


def fit(
    x: sp.csr_matrix, y: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, LogisticRegression]:
    """Return (idf, model) of the training rows."""
    idf = inverse_frequency(x)
    model = LogisticRegression(C=C, max_iter=4000)
    model.fit(normalised(x, idf), y, sample_weight=weight)
    return idf, model


def out_of_fold(
    x: sp.csr_matrix, y: np.ndarray, weight: np.ndarray, groups: list[str]
) -> np.ndarray:
    """Return every text's margin by a model that never saw its group."""
    margins = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, y, groups):
        idf, model = fit(x[train], y[train], weight[train])
        margins[test] = model.decision_function(normalised(x[test], idf))
    return margins


def platt(
    margins: np.ndarray, y: np.ndarray, weight: np.ndarray
) -> tuple[float, float]:
    """Return slope and offset that turn a margin into log-odds."""
    model = LogisticRegression(C=1e6, max_iter=2000)
    model.fit(margins.reshape(-1, 1), y, sample_weight=weight)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def figures(rows: list[Example], scores: np.ndarray) -> dict[str, Any]:
    """Return F1 and false alarms by source and section, head and cues, no coder frames."""
    said = np.array(
        [
            decide(
                float(p), reason_strengths(e.title, e.text), None, gate_for(e.text)
            ).relevant
            for p, e in zip(scores, rows, strict=True)
        ]
    )
    out: dict[str, Any] = {}
    for source in sorted({e.source for e in rows}):
        at = np.array([e.source == source for e in rows])
        gold = np.array([e.label for e in rows])
        tp = int((said & gold & at).sum())
        fp = int((said & ~gold & at).sum())
        fn = int((~said & gold & at).sum())
        out[source] = {"n": int(at.sum()), "tp": tp, "fp": fp, "fn": fn}
        if tp:
            out[source]["f1"] = round(2 * tp / (2 * tp + fp + fn), 4)
        if source in {"bbc", "articles"}:
            out[source]["false_alarms"] = _alarms(rows, said, source)
    return out


def _alarms(rows: list[Example], said: np.ndarray, source: str) -> dict[str, str]:
    tally: dict[str, list[int]] = {}
    for example, relevant in zip(rows, said, strict=True):
        if example.source == source and not example.label:
            pair = tally.setdefault(example.section, [0, 0])
            pair[0] += bool(relevant)
            pair[1] += 1
    return {k: f"{a}/{b}" for k, (a, b) in sorted(tally.items())}


def export(
    idf: np.ndarray,
    model: LogisticRegression,
    calibration: tuple[float, float],
    version: str,
) -> None:
    """Write the buckets in use, half precision, as one compressed file."""
    at = np.flatnonzero(idf)
    np.savez_compressed(
        DATA / "relevance_weights.npz",
        at=at.astype(np.int32),
        idf=idf[at].astype(np.float16),
        weights=model.coef_[0][at].astype(np.float16),
        scalars=np.array([model.intercept_[0], *calibration], np.float64),
        version=np.array(version),
    )


def main(argv: list[str]) -> int:
    """Train, write weights and figures, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--articles", type=Path)
    args = parser.parse_args(argv)
    rows = examples(args.gold, args.articles or args.gold.parent / "articles")
    x, y = matrix(rows), np.array([e.label for e in rows])
    weight = np.array([WEIGHT[e.source] for e in rows])
    margins = out_of_fold(x, y, weight, [e.group for e in rows])
    slope, offset = platt(margins, y, weight)
    scores = np.array([sigmoid(slope * m + offset) for m in margins])
    idf, model = fit(x, y, weight)
    version = hashlib.sha256("".join(e.text for e in rows).encode()).hexdigest()[:12]
    export(idf, model, (slope, offset), version)
    report = {
        "version": version,
        "folds": FOLDS,
        "C": C,
        "cross_validated": figures(rows, scores),
    }
    (DATA / "relevance_training.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
