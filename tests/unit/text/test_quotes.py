import pytest

from tasks.text.quotes import find_dateline, quote_spans


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        pytest.param("BAMAKO, March 8 (TSP) - Men came.", "BAMAKO", "TSP", id="wire"),
        pytest.param("TYRE, Lebanon (LWA) — Men came.", "TYRE, Lebanon", "LWA", id="country"),
        pytest.param("QUETTA: Men came.", "QUETTA", None, id="pakistani"),
        pytest.param("IMPHAL, Mar 17: Men came.", "IMPHAL", None, id="indian"),
        pytest.param("GUSAU — Men came.", "GUSAU", None, id="dash"),
        pytest.param("KHERSON. Men came.", "KHERSON", None, id="full-stop"),
        pytest.param("LIMA, 3 JAN 88 (EFE) -- [TEXT] MEN CAME.", "LIMA", "EFE", id="capitals"),
        pytest.param("Kano (NAN) - Men came.", "Kano", "NAN", id="mixed-case"),
        pytest.param("(Accra, Ghana) — Men came.", "Accra, Ghana", None, id="brackets"),
    ],
)  # fmt: skip
def test_datelines_of_several_houses(text: str, place: str, agency: str | None) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert text[found.place_start : found.place_end] == place
    assert text[found.end :].lstrip(" -")[:1] in {"M", "["}


@pytest.mark.parametrize(
    "text",
    [
        "Men came to Kano on Monday.",
        "The army said: go home.",
        "",
        "He left. They came.",
    ],
)
def test_ordinary_openings_are_not_datelines(text: str) -> None:
    assert find_dateline(text) is None


def test_quotations_may_span_sentences_and_marks_are_kept() -> None:
    text = 'He said: “We ran. They fired.” Then "no" and more.'
    assert [text[a:b] for a, b in quote_spans(text)] == [
        "“We ran. They fired.”",
        '"no"',
    ]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = "“We ran.\n\n“They fired,” he said."
    assert [text[a:b] for a, b in quote_spans(text)] == ["“We ran.", "“They fired,”"]


def test_apostrophes_do_not_open_quotations() -> None:
    assert quote_spans("The rebels' camp and Mali's army weren’t there.") == ()
