"""python -m benchmarks.train_support --gold DIR FILE…: fit the support of events.

Codes the annotated articles of FILE…, notes what the frames of every story show and whether
the gold holds it, and fits a logistic regression over that and over the stories that rules
of earlier days found in articles nobody had tuned for (support_first_contact.tsv). With
--record the stories of FILE… are added to that table instead: do so before an unread set
is tuned on. DIR holds the old wires the fit is checked against. scikit-learn is needed
here only.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks._support_cases import Case, cases, noting_coder, record, recorded, wires
from tasks.coding.stories.abstention import FURTHER
from tasks.settings import Settings

DATA = Path(__file__).parent.parent / "tasks" / "coding" / "data"
C = 0.03
THRESHOLD = Settings.model_fields["min_confidence"].default


def matrix(told: Sequence[Case], names: Sequence[str]) -> np.ndarray:
    """Return a row a story, a column a feature."""
    return np.array([[c.features[n] for n in names] for c in told], np.float64)


def shares(told: Sequence[Case]) -> np.ndarray:
    """Return weights by which an article coded under two sets of rules counts once."""
    times = Counter(c.article for c in told if c.is_first)
    return np.array([1.0 / max(1, times[c.article]) for c in told])


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of raw features."""

    names: tuple[str, ...]
    bias: float
    weights: np.ndarray

    def share(self, told: Sequence[Case]) -> np.ndarray:
        """Return every story's probability."""
        odds = matrix(told, self.names) @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def fit(told: Sequence[Case]) -> Fitted:
    """Fit on standardised features, return weights of raw ones."""
    names = tuple(told[0].features)
    x = matrix(told, names)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=C, max_iter=3000)
    held = np.array([c.held for c in told])
    model.fit((x - mean) / spread, held, sample_weight=shares(told))
    weights = model.coef_[0] / spread
    return Fitted(names, float(model.intercept_[0] - weights @ mean), weights)


def out_of_batch(told: Sequence[Case]) -> np.ndarray:
    """Return every story's probability by a fit that never saw its author."""
    out = np.zeros(len(told))
    for batch in sorted({c.batch for c in told}):
        model = fit([c for c in told if c.batch != batch])
        at = np.array([c.batch == batch for c in told])
        out[at] = model.share([c for c in told if c.batch == batch])
    return out


def figures(told: Sequence[Case], share: np.ndarray) -> dict[str, Any]:
    """Return by first and further: area under the curve, extras dropped, events lost."""
    out: dict[str, Any] = {}
    for name, wanted, limit in (
        ("first", True, THRESHOLD),
        ("further", False, THRESHOLD + FURTHER),
    ):
        at = np.array([c.is_first is wanted for c in told])
        held = np.array([c.held for c in told])
        low = share < limit
        figure: dict[str, Any] = {
            "extras_dropped": f"{(at & ~held & low).sum()}/{(at & ~held).sum()}",
            "events_lost": f"{(at & held & low).sum()}/{(at & held).sum()}",
        }
        if 0 < held[at].sum() < at.sum():
            figure["auc"] = round(float(roc_auc_score(held[at], share[at])), 3)
        out[name] = figure
    return out


def by_batch(told: Sequence[Case], share: np.ndarray) -> dict[str, Any]:
    """Return the figures of every batch, and of all."""
    out = {"all": figures(told, share)}
    for batch in sorted({c.batch for c in told}):
        at = [n for n, c in enumerate(told) if c.batch == batch]
        out[batch] = figures([told[n] for n in at], share[at])
    return out


def export(model: Fitted) -> str:
    """Write the weights the coder reads; return their version."""
    lines = ["feature\tweight", f"bias\t{model.bias:.4f}"]
    lines += [f"{n}\t{w:.4f}" for n, w in zip(model.names, model.weights, strict=True)]
    table = "\n".join(lines) + "\n"
    (DATA / "support.tsv").write_text(table, "utf-8")
    return hashlib.sha256(table.encode()).hexdigest()[:12]


def main(argv: list[str]) -> int:
    """Fit, write weights and figures, print the figures; or record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("files", type=Path, nargs="+")
    args = parser.parse_args(argv)
    coder = noting_coder()
    present = list(cases(coder, args.files))
    if args.record:
        record(present)
        return 0
    before = recorded()
    told = [*present, *before]
    share = out_of_batch(told)
    model = fit(told)
    report: dict[str, Any] = {
        "version": export(model),
        "C": C,
        "threshold": THRESHOLD,
        "further": FURTHER,
        "stories": len(present),
        "first_contact_stories": len(before),
        "rules_of_today": by_batch(present, share[: len(present)]),
        "first_contact": by_batch(before, share[len(present) :]),
    }
    if args.gold:
        old = list(wires(coder, args.gold))
        report["own_to_wires"] = figures(old, model.share(old))
        report["wires_to_own"] = figures(told, fit(old).share(told))
    (DATA / "support_training.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
