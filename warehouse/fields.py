"""One definition per column and relation: the texts behind every COMMENT."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasks.errors import ConfigError

_ROOT = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Relation:
    """What a relation of schema main is, with codes of its usage warnings."""

    comment: str
    warnings: tuple[str, ...]
    columns: dict[str, str]  # where the common meaning does not do


@dataclass(frozen=True, slots=True)
class FieldBook:
    """The definitions; a column means the same wherever a relation does not say otherwise."""

    relations: dict[str, Relation]
    columns: dict[str, str]
    vocabulary: dict[str, str]  # usage warning code -> what it warns of

    def relation_comment(self, relation: str) -> str | None:
        """Return the comment, usage warnings spelled out; None: not defined."""
        known = self.relations.get(relation)
        if known is None:
            return None
        warned = [f"Warning ({w}): {self.vocabulary[w]}" for w in known.warnings]
        return " ".join([known.comment, *warned])

    def column_comment(self, relation: str, column: str) -> str | None:
        """Return what the column holds and what NULL means there; None: not defined."""
        known = self.relations.get(relation)
        own = known.columns.get(column) if known else None
        return own or self.columns.get(column)

    def warnings(self, relation: str) -> tuple[str, ...]:
        """Return the codes of the relation's usage warnings."""
        known = self.relations.get(relation)
        return known.warnings if known else ()


@cache
def load_fields() -> FieldBook:
    """Read fields*.toml; a warning outside the vocabulary is a ConfigError."""
    relations: dict[str, Relation] = {}
    columns: dict[str, str] = {}
    vocabulary: dict[str, str] = {}
    for path in sorted(_ROOT.glob("fields*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        columns |= content.get("columns", {})
        vocabulary |= content.get("usage_warnings", {})
        for name, entry in content.get("relations", {}).items():
            relations[name] = Relation(
                comment=entry["comment"],
                warnings=tuple(entry.get("warnings", ())),
                columns=entry.get("columns", {}),
            )
    for name, relation in relations.items():
        unknown = sorted(set(relation.warnings) - set(vocabulary))
        if unknown:
            raise ConfigError(f"fields.toml: {name} has unknown warnings {unknown}")
    return FieldBook(relations, columns, vocabulary)
