import re
from importlib import resources
from pathlib import Path

from tasks.coding.rules import describe, load_rules

ROOT = Path(__file__).resolve().parents[3]
RULE = re.compile(r'"(R-[A-Z0-9-]+)"')


def test_every_rule_of_the_code_is_registered_and_none_besides() -> None:
    used: set[str] = set()
    for path in (ROOT / "tasks" / "coding").rglob("*.py"):
        used |= set(RULE.findall(path.read_text("utf-8")))
    assert used == set(load_rules())


def test_the_test_named_beside_a_rule_exists() -> None:
    for rule in load_rules().values():
        module, _, function = rule.test.partition("::")
        source = (ROOT / "tests" / "unit" / "coding" / f"{module}.py").read_text(
            "utf-8"
        )
        assert f"def {function}(" in source, rule


def test_the_generated_document_lists_every_rule() -> None:
    listed = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert all(f"| {rule_id} |" in listed for rule_id in load_rules())


def test_rules_describe_themselves() -> None:
    assert describe("R-TYPE-MOB").startswith("a crowd hurts")
    assert describe("T-assault") == "trigger family assault (attack)"
    assert describe("place.sentence") == "place.sentence"


def test_the_register_is_packaged() -> None:
    assert (resources.files("tasks.coding.data") / "rules.tsv").is_file()
