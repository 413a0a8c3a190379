"""What is left after verbs: nouns before their adjectives, articles, and the many-sided 'de'."""

from collections.abc import Sequence
from functools import cache

from tasks.coding.packs.inflection import Glosses
from tasks.coding.packs.model import Node, Sense
from tasks.coding.packs.order import adjectives_first, asides_first
from tasks.coding.reading.lexicon import load_lexicon, spaced
from tasks.text.fold import fold

_UNTOLD = "something"
_OWNED = frozenset({"n", "a", "name", "num"})
_TAKEN_REACH = 7
_ACRONYM = 3
_UNLIKELY = frozenset({"subj", "obj", "refl", "v", "have", "be", "none"})


def settle(glosses: Glosses, nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes, each with its words in the working language, in its word order."""
    nodes = list(nodes)
    for at, node in enumerate(nodes):
        if node.out is None:
            _choose(glosses, nodes, at, node)
    nodes = asides_first(adjectives_first(nodes))
    for at, node in enumerate(nodes):
        _particle(nodes, at, node)
    return nodes


def _choose(glosses: Glosses, nodes: Sequence[Node], at: int, node: Node) -> None:
    """Decide among the senses that are no verb, by the neighbour before."""
    last = nodes[at - 1] if at else None
    noun, adjective = _number(nodes, at, node), node.sense("a")
    if noun is not None and (adjective is None or not _modifies(nodes, at, last)):
        plural = noun.tag == "p"
        node.kind, node.flags, node.is_plural = "n", noun.flags, plural
        node.out = glosses.noun(noun, plural=plural)
        return
    if adjective is not None:
        node.kind, node.out, node.flags = "a", adjective.gloss, adjective.flags
        return
    sense = next((s for s in node.senses if s.kind not in _UNLIKELY), None)
    sense = sense or (node.senses[0] if node.senses else None)
    if sense is None:
        node.out, node.is_verbatim = _unknown(node), True
        return
    node.kind, node.out, node.flags = sense.kind, sense.gloss, sense.flags
    if "S" in sense.flags and _leads_to_place(nodes, at + 1):
        node.out = "from"
    if sense.kind == "name" and not sense.gloss:
        node.out, node.is_verbatim = node.text, True
    elif sense.kind == "name" and node.text.isupper() and len(node.text) > _ACRONYM:
        node.out = sense.gloss.upper()  # 'MALI.' heads an entry of a round-up


def _leads_to_place(nodes: Sequence[Node], at: int) -> bool:
    """'ont tiré depuis la colline', hardly 'depuis le début'."""
    for node in nodes[at : at + 3]:
        noun = node.sense("n")
        if noun is not None:
            return bool({"l", "t"} & set(noun.flags))
        if node.sense("the", "d") is None:
            return node.kind == "name" or node.sense("name") is not None
    return False


def _unknown(node: Node) -> str:
    """Keep an unknown word, unless it looks like a word of the working lexicon: 'coups'."""
    alike = node.kind == "word" and not node.is_capital and is_known(node.key)
    return _UNTOLD if alike else node.text


@cache
def is_known(word: str) -> bool:
    """Return whether the working lexicon holds the word: a false friend here."""
    return bool(load_lexicon().matches(spaced(fold(word))))


def _number(nodes: Sequence[Node], at: int, node: Node) -> Sense | None:
    """Return the noun sense, plural where its form is both and what precedes is plural."""
    nouns = [s for s in node.senses if s.kind == "n"]
    many = any(
        n.is_plural or n.kind == "quant" or any("+" in s.flags for s in n.senses)
        for n in nodes[max(0, at - 2) : at]
    )
    plural = next((s for s in nouns if s.tag == "p"), None)
    return plural if plural is not None and many else (nouns or [None])[0]  # type: ignore[list-item]


def _modifies(nodes: Sequence[Node], at: int, last: Node | None) -> bool:
    """'l'armée rebelle': after a noun the word describes it; after 'les' it is one."""
    if last is None or nodes[at].is_first:
        return False
    if last.kind in {"n", "name"} or (
        last.kind == "a" and at > 1 and nodes[at - 2].kind == "n"
    ):
        return True
    return last.kind == "be"


# ---- articles and prepositions


def _particle(nodes: Sequence[Node], at: int, node: Node) -> None:
    """Say 'de', 'des', 'du', 'à', 'au', 'le' as their neighbours demand."""
    if node.kind not in _SAY:
        return
    last = nodes[at - 1] if at else None
    head = _head(nodes, at + 1)
    if node.kind in _GOVERNED and _is_governed(nodes, at):
        node.out = "" if node.kind in {"of", "to"} or _is_name(head) else "the"
        return
    if node.kind in {"to", "tothe"}:
        last = _taking(nodes, at) or last
    if node.kind == "of" and _is_article(nodes, at):
        node.out = ""
        return
    node.out = _SAY[node.kind](last, head)


def _is_governed(nodes: Sequence[Node], at: int) -> bool:
    """'s'est emparé jeudi de la ville': the verb's gloss takes no preposition."""
    wanted = _GOVERNED[nodes[at].kind]
    for node in reversed(nodes[max(0, at - 3) : at]):
        if node.kind == "verb":
            return wanted in node.flags
        if node.kind not in {"x", "adv"}:
            return False
    return False


def _is_article(nodes: Sequence[Node], at: int) -> bool:
    """'dans de brefs combats': after a preposition or a mark 'de' is an article."""
    opens = not at or nodes[at - 1].kind in {"p", "mark"}
    return opens and at + 1 < len(nodes) and nodes[at + 1].kind in {"a", "n"}


def _taking(nodes: Sequence[Node], at: int) -> Node | None:
    """Return the word of taking or of opposing whose object stands before 'à'."""
    objects = 0
    for node in reversed(nodes[max(0, at - _TAKEN_REACH) : at]):
        flags = node.flags.split()
        if "f" in flags or ("A" in flags and objects):
            return node
        objects += node.kind in _OWNED
    return None


def _head(nodes: Sequence[Node], at: int) -> Node | None:
    """Return the noun or name that the particle leads to."""
    for node in nodes[at : at + 5]:
        if node.kind in {"n", "name", "num", "x", "verb", "mark", "word"}:
            return node
    return None


_GOVERNED = {"of": "d", "ofthe": "d", "some": "d", "to": "q", "tothe": "q"}


def _is_name(head: Node | None) -> bool:
    return head is not None and head.kind == "name"


def _has(head: Node | None, flag: str) -> bool:
    return head is not None and flag in head.flags


def _genitive(last: Node | None, head: Node | None) -> str:
    """'l'attaque des rebelles' is by them, 'l'attaque du village' is on it."""
    if last is not None and "D" in last.flags.split():
        return "from"  # 'se sont retirés de la ville'
    if not _has(last, "k"):
        return "of"
    if _has(head, "r"):
        return "by"
    if _has(head, "t") or _has(head, "l"):
        return "on"
    return "in" if _is_name(head) else "of"


def _of(last: Node | None, head: Node | None) -> str:
    return _genitive(last, head)


def _of_the(last: Node | None, head: Node | None) -> str:
    if last is not None and last.kind == "verb" and _has(head, "u"):
        return ""  # 'ont emporté du bétail': some of it
    word = _genitive(last, head)
    return word if _is_name(head) and not _has(head, "o") else f"{word} the"


def _some(last: Node | None, head: Node | None) -> str:
    """'des hommes' is 'men' unless a noun owns them: 'l'attaque des hommes'."""
    if last is None or not (
        last.kind in _OWNED
        or (last.kind == "x" and _has(last, "n"))
        or (last.kind == "word" and not last.senses)
    ):
        return ""
    return f"{_genitive(last, head)} the"


def _to(last: Node | None, head: Node | None) -> str:
    if _has(last, "A"):
        return "and"  # 'ont opposé l'armée aux rebelles'
    if _has(head, "r"):  # 'reprend la ville aux rebelles'
        return "from" if _has(last, "f") else "to"
    if _is_name(head):
        return "in"
    if _has(head, "l"):
        return "at"
    return "in" if _has(head, "t") else "to"


def _to_the(last: Node | None, head: Node | None) -> str:
    word = _to(last, head)
    return word if _is_name(head) and not _has(head, "o") else f"{word} the"


def _the(_: Node | None, head: Node | None) -> str:
    return "" if _is_name(head) and not _has(head, "o") else "the"


_SAY = {
    "of": _of, "ofthe": _of_the, "some": _some, "to": _to, "tothe": _to_the, "the": _the,
}  # fmt: skip
