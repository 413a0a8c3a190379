"""Whole pages and what is read from them; a rule change shows as a diff of these files.

The pages are synthetic: articles of the demo corpus in the demo newsroom's templates,
stored as rendered once. `make golden` rewrites the expected values; review the diff.
"""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.extraction.extract import extract_page

HERE = Path(__file__).parent
PAGES = sorted(path.stem for path in HERE.glob("*.html"))
SEEN = datetime(2026, 4, 1, tzinfo=UTC)


def read(name: str) -> dict[str, Any]:
    page = extract_page(
        (HERE / f"{name}.html").read_bytes(),
        f"https://{name}.example/2026/03/story",
        content_type="text/html",
        first_seen_at=SEEN,
    )
    return json.loads(json.dumps(asdict(page), default=_plain))


def _plain(value: object) -> str:
    assert isinstance(value, datetime | date)
    return value.isoformat()


def test_there_are_golden_pages() -> None:
    assert len(PAGES) >= 7


@pytest.mark.parametrize("name", PAGES)
def test_page_reads_as_recorded(name: str, request: pytest.FixtureRequest) -> None:
    path = HERE / f"{name}.expected.json"
    found = read(name)
    if request.config.getoption("--rewrite-golden", default=False):
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8"))
