"""Patterns of words and classes: 'il y a {num} {unit}' is read as '$1 $2 ago'."""

from collections.abc import Iterator, Sequence

from tasks.coding.packs.model import Node
from tasks.coding.packs.tables import LanguagePack, Pattern

_CLASSES = frozenset(
    {"num", "wday", "month", "unit", "name", "part", "bearing", "dist"}
)


def read_patterns(pack: LanguagePack, nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes with every pattern's longest match as one node of kind 'x'."""
    out: list[Node] = []
    at = 0
    while at < len(nodes):
        found = _match(pack, nodes, at)
        if found is None:
            out.append(nodes[at])
            at += 1
        else:
            node, count = found
            out.append(node)
            at += count
    return out


def _match(
    pack: LanguagePack, nodes: Sequence[Node], at: int
) -> tuple[Node, int] | None:
    best: tuple[Pattern, int] | None = None
    for head in _heads(nodes[at]):
        for pattern in pack.patterns.get(head, ()):
            count = _length(pattern, nodes, at)
            if count and (best is None or count > best[1]):
                best = (pattern, count)
    return None if best is None else (_made(best[0], nodes[at : at + best[1]]), best[1])


def _heads(node: Node) -> Iterator[str]:
    yield node.key.split(" ")[0]
    yield from _classes(node)


def _classes(node: Node) -> Iterator[str]:
    if node.kind in {"num", "name"}:
        yield "{" + node.kind + "}"
    for sense in node.senses:
        if sense.kind in _CLASSES:
            yield "{" + sense.kind + "}"


def _length(pattern: Pattern, nodes: Sequence[Node], at: int) -> int:
    """Return how many nodes the pattern takes from `at`; 0 if it does not fit."""
    k, e = at, 0
    while e < len(pattern.elements):
        if k >= len(nodes):
            return 0
        element, node = pattern.elements[e], nodes[k]
        if element.startswith("{"):
            if element not in _classes(node):
                return 0
            e += 1
        else:
            words = node.key.split(" ")
            if tuple(words) != pattern.elements[e : e + len(words)]:
                return 0
            e += len(words)
        k += 1
    return k - at


def _made(pattern: Pattern, nodes: Sequence[Node]) -> Node:
    values = [
        n.out if n.out is not None else _gloss(n)
        for n in nodes
        if any(e in _classes(n) for e in pattern.elements if e.startswith("{"))
    ]
    out = pattern.gloss
    for number, value in enumerate(values, 1):
        out = out.replace(f"${number}", value)
    first, last = nodes[0], nodes[-1]
    return Node(
        first.start, last.end, first.key, out, "x", (), out, pattern.flags,
        first.is_first, is_capital=first.is_capital,
    )  # fmt: skip


def _gloss(node: Node) -> str:
    sense = next((s for s in node.senses if s.kind in _CLASSES), None)
    return sense.gloss if sense is not None else node.text
