"""A language pack: the tables of one folder, read once into a frozen value."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tasks.coding.packs.derived import Suffixes
from tasks.coding.packs.inflection import Endings, Glosses, surfaces
from tasks.coding.packs.model import Sense
from tasks.coding.packs.tokens import key_of
from tasks.reference.actors import iter_actor_aliases
from tasks.text.fold import fold

DATA = "tasks.coding.data"
WORKING = "en"  # the language the coder's rules are written in: it needs no rendering
# Every table of entries has the same columns: kind, forms, gloss, flags.
ENTRY_TABLES = (
    "triggers.tsv", "nouns.tsv", "verbs.tsv", "adjectives.tsv", "status.tsv",
    "tolls.tsv", "claims.tsv", "dates.tsv", "numbers.tsv", "names.tsv", "domains.tsv",
    "function.tsv",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of words and {classes}, and what it reads as; $1 is its first class."""

    elements: tuple[str, ...]
    gloss: str
    flags: str


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """Everything the coder knows of one language; read-only."""

    language: str
    senses: dict[str, tuple[Sense, ...]]  # key of one or more words -> senses
    folded: dict[str, tuple[Sense, ...]]  # the same without accents
    aliases: dict[str, tuple[Sense, ...]]  # folded names of listed actors
    openings: frozenset[str]  # folded beginnings of entries of several words
    days: frozenset[str]  # keys of weekdays
    patterns: dict[str, tuple[Pattern, ...]]  # first element -> patterns
    links: frozenset[str]  # words that join the parts of a name
    suffixes: Suffixes
    glosses: Glosses


def languages() -> tuple[str, ...]:
    """Return the languages that can be coded: the working one and those with a pack."""
    folders = [f.name for f in resources.files(DATA).iterdir() if f.is_dir()]
    packed = [
        f for f in folders if (resources.files(DATA) / f / "inflection.tsv").is_file()
    ]
    return tuple(sorted({WORKING, *packed}))


@cache
def load_pack(language: str) -> LanguagePack:
    """Return the pack of a language; one without a folder is a FileNotFoundError."""
    endings = load_endings(language)
    senses: dict[str, list[Sense]] = {}
    for table in ENTRY_TABLES:
        for key, sense in _entries(language, table, endings):
            known = senses.setdefault(key, [])
            if sense not in known:
                known.append(sense)
    folded: dict[str, list[Sense]] = {}
    for key, values in senses.items():
        folded.setdefault(fold(key), []).extend(values)
    aliases = dict(_aliases(language))
    days = frozenset(k for k, v in senses.items() if any(s.kind == "wday" for s in v))
    return LanguagePack(
        language,
        {k: tuple(v) for k, v in senses.items()},
        {k: tuple(v) for k, v in folded.items()},
        {k: (s,) for k, s in aliases.items() if "o" in s.flags or k not in folded},
        frozenset(_openings((*folded, *aliases))),
        days,
        _patterns(language),
        frozenset(endings.words("link")),
        Suffixes(
            *(
                tuple((r[1], r[3]) for r in endings.rows if r[0] == kind)
                for kind in ("adv", "adj", "subj")
            ),
        ),
        Glosses(),
    )


def _openings(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        words = key.split(" ")
        yield from (" ".join(words[:n]) for n in range(1, len(words)))


def load_endings(language: str) -> Endings:
    """Return the endings of a pack's nouns, adjectives and verbs."""
    rows = _rows(language, "inflection.tsv")
    return Endings(tuple((kind, lemma, tag, form) for kind, lemma, tag, form in rows))


def _entries(
    language: str, table: str, endings: Endings
) -> Iterator[tuple[str, Sense]]:
    contractions = load_contractions(language)
    movers = endings.words("be")
    for kind, forms, gloss, flags, *_ in _rows(language, table):
        for form in _contracted(kind, forms.split("|"), contractions):
            lemma = form
            if kind == "v":
                lemma = without_pronoun(endings, form)
            reflexive = lemma != form
            moves = kind == "v" and lemma.split(" ")[0] in movers
            own = f"{flags} e" if moves else flags
            for surface, tag in surfaces(endings, kind, lemma):
                chosen = tag or (flags if kind in _VALUED else "")
                yield _spaced(surface), Sense(kind, gloss, chosen, own, reflexive)


def _aliases(language: str) -> Iterator[tuple[str, Sense]]:
    """Yield the names of listed actors: they are left as written."""
    for alias in iter_actor_aliases():
        foreign = alias.language != language
        if not foreign or len(alias.alias) >= _MIN_ALIAS:
            yield (
                fold(_spaced(alias.alias)),
                Sense("name", "", "", "r" if foreign else "r o"),
            )


def load_contractions(language: str) -> dict[str, tuple[str, ...]]:
    """Return what the last word of an expression becomes before an article: 'de' 'du'."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, word, _, form in _rows(language, "inflection.tsv"):
        if kind == "join":
            found[word] = (*found.get(word, ()), form)
    return found


def _contracted(
    kind: str, forms: list[str], contractions: dict[str, tuple[str, ...]]
) -> Iterator[str]:
    """Yield 'près de' and also "près d'", 'près du', 'près des'."""
    for form in forms:
        yield form
        head, _, last = form.rpartition(" ")
        if head and kind in {"p", "v", "x"}:
            yield from (f"{head} {new}" for new in contractions.get(last, ()))


_MIN_ALIAS = 3
_VALUED = frozenset({"num", "scale", "have", "be"})


def without_pronoun(endings: Endings, form: str) -> str:
    """Return the verb of a reflexive entry: 's'emparer' is 'emparer'."""
    for pronoun in endings.words("reflexive"):
        if form.startswith(pronoun) and len(form) > len(pronoun):
            return form[len(pronoun) :]
    return form


def _spaced(surface: str) -> str:
    """Return the words of a surface as the tokeniser would part them."""
    return " ".join(key_of(surface).replace("'", "' ").split())


def _patterns(language: str) -> dict[str, tuple[Pattern, ...]]:
    table: dict[str, list[Pattern]] = {}
    for pattern, gloss, flags in _rows(language, "patterns.tsv"):
        elements = tuple(_spaced(pattern).split(" "))
        table.setdefault(elements[0], []).append(Pattern(elements, gloss, flags))
    return {
        head: tuple(sorted(found, key=lambda p: -len(p.elements)))
        for head, found in table.items()
    }


def _rows(language: str, name: str) -> Iterator[tuple[str, ...]]:
    path = resources.files(DATA) / language / name
    with path.open(encoding="utf-8") as lines:
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(reader)
        for number, row in enumerate(reader, 2):
            if not row or row[0].startswith("#"):
                continue
            if len(row) > len(header):
                raise ValueError(f"{language}/{name}:{number}: too many columns")
            yield tuple(row + [""] * (len(header) - len(row)))
