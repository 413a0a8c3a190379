"""Elements that carry the names feedparser keeps its own values under break nothing."""

from itertools import product

import pytest

from tests.fuzz.invariants import check

NAMES = [
    "author",
    "author_detail",
    "authors",
    "content",
    "created",
    "description",
    "feedburner_origlink",
    "guidislink",
    "href",
    "id",
    "language",
    "link",
    "links",
    "media_content",
    "published",
    "published_parsed",
    "source",
    "summary",
    "sy_updateperiod",
    "tags",
    "title",
    "title_detail",
    "ttl",
    "updated",
]


@pytest.mark.parametrize("name", NAMES)
def test_element_named_like_a_field_of_feedparsers_is_survived(name: str) -> None:
    attributes = ("", " a='b'", " href='x' rel='self'")
    for attribute, text in product(attributes, ("", "text", "<p>x</p>")):
        element = f"<{name}{attribute}>{text}</{name}>"
        item = f"<item><title>t</title>{element}<unclosed></item>"
        check(f"<rss version='2.0'><channel>{element}{item}</channel></rss>".encode())
