"""What is new or changed in a document against the one before. Pure."""

import hashlib
from collections.abc import Sequence

from tasks.model.feeds import FeedItem

MAX_KEYS = 1_000  # remembered of one document; state of 10,000 feeds must fit in memory


def item_key(item: FeedItem) -> str:
    """Return 'item_id digest': the digest changes when a publisher edits the entry."""
    updated = item.updated_at.isoformat() if item.updated_at else ""
    edited = (
        f"{item.title}\x1f{item.url}\x1f{item.summary or ''}"
        f"\x1f{item.content_html or ''}\x1f{updated}"
    )
    digest = hashlib.sha256(edited.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{item.item_id} {digest}"


def keys_of(items: Sequence[FeedItem]) -> tuple[str, ...]:
    """Return the items' keys, in document order."""
    return tuple(item_key(item) for item in items)


def new_or_changed(
    items: Sequence[FeedItem], keys: Sequence[str], old_keys: Sequence[str]
) -> tuple[FeedItem, ...]:
    """Return the items whose key the last document did not hold."""
    known = set(old_keys)
    pairs = zip(items, keys, strict=True)
    return tuple(item for item, key in pairs if key not in known)


def ids_of(keys: Sequence[str]) -> frozenset[str]:
    """Return the item ids of remembered keys."""
    return frozenset(key.partition(" ")[0] for key in keys)


def num_unknown(items: Sequence[FeedItem], old_keys: Sequence[str]) -> int:
    """Count the items that are new, not merely edited."""
    known = ids_of(old_keys)
    return sum(item.item_id not in known for item in items)
