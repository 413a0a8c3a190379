"""Finding actors in a 900-word article, against one regular expression per alias list.

The reference is what a first draft would do: one alternation over the same listed
aliases and generated names with word boundaries. It finds names only (no nationalities, nouns,
conditions or unseen groups), so the comparison flatters it.
"""

import re
import resource
import time
from collections.abc import Callable
from typing import Any

from tasks.reference.actors import iter_actor_aliases, load_actors
from tasks.text.fold import fold

_PARAGRAPHS = (
    (
        "Fighters of the Coordination of Movements of Azawad attacked two camps of the "
        "Malian army near Léré on Sunday, two elected officials said. The armed men left "
        "before dawn, and residents counted several bodies beside the road."
    ),
    (
        "The Rapid Support Forces shelled a market in El Fasher, killing at least 14 "
        "people, doctors said. Sudan's army struck back with drones, and an allied militia "
        "called the Joint Forces closed the road to Tawila."
    ),
    (
        "Police fired tear gas at protesters in Nairobi, where teachers and students had "
        "gathered outside parliament. Kenyan officers arrested dozens of demonstrators, a "
        "lawyer said, and a hawker was taken to hospital."
    ),
    (
        "In Haiti, gunmen from the Gran Grif gang burned houses in Pont-Sondé while the "
        "Haitian National Police waited for help from Kenyan troops. A group calling "
        "itself the Upper River Brigade said it would defend the village."
    ),
)
_ARTICLE = "\n\n".join(_PARAGRAPHS * 6)  # about 900 words
_ROUNDS = 40


def _seconds(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for _ in range(_ROUNDS):
            run()
        best = min(best, (time.process_time() - start) / _ROUNDS)
    return best


def _load_seconds() -> float:
    start = time.process_time()
    load_actors()
    return time.process_time() - start


def measure() -> dict[str, Any]:
    """Return articles a second for both, the loading time and the memory it takes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    load_s = _load_seconds()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    book = load_actors()
    forms = sorted({fold(alias.alias) for alias in iter_actor_aliases()})
    one = re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(forms)))})\b")
    ours = 1 / _seconds(lambda: book.find(_ARTICLE, countries=("MLI",)))
    reference = 1 / _seconds(lambda: list(one.finditer(fold(_ARTICLE))))
    return {
        "ours": round(ours, 1),
        "reference": round(reference, 1),
        "ratio": round(ours / reference, 2),
        "unit": "articles/s (900 words, one core)",
        "n": _ROUNDS,
        "load_s": round(load_s, 3),
        "load_mb": round((after - before) / 1024, 1),
        "num_forms": len(forms),
    }
