from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ArticleError
from tasks.extraction import html
from tasks.extraction.html import decode, parse_page
from tasks.model.reasons import RejectReason

OPEN = b"<html><body>"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(OPEN + b"<div>" * 100_000 + b"x", RejectReason.PAGE_TRAP, id="deep"),
        pytest.param(OPEN + b"<p>x</p>" * 1_000_000, RejectReason.PAGE_TRAP, id="million-siblings"),
        pytest.param(OPEN + b"<b><p>" * 60_000, RejectReason.PAGE_TRAP, id="unclosed-inline"),
        pytest.param(b"<" * 3_000_000, RejectReason.PAGE_TRAP, id="angle-brackets"),
        pytest.param(OPEN + b"word " * 4_000_001, RejectReason.TOO_LARGE, id="20-megabytes"),
        pytest.param(b"%PDF-1.7 <html>", RejectReason.NOT_HTML, id="pdf"),
        pytest.param(b"\x89PNG\r\n\x00\x00<", RejectReason.NOT_HTML, id="image"),
        pytest.param(b"just a line of text", RejectReason.NOT_HTML, id="no-markup"),
        pytest.param(b"<!-- only a comment -->", RejectReason.NOT_HTML, id="empty-document"),
        pytest.param(b"   ", RejectReason.NOT_HTML, id="blank"),
    ],
)  # fmt: skip
def test_traps_end_with_their_reason_in_bounded_time(
    page: bytes, reason: RejectReason
) -> None:
    start = process_time()
    with pytest.raises(ArticleError) as caught:
        parse_page(page)
    assert caught.value.reason is reason
    assert process_time() - start < 5


def test_other_content_types_are_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        parse_page(OPEN, "application/json")
    assert caught.value.reason is RejectReason.NOT_HTML
    assert parse_page(OPEN + b"<p>x", "text/html; charset=utf-8") is not None


@pytest.mark.parametrize(
    ("page", "content_type"),
    [
        pytest.param("<p>Léré, Ségou".encode(), None, id="utf-8"),
        pytest.param("<p>Léré, Ségou".encode(), "text/html; charset=iso-8859-1", id="wrong-header"),
        pytest.param("<p>Léré, Ségou".encode("latin-1"), "text/html; charset=ISO-8859-1", id="header"),
        pytest.param(b'<meta charset="windows-1252">' + "<p>Léré, Ségou".encode("cp1252"), None, id="meta"),
        pytest.param("<p>Léré, Ségou".encode("utf-8-sig"), None, id="mark"),
        pytest.param("\ufeff<p>Léré, Ségou".encode("utf-16-le"), None, id="utf-16"),
        pytest.param("<p>Léré, Ségou".encode("latin-1"), None, id="undeclared"),
        pytest.param("<p>Léré, Ségou".encode("latin-1"), "text/html; charset=no-such", id="unknown-label"),
    ],
)  # fmt: skip
def test_encodings_are_read_as_browsers_read_them(
    page: bytes, content_type: str | None
) -> None:
    assert "Léré, Ségou" in decode(page, content_type)


def test_arabic_and_cyrillic_pages_in_old_encodings() -> None:
    assert "قتل" in decode("<p>قتل".encode("cp1256"), "text/html; charset=windows-1256")
    assert "Взрыв" in decode("<p>Взрыв".encode("koi8-r"), "text/html; charset=koi8-r")


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    page = ("<p>" + "Léré à Ségou. " * 50).encode() + b"\xff"
    assert decode(page, None).count("Léré") == 50


def test_bytes_that_are_no_text_are_a_bad_encoding() -> None:
    with pytest.raises(ArticleError) as caught:
        decode(b"<p>" + bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D]) * 200, None)
    assert caught.value.reason is RejectReason.BAD_ENCODING


@given(st.binary(max_size=400) | st.text(max_size=200))
def test_any_page_is_a_tree_or_an_article_error(page: bytes | str) -> None:
    """Publishers control every byte; only one kind of exception may leave."""
    try:
        tree = parse_page(page)
    except ArticleError:
        return
    assert tree.tag == "html"


def test_limits_hold_back_nothing_real() -> None:
    """A long article of 2,000 paragraphs is far below every limit."""
    page = OPEN + b"<p>" + b"</p><p>".join([b"A sentence of a report."] * 2_000)
    assert len(parse_page(page).findall(".//p")) == 2_000
    assert html.MAX_ELEMENTS > 40_000
