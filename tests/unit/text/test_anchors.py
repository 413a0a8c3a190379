"""The words a pattern needs: none of its matches may do without them."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.classification.reasons import reason_cues
from tasks.coding import dates_patterns
from tasks.coding.dates_find import _anchors as date_anchors
from tasks.text.anchors import Anchored, anchors


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bclaimed (?:full )?responsibility", {"responsibility"}),
        (r"\b(?:north|northern|south)\b", {"north", "northern", "south"}),
        (r"(?:km|miles?) (?:of|from)", {"km", "mile"}),
        (r"(?:of )?\d+", set()),
        (r"a|\d", set()),
        (r"(?:days? )+ago", {"day"}),
        (r"[a-z]+ing(?=the)", {"ing"}),
    ],
)
def test_words_every_match_holds(pattern: str, words: set[str]) -> None:
    assert anchors(re.compile(pattern)) == words


def test_a_capital_in_the_pattern_is_looked_for_in_lower_case() -> None:
    pattern = re.compile("(?:Front|Army) of", re.IGNORECASE)
    assert anchors(pattern) == {"front", "army"}
    assert Anchored([pattern]).finds("the liberation FRONT of".lower())


def test_only_patterns_whose_words_stand_in_the_text_are_possible() -> None:
    patterns = [
        re.compile(p) for p in (r"killed \d", r"\d", r"wounded", r"at (?:dawn)")
    ]
    set_of = Anchored(patterns)
    assert set_of.possible("two were wounded at dawn") == [1, 2, 3]
    assert set_of.possible("") == [1]
    assert not Anchored([re.compile("killed")]).finds("nobody died")


def test_a_caller_may_change_the_numbers_it_was_given() -> None:
    set_of = Anchored([re.compile(r"\d"), re.compile("killed")])
    set_of.possible("").append(9)
    assert set_of.possible("") == [0]


_TEXT = st.text(string.ascii_lowercase[:4] + " -", max_size=40)
_PIECES = st.sampled_from(
    [
        "a",
        "ab",
        "b?",
        "(?:a|bc)",
        "(?:ab|ac|d)",
        "[bc]",
        "(?:d )?",
        "(?:ca)+",
        " ",
        "-*",
    ]
)


@given(st.lists(_PIECES, min_size=1, max_size=6), _TEXT)
def test_a_match_never_lacks_its_words(pieces: list[str], text: str) -> None:
    pattern = re.compile("".join(pieces))
    if pattern.search(text):
        assert Anchored([pattern]).possible(text) == [0]
        assert Anchored([pattern]).finds(text)


def test_every_reason_cue_is_found_by_its_words() -> None:
    assert all(anchors(cue.pattern) for cue in reason_cues())


_DATE_WORDS = st.sampled_from(
    ["monday", "may", "mayor", "on", "the", "3rd", "1/2/2024", "2024-05-06", "2024", "last",
     "week", "ago", "two", "days", "weekend", "the 5th", "next\n", "12/13/20", "overnight"]
)  # fmt: skip


@given(st.lists(_DATE_WORDS, max_size=12), st.sampled_from([" ", ", ", ""]))
def test_dates_are_anchored_where_one_scan_would_anchor_them(
    words: list[str], joint: str
) -> None:
    text = joint.join(words)
    scanned = [m.span() for m in dates_patterns.ANCHOR.finditer(text)]
    assert [m.span() for m in date_anchors(text)] == scanned
