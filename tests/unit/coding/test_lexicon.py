import re
from collections import Counter

import pytest

from tasks.coding.reading.inflect import Inflector
from tasks.coding.reading.lexicon import Match, load_lexicon, rows, spaced
from tasks.coding.stories.story import CROWD, NEUTRAL, STRATEGIC, SUPPORT
from tasks.text.fold import fold

VIOLENT = {
    "attack", "raid", "ambush", "fight", "bomb", "suicide", "airstrike", "drone", "shell",
    "grenade", "chemical", "abduct", "rape", "take", "retake",
}  # fmt: skip
ACTS = CROWD | NEUTRAL | STRATEGIC | SUPPORT | VIOLENT


def surfaces(text: str) -> list[tuple[str, str]]:
    flat = spaced(fold(text))
    return [
        (text[m.start : m.end], _reading(m)) for m in load_lexicon().all_matches(flat)
    ]


def _reading(match: Match) -> str:
    if "masked" in match.words or not match.forms:
        return "masked"
    return match.forms[0].act


def test_every_row_of_the_trigger_table_is_well_formed() -> None:
    table = rows("en", "triggers.tsv")
    for row in table:
        assert row["act"] in ACTS, row["family"]
        assert row["frame"] in set("TLMAPWFINCD"), row["family"]
        assert row["strength"] in {"0", "1", "2", "3"}, row["family"]
        assert all(re.match(r"[vnx]:\S", f) for f in row["forms"].split("|")), row
    assert not [f for f, n in Counter(r["family"] for r in table).items() if n > 1]


def test_the_lexicon_holds_at_least_150_families() -> None:
    assert len(load_lexicon().families) >= 150


@pytest.mark.parametrize("name", ["cues.tsv", "objects.tsv"])
def test_word_tables_have_classes_and_no_empty_form(name: str) -> None:
    for row in rows("en", name):
        assert row["class"]
        assert all(form.strip() for form in row["forms"].split("|")), row["class"]


@pytest.mark.parametrize(
    ("base", "form"),
    [
        ("shoot dead", "shot dead"), ("open fire", "opened fire"), ("abduct", "abducting"),
        ("carry out an attack", "carried out an attack"), ("torch", "torches"),
        ("lay down arms", "laid down arms"), ("set up roadblocks", "setting up roadblocks"),
    ],
)  # fmt: skip
def test_verbs_are_inflected(base: str, form: str) -> None:
    assert form in {text for text, _ in Inflector("en").surfaces("v", base)}


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("ambush", "ambushes"), ("gunman", "gunmen"), ("casualty", "casualties"),
     ("exchange of fire", "exchanges of fire")],
)  # fmt: skip
def test_nouns_get_their_plural(noun: str, plural: str) -> None:
    assert plural in {text for text, _ in Inflector("en").surfaces("n", noun)}


def test_an_unknown_kind_of_form_is_loud() -> None:
    with pytest.raises(ValueError, match="unknown form kind"):
        list(Inflector("en").surfaces("z", "x"))


@pytest.mark.parametrize(
    ("text", "surface", "act"),
    [
        ("An air-strike hit it", "air-strike", "airstrike"),
        ("they exchanged fire", "exchanged fire", "fight"),
        ("he blew himself up", "blew himself up", "suicide"),
        ("the convoy came under fire", "came under fire", "attack"),
        ("a mob set two men ablaze", "set", "burn"),
        ("they shot three traders dead", "shot", "kill"),
        ("they LAID DOWN ARMS", "LAID DOWN ARMS", "change"),
    ],
)
def test_triggers_are_found_hyphenated_split_and_in_capitals(
    text: str, surface: str, act: str
) -> None:
    assert (surface, act) in surfaces(text)


@pytest.mark.parametrize(
    "text",
    ["a heart attack", "the attack on inflation", "he killed the bill", "a price war",
     "the title fight", "the killer blow", "firefighters came", "a general strike"],
)  # fmt: skip
def test_negative_contexts_hide_the_trigger_inside(text: str) -> None:
    assert all(act == "masked" for _, act in surfaces(text)), surfaces(text)
