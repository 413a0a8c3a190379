"""Tokens to nodes: the longest entry of the pack at each place, names left as they are."""

from collections.abc import Sequence

from tasks.coding.packs.model import Node, Sense, Token
from tasks.coding.packs.tables import LanguagePack
from tasks.text.fold import fold

_LINKS = frozenset(
    {"de", "d'", "du", "des", "la", "le", "les", "l'", "el", "ag", "ould"}
)


def look_up(
    pack: LanguagePack, tokens: Sequence[Token], *, capitals: bool
) -> list[Node]:
    """Return the nodes of a run of tokens; in a text of capitals case says nothing."""
    nodes: list[Node] = []
    at = 0
    while at < len(tokens):
        count, senses = _longest(pack, tokens, at, capitals=capitals)
        nodes.append(_node(tokens[at : at + count], senses))
        at += count
    return _with_names(nodes, capitals=capitals)


def _longest(
    pack: LanguagePack, tokens: Sequence[Token], at: int, *, capitals: bool
) -> tuple[int, tuple[Sense, ...]]:
    token = tokens[at]
    if token.kind != "word":
        return 1, ()
    most = max(pack.longest.get(token.key, 1), pack.longest.get(fold(token.key), 1))
    for count in range(min(most, len(tokens) - at), 0, -1):
        words = tokens[at : at + count]
        if any(w.kind == "mark" for w in words):
            continue
        key = " ".join(w.key for w in words)
        senses = pack.senses.get(key) or pack.folded.get(fold(key), ())
        senses = tuple(s for s in senses if _may_be(s, words, capitals=capitals))
        if senses:
            return count, senses
    return 1, ()


def _may_be(sense: Sense, words: Sequence[Token], *, capitals: bool) -> bool:
    """A name needs its capital; a capital inside a sentence is no verb."""
    cap = words[0].text[0].isupper()
    if sense.kind == "name":
        return cap
    if capitals or not cap or words[0].is_first or len(words) > 1:
        return True
    return sense.kind not in {"v", "adv", "have", "be"}


def _node(tokens: Sequence[Token], senses: tuple[Sense, ...]) -> Node:
    first, last = tokens[0], tokens[-1]
    key = " ".join(t.key for t in tokens)
    text = " ".join(t.text for t in tokens)
    return Node(
        first.start, last.end, key, text, first.kind, senses, is_first=first.is_first
    )


def _with_names(nodes: list[Node], *, capitals: bool) -> list[Node]:
    """Mark unknown capitalised words, and what links two of them, as names."""
    for node in nodes:
        if (
            node.kind == "word"
            and not node.senses
            and (capitals or node.text[0].isupper())
        ):
            node.kind, node.is_verbatim = "name", True
    for left, node, right in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if (
            left.is_verbatim
            and left.kind == "name"
            and node.key in _LINKS
            and right.kind in {"name", "word"}
            and right.text[0].isupper()
            and not right.sense("name")
            and not capitals
        ):
            node.kind, node.is_verbatim, node.senses = "name", True, ()
            if not right.sense("n"):
                right.kind, right.is_verbatim, right.senses = "name", True, ()
    return nodes
