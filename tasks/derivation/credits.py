"""Whose report a text is: the agencies that issue it, and those it only quotes from."""

import re

from tasks.derivation.lexicon import agencies
from tasks.derivation.profile import Profile
from tasks.text.fold import fold

_SHORT = r"(?P<short>[A-Z]{2,8}|Reuters|Xinhua|Interfax|Kyodo)"
# 'KHARKIV, Ukraine (SNS) -' at the head, '- LWA' at the foot: the agency's own text.
_HEAD = re.compile(rf"^[^()\n]{{0,60}}\({_SHORT}\)\s{{0,2}}[-–—:]", re.MULTILINE)
_FOOT = re.compile(rf"[-–—(]\s?{_SHORT}\)?\s*$", re.MULTILINE)
# 'told AFP': said to an agency, in a text that may be somebody else's.
_CITED = re.compile(
    rf"\b(?:told|via|citing|[Aa]ccording to|speaking to) (?:the )?{_SHORT}\b"
)
_OWN = re.compile(r"\b(?:told|tells) (?:us|our (?:reporter|correspondent))\b")


def issued_by(profile: Profile) -> frozenset[str]:
    """Return the agencies whose own text this is, folded."""
    text = profile.record.text
    signed = {fold(m["short"]) for p in (_HEAD, _FOOT) for m in p.finditer(text)}
    credited = _credited(profile)
    return frozenset(signed | (credited - _told(text)))


def drawn_from(profile: Profile) -> frozenset[str]:
    """Return all agencies whose reporting the text uses, folded."""
    return issued_by(profile) | _credited(profile) | _told(profile.record.text)


def has_own_sources(profile: Profile) -> bool:
    """True when somebody told this outlet something."""
    text = fold(profile.record.text)
    if _OWN.search(text):
        return True
    name = fold(profile.record.publisher).strip()
    if not name:
        return False
    return f"told {name}" in text or f"told the {name.split(' ')[-1]}" in text


def draws_on(child: Profile, parent: Profile) -> bool:
    """True when the child draws on the agency, or names the outlet, of the parent."""
    if drawn_from(child) & issued_by(parent):
        return True
    name = fold(parent.record.publisher).strip()
    return len(name) > 3 and bool(
        re.search(
            rf"\b(?:told|to|by|via|citing) (?:the )?{re.escape(name)}\b",
            fold(child.record.text),
        )
    )


def _told(text: str) -> frozenset[str]:
    return frozenset(fold(m["short"]) for m in _CITED.finditer(text))


def _credited(profile: Profile) -> frozenset[str]:
    """Return the names under which the stored credit is known."""
    credit = profile.record.wire_credit or profile.record.source_publisher
    if not credit:
        return frozenset()
    folded = fold(credit)
    shorts = re.findall(r"\(([a-z]{2,8})\)", folded)
    long = folded.split("(")[0].strip()
    known = [short for short, name in agencies().items() if fold(name) == long]
    return frozenset([*(shorts or known or [long])])
