"""The geoparser's word lists and weights are well formed."""

from pathlib import Path

import pytest

from tasks.geoparsing import lexicon, surroundings, where
from tasks.text.fold import fold

_DATA = Path(lexicon.__file__).parent / "data"


def test_word_lists_are_folded_and_sorted() -> None:
    for name in ("common_words.txt", "given_names.txt"):
        words = (_DATA / name).read_text("utf-8").split()
        assert words == sorted(set(words)), name
        assert all(fold(word) == word for word in words), name


def test_every_list_of_the_lexicon_is_filled() -> None:
    loaded = lexicon.load_lexicon()
    for name in loaded.__slots__:
        assert getattr(loaded, name), name


@pytest.mark.parametrize("model", [where.WITH_TRIGGER, where.ALONE])
def test_weights_are_named_features_with_numbers(model: str) -> None:
    weights = where.load_weights(model)
    assert "bias" in weights
    assert len(weights) > 100
    assert all(abs(weight) < 10 for weight in weights.values())
    assert weights["class=demonym"] < 0 < weights["prep=in"]


def test_stems_join_the_forms_of_a_verb() -> None:
    forms = ("killed", "killing", "kills")
    assert len({surroundings.verb_stem(form) for form in forms}) == 1
    assert surroundings.verb_stem("is") == "is"
