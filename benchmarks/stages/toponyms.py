"""toponyms: every place name of a text with coordinates."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._geo import geoparser
from tasks.model.coding import Document


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the toponyms of each text; persons' names are left out."""
    parser = geoparser()
    for item in items:
        document = Document(
            article_id=item["id"], text=item["text"], title=item.get("title") or ""
        )
        yield {
            "id": item["id"],
            "toponyms": [
                {
                    "start": t.start,
                    "end": t.end,
                    "name": t.place.name,
                    "latitude": t.place.latitude,
                    "longitude": t.place.longitude,
                    "geonameid": t.place.place_id,
                }
                for t in parser.parse(document).toponyms
                if t.place is not None
            ],
        }
