"""One document as the coder sees it: sentences with their triggers, parties, cues, dates."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tasks.coding.dates.resolve import DateContext, DateMention, find_dates
from tasks.coding.reading.lexicon import Form, Match, spaced
from tasks.model.coding import ActorKind, Document
from tasks.model.quick import quick_init
from tasks.reference.actor_book.coreference import coreference
from tasks.reference.actors import ActorBook, ActorMatch
from tasks.text.anchors import Opened, Openings
from tasks.text.fold import fold
from tasks.text.quotes import Dateline, find_dateline
from tasks.text.segment import Sentence, segment

_UNIT = re.compile(r"(?:[Tt]he )?\d+(?:st|nd|rd|th) [A-Z]")  # 'the 20th Infantry'
_INSTITUTION = re.compile(  # 'Army Public School', 'Police Hospital': a house, no force
    r" (?:(?:Public|Primary|Secondary|High|Model|Boys|Girls|Medical|General|Teaching|Central|Memorial"
    r"|Engineering|Welfare) ){0,2}(?:School|College|University|Hospital|Stadium|Museum|Ground)\b"
)
_COSTUME = re.compile(r"[- ](?:style )?(?:uniforms?|fatigues|gear|camouflage)\b")
_DISGUISE = re.compile(
    r"\b(?:dressed|posing|disguised|masquerading|clad) as (?:[a-z]+ )?$|"
    r"\b(?:impersonating|pretending to be) (?:[a-z]+ )?$"
)
MAX_CODED_CHARS = 100_000  # what follows is searched for nothing: no article is longer
_REBEL_NOUNS = frozenset({"rebels", "separatists"})
_OBJECTS = frozenset({"mil_object", "civ_object", "territory"})
_NO_CUES = _OBJECTS | {"masked"}


class Thing(NamedTuple):
    """A noun that is attacked or taken without being a person: 'camp', 'market'."""

    start: int
    end: int
    classes: tuple[str, ...]


class Cue(NamedTuple):
    """A word that changes what a trigger means: 'if', 'denied', 'anniversary'."""

    start: int
    end: int
    classes: tuple[str, ...]


@quick_init
@dataclass(frozen=True, slots=True)
class Trigger:
    """A lexicon match read as one word: a verb with its tense, or a noun."""

    start: int
    end: int
    sentence: int
    form: Form
    alternatives: tuple[Form, ...] = ()

    @property
    def act(self) -> str:
        """Return the kind of act."""
        return self.form.act

    @property
    def is_verb(self) -> bool:
        """Return whether the trigger is read as a verb."""
        return self.form.kind == "v"


@dataclass(slots=True)
class View:
    """A sentence with everything found in it, each in order of position."""

    sentence: Sentence
    matches: list[Match] = field(default_factory=list)
    parties: list[ActorMatch] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    clause_starts: dict[int, int] = field(
        default_factory=dict
    )  # offset -> its clause's


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read once; every later step only looks things up in it."""

    document: Document
    text: str
    folded: str
    spaced: str
    sentences: tuple[Sentence, ...]
    views: tuple[View, ...]
    dates: tuple[DateMention, ...]
    context: DateContext
    parties: tuple[ActorMatch, ...]
    dateline: Dateline | None
    country: str | None
    starts: tuple[int, ...]  # of the sentences
    _opened: dict[Opened, Openings] = field(
        default_factory=dict, repr=False, compare=False
    )

    def openings(self, pattern: Opened) -> Openings:
        """Return where a pattern may open in the spaced text; looked for once."""
        if pattern not in self._opened:
            self._opened[pattern] = pattern.over(self.spaced)
        return self._opened[pattern]

    def view_at(self, offset: int) -> View:
        """Return the view of the sentence that holds the offset."""
        return self.views[max(0, bisect_right(self.starts, offset) - 1)]

    def words_before(self, view: View, position: int, count: int = 4) -> list[str]:
        """Return the last words of the sentence before the position, nearest last."""
        low = max(view.sentence.start, position - 14 * count)
        return self.spaced[low:position].split()[-count:]

    def words_after(self, view: View, position: int, count: int = 4) -> list[str]:
        """Return the first words of the sentence after the position."""
        high = min(view.sentence.end, position + 14 * count)
        return self.spaced[position:high].split()[:count]


