"""What `conflictwire explain` prints of a text: numbered spans, rules, what was left out."""

import io
from typing import Any

import pytest
from rich.console import Console

from flows.explaining import Explanation

TEXT = "Raid\n\nGunmen [red] attacked <b>Bankass</b> on Thursday.\n\nRead also: \x1b[2Jnews"


def span(field: str, quote: str, rule_id: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {
        "field": field, "start": start, "end": start + len(quote), "quote": quote,
        "rule_id": rule_id,
    }  # fmt: skip


def explanation(text: str | None = TEXT) -> Explanation:
    article = {
        "article_id": "a1", "title": "Raid", "text": text, "publisher": "Sahel Post",
        "canonical_url": "https://x.example/1", "published_at": "2025-03-14",
    }  # fmt: skip
    mention = {
        **article,
        "evidence": [
            span("event", "attacked", "T-assault"),
            span("actor1", "Gunmen", "R-ROLE-ACTIVE"),
        ],
    }
    at = TEXT.index("Read also")
    excluded = {
        "article_id": "a1", "char_start": at, "char_end": at + 10, "quote": "Read also:",
        "why": "read_also", "rule_id": "R-STATUS-INSERT",
    }  # fmt: skip
    return Explanation(None, article, [mention], [], [], [excluded], [], [])


def shown(found: Explanation) -> str:
    out = io.StringIO()
    found.show(Console(file=out, width=100, color_system=None))
    return out.getvalue()


def test_spans_are_numbered_and_their_rules_told() -> None:
    text = shown(explanation())
    assert "[Gunmen]1 [red] [attacked]2" in text
    assert "1:actor1 (R-ROLE-ACTIVE)" in text
    assert "trigger family assault (attack)" in text
    assert "excluded: read_also (R-STATUS-INSERT)" in text


def test_a_hostile_text_moves_no_cursor() -> None:
    assert "\x1b" not in shown(explanation())


def test_the_page_marks_and_escapes() -> None:
    page = explanation().as_html()
    assert (
        '<mark class="evidence" title="1:actor1 (R-ROLE-ACTIVE)">Gunmen</mark>' in page
    )
    assert '<mark class="excluded"' in page
    assert "&lt;b&gt;Bankass&lt;/b&gt;" in page


@pytest.mark.parametrize("form", ["console", "page"])
def test_a_dropped_text_leaves_its_quotes(form: str) -> None:
    found = explanation(None)
    text = shown(found) if form == "console" else found.as_html()
    assert "the text was dropped by the retention setting" in text
    assert form == "page" or "“attacked” T-assault" in text
