"""English spelling of administrative names where no table row gives one."""

import re
import unicodedata

_SUFFIXES = re.compile(
    r"(?: (?:Sheng|Shi|Zizhiqu|oblysy|voblasć|okrug|Province|Region|State|shaary|oblast'?)"
    r"|-(?:gwangyeoksi|teukbyeolsi|teukbyeoljachido|do|shi))$",
    re.IGNORECASE,
)
# Marks of scientific romanisation; accents of living Latin alphabets stay.
_ROMANISATION_MARKS = {"\u0304", "\u0323", "\u0327", "\u0331", "\u0306"}
_LATIN_COUNTRIES = (
    "AR BO BR CL CO CR CU DO EC ES FR GT HN HT IT MX NI PA PE PR PT PY RO SV TR UY VE "
    "VN PL CZ SK HU LV LT EE HR SI AZ BJ BF BI CD CF CG CI CM GA GN ML NE SN TD TG"
)
_LATIN_WRITTEN = frozenset(_LATIN_COUNTRIES.split())
_ADMIN_WORDS = re.compile(
    r"^(?:Cercle de|Département d[eu]|Municipio de|Commune d[eu]|District de|Región|Région d[eu])\s+"
    r"|\s+(?:Cercle|District|County|Raion|Municipality|Province|Governorate|Woreda|Zone|Department|Territory)$",
    re.IGNORECASE,
)


def english_admin(name: str, iso2: str) -> str:
    """Return the name without generic suffixes and romanisation marks."""
    stripped = _SUFFIXES.sub("", name)
    if iso2 in _LATIN_WRITTEN:
        return stripped
    apart = unicodedata.normalize("NFD", stripped)
    kept = "".join(c for c in apart if c not in _ROMANISATION_MARKS)
    joined = unicodedata.normalize("NFC", kept)
    return joined.replace("‘", "").replace("ʻ", "").strip("'’`")


def bare_admin(name: str) -> str:
    """Return the name without 'District', 'Cercle de', … ('Goundam Cercle' -> 'Goundam')."""
    return _ADMIN_WORDS.sub("", name).strip()
