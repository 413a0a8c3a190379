import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import ArticleError
from tasks.extraction.canonical_url import article_id, canonicalise, choose_canonical
from tasks.model.reasons import RejectReason

STORY = "https://sahelpost.example/2026/03/lere-camps"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://sahelpost.example/2026/03/lere-camps", id="http"),
        pytest.param("https://www.sahelpost.example/2026/03/lere-camps/", id="www-and-slash"),
        pytest.param("https://m.sahelpost.example/2026/03/lere-camps", id="mobile-host"),
        pytest.param("https://amp.sahelpost.example/2026/03/lere-camps", id="amp-host"),
        pytest.param("https://SAHELPOST.example.:443/2026/03/lere-camps", id="host-case-port"),
        pytest.param(STORY + "?utm_source=rss&utm_medium=feed", id="utm"),
        pytest.param(STORY + "?ref=rss", id="ref-rss"),
        pytest.param(STORY + "?fbclid=abc#comments", id="fbclid-and-fragment"),
        pytest.param(STORY + "/amp/", id="amp-suffix"),
        pytest.param(STORY + "?amp=1&outputType=amp", id="amp-query"),
        pytest.param(STORY + ".amp", id="amp-extension"),
        pytest.param("https://sahelpost.example/amp/2026/03/lere-camps", id="amp-prefix"),
        pytest.param(STORY + "/print/", id="print"),
        pytest.param(STORY + "/index.html", id="index"),
        pytest.param("https://sahelpost.example//2026/./x/../03/lere%2Dcamps", id="dots-and-escapes"),
        pytest.param("https://www.google.com/url?sa=t&url=https%3A%2F%2Fsahelpost.example%2F2026%2F03%2Flere-camps", id="redirector"),
        pytest.param("https://www.google.com/amp/s/sahelpost.example/2026/03/lere-camps", id="amp-viewer"),
        pytest.param("https://sahelpost-example.cdn.ampproject.org/c/s/sahelpost.example/2026/03/lere-camps", id="amp-cache"),
        pytest.param(" https://sahelpost.example/2026/03/lere-camps\n", id="spaces"),
    ],
)  # fmt: skip
def test_every_route_to_a_story_has_one_address(url: str) -> None:
    assert canonicalise(url) == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/story?id=12&lang=fr",
        "https://a.example/index.php?id=7",
        "https://a.example/print-workers-strike",
        "https://a.example/amplifying-the-war",
        "https://a.example/?p=4411",
        "https://a.example:8443/x",
        "https://a.example/#!/story/4",
        "https://news.bbc.example/a;b",
    ],
)
def test_what_names_the_article_stays(url: str) -> None:
    assert canonicalise(url) == url.replace("/?", "?").replace("/#", "#")


def test_parameters_are_sorted() -> None:
    assert canonicalise("https://a.example/s?b=2&a=1") == "https://a.example/s?a=1&b=2"


def test_non_ascii_paths_have_one_spelling() -> None:
    written = canonicalise("https://a.example/léré")
    assert written == canonicalise("https://a.example/l%c3%a9r%C3%A9")
    assert written == "https://a.example/l%C3%A9r%C3%A9"


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.example", "/relative", "https://", "https://a b/", "http://[::1", "https://a.example:99999/", "javascript:alert(1)"]
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ArticleError) as caught:
        canonicalise(url)
    assert caught.value.reason is RejectReason.BAD_ITEM


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param(
            "https://www.a.example/story", "https://a.example/story", id="same-site"
        ),
        pytest.param("/story?utm_source=x", "https://a.example/story", id="relative"),
        pytest.param(
            "https://b.example/story", "https://a.example/amp-x", id="other-site"
        ),
        pytest.param("https://a.example/", "https://a.example/amp-x", id="home-page"),
        pytest.param(
            "ftp://a.example/story", "https://a.example/amp-x", id="other-scheme"
        ),
        pytest.param("", "https://a.example/amp-x", id="empty"),
        pytest.param(None, "https://a.example/amp-x", id="none"),
    ],
)
def test_the_pages_own_canonical_speaks_only_for_its_site(
    stated: str | None, expected: str
) -> None:
    assert choose_canonical("https://a.example/amp-x", stated) == expected


def test_ids_are_stable() -> None:
    """A change here would rename every article ever published."""
    assert article_id(STORY) == "97017498-78a8-1869-7272-dca35d341a8c"


_PART = st.text(
    alphabet=st.sampled_from("abzAZ019-._~%/?#&=;:@!$'()*+,é ü日\\\"<>[]{}|^`\t"),
    max_size=40,
)


@given(
    st.sampled_from(["http://", "https://", "HTTPS://"]),
    st.sampled_from(["a.example", "www.m.a.example", "AMP.a.co.uk", "en.m.wiki.example", "münchen.example", "google.com", "l.facebook.com"]),
    _PART,
    st.sampled_from(["", "?amp=1", "?utm_source=a&b=2", "/amp/", "?u=http://b.example/amp/x%252F", "?url=https://www.google.com/url?url=https://c.example/"]),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_canonical_urls_are_their_own_canonical_url(
    scheme: str, host: str, path: str, tail: str
) -> None:
    try:
        once = canonicalise(f"{scheme}{host}/{path}{tail}")
    except ArticleError:
        return
    assert canonicalise(once) == once
    assert once.isascii()


@given(st.text(max_size=80) | st.text(max_size=60).map("http://{}".format))
@settings(max_examples=300, deadline=None)
def test_any_text_is_an_address_or_a_bad_item(text: str) -> None:
    """Feeds control this value; whatever it is, one of two things happens."""
    outcome = "address"
    try:
        address = canonicalise(text)
    except ArticleError as error:
        outcome, address = error.reason.value, "https://"
    assert outcome in ("address", "bad_item")
    assert address.startswith("https://")
