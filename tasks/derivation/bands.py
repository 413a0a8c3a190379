"""The keys stored for a text, so that later texts find it (rows of core.text_band)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tasks.derivation.fingerprint import (
    KIND_NAME,
    KIND_SAMPLED,
    key_of,
    minhash_bands,
    sampled_keys,
)
from tasks.derivation.profile import Profile
from tasks.derivation.records import TextBand

MAX_NAME_KEYS = 24
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_number(moment: datetime) -> int:
    """Return the days since 1970-01-01 (UTC)."""
    return (moment - _EPOCH).days


def bands_of(profiles: Iterable[Profile]) -> tuple[TextBand, ...]:
    """Return all keys of the texts."""
    return tuple(band for p in profiles for band in _bands(p))


def _bands(profile: Profile) -> list[TextBand]:
    keys = list(enumerate(minhash_bands(profile.hashes)))
    keys += [(KIND_SAMPLED, key) for key in sampled_keys(profile.hashes)]
    keys += [(KIND_NAME, key_of("name", name)) for name in _key_names(profile)]
    record, day = profile.record, day_number(profile.record.moment)
    return [TextBand(record.article_id, kind, key, day) for kind, key in keys]


def _key_names(profile: Profile) -> list[str]:
    """Return the longest names: long names are rarer than short ones."""
    ranked = sorted(profile.names, key=lambda name: (-len(name), name))
    return ranked[:MAX_NAME_KEYS]
