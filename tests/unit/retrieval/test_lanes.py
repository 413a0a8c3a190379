"""Which pages are asked, and in which order, before any request."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.model.feeds import FeedItem
from tasks.retrieval.retrieve import _lanes


def item(url: str, number: int = 0) -> FeedItem:
    return FeedItem("http://f.example/", f"{url} {number}", None, url, "x")


URLS = st.lists(
    st.builds(
        "http://{}.example/{}{}".format,
        st.sampled_from("abc"),
        st.integers(0, 5),
        st.sampled_from(["", "#top"]),
    )
)


def test_longest_lane_comes_first() -> None:
    urls = ["http://a.example/1", "http://b.example/1", "http://b.example/2"]
    lanes = _lanes(item(u) for u in urls)
    assert [[i.url for i in lane] for lane in lanes] == [urls[1:], urls[:1]]


@given(URLS)
def test_every_page_is_in_one_lane_once_and_lanes_are_hosts(urls: list[str]) -> None:
    lanes = _lanes(item(u, n) for n, u in enumerate(urls))
    pages = [i.url.partition("#")[0] for lane in lanes for i in lane]
    assert sorted(pages) == sorted({u.partition("#")[0] for u in urls})
    hosts = [{i.url.split("/")[2] for i in lane} for lane in lanes]
    assert all(len(h) == 1 for h in hosts)
    assert len(hosts) == len({next(iter(h)) for h in hosts})


def test_unreadable_address_still_gets_its_row() -> None:
    assert len(_lanes([item("http://[broken/"), item("nonsense")])) == 1
