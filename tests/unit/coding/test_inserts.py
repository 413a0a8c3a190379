import pytest

from tasks.coding.reading.inserts import insert_spans


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("(Read Also: Troops repel attack in Kidal)", "read_also"),
        ("Read more: Five killed in Gao", "read_also"),
        ("Subscribe to our newsletter", "newsletter"),
        ("Sign up for the morning briefing.", "newsletter"),
        ("Comments", "comments"),
        ("Share this article on", "share_bar"),
    ],
)
def test_inserted_lines_are_found(line: str, why: str) -> None:
    text = f"Title\n\nMen came.\n\n{line}\n\nThey left."
    ((start, end, reason),) = insert_spans(text)
    assert (text[start:end], reason) == (line, why)


def test_a_read_also_inside_a_paragraph_is_cut_out_of_it() -> None:
    text = "T\n\nMen came to the town. (READ ALSO: Blast in Quetta) They left."
    ((start, end, why),) = insert_spans(text)
    assert (text[start:end], why) == ("(READ ALSO: Blast in Quetta)", "read_also")


@pytest.mark.parametrize(
    "line",
    [
        "He read also of the war.",
        "The share of the vote fell.",
        "Comments by the minister drew fire.",
    ],
)
def test_sentences_that_only_sound_alike_stay(line: str) -> None:
    assert insert_spans(f"T\n\n{line}") == []
