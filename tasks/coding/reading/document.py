"""One document as the coder sees it: sentences with their triggers, parties, cues, dates."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tasks.coding.dates.resolve import DateContext, DateMention, find_dates
from tasks.coding.reading.lexicon import Form, Match, spaced
from tasks.coding.reading.parties import resolve_parties
from tasks.model.coding import Document
from tasks.model.quick import quick_init
from tasks.reference.actors import ActorBook, ActorMatch
from tasks.text.anchors import Opened, Openings
from tasks.text.fold import fold
from tasks.text.quotes import Dateline, find_dateline
from tasks.text.segment import Sentence, segment

_UNIT = re.compile(r"(?:[Tt]he )?\d+(?:st|nd|rd|th) [A-Z]")  # 'the 20th Infantry'
MAX_CODED_CHARS = 100_000  # what follows is searched for nothing: no article is longer
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
    parties = resolve_parties(found, text)
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
