"""Fingerprints are stable between processes and blind to what copies change."""

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.derivation.bands import bands_of
from tasks.derivation.fingerprint import (
    BANDS,
    MINHASH_VERSION,
    NORMALISER_VERSION,
    content_fingerprint,
    key_of,
    minhash_bands,
    overlap,
    sampled_keys,
    shingles,
    words,
)
from tasks.derivation.profile import profile
from tests.unit.derivation.texts import WIRE, record

TEXT = " ".join(WIRE)


def test_case_accents_quotes_and_number_words_do_not_change_a_fingerprint() -> None:
    plain = words("Three dead in Lere, 'says' army")
    other = words("3 dead in LÉRÉ - ‘says’ army!")
    assert content_fingerprint(plain) == content_fingerprint(other)


def test_a_changed_word_changes_the_fingerprint() -> None:
    assert content_fingerprint(words(TEXT)) != content_fingerprint(words(TEXT + " x"))


def test_keys_are_the_same_in_another_process() -> None:
    code = (
        "from tasks.derivation.fingerprint import *;"
        "h=shingles(words('gunmen attacked the village before dawn on monday'));"
        "print(minhash_bands([h]).tolist(), key_of('name','kassala'), h.tolist())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_the_stored_version_names_all_that_keys_depend_on() -> None:
    assert f"-n{NORMALISER_VERSION}-" in MINHASH_VERSION
    assert MINHASH_VERSION.startswith("rensa-r")


def test_an_empty_text_has_no_key() -> None:
    empty = shingles(words("  "))
    assert (len(empty), len(sampled_keys(empty))) == (0, 0)
    nobody = bands_of([profile(record("a", [], title=""))])
    assert (nobody.article_ids, list(nobody)) == (("a",), [])


def test_a_text_of_two_words_still_has_a_shingle() -> None:
    assert len(shingles(words("Army statement"))) == 1


@given(st.text(max_size=400))
def test_any_text_overlaps_fully_with_itself(text: str) -> None:
    hashes = shingles(words(text))
    expected = (1.0, 1.0) if len(hashes) else (0.0, 0.0)
    assert overlap(hashes, hashes) == expected


@given(st.lists(st.text(max_size=200), max_size=5))
def test_texts_taken_together_get_the_keys_that_each_gets_alone(
    texts: list[str],
) -> None:
    filled = [h for text in texts if len(h := shingles(words(text)))]
    matrix = minhash_bands(filled)
    assert matrix.shape == (len(filled), BANDS)
    for row, hashes in zip(matrix, filled, strict=True):
        assert np.array_equal(row, minhash_bands([hashes])[0])


@given(st.text(max_size=200), st.text(max_size=200))
def test_overlap_is_symmetric_and_containment_is_at_least_jaccard(
    a: str, b: str
) -> None:
    x, y = shingles(words(a)), shingles(words(b))
    assert overlap(x, y) == overlap(y, x)
    assert overlap(x, y)[0] <= overlap(x, y)[1] <= 1


def test_shared_passages_share_sampled_keys_wherever_they_stand() -> None:
    passage = shingles(words(TEXT))
    framed = shingles(
        words("Other news of the day first. " * 20 + TEXT + " More." * 30)
    )
    assert set(sampled_keys(passage).tolist()) <= set(sampled_keys(framed).tolist())


def test_shingles_are_distinct_and_sorted() -> None:
    hashes = shingles(words(TEXT + TEXT))
    assert np.all(hashes[1:] > hashes[:-1])


def test_keys_of_names_differ_from_keys_of_their_parts() -> None:
    assert key_of("name", "kassala") != key_of("namekassala")
