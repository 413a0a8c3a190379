import os
import pickle
import signal
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from tasks.extraction import child
from tasks.extraction.extract import extract_article
from tasks.extraction.workers import (
    ExtractionPool,
    PageInput,
    read_frame,
    write_frame,
)
from tasks.model.articles import Extraction
from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import RejectReason

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SENTENCE = "Soldiers and armed men exchanged fire near the market of the town. "


def trap(num_attributes: int) -> bytes:
    """Return a page whose parsing takes a time that is quadratic in its size."""
    names = b" ".join(b"a%d=1" % n for n in range(num_attributes))
    return b"<html><body><p " + names + b">x"


def padded(name: str, size: int) -> bytes:
    html = page(name).response.body
    return html + b"<!--" + b" " * (size - len(html) - 7) + b"-->"


def page(name: str, body: bytes | None = None) -> PageInput:
    url = f"https://a.example/{name}"
    html = f"<html><head><title>{name}</title></head><body><article>" + "".join(
        f"<p>{name} {n}: {SENTENCE * 3}</p>" for n in range(6)
    )
    return PageInput(
        FetchedResponse(
            url=url,
            final_url=url,
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=body if body is not None else html.encode(),
            retrieved_at=NOW,
            elapsed_ms=1,
        ),
        item=None,
        feed=None,
        first_seen_at=NOW,
        response_id=f"r-{name}",
    )


def test_a_runaway_page_is_killed_and_the_batch_goes_on() -> None:
    with ExtractionPool(1, page_timeout_s=2.0) as pool:
        results = pool.extract([page("one"), page("trap", trap(200_000)), page("two")])
    articles = [r.article.title if r.article else None for r in results]
    assert articles == ["one", None, "two"]
    reject = results[1].reject
    assert reject is not None
    assert reject.reason is RejectReason.PAGE_TRAP
    assert reject.response_id == "r-trap"
    assert "2 s" in reject.detail


def test_a_trap_among_others_costs_none_of_them() -> None:
    bad = trap(47_000)
    # pages of one size: the first of them go to the child together
    pages = [page(f"p{n}", padded(f"p{n}", len(bad))) for n in range(11)]
    pages.insert(1, page("trap", bad))
    with ExtractionPool(1, page_timeout_s=1.0) as pool:
        found = pool.extract(pages)
    titles = [f.article.title if f.article else None for f in found]
    assert titles == ["p0", None, *(f"p{n}" for n in range(1, 11))]
    reject = found[1].reject
    assert reject is not None
    assert (reject.reason, reject.response_id) == (RejectReason.PAGE_TRAP, "r-trap")


def test_the_time_limit_is_each_page_s_own() -> None:
    slow = trap(6_000)  # a third of a second; six go to the child together
    pages = [page(f"slow{n}", slow) for n in range(6)]
    pages += [page(f"p{n}", padded(f"p{n}", len(slow))) for n in range(18)]
    with ExtractionPool(1, page_timeout_s=1.0) as pool:
        before = pool.start()
        pool.extract(pages)
        assert pool.start() == before


def test_a_child_that_stands_still_is_replaced() -> None:
    with ExtractionPool(1, page_timeout_s=0.2) as pool:
        os.kill(pool.start()[0], signal.SIGSTOP)
        found = pool.extract([page("one"), page("two")])
    titles = [f.article.title if f.article else None for f in found]
    assert titles == [None, "two"]


def test_a_child_that_cannot_start_is_an_error_and_no_page_s_fault() -> None:
    with (
        ExtractionPool(1, memory_bytes=1_000_000) as pool,
        pytest.raises(ChildProcessError, match="no extraction process"),
    ):
        pool.extract([page("one")])


def test_a_page_that_takes_all_memory_is_a_reject() -> None:
    huge = b"<html><body>" + b"<p>word</p>" * 90_000 + b"word " * 3_500_000
    with ExtractionPool(1, memory_bytes=450_000_000) as pool:
        results = pool.extract([page("huge", huge), page("one")])
    assert results[0].reject is not None
    assert results[0].reject.reason is RejectReason.PAGE_TRAP
    assert results[0].reject.detail == "memory or stack used up"
    assert results[1].article is not None


def test_a_bug_on_one_page_is_a_reject_of_that_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def buggy(response: FetchedResponse, *args: Any, **kwargs: Any) -> Extraction:
        if response.url.endswith("bad"):
            raise KeyError("headline")
        return extract_article(response, *args, **kwargs)

    monkeypatch.setattr(child, "extract_article", buggy)
    requests, replies = BytesIO(), BytesIO()
    write_frame(requests, pickle.dumps([page("bad"), page("good")]))
    requests.seek(0)
    child.serve(requests, replies, page_timeout_s=60.0)
    replies.seek(0)
    assert read_frame(replies) == child.READY
    bad, good = pickle.loads(read_frame(replies) or b"")
    assert bad.reject.reason is RejectReason.EXTRACTOR_ERROR
    assert bad.reject.detail == "KeyError: 'headline'"
    assert good.article.title == "good"


def test_results_keep_the_order_of_the_pages() -> None:
    names = [f"p{n}" for n in range(12)]
    with ExtractionPool(2) as pool:
        first = pool.extract([page(n) for n in names])
        second = pool.extract([page("again")])
    assert [r.article.title for r in first if r.article] == names
    assert [r.article.title for r in second if r.article] == ["again"]


def test_one_child_serves_many_batches() -> None:
    with ExtractionPool(1) as pool:
        before = pool.start()[0]
        pool.extract([page("a"), page("b")])
        pool.extract([page("c")])
        assert pool.start()[0] == before


def test_an_empty_batch_is_an_empty_result() -> None:
    with ExtractionPool(1) as pool:
        assert pool.extract([]) == []


def test_no_workers_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        ExtractionPool(0)
