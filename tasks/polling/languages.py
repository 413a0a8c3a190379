"""Languages as feeds write them, to ISO 639-1. Pure, but for its table."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_PRIMARY = re.compile(r"[^\W\d_]+")
_TWO_OR_THREE = re.compile(r"[a-z]{2,3}")
_MAX = 40


def _read(path: Path) -> dict[str, str]:
    """Return the code of each other spelling; a spelling of two codes is an error."""
    table: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    codes: dict[str, str] = {}
    for code, spellings in table.items():
        for spelling in spellings:
            if codes.setdefault(spelling, code) != code:
                raise ValueError(f"{path.name}: {spelling!r} is of two languages")
    return codes


SPELLINGS = _read(Path(__file__).with_name("languages.toml"))


@lru_cache(maxsize=512)
def clean_language(tag: str | None) -> str | None:
    """Return the language of a tag or name: 'ar-EG', 'ara' and 'العربية' give 'ar'.

    A code of three letters without one of two stays; what is neither code nor known name
    gives None.
    """
    match = _PRIMARY.search(tag[:_MAX].lower()) if tag else None
    if match is None or match.start() != len(tag or "") - len((tag or "").lstrip()):
        return None
    primary = match[0]
    if primary in SPELLINGS:
        return SPELLINGS[primary] or None
    return primary if _TWO_OR_THREE.fullmatch(primary) else None
