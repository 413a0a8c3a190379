"""The child process of tasks.extraction.workers: pages in, extractions out."""

import gc
import os
import pickle
import resource
import sys
from typing import IO

from tasks.extraction.extract import extract_article, extract_page
from tasks.extraction.workers import PageInput, read_frame, write_frame
from tasks.model.articles import Extraction
from tasks.model.reasons import RejectReason

READY = b"ready"
# The odd date makes the date parser load, which takes longer than most pages do.
_WARM_UP = (
    "<html><body><article><h1>Warm-up</h1><p class='date'>12 sept. of 2020</p>"
    + "<p>One sentence of a page.</p>" * 20
)


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer page after page until the parent closes the pipe."""
    write_frame(replies, READY)
    while (data := read_frame(requests)) is not None:
        page: PageInput = pickle.loads(data)  # noqa: S301 - our parent
        write_frame(replies, pickle.dumps(_answer(page), pickle.HIGHEST_PROTOCOL))


def _answer(page: PageInput) -> Extraction | tuple[RejectReason, str]:
    try:
        return extract_article(
            page.response,
            page.item,
            page.feed,
            page.first_seen_at,
            page.response_id,
            twin=page.twin,
        )
    except (MemoryError, RecursionError) as error:
        return RejectReason.PAGE_TRAP, type(error).__name__
    except Exception as error:  # a bug on one page must not cost the night
        return RejectReason.EXTRACTOR_ERROR, f"{type(error).__name__}: {error}"[:500]


def main() -> None:
    """Serve standard input and output; argument: the most memory this may take."""
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break the protocol
    # Models and rules load before the first page, whose time is limited; and what is
    # loaded stays for good, so the collector need not look at it again.
    extract_page(_WARM_UP, "https://warm-up.example/article")
    gc.freeze()
    serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
