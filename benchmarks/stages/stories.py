"""Stories of a pool, clustered as one night's articles."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._records import text_record_of
from tasks.derivation.stories import cluster_stories


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each article's story."""
    result = cluster_stories(text_record_of(item) for item in items)
    for member in result.members:
        yield {"id": member.article_id, "story_id": member.story_id}
