"""Languages as feeds write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.polling.languages import SPELLINGS, clean_language


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("fr", "fr"), ("fr-FR", "fr"), ("FR_ca", "fr"), ("fra", "fr"), ("fre-FR", "fr"),
        ("Français", "fr"), ("french", "fr"), ("ar", "ar"), ("ar-SA", "ar"),
        ("ar_EG.UTF-8", "ar"), ("ara", "ar"), ("العربية", "ar"), ("Arabic (Egypt)", "ar"),
        (" en-US ", "en"), ("eng", "en"), ("zh-Hant-TW", "zh"), ("iw", "he"),
        ("sah", "sah"), ("und", None), ("x-klingon", None), ("Klingon", None),
        ("", None), ("  ", None), (None, None), ("-fr", None), ("42", None),
    ],
)  # fmt: skip
def test_language_of_a_tag_or_a_name(written: str | None, code: str | None) -> None:
    assert clean_language(written) == code


@given(st.text(max_size=60))
def test_any_text_gives_a_code_or_nothing(text: str) -> None:
    code = clean_language(text)
    assert code is None or re.fullmatch("[a-z]{2,3}", code)


def test_table_maps_other_spellings_to_two_letters() -> None:
    assert {"fra", "ara", "français", "العربية"} <= SPELLINGS.keys()
    for spelling, code in SPELLINGS.items():
        assert re.fullmatch("[a-z]{2}", code) or not code
        assert spelling == spelling.strip().lower()
        assert spelling not in set(SPELLINGS.values()) - {""}
