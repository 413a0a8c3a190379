"""Stage `fatalities`: low, best and high of the text's main incident."""

from collections.abc import Iterable, Iterator
from typing import Any

from tasks.coding.claims.claims import find_attributions
from tasks.coding.tolls.tolls import derive_fatalities, find_tolls
from tasks.text.segment import segment


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the fatalities of every item by the range rule."""
    for item in items:
        text = item["text"]
        sentences = segment(text, title_chars=0)
        said = find_attributions(text, sentences)
        deaths = derive_fatalities(find_tolls(text, sentences, attributions=said))
        yield {
            "id": item["id"],
            "low": deaths.low,
            "best": deaths.best,
            "high": deaths.high,
        }
