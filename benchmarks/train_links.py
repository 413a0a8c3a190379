"""python -m benchmarks.train_links [--write]: fit the weights of links; say how far to trust them.

Logistic regression over the levels of a comparison, drawn towards the weights that stand
(so that a level no pair shows keeps its weight), five folds by event. Prints the
figures of the weights that stand and of the fitted ones as JSON. `--write` puts fitted
weights into link_weights.tsv and the figures into link_training.json; rules that forbid
a link are no weights and stay. The figures of the first, hand-set weights (version 1) are kept.
"""

import itertools
import json
import sys
from collections.abc import Sequence
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks._link_pairs import LinkPair, all_pairs
from tasks.resolution.evidence import weights

FOLDS = 5
SPREAD_BITS = 1.0  # how far a weight may move from where it stands, a priori
_DATA = Path("tasks/resolution/data")
_BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0)
Floats = npt.NDArray[np.float64]


def standing() -> dict[str, float]:
    """Return the bits of every level that does not forbid, the prior included."""
    return {level: bits for level, bits in weights().items() if bits is not None}


def fit(pairs: Sequence[LinkPair], start: dict[str, float]) -> dict[str, float]:
    """Return the most probable weights given the pairs and where the weights stood."""
    names = sorted(start)
    x, y = _matrix(pairs, names), np.array([float(p.is_one) for p in pairs])
    mean = np.array([start[name] for name in names]) * log(2)
    precision = 1 / (SPREAD_BITS * log(2)) ** 2
    w = mean.copy()
    for _ in range(100):  # Newton's method; the loss is convex
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + precision * (w - mean)
        curve = (x.T * (p * (1 - p))) @ x + precision * np.eye(len(names))
        step = np.clip(
            np.linalg.solve(curve, slope), -1, 1
        )  # never far past the valley
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return {name: round(float(v) / log(2), 2) for name, v in zip(names, w, strict=True)}


def _matrix(pairs: Sequence[LinkPair], names: list[str]) -> Floats:
    position = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(pairs), len(names)))
    x[:, position["prior"]] = 1.0
    for row, pair in enumerate(pairs):
        for level in pair.levels:
            x[row, position[level]] = 1.0
    return x


def probability(pair: LinkPair, bits: dict[str, float]) -> float:
    """Return the probability of one event under these weights."""
    return 1 / (1 + exp(-log(2) * (bits["prior"] + sum(bits[v] for v in pair.levels))))


def cross_validated(pairs: Sequence[LinkPair]) -> list[float]:
    """Return each pair's probability from weights fitted without its event."""
    groups = {g: i % FOLDS for i, g in enumerate(sorted({p.group for p in pairs}))}
    start, found = standing(), [0.0] * len(pairs)
    for fold in range(FOLDS):
        bits = fit([p for p in pairs if groups[p.group] != fold], start)
        for i, pair in enumerate(pairs):
            if groups[pair.group] == fold:
                found[i] = probability(pair, bits)
    return found


def figures(pairs: Sequence[LinkPair], said: Sequence[float]) -> dict[str, Any]:
    """Return log loss, Brier score, errors at one half, and the reliability table."""
    truth = [float(p.is_one) for p in pairs]
    n = len(pairs)
    losses = (
        -log(max(p if y else 1 - p, 1e-9)) for p, y in zip(said, truth, strict=True)
    )
    return {
        "pairs": n,
        "log_loss": round(sum(losses) / n, 4),
        "brier": round(
            sum((p - y) ** 2 for p, y in zip(said, truth, strict=True)) / n, 4
        ),
        "wrongly_linked": sum(
            p >= 0.5 and not y for p, y in zip(said, truth, strict=True)
        ),
        "missed": sum(p < 0.5 and bool(y) for p, y in zip(said, truth, strict=True)),
        "reliability": _reliability(said, truth),
    }


def _reliability(said: Sequence[float], truth: Sequence[float]) -> list[dict[str, Any]]:
    table = []
    for low, high in itertools.pairwise(_BINS):
        inside = [
            (p, y) for p, y in zip(said, truth, strict=True)
            if low <= p < high or p == high == 1.0
        ]  # fmt: skip
        if inside:
            table.append(
                {
                    "from": low, "to": high, "pairs": len(inside),
                    "mean_said": round(sum(p for p, _ in inside) / len(inside), 3),
                    "share_one_event": round(sum(y for _, y in inside) / len(inside), 3),
                }
            )  # fmt: skip
    return table


def main(argv: list[str]) -> int:
    """Print the comparison; with --write, store the fitted weights and the figures."""
    pairs, start = all_pairs(), standing()
    report = {
        "standing": figures(pairs, [probability(p, start) for p in pairs]),
        "fitted, cross-validated": figures(pairs, cross_validated(pairs)),
        "sources": {
            source: sum(p.source == source for p in pairs)
            for source in ("coded", "varied")
        },
    }
    text = json.dumps(report, indent=1) + "\n"
    print(text, end="")
    if "--write" in argv:
        _write(fit(pairs, start), text)
    return 0


def _write(fitted: dict[str, float], figures_text: str) -> None:
    path = _DATA / "link_weights.tsv"
    version, header, *rows = path.read_text("utf-8").splitlines()
    mark, number, what = version.split("\t")
    lines = [f"{mark}\t{int(number) + 1}\t{what}", header]
    for row in rows:
        level, bits = row.split("\t")
        lines.append(f"{level}\t{bits if bits == 'never' else fitted[level]}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    target = _DATA / "link_training.json"
    found = json.loads(figures_text)
    kept = json.loads(target.read_text("utf-8")) if target.exists() else {}
    found["by hand"] = kept.get("by hand", found["standing"])
    del found["standing"]
    target.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
