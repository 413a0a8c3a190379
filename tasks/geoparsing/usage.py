"""How a name is used: a place, a person's name, a part of an organisation's name."""

import re
from itertools import pairwise

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import Mention, SentenceTokens
from tasks.geoparsing.tokens import gap
from tasks.geoparsing.values import ToponymClass

_NAME_JOINS = {" ", ". ", "-"}
_SAFE_KINDS = {"country", "continent", "sea"}
_UNITS = _SAFE_KINDS | {"admin1", "region"}
_KNOWN_TOWN = 100_000  # a town this large needs no second word
_PART_JOINS = {" ", "-"}
_PLACE_LEADS_TEXT = """
lake mount mt north south east west northern southern eastern western central
greater downtown upper lower port new old fort camp northeast northwest
southeast southwest
"""
_PLACE_LEADS = frozenset(_PLACE_LEADS_TEXT.split())


def classify_usage(
    text: str, sentences: list[SentenceTokens], lexicon: Lexicon
) -> None:
    """Mark mentions that are persons or parts of organisations, document-wide.

    A surname seen after a given name or a title stays a person's wherever it stands
    alone later, unless 'in' or 'at' goes before it.
    """
    surnames: set[str] = set()
    for found in sentences:
        for mention in found.mentions:
            _classify(text, found, mention, lexicon)
        surnames.update(_surnames(text, found, lexicon))
    for found in sentences:
        for mention in found.mentions:
            _apply_surnames(mention, surnames, lexicon)


def _classify(
    text: str, found: SentenceTokens, mention: Mention, lexicon: Lexicon
) -> None:
    if found.shouted or mention.toponym_class is ToponymClass.DEMONYM:
        return
    kind = mention.candidates[0].kind
    left, right = _name_run(text, found, mention)
    tokens = found.tokens
    rest = [t.low for t in tokens[mention.last_token + 1 : right + 1]]
    names = [*rest, *_hyphened(found, right)]
    if not lexicon.organisation_words.isdisjoint(names) or _is_somebodys(mention, kind):
        mention.toponym_class = ToponymClass.ASSOCIATIVE
        return
    if found.title_case:
        return
    if kind in _SAFE_KINDS:
        if _is_persons_country(found, mention, (left, right), lexicon):
            mention.toponym_class = ToponymClass.PERSON
        return
    single = mention.first_token == mention.last_token
    before = [t.low for t in tokens[left : mention.first_token]]
    if (
        _speaks_or_ages(text, mention)
        or (single and _is_first_name_that_speaks(mention, lexicon))
        or _is_person(mention, before, rest, single, lexicon)
    ):
        mention.toponym_class = ToponymClass.PERSON
    elif single and _runs_beyond(text, found, mention, lexicon):
        mention.is_part = mention.is_weak = True


def _runs_beyond(
    text: str, found: SentenceTokens, mention: Mention, lexicon: Lexicon
) -> bool:
    """Say whether a small place is one word of a longer name: 'Baba' of 'Baba Amr'."""
    first = mention.candidates[0]
    if first.kind in _UNITS or first.population >= _KNOWN_TOWN:
        return False
    tokens, at = found.tokens, mention.first_token
    if at and gap(text, tokens[at - 1], tokens[at]) in _PART_JOINS:
        before = tokens[at - 1]
        if before.cap and not before.first and _is_of_name(before.low, lexicon):
            return True
    if at + 1 >= len(tokens) or not tokens[at + 1].cap:
        return False
    after = tokens[at + 1]
    joined = gap(text, tokens[at], after) in _PART_JOINS
    return joined and _is_of_name(after.low, lexicon)


def _is_of_name(word: str, lexicon: Lexicon) -> bool:
    """Say whether a capitalised word is no title, class of place, day or bearing."""
    return not (
        word in lexicon.classes_of_place
        or word in lexicon.titles
        or word in lexicon.never_places
        or word in lexicon.common
        or word in _PLACE_LEADS
    )


_OWNERS = frozenset({"his", "her", "my", "your"})
_OFFICES = frozenset(
    {"newsroom", "newspaper", "daily", "weekly", "tabloid", "broadcaster", "bureau"}
)


def _is_somebodys(mention: Mention, kind: str) -> bool:
    """Tell 'his Vauxhall Astra' and 'a Belfast newsroom': a make, a desk; no place."""
    if mention.after in _OFFICES:
        return True
    return mention.before in _OWNERS and kind not in _SAFE_KINDS


def _hyphened(found: SentenceTokens, at: int) -> list[str]:
    """Return the word joined to a name's last by a hyphen: 'Paris Saint-Germain'."""
    tokens = found.tokens
    if at + 1 >= len(tokens) or not tokens[at + 1].cap:
        return []
    start = found.sentence.start
    joined = found.sentence.text[tokens[at].end - start : tokens[at + 1].start - start]
    return [tokens[at + 1].low] if joined == "-" else []


