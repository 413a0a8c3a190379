"""Which URLs may be asked for, and what the host map opens."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ConfigError, FetchError
from tasks.http.host_map import parse_host_map
from tasks.http.policy import HttpPolicy
from tasks.http.urls import check_url
from tasks.model.reasons import PollReason

POLICY = HttpPolicy()

BAD = [
    "", "feed", "/feed", "//a.example/feed", "a.example/feed", "http:", "http://", "http:///x",
    "https://?x", "file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "data:,x",
    "javascript:alert(1)", "jar:http://a.example/", "dict://a.example:11211/", "ws://a.example/",
    "http://a.example:22/", "http://a.example:0/", "http://a.example:65536/", "http://a.example:8080/",
    "http://a.example:http/", "http://user@a.example/", "http://u:p@a.example/", "http://@a.example/",
    "http://a.example\\@127.0.0.1/", "http://127.0.0.1\\.a.example/", "http://a b.example/",
    "http://a\tb.example/", "http://a.example/\x00", "http://a.example/\r\nHost: b", "http://a\u0000.example/",
    "http://127.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://0x7f000001/", "http://2130706433/",
    "http://017700000001/", "http://127.0.0.1.2/", "http://1.2.3/", "http://256.1.1.1/", "http://a.1/",
    "http://[::1/", "http://[::g]/", "http://a..example/", "http://.example/",
    "http://-.a_b$.example/", "http://a,b.example/", "http://" + "a" * 300 + ".example/",
    "http://a.example/" + "a" * 5_000,
]  # fmt: skip
REFUSED = [
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%25eth0]/", "http://127.0.0.1/", "http://127.0.0.1./", "http://10.1.2.3/x", "http://[::1]/", "http://[::]/",
    "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest",
    "http://0.0.0.0/", "https://192.168.1.1/", "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/", "http://100.64.0.1/", "http://224.0.0.1/",
]  # fmt: skip
GOOD = [
    ("http://a.example/feed", "http://a.example/feed"),
    ("  https://a.example/feed\n", "https://a.example/feed"),
    ("HTTP://A.Example/Feed", "http://a.example/Feed"),
    ("http://a.example:80/", "http://a.example/"),
    ("https://a.example:443/", "https://a.example/"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://a.example/a b?q=ü", "http://a.example/a%20b?q=%C3%BC"),
    ("http://a.example/x@y", "http://a.example/x@y"),
    ("http://8.8.8.8/", "http://8.8.8.8/"),
    ("http://a1.example/", "http://a1.example/"),
]


@pytest.mark.parametrize("url", BAD, ids=lambda u: u[:40] or "empty")
def test_url_out_of_bounds_is_a_bad_url(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_url(url, POLICY)
    assert caught.value.reason is PollReason.BAD_URL


@pytest.mark.parametrize("url", REFUSED)
def test_literal_inner_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_url(url, POLICY)
    assert caught.value.reason in {PollReason.REFUSED_ADDRESS, PollReason.BAD_URL}


@pytest.mark.parametrize(("url", "wire"), GOOD)
def test_ordinary_url_goes_on_the_wire_encoded(url: str, wire: str) -> None:
    assert str(check_url(url, POLICY)) == wire


@given(
    st.text(max_size=80),
    st.sampled_from(["", "http://", "https://", "http://a.example"]),
)
def test_any_text_is_a_url_or_a_fetch_error(text: str, start: str) -> None:
    with contextlib.suppress(FetchError):
        url = check_url(start + text, POLICY)
        assert url.scheme in {"http", "https"}
        assert url.port in POLICY.allowed_ports
        assert url.user is None


def test_host_map_matches_names_and_nearest_suffix() -> None:
    hosts = parse_host_map(
        "*.example=127.0.0.1:81, a.example=127.0.0.1:82,*.b.example=127.0.0.1:83"
    )
    assert hosts.lookup("A.Example.") == ("127.0.0.1", 82)
    assert hosts.lookup("x.example") == ("127.0.0.1", 81)
    assert hosts.lookup("x.b.example") == ("127.0.0.1", 83)
    assert hosts.lookup("example") is None
    assert hosts.lookup("evil-example") is None
    assert hosts.has_target("127.0.0.1", 82)
    assert not hosts.has_target("127.0.0.1", 84)


def test_empty_host_map_maps_nothing() -> None:
    assert parse_host_map("").lookup("a.example") is None


@pytest.mark.parametrize(
    "text",
    [
        "a.example",
        "a=b",
        "=127.0.0.1:1",
        "a=127.0.0.1:x",
        "a=host:80",
        "*=127.0.0.1:80",
    ],
)
def test_unreadable_host_map_is_a_config_error(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_host_map(text)
