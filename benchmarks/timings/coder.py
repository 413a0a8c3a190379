"""Figure `coder`: articles of 400 words a minute on one core, places included.

The reference is the least any coder of this kind must do: fold the same texts and run the
lexicon's automaton over them. Processor time is taken, since machines are shared.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.coding.coder import Coder
from tasks.coding.reading.lexicon import load_lexicon, spaced
from tasks.model.coding import Document
from tasks.settings import Settings
from tasks.text.fold import fold

CORPUS = Path(__file__).resolve().parents[2] / "tasks" / "demo" / "corpus"
_WORDS = 400
_NUM = 240
_PUBLISHED = datetime(2026, 3, 20, 12, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Return coded articles a minute, and the reference's."""
    coder = Coder.load(Settings().reference_dir)
    lexicon = load_lexicon()
    documents = make_documents()
    for document in documents[:20]:
        coder.code(
            document
        )  # page caches and lookups, as in any night but its first minute
    ours = _rate(documents, coder.code)
    reference = _rate(documents, lambda d: lexicon.matches(spaced(fold(d.text))))
    return {
        "ours": round(ours),
        "reference": round(reference),
        "ratio": round(ours / reference, 4),
        "unit": "articles of 400 words a minute on one core",
        "n": len(documents),
    }


def make_documents() -> list[Document]:
    """Return articles of 400 words: the demo corpus, bodies joined and cut to length."""
    paragraphs: list[str] = []
    titles: list[str] = []
    for name in ("africa.jsonl", "world.jsonl"):
        for line in (CORPUS / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            titles.append(row["title"])
            paragraphs += row["body"]
    documents = []
    at = 0
    for number in range(_NUM):
        body: list[str] = []
        while sum(len(p.split()) for p in body) < _WORDS - 25:
            body.append(paragraphs[at % len(paragraphs)])
            at += 1
        title = titles[number % len(titles)]
        text = "\n\n".join([title, *body])
        documents.append(Document(f"s{number}", text, title, published_at=_PUBLISHED))
    return documents


def _rate(documents: list[Document], work: Callable[[Document], object]) -> float:
    start = time.process_time()
    for document in documents:
        work(document)
    words = sum(len(d.text.split()) for d in documents)
    return 60 * words / _WORDS / (time.process_time() - start)
