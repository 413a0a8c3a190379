"""The word lists are versioned tables without duplicates."""

from importlib import resources

import pytest

from tasks.text.fold import fold

LISTS = {
    "tasks.derivation": (
        "agencies",
        "news_terms",
        "common_capitals",
        "fact_words",
        "number_words",
        "page_furniture",
        "stop_words",
    ),
    "tasks.resolution": ("left_words", "link_weights", "umbrellas"),
}


@pytest.mark.parametrize(
    ("package", "name"), [(p, name) for p, names in LISTS.items() for name in names]
)
def test_a_word_list_has_a_version_two_columns_and_folded_distinct_keys(
    package: str, name: str
) -> None:
    raw = resources.files(package) / "data" / f"{name}.tsv"
    head, columns, *rows = raw.read_text("utf-8").splitlines()
    mark, version, _ = head.split("\t", 2)
    assert (mark, int(version) >= 1) == ("# version", True)
    assert len(columns.split("\t")) == 2
    keys = [row.split("\t")[0] for row in rows]
    assert all(len(row.split("\t")) == 2 and all(row.split("\t")) for row in rows)
    assert len(keys) == len(set(keys))
    assert keys == [fold(key) for key in keys]
    assert rows


def test_fact_words_belong_to_fields_that_mutations_have() -> None:
    raw = resources.files("tasks.derivation") / "data" / "fact_words.tsv"
    rows = raw.read_text("utf-8").splitlines()[2:]
    assert {row.split("\t")[1] for row in rows} == {"time", "number", "actor"}
