"""Rewrites, updates and translations: one report told again in other words.

No shingle is shared, so the decision weighs what both texts state (names, numbers,
days, quotations) against what the later one found out by itself.
"""

from dataclasses import dataclass
from datetime import timedelta

from tasks.derivation.credits import drawn_from, draws_on, has_own_sources, issued_by
from tasks.derivation.fingerprint import words
from tasks.derivation.profile import Profile
from tasks.text.fold import fold

LEAD_SENTENCES = 2
FAR = 100_000  # characters: more than a sentence has
STEM = 6  # letters: 'Papua' and 'Papuan', 'Balakliia' and 'Balakliya' meet
MIN_LEAD_NAMES = 2
MIN_COVERAGE = 0.25
MIN_NAMES = 3
MIN_NUMBERS = 2
REWRITE_SCORE = 0.34  # of an agency's report: those are what others retell
REWRITE_SCORE_NO_AGENCY = 0.8
TRANSLATION_COVERAGE = 0.6
TRANSLATION_CREDITED = 0.45  # where the child says whose report it is
TRANSLATION_ORDER = 0.7
UPDATE_COVERAGE = 0.35
REWRITE_WITHIN = timedelta(days=3)
UPDATE_WITHIN = timedelta(days=5)
OWN_QUOTE_WORDS = 6
USUAL_WORD_OVERLAP = 0.15  # of two reports on one war that know nothing of each other
TOP_SCORE = 0.6  # word-for-word copies rank above every rewrite


@dataclass(frozen=True, slots=True)
class Echo:
    """How much of a later text an earlier one already stated."""

    lead_names: int
    names: tuple[int, int]  # shared, of the child
    numbers: tuple[int, int]
    days: tuple[int, int]
    shared_quotes: int
    own_quotes: int
    own_sources: bool
    credits_parent: bool
    same_agency: str | None
    word_overlap: float
    in_order: float  # of the pairs of shared names and numbers, in both texts' order
    new_lead_names: int  # of the child's first sentence, unknown to the parent
    other_headline: bool  # each headline names what the other report does not open on

    @property
    def coverage(self) -> float:
        """Share of the child's names and numbers that the parent states too."""
        total = self.names[1] + self.numbers[1]
        return (self.names[0] + self.numbers[0]) / total if total else 0.0

    @property
    def score(self) -> float:
        """Weight of the evidence that the child was written from the parent."""
        value = self.coverage + max(0.0, self.word_overlap - USUAL_WORD_OVERLAP)
        value += 0.3 * min(self.shared_quotes, 2) + 0.3 * self.credits_parent
        value -= 0.25 * self.own_quotes + 0.3 * self.own_sources
        return max(0.0, value)

    @property
    def signals(self) -> tuple[str, ...]:
        """The reasons, as stored."""
        found = [
            f"names:{self.names[0]}/{self.names[1]}",
            f"numbers:{self.numbers[0]}/{self.numbers[1]}",
            f"days:{self.days[0]}/{self.days[1]}",
            f"in_order:{self.in_order:.2f}",
            f"quotes:{self.shared_quotes}" if self.shared_quotes else "",
            f"own_quotes:{self.own_quotes}" if self.own_quotes else "",
            "own_sources" if self.own_sources else "",
            "credits_parent" if self.credits_parent else "",
            f"wire_credit:{self.same_agency}" if self.same_agency else "",
        ]
        return tuple(signal for signal in found if signal)


def opens_alike(parent: Profile, child: Profile) -> bool:
    """True when both texts open on the same names; others need no closer look."""
    ignored = _publishers(parent, child)
    shared = _lead(child, ignored) & _lead(parent, ignored)
    return len(shared) >= MIN_LEAD_NAMES


def echo(parent: Profile, child: Profile) -> Echo:
    """Measure how much of the child the parent already stated."""
    ignored = _publishers(parent, child)
    ours, theirs = _stems(child.names, ignored), _stems(parent.names, ignored)
    numbers = frozenset(child.numbers), frozenset(parent.numbers)
    days = _days(child), _days(parent)
    shared = [q for q in child.quotes if _quoted_in(q, parent)]
    own = [
        q
        for q in child.quotes
        if len(q) >= OWN_QUOTE_WORDS and not _quoted_in(q, parent)
    ]
    return Echo(
        lead_names=len(_lead(child, ignored) & _lead(parent, ignored)),
        names=(len(ours & theirs), len(ours)),
        numbers=(len(numbers[0] & numbers[1]), len(numbers[0])),
        days=(len(days[0] & days[1]), len(days[0])),
        shared_quotes=len(shared),
        own_quotes=len(own),
        own_sources=has_own_sources(child),
        credits_parent=draws_on(child, parent),
        same_agency=_same_agency(parent, child),
        word_overlap=_word_overlap(parent, child),
        in_order=_in_order(parent, child),
        new_lead_names=len(_first(child, ignored) - theirs),
        other_headline=_other_headline(parent, child, ignored),
    )


