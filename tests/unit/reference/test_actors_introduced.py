"""Names of groups nobody listed, made out by what stands beside them; and what is none."""

import pytest

from tasks.reference.actors import load_actors

BOOK = load_actors()

NAMES = [
    (
        "Gunmen from the Lions of Jebel shot dead two teachers.",
        "Lions of Jebel",
        "members",
    ),
    ("They fought militants belonging to the Green Spears.", "Green Spears", "members"),
    (
        "The Mountain Eagles, a local militia, beheaded four.",
        "Mountain Eagles",
        "apposed",
    ),
    ("Blame fell on Zarqa Dawn, one of the armed groups.", "", ""),
    ("Zarqa Dawn, a small armed group, said it did it.", "Zarqa Dawn", "apposed"),
    ("The attack was claimed by Jaish-e-Nur.", "Jaish-e-Nur", "claimed-by"),
    ("The blast was blamed on the Red Lantern.", "Red Lantern", "claimed-by"),
    ("The Patriots of the Hills ambushed a convoy.", "Patriots of the Hills", "acts"),
    ("Later the Red Hawks claimed responsibility.", "Red Hawks", "claims"),
    ("A market was burned by Gulmi fighters.", "Gulmi", "fighters"),
]
NOBODY = [
    "Gunmen from the Niger Delta region kidnapped two workers.",
    "Militants from the Lake Chad Basin killed nine soldiers.",
    "Gunmen loyal to the Governor shot dead two voters.",
    "The Houston Rockets stormed back to beat the Lakers.",
    "The Philippines attacked the plan.",
    "The United Nations attacked the plan.",
    "The bombing was blamed on President Assad.",
    "Heavily armed fighters killed three farmers.",
    "Then Armed fighters killed three farmers.",
    "Rebels from the Tuareg community signed the deal.",
    "Five Palestinian fighters were killed.",
    "FIGHTERS LOYAL TO THE GENERAL ATTACK PORT.",
]


@pytest.mark.parametrize(
    ("text", "name", "rule"), NAMES, ids=[n[0][:40] for n in NAMES]
)
def test_a_name_is_a_groups_by_what_stands_beside_it(
    text: str, name: str, rule: str
) -> None:
    found = [(m.name, m.rule_id) for m in BOOK.find(text) if "introduced" in m.rule_id]
    assert found == ([(name, f"actor.introduced.{rule}")] if name else [])


@pytest.mark.parametrize("text", NOBODY)
def test_regions_officials_teams_and_adjectives_name_no_group(text: str) -> None:
    assert not [m.name for m in BOOK.find(text) if "introduced" in m.rule_id]


def test_a_head_within_a_hyphenated_word_keeps_the_whole_name() -> None:
    (match,) = BOOK.find("Fighters of the Kurbali Self-Defence Front attacked a post.")
    assert match.name == "Kurbali Self-Defence Front"
