import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.segment import MAX_SENTENCE_CHARS, segment, sentence_at


def sentences(text: str) -> list[str]:
    return [s.text for s in segment(text, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Gen. Musa left. Lt. Col. Diallo stayed.", 2, id="ranks"),
        pytest.param("It fell on Sept. 4. The army withdrew.", 2, id="month-and-day"),
        pytest.param("He lives in St. Louis. They do not.", 2, id="saint"),
        pytest.param("U.S. forces struck. Two died.", 2, id="dotted-goes-on"),
        pytest.param("They came from the U.S. The army saw them.", 2, id="dotted-ends"),
        pytest.param("J. K. Mbeki spoke. Nobody else did.", 2, id="initials"),
        pytest.param("It cost 3.5 million. It failed.", 2, id="decimal"),
        pytest.param("At 9 p.m. Two men came.", 2, id="clock-ends"),
        pytest.param("At 9 p.m. on Monday men came.", 1, id="clock-goes-on"),
        pytest.param("“We ran. They fired,” he said. Then silence.", 3, id="quotation"),
        pytest.param(
            "“Who is it?” she asked. He fired.", 2, id="question-in-quotation"
        ),
        pytest.param("HE WAS SHOT. POLICE LT. SOSA DIED.", 2, id="capitals"),
        pytest.param("he was shot. nobody came. they fled.", 3, id="lower-case"),
        pytest.param("Hon. Bello said ASP. Yusuf came.", 1, id="nigerian-titles"),
        pytest.param("L'armée a riposté. Le col. Traoré le dit.", 2, id="french"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected, sentences(text)


def test_title_is_paragraph_zero_and_body_starts_at_one() -> None:
    found = segment("Two die in Kidal\n\nA bomb went off. Two died.\n\nThe end came.")
    assert [(s.paragraph, s.index, s.kind) for s in found] == [
        (0, 0, "title"), (1, 1, "body"), (1, 2, "body"), (2, 3, "body"),
    ]  # fmt: skip


def test_hard_wrapped_wire_copy_is_not_cut_at_line_ends() -> None:
    line = "POLICE SOURCES HAVE REPORTED THAT UNIDENTIFIED MEN PLANTED A BOMB IN\n"
    text = line * 6 + "FRONT OF A BANK.\n\nNOBODY DIED."
    assert len(segment(text, 0)) == 2


def test_single_line_breaks_part_paragraphs_of_ordinary_text() -> None:
    long = "The army said that it had taken the town after two days of fighting there."
    assert [s.paragraph for s in segment(f"Title\n\n{long}\n{long}", 5)] == [0, 1, 2]


def test_list_items_and_headings_are_marked() -> None:
    text = "T\n\n- Kidal: two dead.\n\n18:40 Shots heard.\n\nWhat we know so far\n\nIt was calm."
    kinds = [s.kind for s in segment(text, 1)]
    assert kinds == ["title", "list", "list", "heading", "body"]


@given(st.text(alphabet='aB.?!"” \n’1(é', max_size=300))
def test_offsets_always_reproduce_the_text_in_order(text: str) -> None:
    found = segment(text)
    assert all(text[s.start : s.end] == s.text and s.text.strip() for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    kept = "".join(s.text for s in found)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["a. ", "“ ", "A.B.", ". ", "word ", "\n\n", "x", "?!”’"]
)
def test_pathological_repetition_takes_linear_time(unit: str) -> None:
    start = time.perf_counter()
    found = segment(unit * (600_000 // len(unit)))
    assert time.perf_counter() - start < 10
    assert all(len(s.text) <= MAX_SENTENCE_CHARS for s in found)


def test_sentence_at_finds_the_sentence_of_an_offset() -> None:
    found = segment("One came. Two left.", 0)
    inside, gap = sentence_at(found, 12), sentence_at(found, 9)
    assert inside == found[1]
    assert gap == found[0]
    assert sentence_at((), 3) is None
