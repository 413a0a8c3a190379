"""The main text of a page; the only module that knows trafilatura."""

import logging
from importlib.metadata import version

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor, use_config

from tasks.extraction.page import Body

ENGINE_VERSION = version("trafilatura")

# Its own log says "discarding data" for every index page: the reject says it better.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "250")
_CONFIG.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
# Built once: the engine only reads them, and building costs as much as small pages do.
_FAST = Extractor(output_format="python", fast=True, comments=False, config=_CONFIG)
_SLOW = Extractor(output_format="python", fast=False, comments=False, config=_CONFIG)


def extract_body(tree: HtmlElement) -> Body:
    """Return the engine's text of a tree, which stays as it is.

    fast=True leaves out the second extractors: they lose more on news pages than
    they save. deduplicate stays off: it remembers texts from page to page.
    """
    return Body("trafilatura-fast", _extract(tree, _FAST))


def extract_body_slowly(tree: HtmlElement) -> Body:
    """Return the engine's text with its own second opinions, for doubtful pages."""
    return Body("trafilatura", _extract(tree, _SLOW))


def _extract(tree: HtmlElement, options: Extractor) -> tuple[str, ...]:
    document = bare_extraction(tree, options=options)
    text = "" if document is None else str(getattr(document, "text", None) or "")
    return paragraphs_of(text)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text, spaces collapsed."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)
