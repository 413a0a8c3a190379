"""The synthetic articles in every template of the demo newsroom."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from tasks.demo.corpus import DemoArticle, articles
from tasks.demo.outlets import outlets
from tasks.demo.pages import content_type, render_article
from tasks.extraction.extract import extract_page
from tasks.extraction.page import Page

TEMPLATES = [
    "broadsheet",
    "tabloid",
    "wire",
    "magazine",
    "radio",
    "blog",
    "minimal",
    "amp",
]
ARTICLES = [article for article in articles() if article.page == "article"]
# Every page of every template is measured by make quality; one in four is enough here.
SAMPLE = ARTICLES[::4]
_WORD = re.compile(r"\w+")


def page_of(article: DemoArticle, template: str) -> Page:
    is_amp = template == "amp"
    look = "broadsheet" if is_amp else template
    outlet = replace(outlets()[article.host], template=look)
    others = [other for other in ARTICLES if other.host != article.host][:6]
    html = render_article(outlet, article, others, amp=is_amp)
    return extract_page(html, article.url, content_type=content_type(outlet))


def shingles(text: str) -> Counter[str]:
    words = _WORD.findall(text)
    return Counter(" ".join(words[n : n + 4]) for n in range(max(0, len(words) - 3)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_bodies_are_whole_and_hold_no_insert(template: str) -> None:
    hits = said = gold = 0
    for article in SAMPLE:
        page = page_of(article, template)
        mine, true = (
            shingles(" ".join(page.paragraphs)),
            shingles(" ".join(article.body)),
        )
        hits += sum((mine & true).values())
        said, gold = said + sum(mine.values()), gold + sum(true.values())
        text, body = " ".join(page.paragraphs), " ".join(article.body)
        for insert in article.inserts:
            whole = " ".join(insert.text.split())
            assert whole not in text or whole in body, (template, article.id, whole)
    assert 2 * hits / (said + gold) >= 0.99


@pytest.mark.parametrize("template", TEMPLATES)
def test_metadata_is_read_from_every_template(template: str) -> None:
    for article in SAMPLE:
        page = page_of(article, template)
        assert page.title == article.title
        assert page.kind is None
        assert page.canonical_url == article.url
        assert page.language == "en"
        assert page.published_at is not None
        assert abs((page.published_at - article.published_at).total_seconds()) < 60


def test_every_cut_stands_inside_the_text() -> None:
    for template in ("broadsheet", "wire"):
        for article in SAMPLE[:8]:
            page = page_of(article, template)
            assert all(0 <= c.paragraph <= len(page.paragraphs) for c in page.removals)
            assert all(c.text and c.reason and c.rule_id for c in page.removals)
