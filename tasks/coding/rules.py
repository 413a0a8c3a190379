"""The register of the coder's rules: data, read by the documentation and by explain."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tasks.coding.reading.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, codebook section, what it says, an example, and its test."""

    rule_id: str
    section: str
    meaning: str
    example: str
    test: str


@cache
def load_rules() -> dict[str, Rule]:
    """Return the register by rule id, in file order."""
    path = resources.files("tasks.coding.data") / "rules.tsv"
    with path.open(encoding="utf-8") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["rule_id"]: Rule(**row) for row in table}


def describe(rule_id: str) -> str:
    """Return what a rule id says; ids of other stages are returned as they are."""
    rule = load_rules().get(rule_id)
    if rule is not None:
        return rule.meaning
    if rule_id.startswith("T-"):
        act = load_lexicon().families.get(rule_id[2:])
        return f"trigger family {rule_id[2:]} ({act})" if act else rule_id
    return rule_id
