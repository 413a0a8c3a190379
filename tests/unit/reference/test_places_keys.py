"""Keys: what counts as the same name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reference.places.keys import is_useful_name, name_key, sound_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Léré", "LERE"),
        ("N'Djamena", "N’Djamena"),
        ("Al-Hasakah", "Al Hasakah"),
        ("St. Louis", "Saint Louis"),
        ("U.S.", "US"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Dayr az Zawr"),
        ("Khan Shaykhun", "Khan Sheikhoun"),
        ("Balakliia", "Balakliya"),
        ("Al-Sukhnah", "Sukhna"),
    ],
)
def test_transliterations_share_a_sound(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_other_scripts_and_codes_are_not_useful() -> None:
    assert is_useful_name("Tombouctou")
    for name in ("تمبكتو", "TOM", "tmbktw", "", "Ab"):
        assert not is_useful_name(name)


@given(st.text(max_size=80))
def test_keys_are_stable_for_any_text(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert "  " not in key
    sound_key(text)
