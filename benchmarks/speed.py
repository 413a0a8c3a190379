"""python -m benchmarks.speed NAME: one JSON line, ours against a named reference.

Both are run in turn in one call, because machines drift; only the ratio means much.
"""

import importlib
import json
import pkgutil
import sys
from typing import Any

import benchmarks.timings


def names() -> list[str]:
    """Return the names of all speed figures."""
    return sorted(
        m.name
        for m in pkgutil.iter_modules(benchmarks.timings.__path__)
        if not m.name.startswith("_")
    )


def main(argv: list[str]) -> int:
    """Print the figure's JSON line; 2 for an unknown name."""
    if len(argv) != 1 or argv[0] not in names():
        print("usage: python -m benchmarks.speed NAME", file=sys.stderr)
        print("names: " + " ".join(names()), file=sys.stderr)
        return 2
    module: Any = importlib.import_module(f"benchmarks.timings.{argv[0]}")
    figure = {"name": argv[0], **module.measure()}
    missing = {"name", "ours", "reference", "ratio", "unit", "n"} - figure.keys()
    if missing:
        raise ValueError(f"{argv[0]}: figure lacks {sorted(missing)}")
    print(json.dumps(figure))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
