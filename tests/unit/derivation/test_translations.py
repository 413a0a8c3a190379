"""A French text written from an English one is found; a French report of its own is not."""

import json
from pathlib import Path

import pytest

from tasks.derivation.records import TextRecord
from tests.unit.derivation.memory_store import MemoryStore
from tests.unit.derivation.texts import record

PAIRS = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("translations.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def _texts(pair: dict[str, dict[str, list[str]]]) -> tuple[TextRecord, TextRecord]:
    english, french = pair["english"], pair["french"]
    return (
        record("en", english["paragraphs"], title=str(english["title"])),
        record(
            "fr",
            french["paragraphs"],
            title=str(french["title"]),
            hours=4,
            language="fr",
        ),
    )


def _french_lineage(texts: tuple[TextRecord, ...]) -> str:
    store = MemoryStore()
    for text in texts:
        store.add([text])
    return store.lineage["fr"].lineage


@pytest.mark.parametrize(
    "pair",
    [pytest.param(p, id=p["case"]) for p in PAIRS if p["lineage"] == "translation"],
)
def test_a_french_text_with_the_facts_in_the_same_order_is_a_translation(
    pair: dict[str, dict[str, list[str]]],
) -> None:
    english, french = _texts(pair)
    assert _french_lineage((english, french)) == "translation"
    assert _french_lineage((french, english)) == "translation"


@pytest.mark.parametrize(
    "pair",
    [pytest.param(p, id=p["case"]) for p in PAIRS if p["lineage"] != "translation"],
)
def test_a_french_report_with_facts_of_its_own_stands_alone(
    pair: dict[str, dict[str, list[str]]],
) -> None:
    assert _french_lineage(_texts(pair)) in {"origin", "independent"}


def test_the_reasons_of_a_translation_name_facts_and_their_order() -> None:
    store = MemoryStore()
    store.add(_texts(PAIRS[0]))
    kinds = {signal.split(":")[0] for signal in store.lineage["fr"].signals}
    assert {"names", "numbers", "in_order", "credits_parent"} <= kinds
