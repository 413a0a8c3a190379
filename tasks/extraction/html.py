"""Bytes to one lxml tree, parsed once and bounded whatever the page does."""

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from tasks.errors import ArticleError
from tasks.model.reasons import RejectReason

MAX_PAGE_BYTES = 20_000_000
MAX_ELEMENTS = 100_000  # news pages have a few thousand
MAX_TAGS = 500_000  # before parsing, where closing tags, comments and scripts count

_COUNT = etree.XPath("count(//*)")
# Characters that XML forbids, as UTF-8 bytes: libxml2 keeps them and lxml then refuses.
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32), 127])
_NONCHARACTERS = ("\ufffe", "\uffff")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"\A\s{0,50}<\?xml[^>]{0,200}\?>")
_HEADER_CHARSET = re.compile(
    r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML_TYPES = ("text/html", "application/xhtml", "application/xml", "text/xml")
# Browsers read these labels as their Windows supersets (WHATWG encoding standard).
_SUPERSETS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso8859-1": "cp1252", "iso-8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "tis-620": "cp874",
}  # fmt: skip


def decode(body: bytes, content_type: str | None) -> str:
    """Return the page's text: byte order mark, then UTF-8, then what it declares.

    UTF-8 goes before the declaration because text that decodes as UTF-8 by accident
    is rare and wrong declarations are common. ArticleError(BAD_ENCODING) when
    nothing reads as text.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_declared(body, content_type)


def _decode_declared(body: bytes, content_type: str | None) -> str:
    header = _HEADER_CHARSET.search(content_type or "")
    meta = _CHARSET.search(body[:8192])
    declared = [header[1]] if header else []
    if meta:
        declared.append(meta[1].decode("ascii"))
    for label in declared:
        text = _try_decode(body, label.lower())
        if text is not None:
            return text
    text = body.decode("utf-8", errors="replace")
    # One broken byte in a UTF-8 page is common; a page of another encoding has many.
    if text.count("\ufffd") * 200 > len(text):
        text = body.decode("cp1252", errors="replace")
    if text.count("\ufffd") * 20 > len(text):
        raise ArticleError(RejectReason.BAD_ENCODING, "no encoding reads as text")
    return text


def _try_decode(body: bytes, label: str) -> str | None:
    encoding = _SUPERSETS.get(label, label)
    if encoding in ("utf-8", "utf8"):
        return None  # strict UTF-8 has already failed
    try:
        codec = codecs.lookup(encoding)
        text = codec.decode(body, "replace")[0]
    except (LookupError, ValueError, AssertionError):
        return None
    if not isinstance(text, str) or text.count("\ufffd") * 50 > len(text):
        return None
    return text


def check_is_page(body: bytes | str, content_type: str | None) -> None:
    """Raise ArticleError unless this can be an HTML page of a bearable size."""
    if len(body) > MAX_PAGE_BYTES:
        raise ArticleError(RejectReason.TOO_LARGE, f"{len(body)} bytes")
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(_HTML_TYPES):
        raise ArticleError(RejectReason.NOT_HTML, kind)
    head = body[:2048]
    if isinstance(head, bytes):
        if head[:5] == b"%PDF-" or (
            b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        ):
            raise ArticleError(RejectReason.NOT_HTML, "binary")
        head_text = head.decode("latin-1")
    else:
        head_text = head
    if "<" not in (head_text if len(body) <= len(head) else head_text + "<"):
        raise ArticleError(RejectReason.NOT_HTML, "no markup")


def parse_page(body: bytes | str, content_type: str | None = None) -> HtmlElement:
    """Return the tree of a page; ArticleError for what is no page or a trap."""
    check_is_page(body, content_type)
    text = body if isinstance(body, str) else decode(body, content_type)
    if not text.strip():
        raise ArticleError(RejectReason.NOT_HTML, "empty")
    if text.count("<") > MAX_TAGS:
        raise ArticleError(RejectReason.PAGE_TRAP, f"{text.count('<')} tags")
    # A parser of its own per page: a shared one keeps state of the last document.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    # lxml.html chooses a class per tag in Python, for every element it hands out; one
    # class for all, chosen in C, makes everything after parsing a quarter faster.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(HtmlElement))
    try:
        tree = document_fromstring(_clean_bytes(text), parser=parser)
    except etree.ParserError as error:
        raise ArticleError(RejectReason.NOT_HTML, str(error)) from error
    except etree.XMLSyntaxError as error:  # with recovery on: it ran out of memory
        raise ArticleError(RejectReason.PAGE_TRAP, str(error)) from error
    _check_shape(tree, parser)
    return tree


def _clean_bytes(text: str) -> bytes:
    declaration = _XML_DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    for character in _NONCHARACTERS:
        text = text.replace(character, "")
    return text.encode("utf-8", errors="replace").translate(None, delete=_CONTROL)


def _check_shape(tree: HtmlElement, parser: etree.HTMLParser) -> None:
    # libxml2 cuts a tree at its own depth limit and says so only in its log.
    if any("depth" in entry.message for entry in parser.error_log):
        raise ArticleError(RejectReason.PAGE_TRAP, "nested too deeply")
    elements = _COUNT(tree)
    assert isinstance(elements, float)
    if elements > MAX_ELEMENTS:
        raise ArticleError(RejectReason.PAGE_TRAP, f"{elements:.0f} elements")
