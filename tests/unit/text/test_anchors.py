"""The words a pattern needs: none of its matches may do without them."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.classification.reasons import reason_cues
from tasks.coding.dates import patterns as dates_patterns
from tasks.coding.dates.find import _anchors as date_anchors
from tasks.text.anchors import Anchored, Opened, OpenedSet, anchors, openings
from tasks.text.fold import fold


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


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:said|says)\b", {"said", "says"}),
        (r"dea(?:th|d)|\bdie[ds]?\b", {"death", "dead", "die"}),
        (r"(?:Front|Army) of", {"front of", "army of"}),
        (r"(?P<who>gang|cell) \d", {"gang ", "cell "}),
        (r"(?:two )?killed", set()),
        (r"\d+ killed", set()),
        (r"killed|\w+ died", set()),
    ],
)
def test_words_that_open_every_match(pattern: str, words: set[str]) -> None:
    assert openings(re.compile(pattern)) == words


def test_a_pattern_that_may_open_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="no word opens"):
        Opened(re.compile(r"\w+ died"))


_OPENERS = st.sampled_from(
    ["a", "ab", "(?:a|bc)", "(?:ab|ac|d)", r"\bca", r"\b(?:d|ab)"]
)


@given(
    _OPENERS,
    st.lists(_PIECES, max_size=5),
    _TEXT,
    st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_an_opened_pattern_finds_in_any_part_what_the_pattern_finds(
    opener: str, pieces: list[str], text: str, part: tuple[int, int]
) -> None:
    pattern = re.compile(opener + "".join(pieces))
    low, high = sorted(min(at, len(text)) for at in part)
    found = Opened(pattern).over(text)
    spans = [m.span() for m in pattern.finditer(text, low, high)]
    assert [m.span() for m in found.finditer(low, high)] == spans
    first = found.search(low, high)
    assert (None if first is None else first.span()) == (spans[0] if spans else None)


def test_a_set_of_opened_patterns_finds_what_each_finds_alone() -> None:
    patterns = [
        re.compile(p) for p in (r"\bset \w+ ablaze", r"\bshot|sets? \w+", "died")
    ]
    text = "they set cars ablaze, shot two and set up a post"
    found = OpenedSet(patterns).over(text)
    assert list(found) == [0, 1]
    spans = {n: [m.span() for m in o.finditer(0, len(text))] for n, o in found.items()}
    assert spans == {n: [m.span() for m in patterns[n].finditer(text)] for n in (0, 1)}


def test_names_are_tried_on_the_text_as_written() -> None:
    name = re.compile(r"(?<!\w)Résistance(?!\w)")
    text = "La Résistance and the résistance"
    found = Opened(name).over(fold(text), text)
    assert [m.span() for m in found.finditer(0, len(text))] == [(3, 13)]
