"""Names nobody listed whose surroundings make them a group's, whatever words they hold.

'gunmen from the Lions of Jebel', 'the Mountain Eagles, a local militia', 'claimed by
Jaish-e-Nur', 'the Red Hawks ambushed', 'Gulmi fighters': what stands beside the name
says that it is a group, as its own words do in `dynamic`.
"""

import re
from collections.abc import Iterator

from tasks.reference.actor_book.tables import load_words
from tasks.text.anchors import Opened
from tasks.text.fold import fold

_WORD = r"[A-Z][\w'’-]{1,24}"
_NAME = rf"{_WORD}(?: (?:(?:of|for|and)(?: the)? |de |del |de la |e )?{_WORD}){{0,5}}"
_GROUP = (
    r"(?:militia|gang|faction|cartel|outfit|paramilitary|(?:armed|rebel|militant|insurgent"
    r"|jihadist|guerrilla|separatist|vigilante|criminal|bandit|self-defen[cs]e|extremist)"
    r" (?:group|movement|organi[sz]ation|faction|network|force|coalition|alliance))\b"
)
_MEMBER = (
    r"(?i:fighters?|gunm[ae]n|militants?|militiam[ae]n|rebels?|insurgents?|guerrillas?"
    r"|hitm[ae]n|bandits?|combatants?|jihadists?|gang members?|armed men)"
)
_MEMBERS_OF = re.compile(
    rf"\b{_MEMBER} (?:of|from|with|belonging to|loyal to|allied (?:to|with)"
    rf"|linked to|affiliated with) (?:the |a group called (?:the )?)(?P<name>{_NAME})"
)
_APPOSED = re.compile(
    rf", (?:an?|the|one of|another)(?: [\w'’-]{{1,20}}){{0,4}}? {_GROUP}"
)
_CLAIMED_BY = re.compile(
    r"\b(?:claimed by (?:the )?|blamed on the |work of the )"
    rf"(?P<name>{_NAME})"
)
_CLAIMS = re.compile(
    r"\b(?:has claimed|have claimed|later claimed|claimed|claims) responsibility\b"
)
_ACTS = re.compile(
    r"\b(?:ambushed|beheaded|shelled|raided|kidnapped|abducted|massacred|attacked|stormed (?!back|out|to|past)"
    r"|executed|torched|overran|looted|seized|opened fire|shot dead|gunned down|detonated"
    r"|(?:killed|shot) (?!in|by|on|at|during|when|dead (?:in|by|on)))\b"
)
_FIGHTERS = re.compile(
    r"\b(?:fighters|militiamen|militia fighters|militia members|rebels|guerrillas"
    r"|gunmen|gang members)\b"
)
_NAME_BEFORE = re.compile(rf"(?<![\w'’-])(?P<name>{_NAME})$")
_THE_PLURAL_BEFORE = re.compile(
    rf"(?:\b[Tt]he|\b[Mm]embers of the) (?P<name>{_WORD} (?:{_WORD} |of (?:the )?){{0,4}}{_WORD}) $"
)
_ONE_BEFORE = re.compile(rf"(?<![A-Z][\w'’-] )\b(?P<name>{_WORD}(?: {_WORD})?) $")
_ADJECTIVE = re.compile(
    r"(?:ed|ly|ing|ist|ists|ic|al|ern|ian|ean|ese|ish|ive|ous|ary|less|ful|able|ite|ican|man)$"
)
_LINKS = re.compile(r" (?:of|for|and|de|del|e)\b")
_PEOPLE_AFTER = re.compile(
    r" (?:community|communities|tribes?|clans?|ethnic|region|area|district|province|state"
    r"|people|border|mountains?|neighbou?rhood|side|and [a-z]+ (?:communities|clans|tribes))\b"
)
_NEVER_FIRST = ("opener", "quantifier", "no_group_first")
_MAX_BEFORE = 90  # characters of a name and the article before it
_OPENED = (Opened(_MEMBERS_OF), Opened(_CLAIMED_BY))
_APPOSED_AT = Opened(_APPOSED)
_CLAIMS_AT, _ACTS_AT, _FIGHTERS_AT = Opened(_CLAIMS), Opened(_ACTS), Opened(_FIGHTERS)


def introduced(
    text: str, folded: str, common: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, rule id) of each name; `common` are words of no group."""
    for span, rule in _spans(text, folded):
        trimmed = _trimmed(text, *span)
        if trimmed is not None and _may_be_a_group(text, trimmed, common):
            yield *trimmed, f"actor.introduced.{rule}"


def _spans(text: str, folded: str) -> Iterator[tuple[tuple[int, int], str]]:
    for opened, rule in zip(_OPENED, ("members", "claimed-by"), strict=True):
        for found in opened.over(folded, text).finditer(0, len(text)):
            yield found.span("name"), rule
    yield from _before(text, _APPOSED_AT, folded, _NAME_BEFORE, "apposed")
    for span, rule in _before(text, _ACTS_AT, folded, _THE_PLURAL_BEFORE, "acts"):
        if text[span[1] - 1] == "s" or _LINKS.search(text, *span):
            yield span, rule
    yield from _before(text, _CLAIMS_AT, folded, _THE_PLURAL_BEFORE, "claims")
    for span, rule in _before(text, _FIGHTERS_AT, folded, _ONE_BEFORE, "fighters"):
        if not _ADJECTIVE.search(text, *span):
            yield span, rule


def _before(
    text: str, opened: Opened, folded: str, name: re.Pattern[str], rule: str
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the name that ends where each match begins."""
    for found in opened.over(folded, text).finditer(0, len(text)):
        before = text[max(0, found.start() - _MAX_BEFORE) : found.start()]
        named = name.search(before)
        if named is not None:
            shift = found.start() - len(before)
            yield (named.start("name") + shift, named.end("name") + shift), rule


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without an article, a possessive or a stop; None if none is left."""
    if text[start:end].startswith(("The ", "A ", "An ")):
        start = text.index(" ", start) + 1
    while end > start and text[end - 1] in ".'’-":
        end -= 1
    if text[max(start, end - 2) : end] in {"'s", "’s"}:
        end -= 2
    return (start, end) if end - start > 2 else None


def _may_be_a_group(text: str, span: tuple[int, int], common: frozenset[str]) -> bool:
    """Return whether the name is no country, people, region or body of a state."""
    words = load_words()
    low = fold(text[slice(*span)])
    head = _LINKS.split(low, maxsplit=1)[0].split()
    if not head or low in words["not_a_group"] or low in common:
        return False
    if head[-1] in words["no_group_head"] or head[-1].endswith(("'s", "’s")):
        return False
    if all(w in common or w in words["modifier"] for w in head):
        return False
    if any(head[0] in words[role] for role in _NEVER_FIRST):
        return False
    return not _PEOPLE_AFTER.match(text, span[1])
