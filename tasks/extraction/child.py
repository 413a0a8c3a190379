"""The child process of tasks.extraction.workers: pages in, extractions out."""

import gc
import os
import pickle
import resource
import signal
import sys
from typing import IO

from tasks.extraction.extract import extract_article, extract_page
from tasks.extraction.workers import SPENT, PageInput, read_frame, rejected, write_frame
from tasks.model.articles import Extraction
from tasks.model.reasons import RejectReason

READY = b"ready"
# The odd date makes the date parser load, which takes longer than most pages do.
_WARM_UP = (
    "<html><body><article><h1>Warm-up</h1><p class='date'>12 sept. of 2020</p>"
    + "<p>One sentence of a page.</p>" * 20
)


def serve(requests: IO[bytes], replies: IO[bytes], page_timeout_s: float) -> None:
    """Answer share after share of pages until the parent closes the pipe."""
    write_frame(replies, READY)
    while (data := read_frame(requests)) is not None:
        pages: list[PageInput] = pickle.loads(data)  # noqa: S301 - our parent
        found = [_extract_in_time(page, page_timeout_s) for page in pages]
        write_frame(replies, pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


def _extract_in_time(page: PageInput, page_timeout_s: float) -> Extraction:
    # Processor time, so that a busy machine rejects no page. Nothing handles the alarm:
    # the kernel ends this process, wherever it hangs.
    signal.setitimer(signal.ITIMER_PROF, page_timeout_s)
    try:
        return _extract(page)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _extract(page: PageInput) -> Extraction:
    try:
        return extract_article(
            page.response,
            page.item,
            page.feed,
            page.first_seen_at,
            page.response_id,
            twin=page.twin,
        )
    except (MemoryError, RecursionError):
        os._exit(SPENT)  # what is left of this process is not to be trusted
    except Exception as error:  # a bug on one page must not cost the night
        detail = f"{type(error).__name__}: {error}"[:500]
        return rejected(page, RejectReason.EXTRACTOR_ERROR, detail)


def warm_up() -> None:
    """Load models and rules, which must not count as the time of the first page."""
    extract_page(_WARM_UP, "https://warm-up.example/article")


def main() -> None:
    """Serve standard input and output; arguments: memory, seconds of work per page."""
    limit, page_timeout_s = int(sys.argv[1]), float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break the protocol
    warm_up()
    gc.freeze()  # what is loaded stays for good: the collector need not look at it again
    serve(sys.stdin.buffer, replies, page_timeout_s)


if __name__ == "__main__":
    main()
