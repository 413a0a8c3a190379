"""Keys under which a place name is stored and looked up."""

import re
from functools import lru_cache

from tasks.text.fold import fold

_DROPPED = str.maketrans({"'": None, ".": None, '"': None})
_SPACED = str.maketrans({"-": " ", ",": " ", "/": " ", "(": " ", ")": " ", "_": " "})
_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "&": "and"}
_ARTICLE_WORDS = "al el ad ar as at az an ash adh a ath il ul ez es em the le la"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_VOWELS = str.maketrans("", "", "aeiouy")
# Digraphs first: what one transliteration writes with two letters, another does with one.
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("dj", "j"), ("ts", "s"),
    ("ck", "k"), ("q", "k"), ("c", "k"), ("w", ""), ("z", "s"), ("x", "ks"),
    ("p", "b"), ("h", ""),
)  # fmt: skip
_ASCII_NAME = re.compile(r"[a-z0-9 '&.,/()-]+\Z")


@lru_cache(maxsize=8192)  # a text asks for the same runs of words again and again
def name_key(text: str) -> str:
    """Return the form under which a name is stored: folded, unpunctuated, one-spaced."""
    folded = fold(text)
    if not folded.isascii():
        folded = fold(folded)  # Ð folds to ð, ð to d
    plain = folded.translate(_DROPPED).translate(_SPACED)
    words = plain.split()
    return " ".join([_WORDS.get(word, word) for word in words])


@lru_cache(maxsize=4096)
def sound_key(text: str) -> str:
    """Return a consonant skeleton shared by most transliterations of one name.

    Loose on purpose: only ever compared inside one country, and checked by spelling.
    """
    words = [w for w in name_key(text).split() if w not in _ARTICLES]
    joined = "".join(words)
    first = joined[:1]
    for written, sound in _SOUNDS:
        joined = joined.replace(written, sound)
    bare = joined.translate(_VOWELS)
    single = "".join(c for i, c in enumerate(bare) if i == 0 or bare[i - 1] != c)
    return single if first not in "aeiouy" else f"a{single}"


def is_useful_name(name: str) -> bool:
    """Say whether an alternate name can appear in an English text.

    Other scripts, machine romanisations (all lower case) and airport codes cannot.
    """
    if len(name) < 3 or not name[0].isupper() or len(name) > 60:
        return False
    if len(name) <= 4 and name.isupper():
        return False
    return _ASCII_NAME.match(fold(name)) is not None
