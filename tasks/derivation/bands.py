"""The keys stored for a text, so that later texts find it (rows of core.text_band)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np

from tasks.derivation.fingerprint import (
    BANDS,
    KIND_NAME,
    KIND_SAMPLED,
    Hashes,
    key_of,
    minhash_bands,
    sampled_keys,
)
from tasks.derivation.profile import Profile
from tasks.derivation.records import TextBands

MAX_NAME_KEYS = 24
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_number(moment: datetime) -> int:
    """Return the days since 1970-01-01 (UTC)."""
    return (moment - _EPOCH).days


def bands_of(profiles: Iterable[Profile]) -> TextBands:
    """Return all keys of the texts; the MinHash of all is made at once."""
    texts = tuple(profiles)
    filled = [n for n, text in enumerate(texts) if len(text.hashes)]
    matrix = minhash_bands([texts[n].hashes for n in filled])
    sampled = [sampled_keys(text.hashes) for text in texts]
    named = [_name_keys(text) for text in texts]
    keys = [matrix.ravel(), *sampled, *named]
    counts = [matrix.size, sum(map(len, sampled)), sum(map(len, named))]
    everyone = np.arange(len(texts))
    return TextBands(
        article_ids=tuple(text.record.article_id for text in texts),
        days=tuple(day_number(text.record.moment) for text in texts),
        owners=np.concatenate([
            np.repeat(np.array(filled, dtype=np.int64), BANDS),
            np.repeat(everyone, _lengths(sampled)),
            np.repeat(everyone, _lengths(named)),
        ]),
        kinds=np.concatenate([
            np.tile(np.arange(BANDS, dtype=np.int8), len(filled)),
            np.repeat(np.array([KIND_SAMPLED, KIND_NAME], dtype=np.int8), counts[1:]),
        ]),
        keys=np.concatenate(keys),
    )  # fmt: skip


def _lengths(parts: Sequence[Hashes]) -> list[int]:
    return [len(part) for part in parts]


def _name_keys(profile: Profile) -> Hashes:
    """Return keys of the longest names: long names are rarer than short ones."""
    ranked = sorted(profile.names, key=lambda name: (-len(name), name))
    keys = [key_of("name", name) for name in ranked[:MAX_NAME_KEYS]]
    return np.array(keys, dtype=np.uint64)