def rewrite_kind(parent: Profile, child: Profile, found: Echo) -> str | None:
    """Return 'update', 'rewrite' or 'translation'; None: an independent report."""
    gap = child.record.moment - parent.record.moment
    if found.lead_names < MIN_LEAD_NAMES or found.coverage < MIN_COVERAGE:
        return None
    if found.names[0] < MIN_NAMES or found.numbers[0] < MIN_NUMBERS:
        return None
    if _languages_differ(parent, child):
        is_translated = gap <= REWRITE_WITHIN and _is_translated(found)
        return "translation" if is_translated else None
    if found.same_agency and gap <= UPDATE_WITHIN:
        if found.other_headline:
            return None  # another event, with this one as its background
        if found.coverage >= UPDATE_COVERAGE:
            return "update"
    return "rewrite" if gap <= REWRITE_WITHIN and _is_retold(parent, found) else None


def _is_retold(parent: Profile, found: Echo) -> bool:
    if drawn_from(parent) or found.credits_parent:
        return found.score >= REWRITE_SCORE
    return found.score >= REWRITE_SCORE_NO_AGENCY and not found.new_lead_names


def _is_translated(found: Echo) -> bool:
    """Words cannot agree across languages: what is named must, and in its order."""
    if found.own_sources or found.in_order < TRANSLATION_ORDER:
        return False
    needed = TRANSLATION_CREDITED if found.credits_parent else TRANSLATION_COVERAGE
    return found.coverage >= needed


def is_same_subject(found: Echo) -> bool:
    """True when both texts open on the same names and share figures: one occurrence."""
    return found.lead_names >= MIN_LEAD_NAMES and found.names[0] >= 2


def _publishers(a: Profile, b: Profile) -> frozenset[str]:
    return frozenset(words(a.record.publisher + " " + b.record.publisher))


def _languages_differ(a: Profile, b: Profile) -> bool:
    known = a.record.language and b.record.language
    return bool(known) and a.record.language != b.record.language


def _stems(names: tuple[str, ...], ignored: frozenset[str]) -> frozenset[str]:
    return frozenset(name[:STEM] for name in names if name not in ignored)


def _lead(profile: Profile, ignored: frozenset[str]) -> frozenset[str]:
    opening = {name for s in profile.sentences[:LEAD_SENTENCES] for name in s.names}
    return frozenset(name[:STEM] for name in opening - ignored) | _headline(
        profile, ignored
    )


def _days(profile: Profile) -> frozenset[str]:
    return frozenset().union(*(s.days for s in profile.sentences))


def _quoted_in(quote: frozenset[str], other: Profile) -> bool:
    return any(len(quote & q) / len(quote) > 0.6 for q in other.quotes)


def _in_order(parent: Profile, child: Profile) -> float:
    """Return the share of pairs of shared facts that both texts mention in one order."""
    places = (_places(parent), _places(child))
    common = places[0].keys() & places[1].keys()
    shared = sorted(common, key=lambda fact: (places[0][fact], fact))  # ties by name
    ranks = [places[1][fact] for fact in shared]
    pairs = [(a, b) for i, a in enumerate(ranks) for b in ranks[i + 1 :]]
    return sum(a < b for a, b in pairs) / len(pairs) if pairs else 0.0


def _places(profile: Profile) -> dict[str, int]:
    """Return where in the text each name or number first stands, by sentence."""
    found: dict[str, int] = {}
    for i, sentence in enumerate(profile.sentences):
        folded = fold(sentence.text)
        for fact in sorted(sentence.names | sentence.numbers):
            found.setdefault(fact[:STEM], i * FAR + max(0, folded.find(fact)))
    return found


def _other_headline(parent: Profile, child: Profile, ignored: frozenset[str]) -> bool:
    ours, theirs = _headline(child, ignored), _headline(parent, ignored)
    first = _first(child, ignored)
    stated = _stems(parent.names, ignored) | theirs
    return bool(ours - stated) and bool(theirs - ours - first)


def _first(profile: Profile, ignored: frozenset[str]) -> frozenset[str]:
    """Return the names of the first sentence."""
    names = tuple(n for s in profile.sentences[:1] for n in s.names)
    return _stems(names, ignored)


def _headline(profile: Profile, ignored: frozenset[str]) -> frozenset[str]:
    named = set(words(profile.record.title)) & set(profile.names)
    return frozenset(name[:STEM] for name in named - ignored)


def _same_agency(parent: Profile, child: Profile) -> str | None:
    """Return the house both texts come from: an agency, or an outlet's own desk."""
    shared = issued_by(parent) & issued_by(child)
    if shared:
        return min(shared)
    if parent.record.publisher == child.record.publisher != "":
        return parent.record.publisher
    return None


def _word_overlap(a: Profile, b: Profile) -> float:
    ours, theirs = _content_stems(a), _content_stems(b)
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller else 0.0


def _content_stems(profile: Profile) -> frozenset[str]:
    found = frozenset().union(*(s.words for s in profile.sentences))
    return frozenset(w[:STEM] for w in found if len(w) > 4 and not w.isdigit())
