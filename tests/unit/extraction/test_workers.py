from datetime import UTC, datetime

import pytest

from tasks.extraction.workers import ExtractionPool, PageInput
from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import RejectReason

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SENTENCE = "Soldiers and armed men exchanged fire near the market of the town. "
# Measured: libxml2 compares each attribute of a tag with all before it.
TRAP = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x"


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
        results = pool.extract([page("one"), page("trap", TRAP), page("two")])
    articles = [r.article.title if r.article else None for r in results]
    assert articles == ["one", None, "two"]
    reject = results[1].reject
    assert reject is not None
    assert reject.reason is RejectReason.PAGE_TRAP
    assert reject.response_id == "r-trap"
    assert "2 s" in reject.detail


def test_a_page_that_takes_all_memory_is_a_reject() -> None:
    huge = b"<html><body>" + b"<p>word</p>" * 90_000 + b"word " * 3_500_000
    with ExtractionPool(1, memory_bytes=450_000_000) as pool:
        results = pool.extract([page("huge", huge), page("one")])
    assert results[0].reject is not None
    assert results[0].reject.reason is RejectReason.PAGE_TRAP
    assert results[1].article is not None


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
