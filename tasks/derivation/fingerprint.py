"""Words, shingles, fingerprints and the keys under which a text is found again."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import rensa

from tasks.derivation.lexicon import number_words
from tasks.text.fold import fold

NORMALISER_VERSION = 1
SHINGLE_WORDS = 4
PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SEED = 20230917
# Every 16th shingle by hash value: two texts that share a passage of about 30 words
# share such a key wherever the passage stands, so briefs of long texts are found.
SAMPLE_ONE_IN = 16
MAX_SAMPLED = 128
KIND_SAMPLED = BANDS
KIND_NAME = BANDS + 1

# rensa may change its digests between releases: stored with every band, and bands of
# another version are never compared with ours.
MINHASH_VERSION = (
    f"rensa-r{int(rensa.RMinHash.ALGORITHM_VERSION)}-p{PERMUTATIONS}x{ROWS}"
    f"-s{SHINGLE_WORDS}-n{NORMALISER_VERSION}-{SEED}"
)

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_POWERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5],
    dtype=np.uint64,
)
Hashes = npt.NDArray[np.uint64]


def words(text: str) -> list[str]:
    """Return the folded words of text; small number words are digits."""
    return read_words(fold(text))[0]


def read_words(folded: str) -> tuple[list[str], frozenset[str]]:
    """Return the words and the numbers of a folded text; number words are digits."""
    found, digits = _WORD.findall(folded), number_words()
    numbers = [value.replace(",", "") for value in _NUMBER.findall(folded)]
    spelt = digits.keys() & found
    if spelt:
        numbers += [digits[word] for word in spelt]
        found = [digits.get(word, word) for word in found]
    return found, frozenset(numbers)


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def key_of(*parts: str) -> int:
    """Return a stable unsigned 64-bit key of the parts."""
    return _word_hash("\x1f".join(parts))


def shingles(tokens: list[str]) -> Hashes:
    """Return the sorted distinct hashes of all runs of four words.

    A text of fewer than four words has one shingle, an empty one none.
    """
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    ids = np.fromiter(map(_word_hash, tokens), dtype=np.uint64, count=len(tokens))
    if len(ids) < SHINGLE_WORDS:
        ids = np.resize(ids, SHINGLE_WORDS)
    n = len(ids) - SHINGLE_WORDS + 1
    mixed = np.zeros(n, dtype=np.uint64)
    for i, power in enumerate(_POWERS):
        mixed += ids[i : i + n] * power
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return np.unique(mixed)


def content_fingerprint(tokens: list[str]) -> str:
    """Return the hash of the normalised words: equal for texts that read the same."""
    return blake2b(" ".join(tokens).encode(), digest_size=16).hexdigest()


def minhash_bands(texts: Sequence[Hashes]) -> Hashes:
    """Return one key per MinHash band, a row for each text; no text may be empty."""
    flat = np.concatenate([np.empty(0, dtype=np.uint64), *texts])
    offsets = np.cumsum([0, *map(len, texts)])
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
        flat, offsets.tolist(), num_perm=PERMUTATIONS, seed=SEED
    )
    digests = np.array(matrix.to_rows(), dtype=np.uint64).reshape(-1, PERMUTATIONS)
    mixed = np.zeros((len(texts), BANDS), dtype=np.uint64)
    for row in range(ROWS):
        mixed = (mixed ^ digests[:, row::ROWS]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(31)
    return mixed


def sampled_keys(hashes: Hashes) -> Hashes:
    """Return the shingles that serve as keys for shared passages."""
    chosen: Hashes = hashes[hashes % np.uint64(SAMPLE_ONE_IN) == 0]
    return chosen[:MAX_SAMPLED]


def overlap(a: Hashes, b: Hashes) -> tuple[float, float]:
    """Return exact Jaccard, and containment of the smaller set in the larger."""
    if not len(a) or not len(b):
        return (0.0, 0.0)
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return (shared / (len(a) + len(b) - shared), shared / min(len(a), len(b)))
