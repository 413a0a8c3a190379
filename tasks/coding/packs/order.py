"""Words in the order of the working language: adjectives, days and places before the object."""

from collections.abc import Sequence

from tasks.coding.packs.model import Node

_NO_OBJECT = frozenset({"mark", "p", "to", "tothe", "and", "x"})
_OBJECT = frozenset({"num", "quant", "d", "the", "some", "n"})  # after a place
_AT = frozenset({"to", "tothe"})
_PLACE = frozenset({"name", "n", "of", "ofthe", "the"})


def adjectives_first(nodes: list[Node]) -> list[Node]:
    """'hommes lourdement armés' -> 'heavily armed men'."""
    out: list[Node] = []
    at = 0
    while at < len(nodes):
        if nodes[at].kind != "n":
            out.append(nodes[at])
            at += 1
            continue
        end = at + 1
        while end < len(nodes) and (
            _describes(nodes, end) or _is_whose(nodes[at], nodes[end])
        ):
            end += 1
        out.extend([*_inner_first(nodes[at + 1 : end]), nodes[at]])
        at = end
    return out


def _describes(nodes: Sequence[Node], at: int) -> bool:
    node = nodes[at]
    if node.kind == "adv" and at + 1 < len(nodes):
        return nodes[at + 1].kind == "a" and not nodes[at + 1].sense("d")
    after = nodes[at + 1] if at + 1 < len(nodes) else None
    if after is not None and after.sense("p") is not None and after.out == "by":
        return False  # 'interdite par': a participle with its agent
    return node.kind == "a" and "b" not in node.flags  # b: stands before its noun


def _is_whose(noun: Node, name: Node) -> bool:
    """'des miliciens Fano' -> 'Fano militiamen': an armed side's name right behind."""
    return "r" in noun.flags and any(
        s.kind == "name" and "r" in s.flags for s in name.senses
    )


def _inner_first(adjectives: Sequence[Node]) -> list[Node]:
    """Keep an adverb before its adjective; the adjective nearest the noun stays nearest."""
    groups: list[list[Node]] = []
    for node in adjectives:
        if groups and groups[-1][-1].kind == "adv":
            groups[-1].append(node)
        else:
            groups.append([node])
    return [node for group in reversed(groups) for node in group]


def asides_first(nodes: list[Node]) -> list[Node]:
    """'a arrêté jeudi à Dori trois hommes' -> 'on Thursday in Dori arrested 3 men'."""
    for at, verb in enumerate(nodes):
        if "!" not in verb.flags:
            continue
        told = "s" in verb.flags.split()  # whom it was said to stays behind the verb
        end = _asides(nodes, at + 1, places=not told)
        if end > at + 1:
            nodes[at:end] = [*nodes[at + 1 : end], verb]
    return nodes


def _asides(nodes: Sequence[Node], at: int, *, places: bool) -> int:
    """Return the end of the days and places between a verb and its object; `at` if none."""
    day = _day(nodes, at)
    end = _day(nodes, _place(nodes, day)) if places else day
    if end > day and (end == len(nodes) or nodes[end].kind not in _OBJECT):
        end = day
    return at if end == len(nodes) or nodes[end].kind in _NO_OBJECT else end


def _day(nodes: Sequence[Node], at: int) -> int:
    named = at < len(nodes) and "w" in nodes[at].flags.split()
    return at + 1 if named else at


def _place(nodes: Sequence[Node], at: int) -> int:
    """Return the end of 'à Dori', 'dans la ville de Dori' at `at`; `at` if there is none."""
    if at >= len(nodes) or not _leads_to_place(nodes[at]):
        return at
    end = at + 1
    while end < len(nodes) and nodes[end].kind in _PLACE:
        end += 1
    while end > at + 1 and nodes[end - 1].kind != "name":
        end -= 1
    return end if nodes[end - 1].kind == "name" else at


def _leads_to_place(node: Node) -> bool:
    return node.kind in _AT or (node.kind == "p" and node.out in {"in", "near"})