def read_document(
    document: Document,
    matches: Sequence[Match],
    book: ActorBook,
    context: DateContext,
    country: str | None,
) -> Reading:
    """Find everything in the text that later steps ask for; linear in its length."""
    text = document.text[:MAX_CODED_CHARS]
    title = document.title if text.startswith(document.title) else ""
    sentences = segment(text, len(title))
    folded = fold(text)
    flat = spaced(folded)
    found = book.find(
        text, folded=folded, countries=(country,) if country else (), on=context.today
    )
    parties = _resolved(found, text)
    dates = tuple(
        d
        for d in find_dates(text, context, folded=folded)
        if not _UNIT.match(text, d.start)
    )
    body = next((s.start for s in sentences if s.paragraph > 0), 0)
    reading = Reading(
        document, text, folded, flat, sentences,
        tuple(View(s) for s in sentences), dates, context, parties,
        find_dateline(text, body), country, tuple(s.start for s in sentences),
    )  # fmt: skip
    _distribute(reading, matches)
    return reading


def _resolved(found: tuple[ActorMatch, ...], text: str) -> tuple[ActorMatch, ...]:
    """Return the parties, 'the group' and 'the rebels' as the group they stand for."""
    spans = coreference(found, text)
    found = _with_groups(found, spans, text)
    antecedents = {end: match for (_, end), match in spans.items()}
    for (start, _), match in spans.items():
        if text[start - 4 : start] == " of ":  # 'gunmen of the same organisation'
            antecedents[start - 4] = match
    only = _only_rebels(found)
    for party in found:
        foreign = party.country is not None and only and party.country != only.country
        if only and party.noun in _REBEL_NOUNS and not foreign:
            antecedents.setdefault(party.end, only)
    return tuple(
        replace(antecedents[p.end], start=p.start, end=p.end, mention=p.mention)
        if p.generic and p.kind is ActorKind.UNIDENTIFIED and p.end in antecedents
        else p
        for p in found
        if not _COSTUME.match(text, p.end)
        and not (p.generic and _INSTITUTION.match(text, p.end))
        and not _DISGUISE.search(text[max(0, p.start - 30) : p.start])
    )


def _with_groups(
    found: tuple[ActorMatch, ...],
    spans: Mapping[tuple[int, int], ActorMatch],
    text: str,
) -> tuple[ActorMatch, ...]:
    """Add 'the group' and 'the same organisation', nouns that name nobody by themselves."""
    taken = sorted((p.start, p.end) for p in found)
    added = []
    for (start, end), match in spans.items():
        at = bisect_right(taken, (end, 0))
        if at == 0 or taken[at - 1][1] <= start:
            added.append(replace(match, start=start, end=end, mention=text[start:end]))
    return tuple(sorted((*found, *added), key=lambda p: p.start))


def _only_rebels(found: tuple[ActorMatch, ...]) -> ActorMatch | None:
    """Return the one rebel group a text names: 'the rebels' told before it are that one."""
    named = {
        p.name: p for p in found if not p.generic and p.kind is ActorKind.REBEL_GROUP
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _distribute(reading: Reading, matches: Sequence[Match]) -> None:
    if not reading.starts:
        return
    view = reading.view_at
    for match in matches:
        here = view(match.start)
        here.matches.append(match)
        if not match.words:
            continue
        if not _OBJECTS.isdisjoint(match.words):
            here.things.append(Thing(match.start, match.end, match.words))
        if not _NO_CUES.issuperset(match.words):
            here.cues.append(Cue(match.start, match.end, match.words))
    for party in reading.parties:
        view(party.start).parties.append(party)
    for mention in reading.dates:
        view(mention.start).dates.append(mention)
