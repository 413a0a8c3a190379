"""Evidence in its sentence."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.reporting.sentences import MAX_SENTENCE, Piece, Span, quotes

TEXT = (
    "Attack on a market\n\n"
    "Gunmen killed 12 people in Tirkadja. The army said they fled. Shops are closed."
)


def _span(quote: str, field: str = "event", rule: str = "R") -> Span:
    at = TEXT.index(quote)
    return Span(at, at + len(quote), field, rule)


def test_only_sentences_with_evidence_are_quoted() -> None:
    found = quotes(TEXT, [_span("killed"), _span("army", "actor1")])
    assert ["".join(p.text for p in quote) for quote in found] == [
        "Gunmen killed 12 people in Tirkadja.",
        "The army said they fled.",
    ]


def test_overlapping_spans_are_marked_with_both_fields() -> None:
    found = quotes(TEXT, [_span("killed 12"), _span("12 people", "fatalities", "T")])
    marked = [piece for piece in found[0] if piece.fields]
    assert marked == [
        Piece("killed ", ("event",), ("R",)),
        Piece("12", ("event", "fatalities"), ("R", "T")),
        Piece(" people", ("fatalities",), ("T",)),
    ]


def test_a_span_over_two_sentences_is_shown_whole() -> None:
    found = quotes(TEXT, [_span("Tirkadja. The army")])
    assert "".join(p.text for p in found[0]) == (
        "Gunmen killed 12 people in Tirkadja. The army"
    )


def test_an_endless_sentence_is_cut_around_its_evidence() -> None:
    text = "Title\n\n" + "word " * 3_000 + "killed 12 people " + "word " * 3_000
    at = text.index("killed")
    (found,) = quotes(text, [Span(at, at + 6, "event", "R")])
    assert sum(len(piece.text) for piece in found) <= MAX_SENTENCE + 2
    assert found[0].text == found[-1].text == "…"
    assert Piece("killed", ("event",), ("R",)) in found


@given(
    st.text(alphabet="ab .\n", min_size=1, max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)), max_size=6),
)
def test_pieces_are_the_text_and_every_span_is_marked(
    text: str, raw: list[tuple[int, int]]
) -> None:
    spans = [
        Span(start, min(start + length, len(text)), f"f{at}", "R")
        for at, (start, length) in enumerate(raw)
        if start < len(text)
    ]
    found = quotes(text, spans)
    for quote in found:
        assert "".join(piece.text for piece in quote) in text
        assert all(piece.text for piece in quote)
    fields = {f for quote in found for piece in quote for f in piece.fields}
    assert fields <= {span.field for span in spans}
    if text.strip() and text[0].isalpha():
        assert fields == {span.field for span in spans if span.end > span.start}
