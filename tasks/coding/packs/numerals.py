"""Numerals: 'quatre-vingt-douze', 'deux mille', '12.000' as one node with digits."""

from collections.abc import Sequence

from tasks.coding.packs.model import Node, Sense
from tasks.coding.packs.tables import LanguagePack

_GROUPED = str.maketrans("", "", " .\u00a0\u202f")


def read_numerals(pack: LanguagePack, nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes with every numeral joined; `out` is its value in digits."""
    out: list[Node] = []
    at = 0
    while at < len(nodes):
        count, value = _numeral(pack, nodes, at)
        if count == 0 or value is None:
            out.append(nodes[at])
            at += 1
            continue
        out.append(_number(nodes[at : at + count], value))
        at += count
    return out


def _number(nodes: Sequence[Node], value: int) -> Node:
    first, last = nodes[0], nodes[-1]
    text = f"{value:,}" if value >= 10_000 or len(first.text) > 4 else str(value)
    plain = len(nodes) == 1 and first.text == text
    return Node(
        first.start, last.end, str(value), text, "num", (), text,
        is_first=first.is_first, is_verbatim=plain, is_plural=value > 1,
        is_capital=first.is_capital,
    )  # fmt: skip


def _numeral(
    pack: LanguagePack, nodes: Sequence[Node], at: int
) -> tuple[int, int | None]:
    """Return (nodes, value) of the numeral that begins at `at`; (0, None) if none does."""
    total, current, k = 0, None, at
    while k < len(nodes):
        values = _values(pack, nodes[k])
        if values is None:
            if not (_is_and(nodes[k]) and current is not None and k + 1 < len(nodes)):
                break
            following = _values(pack, nodes[k + 1])
            if following is None or following[0][1] != "num" or following[0][0] > 19:
                break
            if current % 10 or not current:
                break
            k += 1
            continue
        joined = _add(total, current, values, is_digits=nodes[k].kind == "number")
        if joined is None:
            break
        total, current = joined
        k += 1
    if current is None and not total:
        return 0, None
    return k - at, total + (current or 0)


def _add(
    total: int, current: int | None, values: list[tuple[int, str]], *, is_digits: bool
) -> tuple[int, int | None] | None:
    for value, kind in values:
        if kind == "scale":
            if current is None and value < 1000 and not total:
                current = value if current is None else current * value
            elif value >= 1000:
                total, current = total + (current or 1) * value, 0
            else:
                current = (current or 1) * value
        elif current is None or (current and not is_digits and value < _room(current)):
            current = (current or 0) + value
        elif current == 0 and total:
            current = value
        else:
            return None
    return total, current


def _room(current: int) -> int:
    """Return below what a number may be added: 60 + 12, 100 + 45, never 2 + 3."""
    if current % 100 == 0:
        return 100
    if current in {60, 80}:
        return 20
    return 10 if current % 10 == 0 else 0


def _values(pack: LanguagePack, node: Node) -> list[tuple[int, str]] | None:
    """Return the parts of a node that is a numeral: digits, words, hyphened words."""
    if node.kind == "number":
        digits = node.text.translate(_GROUPED)
        return [(int(digits), "num")] if digits.isdigit() and len(digits) < 9 else None
    if node.kind not in {"word", "name"}:
        return None
    own = node.sense("num", "scale")
    if own is not None:
        return [(int(own.tag), own.kind)]
    if "-" not in node.key or node.senses:
        return None
    parts: list[tuple[int, str]] = []
    words = [w for w in node.key.split("-") if w != "et"]
    while words:
        pair = _sense(pack, "-".join(words[:2]))
        sense = pair or _sense(pack, words[0])
        if sense is None:
            return None
        parts.append((int(sense.tag), sense.kind))
        words = words[2:] if pair and len(words) > 1 else words[1:]
    return parts


def _sense(pack: LanguagePack, word: str) -> Sense | None:
    senses = pack.senses.get(word, ())
    return next((s for s in senses if s.kind in {"num", "scale"}), None)


def _is_and(node: Node) -> bool:
    return node.sense("and") is not None
