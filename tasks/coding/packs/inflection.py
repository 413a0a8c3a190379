"""Inflected forms: those of the source by a table of endings, those of the glosses by rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.coding.packs.model import Sense
from tasks.coding.reading.inflect import Inflector

_AGREEMENT = ("", "e", "s", "es")
_MIN_FEMININE = 5  # letters: 'mer' has no 'mère'


@dataclass(frozen=True, slots=True)
class Endings:
    """Rows (kind, ending of the lemma, tag, ending of the form); the longest ending rules."""

    rows: tuple[tuple[str, str, str, str], ...]

    def words(self, kind: str) -> tuple[str, ...]:
        """Return the words of a closed class: 'stop', 'link', 'reflexive', 'be'."""
        return tuple(r[1] for r in self.rows if r[0] == kind)

    def forms(self, kind: str, lemma: str) -> Iterator[tuple[str, str]]:
        """Yield (form, tag) of one word; a lemma no row fits is an error."""
        own = [r for r in self.rows if r[0] == kind and lemma.endswith(r[1])]
        if not own:
            raise ValueError(f"no ending fits {kind}:{lemma}")
        longest = max(len(r[1]) for r in own)
        stem = lemma[: len(lemma) - longest]
        yield lemma, "inf" if kind == "v" else "s"
        for _, ending, tag, new in own:
            if len(ending) != longest:
                continue
            yield from ((stem + new + a, tag) for a in _agreeing(tag, new))


def _agreeing(tag: str, ending: str) -> Sequence[str]:
    if tag != "pp":
        return ("",)
    return ("", "e", "es") if ending.endswith("s") else _AGREEMENT


def surfaces(endings: Endings, kind: str, lemma: str) -> Iterator[tuple[str, str]]:
    """Yield every (form, tag) of an entry of several words: its head is inflected."""
    words = lemma.split(" ")
    if kind == "v":
        for form, tag in endings.forms("v", words[0]):
            yield " ".join([form, *words[1:]]), tag
    elif kind == "n":
        one, _, many = lemma.partition("/")  # 'camion-citerne/camions-citernes'
        yield one, "s"
        yield many or _plural(endings, words), "p"
        if not many and len(words) == 1:
            yield from _feminine(endings, lemma)
    elif kind == "a":
        for form, _ in endings.forms("a", words[-1]):
            yield " ".join([*words[:-1], form]), ""
    else:
        yield lemma, ""


def _feminine(endings: Endings, lemma: str) -> Iterator[tuple[str, str]]:
    """Yield 'habitante', 'habitantes' of a word that may name a person."""
    own = [r for r in endings.rows if r[0] == "nf" and lemma.endswith(r[1])]
    if len(lemma) < _MIN_FEMININE or not own:
        return
    _, ending, _, new = max(own, key=lambda r: len(r[1]))
    form = lemma.removesuffix(ending) + new
    yield form, "s"
    yield f"{form}s", "p"


def _plural(endings: Endings, words: list[str]) -> str:
    """Return 'hommes armés', 'forces de sécurité': every word up to a preposition."""
    stops = endings.words("stop")
    elided = tuple(w for w in stops if w.endswith("'"))
    out: list[str] = []
    for at, word in enumerate(words):
        if word in stops or word.startswith(elided):
            return " ".join([*out, *words[at:]])
        out.append(next((f for f, tag in endings.forms("n", word) if tag == "p"), word))
    return " ".join(out)


class Glosses:
    """Inflects glosses: the working language is the coder's own."""

    def __init__(self) -> None:
        """Load the irregular verbs of the working language."""
        self._inflector = Inflector("en")
        self._known: dict[str, dict[str, str]] = {}

    def verb(self, gloss: str, tense: str) -> str:
        """Return the gloss in one tense: base past part ger third."""
        if gloss not in self._known:
            pairs = self._inflector.surfaces("v", gloss)
            self._known[gloss] = {tense: form for form, tense in pairs}
        return self._known[gloss][tense]

    def noun(self, sense: Sense, *, plural: bool) -> str:
        """Return the gloss of a noun in its number; 'child|children' lists both."""
        one, _, many = sense.gloss.partition("|")
        if not plural or "u" in sense.flags:
            return one
        return many or list(self._inflector.surfaces("n", one))[-1][0]