def _is_persons_country(
    found: SentenceTokens, mention: Mention, run: tuple[int, int], lexicon: Lexicon
) -> bool:
    """Say whether a country's name is a person's: 'Michael Jordan', 'Chad Johnson'."""
    if mention.key not in _COUNTRY_NAMES:
        return False
    left, right = run
    tokens = found.tokens
    if left < mention.first_token:
        return tokens[mention.first_token - 1].low in lexicon.given_names
    if mention.before in lexicon.locative_prepositions or right == mention.last_token:
        return False
    surname = tokens[mention.last_token + 1]
    return not (
        surname.low in lexicon.common
        or surname.low in lexicon.name_heads
        or surname.low in lexicon.titles
        or surname.low in lexicon.never_places
        or surname.low in lexicon.admin_words
        or surname.low in lexicon.district_words
        or any(
            m.first_token == mention.last_token + 1 and _is_large(m)
            for m in found.mentions
        )
    )


def _is_large(mention: Mention) -> bool:
    first = mention.candidates[0]
    return first.kind in _SAFE_KINDS or (
        first.kind == "city" and first.population >= _METROPOLIS
    )


_COUNTRY_NAMES = {"chad", "georgia", "israel", "jordan", "salvador"}
_METROPOLIS = 500_000
_SPEAKING_TOWN = (
    2_000_000  # 'Santiago said' is Chile's government; 'Vladimir said' a man
)


def _is_first_name_that_speaks(mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether a town's name that is a given name speaks: 'Vladimir said'."""
    return (
        mention.key in lexicon.given_names
        and mention.after in lexicon.speech_verbs
        and mention.before not in lexicon.locative_prepositions
        and mention.candidates[0].population < _SPEAKING_TOWN
    )


def _speaks_or_ages(text: str, mention: Mention) -> bool:
    """Say whether a name speaks or has an age: '“…,” said Luka', 'Nino, 52, a nurse'."""
    if _AGE.match(text, mention.end):
        return True
    return mention.before in _SAID and text[mention.end : mention.end + 1] in {",", "."}


_SAID = {"said", "says", "recalled", "asked", "added", "sighed", "shouted", "whispered"}
_AGE = re.compile(r",? (?:aged )?\d{1,2}(?:,|\.\s| and was\b)")


def _is_person(
    mention: Mention, before: list[str], rest: list[str], single: bool, lexicon: Lexicon
) -> bool:
    if not single:
        head = mention.key.split()[0]
        return head in lexicon.given_names and mention.before in lexicon.titles
    if before:
        return _ends_name(before, rest, lexicon)
    if mention.before in lexicon.titles and mention.before not in {"saint", "capital"}:
        return True
    opens = bool(rest) and mention.key in lexicon.given_names
    return opens and rest[0] not in lexicon.name_heads


def _ends_name(before: list[str], rest: list[str], lexicon: Lexicon) -> bool:
    """Say whether the capitalised words before a name make it a person's."""
    previous = before[-1]
    if previous in _PLACE_LEADS or previous in lexicon.name_heads:
        return False
    if any(word in lexicon.titles for word in before):
        return not rest or rest[0] not in lexicon.name_heads
    return previous in lexicon.given_names or len(previous) == 1


def _name_run(text: str, found: SentenceTokens, mention: Mention) -> tuple[int, int]:
    """Return the first and last token of the capitalised run around a mention."""
    tokens = found.tokens
    left = mention.first_token
    while (
        left > 0
        and tokens[left - 1].cap
        and gap(text, tokens[left - 1], tokens[left]) in _NAME_JOINS
        and not (tokens[left - 1].first and tokens[left - 1].text.lower() in _OPENERS)
    ):
        left -= 1
    right = mention.last_token
    while (
        right + 1 < len(tokens)
        and tokens[right + 1].cap
        and gap(text, tokens[right], tokens[right + 1]) == " "
    ):
        right += 1
    return left, right


_OPENERS_TEXT = """
in the at from on a an and but as near for to when after while since with of
by both across
"""
_OPENERS = frozenset(_OPENERS_TEXT.split())


def _surnames(text: str, found: SentenceTokens, lexicon: Lexicon) -> set[str]:
    """Return the last words of persons' names in a sentence."""
    names: set[str] = set()
    tokens = found.tokens
    capital = [token.cap for token in tokens]
    for at in [i for i, pair in enumerate(pairwise(capital)) if pair == (True, True)]:
        token, following = tokens[at], tokens[at + 1]
        if token.low not in lexicon.given_names and token.low not in lexicon.titles:
            continue
        last = at + 1
        while (
            last + 1 < len(tokens)
            and (
                tokens[last + 1].cap or tokens[last + 1].low in lexicon.person_particles
            )
            and gap(text, tokens[last], tokens[last + 1]) in _NAME_JOINS
        ):
            last += 1
        if gap(text, token, following) in _NAME_JOINS and tokens[last].cap:
            names.add(tokens[last].low)
    return names


def _apply_surnames(mention: Mention, surnames: set[str], lexicon: Lexicon) -> None:
    kind = mention.candidates[0].kind
    if kind in _SAFE_KINDS or mention.key not in surnames:
        return
    if mention.toponym_class is not ToponymClass.LITERAL:
        return
    locatives = (
        lexicon.locative_prepositions if kind == "admin1" else lexicon.strong_locatives
    )
    if mention.before not in locatives:
        mention.toponym_class = ToponymClass.PERSON
