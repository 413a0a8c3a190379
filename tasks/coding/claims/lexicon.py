"""Speech verbs and speaker words, read from claim_verbs.tsv."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

KINDS = (
    "medical",
    "rebel",
    "witness",
    "local_official",
    "ngo",
    "monitor",
    "media",
    "state",
)


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """Speech verb -> class; speaker word -> kind."""

    verbs: dict[str, str]
    speakers: dict[str, str]


@cache
def claim_words() -> ClaimWords:
    """Return the tables of the data file."""
    path = files("tasks.coding").joinpath("data/claim_verbs.tsv")
    lines = [x for x in path.read_text("utf-8").splitlines() if x and x[0] != "#"]
    verbs: dict[str, str] = {}
    speakers: dict[str, str] = {}
    for line in lines[1:]:
        kind, form, value = line.split("\t")
        table = verbs if kind == "verb" else speakers
        table.update(dict.fromkeys(_expanded(form), value))
    return ClaimWords(verbs, speakers)


def _expanded(form: str) -> Iterator[str]:
    """Yield each form of 'put/puts its/the death_toll/dead'."""
    for words in product(*(word.split("/") for word in form.split(" "))):
        yield " ".join(words).replace("_", " ")


def speaker_kind(folded: str) -> str | None:
    """Return the kind of a speaker phrase; the army's spokesman is a state's, in any order."""
    words = folded.replace("'s", "").replace("s' ", "s ").replace(",", " ").split()
    known = {w: k for w in words if (k := claim_words().speakers.get(w))}
    kinds = [k for w, k in known.items() if w != "group"] or list(known.values())
    if not kinds:
        return None
    if "rebel" in kinds and "spokesman" in words:
        return "rebel"
    for preferred in KINDS:
        if preferred in kinds and not (preferred == "witness" and "state" in kinds):
            return preferred
    return kinds[0]
