"""Pairs of a pool that are one text: bands -> candidates -> verification -> decision."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._records import text_record_of
from benchmarks.stages._warehouse import empty_warehouse
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import load_neighbourhood


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the related pairs of the pool, as a night with all its texts finds them."""
    prepared = prepare(text_record_of(item) for item in items)
    with empty_warehouse() as connection:
        hood = load_neighbourhood(connection, prepared.bands, window_days=14)
    for pair in derive(prepared, hood).pairs:
        if not pair.is_word_for_word:
            continue
        yield {"a": pair.parent_id, "b": pair.child_id, "score": pair.score}
