"""Verb groups: auxiliaries, negation and pronouns around a verb, said in the working language."""

from collections.abc import Sequence

from tasks.coding.packs.inflection import Glosses
from tasks.coding.packs.model import Node, Sense
from tasks.coding.packs.verb_words import (
    BE,
    BEEN,
    FINITE_TENSE,
    HAVE,
    PAST_OF,
    Group,
    active,
    alone,
    fallen,
    passive,
    spell,
    tense_of,
)

_FINITE = frozenset(
    {"pr3s", "pr3p", "im3s", "im3p", "ps3s", "ps3p", "fu3s", "fu3p", "co3s", "co3p",
     "sb3s", "sb3p"}
)  # fmt: skip
_BEFORE = frozenset({"not1", "refl", "obj", "subj"})
_NOMINAL = frozenset(
    {"d", "num", "quant", "a", "p", "of", "to", "ofthe", "tothe", "the", "some"}
)
_MAX_ADVERBS = 3


def read_verbs(glosses: Glosses, nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes with every verb group as one node of kind 'verb'."""
    out: list[Node] = []
    at = 0
    while at < len(nodes):
        node, end = _group(glosses, nodes, at, out)
        out.append(node or nodes[at])
        at = end
    return out


def _group(
    glosses: Glosses, nodes: Sequence[Node], at: int, done: list[Node]
) -> tuple[Node | None, int]:
    group = Group(glosses, nodes, done, at, at)
    _before(group)
    k = group.end
    if k >= len(nodes) or nodes[k].out is not None:
        return None, at + 1
    have, be = nodes[k].sense("have"), nodes[k].sense("be")
    text = None
    if have is not None:
        text = _perfect(group, have)
    elif be is not None and be.tag != "pp":
        text = _be(group, be)
    if text is None:
        group.end = k
        text = _simple(group)
    if text is None:
        return None, at + 1
    return _made(group, text), group.end


def _made(group: Group, text: str) -> Node:
    if group.pronoun:
        text = f"{group.pronoun} {text}"
    text = f"{text} {group.nobody}".rstrip()
    first, last = group.nodes[group.begin], group.nodes[group.end - 1]
    read = group.nodes[group.begin : group.end]
    flags = " ".join(s.flags for n in read for s in n.senses if s.kind == "v")
    flags += " !" if group.takes_object else ""
    return Node(
        first.start, last.end, first.key, text, "verb", (), text, flags,
        first.is_first, is_capital=first.is_capital,
    )  # fmt: skip


def _before(group: Group) -> None:
    """Read 'ne', 'se', 'les' and the like that stand before a verb."""
    k = group.begin
    while k < len(group.nodes):
        sense = group.nodes[k].sense(*_BEFORE)
        if sense is None or (
            sense.kind == "obj" and not _verb_follows(group.nodes, k + 1)
        ):
            break
        if sense.kind == "refl":
            group.reflexive = True
        elif sense.kind == "obj":
            group.object = sense.gloss
        elif sense.kind == "subj":
            group.pronoun = sense.gloss
        k += 1
    group.end = k


def _verb_follows(nodes: Sequence[Node], k: int) -> bool:
    if k >= len(nodes):
        return False
    node = nodes[k]
    if node.sense("have", "be") is not None:
        return True
    if node.sense("n", "a", "num", "name") is not None or node.kind == "name":
        return False
    return node.sense("not1", "refl") is not None or any(
        s.kind == "v" and (s.tag in _FINITE or s.tag == "inf") for s in node.senses
    )


def _adverbs(group: Group) -> None:
    """Read 'également', 'pas' between an auxiliary and its participle."""
    for _ in range(_MAX_ADVERBS):
        node = group.nodes[group.end] if group.end < len(group.nodes) else None
        sense = node.sense("not2", "adv") if node is not None else None
        if sense is None:
            return
        if sense.kind == "not2":
            group.negated = True
        group.adverbs = f"{group.adverbs} {sense.gloss}".strip()
        group.end += 1


def _perfect(group: Group, have: Sense) -> str | None:
    """'a tué', 'avait été tué', 'auraient attaqué', 'ayant fait'."""
    tense, number = tense_of(have)
    group.end += 1
    _adverbs(group)
    been = group.end < len(group.nodes) and any(
        s.kind == "be" and s.tag == "pp" for s in group.nodes[group.end].senses
    )
    if been:
        group.end += 1
        _adverbs(group)
    participle = _participle(group)
    if participle is None:
        if been:
            return spell(BEEN[tense], group, plural=number == "p")
        if group.nodes[group.end - 1].sense("to") is not None:
            return None  # 'a Gao' without its accent
        return alone(HAVE, tense, number, group)
    group.end += 1
    _nobody(group)
    if been:
        return passive(participle, group, PAST_OF.get(tense, tense), number)
    return active(participle, group, PAST_OF.get(tense, tense), number)


def _be(group: Group, be: Sense) -> str | None:
    """'est mort', 's'est emparé', 'sont attaqués'; alone it is 'is'."""
    tense, number = tense_of(be)
    group.end += 1
    here = group.end
    _adverbs(group)
    participle = _participle(group)
    if participle is None:
        group.end = here
        group.adverbs = ""
        return alone(BE, tense, number, group)
    group.end += 1
    if "K" in participle.flags:
        participle = fallen(group, participle)
    if group.reflexive or "e" in participle.flags:
        return active(participle, group, PAST_OF.get(tense, tense), number)
    tense = {"pres": "past", "impf": "past"}.get(tense, tense)
    return passive(participle, group, tense, number)


def _participle(group: Group) -> Sense | None:
    if group.end >= len(group.nodes):
        return None
    found = [
        s for s in group.nodes[group.end].senses if s.kind == "v" and s.tag == "pp"
    ]
    return _preferred(found, reflexive=group.reflexive)


def _preferred(found: Sequence[Sense], *, reflexive: bool) -> Sense | None:
    same = [s for s in found if s.is_reflexive == reflexive]
    return (same or list(found) or [None])[0]  # type: ignore[list-item]


def _simple(group: Group) -> str | None:
    """A verb without an auxiliary: finite, infinitive, gerund or participle."""
    node = group.nodes[group.end]
    verbs = [s for s in node.senses if s.kind == "v"]
    if not verbs:
        return None
    loose = group.end == group.begin
    if loose and node.sense("p") is not None:
        return None  # 'devant' is before, hardly 'owing'
    chosen = [s for s in verbs if s.tag in _FINITE]
    other = [s for s in verbs if s.tag not in _FINITE]
    finite = _preferred(chosen, reflexive=group.reflexive)
    last = group.done[-1] if group.done else None
    if loose and node.sense("n", "a", "x") is not None and _is_nominal(node, last):
        return None
    if node.is_first and loose and finite is None and node.sense("n", "a"):
        return None
    group.end += 1
    _after(group, finite)
    if finite is not None and not (other and last is not None and last.kind == "verb"):
        tense = FINITE_TENSE[finite.tag[:2]]
        finite = fallen(group, finite) if "K" in finite.flags else finite
        return active(finite, group, tense, finite.tag[3])
    sense = _preferred(other, reflexive=group.reflexive) or verbs[0]
    tense = {"inf": "inf", "ger": "ger", "pp": "part"}.get(sense.tag, "pres")
    return active(sense, group, tense, "s")


def _nobody(group: Group) -> None:
    """'n'a tué personne': the second half of a negation may be the object."""
    negated = any(n.sense("not1") for n in group.nodes[group.begin : group.end])
    node = group.nodes[group.end] if group.end < len(group.nodes) else None
    sense = node.sense("none") if node is not None and negated else None
    if sense is not None:
        group.negated, group.nobody = True, sense.gloss
        group.end += 1


def _after(group: Group, finite: Sense | None) -> None:
    """'n'attaquent pas': the second half of a negation follows a finite verb."""
    if finite is None or group.end >= len(group.nodes):
        return
    _nobody(group)
    if group.nobody or group.end >= len(group.nodes):
        return
    sense = group.nodes[group.end].sense("not2")
    if sense is not None and group.begin < group.end - 1:
        group.negated = True
        group.end += 1


def _is_nominal(node: Node, last: Node | None) -> bool:
    """A word that may be noun or verb: what stands before it tells."""
    if last is None or node.is_first or last.kind == "mark":
        return True
    kinds = {s.kind for s in last.senses}
    if last.kind == "num" or kinds & _NOMINAL:
        return True
    if last.kind == "verb":
        return not any(s.tag == "pp" for s in node.senses)
    if any(s.kind == "v" and s.tag in {"pp", "ger"} for s in node.senses):
        return not (kinds & {"n", "x"} or last.kind == "name")
    return not (kinds & {"n", "a", "subj", "rel", "adv"} or last.kind == "name")
