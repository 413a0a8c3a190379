"""event_place: the words that say where a verb's event happened, or null."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._geo import geoparser
from tasks.model.coding import Document


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the span of each verb's place in the text given."""
    parser = geoparser()
    for item in items:
        document = Document(article_id=item["id"], text=item["text"], title="")
        verb = item["verb"]
        located = parser.parse(document).locate(
            verb["start"], verb["end"], own_sentence_only=True
        )
        yield {
            "id": item["id"],
            "start": located.start if located else None,
            "end": located.end if located else None,
        }
