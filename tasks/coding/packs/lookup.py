"""Tokens to nodes: the longest entry of the pack at each place, names left as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.coding.packs.derived import derived_sense
from tasks.coding.packs.model import Node, Sense, Token
from tasks.coding.packs.tables import LanguagePack

_CAPITALS = 0.7  # of the letters, from which a line is in capitals
_MIN_BARE = 30  # letters without an accent, from which none is written
_REST = 6  # words of an expression after the day inside it


@dataclass(frozen=True, slots=True)
class Writing:
    """How a line is written: in capitals case says nothing, without accents neither do they."""

    capitals: bool
    bare: bool


def writing_of(tokens: Sequence[Token]) -> Writing:
    """Return how the tokens of a line are written."""
    letters = "".join(t.text for t in tokens if t.kind == "word")
    upper = sum(map(str.isupper, letters))
    bare = len(letters) > _MIN_BARE and all(t.key == t.plain for t in tokens)
    return Writing(bool(letters) and upper > _CAPITALS * len(letters), bare)


def look_up(
    pack: LanguagePack, tokens: Sequence[Token], writing: Writing
) -> list[Node]:
    """Return the nodes of a run of tokens."""
    nodes: list[Node] = []
    at = 0
    while at < len(tokens):
        count, senses = _longest(pack, tokens, at, writing)
        parted, found = _around_day(pack, tokens, at, writing)
        if len(parted) > count:
            nodes.extend(found)
            at += len(parted)
            continue
        nodes.append(_node(tokens[at : at + count], senses))
        at += count
    return _with_names(pack, nodes, writing)


def _around_day(
    pack: LanguagePack, tokens: Sequence[Token], at: int, writing: Writing
) -> tuple[Sequence[Token], list[Node]]:
    """Read an expression with a day inside it: 'fait usage mercredi de gaz'."""
    inside = _day(pack, tokens, at + 1)
    if not inside or tokens[at].kind != "word":
        return (), []
    day = tokens[at + 1 : at + 1 + inside]
    rest = [tokens[at], *tokens[at + 1 + inside : at + 1 + inside + _REST]]
    count, senses = _longest(pack, rest, 0, writing)
    if count < 2 or not any(s.kind in {"v", "x"} for s in senses):
        return (), []
    days = [_node([t], _longest(pack, [t], 0, writing)[1]) for t in day]
    return tokens[at : at + count + inside], [_node(rest[:count], senses), *days]


def _day(pack: LanguagePack, tokens: Sequence[Token], at: int) -> int:
    """Return how many tokens name a day at `at`: 'mercredi', 'mercredi matin'."""
    if at >= len(tokens) or tokens[at].key not in pack.days:
        return 0
    after = pack.senses.get(tokens[at + 1].key, ()) if at + 1 < len(tokens) else ()
    return 2 if any(s.kind == "part" for s in after) else 1


def _longest(
    pack: LanguagePack, tokens: Sequence[Token], at: int, writing: Writing
) -> tuple[int, tuple[Sense, ...]]:
    """Return (tokens, senses) of the longest entry at `at`; (1, ()) if there is none."""
    token = tokens[at]
    if token.kind != "word" and token.plain not in pack.openings:
        return 1, ()  # '400 Mawozo' begins with a number
    best: tuple[int, tuple[Sense, ...]] = (0, ())
    key = plain = ""
    for count in range(1, len(tokens) - at + 1):
        word = tokens[at + count - 1]
        key = f"{key} {word.key}" if key else word.key
        plain = f"{plain} {word.plain}" if plain else word.plain
        senses = _senses(pack, key, plain, bare=writing.bare, is_first=token.is_first)
        if senses:
            words = tokens[at : at + count]
            likely = tuple(s for s in senses if _may_be(s, words, writing))
            if likely:
                names = tuple(s for s in likely if s.kind == "name")
                best = (count, names or likely)
        if plain not in pack.openings:
            break
    if best[0]:
        return best
    derived = derived_sense(pack, token, tokens[at - 1].key if at else "")
    return 1, () if derived is None else (derived,)


def _senses(
    pack: LanguagePack, key: str, plain: str, *, bare: bool, is_first: bool
) -> tuple[Sense, ...]:
    senses = () if bare else pack.senses.get(key, ())
    senses = senses or pack.aliases.get(plain, ())
    if not senses and plain == key:  # written without accents
        senses = pack.folded.get(key, ())
    if is_first and senses and all(s.kind in {"have", "be"} for s in senses):
        return pack.folded.get(plain, ())  # 'A Kayes' is 'à Kayes'
    return senses


def _may_be(sense: Sense, words: Sequence[Token], writing: Writing) -> bool:
    """A name needs its capital; a capital inside a sentence is no verb."""
    cap = words[0].text[0].isupper() or words[0].kind == "number"
    if sense.kind == "name":
        return cap
    if words[0].is_first and len(words) == 1 and sense.kind in {"have", "be"}:
        return False  # no sentence opens with an auxiliary
    if writing.capitals or not cap or words[0].is_first or len(words) > 1:
        return True
    return sense.kind not in {"v", "adv", "have", "be"}


def _node(tokens: Sequence[Token], senses: tuple[Sense, ...]) -> Node:
    first, last = tokens[0], tokens[-1]
    key = " ".join(t.key for t in tokens)
    text = _written(tokens)
    return Node(
        first.start, last.end, key, text, first.kind, senses,
        is_first=first.is_first, is_capital=first.text[0].isupper(),
    )  # fmt: skip


def _written(tokens: Sequence[Token]) -> str:
    """Return the tokens as the source writes them: "d'intervention" is one string."""
    text = tokens[0].text
    for left, right in pairwise(tokens):
        text += ("" if left.end == right.start else " ") + right.text
    return text


def _goes_on(left: Node, right: Node) -> bool:
    """'Logone Occidental': a capital right after an unknown name belongs to it."""
    return (
        left.kind == "name"
        and left.is_verbatim
        and right.kind == "word"
        and right.is_capital
        and not right.is_first
        and not right.sense("name", "wday", "month")
    )


def _with_names(pack: LanguagePack, nodes: list[Node], writing: Writing) -> list[Node]:
    """Mark unknown capitalised words, and what links two of them, as names."""
    for node in nodes:
        if (
            node.kind == "word"
            and not node.senses
            and (writing.capitals or node.text[0].isupper())
        ):
            node.kind, node.is_verbatim = "name", True
    for left, right in pairwise(nodes):
        if _goes_on(left, right) and not writing.capitals:
            right.kind, right.is_verbatim, right.senses = "name", True, ()
    for left, node, right in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if (
            left.is_verbatim
            and left.kind == "name"
            and node.key in pack.links
            and right.kind in {"name", "word"}
            and right.text[0].isupper()
            and not right.sense("name")
            and not writing.capitals
        ):
            node.kind, node.is_verbatim, node.senses = "name", True, ()
            if not right.sense("n"):
                right.kind, right.is_verbatim, right.senses = "name", True, ()
    return nodes
