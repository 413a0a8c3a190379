"""python -m benchmarks.predict STAGE: JSON lines in, JSON lines out.

Each stage calls the functions the flows call; no state is kept from call to call.
"""

import importlib
import json
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import benchmarks.stages


class _Stage(Protocol):
    def predict(self, items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]: ...


def stages() -> list[str]:
    """Return the names of all stages."""
    return sorted(
        m.name
        for m in pkgutil.iter_modules(benchmarks.stages.__path__)
        if not m.name.startswith("_")
    )


def main(argv: list[str]) -> int:
    """Predict for every line of standard input; 2 for an unknown stage."""
    if len(argv) != 1 or argv[0] not in stages():
        print("usage: python -m benchmarks.predict STAGE", file=sys.stderr)
        print("stages: " + " ".join(stages()), file=sys.stderr)
        return 2
    module: _Stage = importlib.import_module(f"benchmarks.stages.{argv[0]}")
    out = sys.stdout
    sys.stdout = sys.stderr  # a library that prints must not break the contract
    items = (json.loads(line) for line in sys.stdin if line.strip())
    for prediction in module.predict(items):
        out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
