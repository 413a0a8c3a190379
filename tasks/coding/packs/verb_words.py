"""A verb group said in the working language: its tense, its voice, its negation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.coding.packs.inflection import Glosses
from tasks.coding.packs.model import Node, Sense

_GERUND_AFTER = frozenset(
    {"without", "after", "before", "accused of", "suspected of", "of"}
)


@dataclass(slots=True)
class Group:
    """What has been read of one verb group."""

    glosses: Glosses
    nodes: Sequence[Node]
    done: list[Node]  # what stands before, already read
    begin: int
    end: int
    negated: bool = False
    reflexive: bool = False
    pronoun: str = ""
    object: str = ""
    adverbs: str = ""
    nobody: str = ""  # 'n'a tué personne': did not kill anyone
    takes_object: bool = False  # finite and active: what follows may be its object


_TOLD_REACH = 12  # nodes between a verb of speech and what was said
_STOPS = frozenset(".;:!?")
_SUBJECT_REACH = 4
_DIED, _MADE = "die", "make"
_OBJECT_REACH = 8
_WHERE_FALLEN = frozenset({"at", "near", "during", "to", "to the"})  # not 'into'
_FINITE_ACTIVE = frozenset({"past", "report", "plup", "pres"})
PAST_OF = {
    "pres": "past", "impf": "plup", "fut": "futperf", "cond": "report", "sub": "past",
    "ps": "plup", "inf": "perfinf", "ger": "having",
}  # fmt: skip
FINITE_TENSE = {
    "pr": "pres", "im": "past", "ps": "past", "fu": "fut", "co": "cond", "sb": "pres",
}  # fmt: skip
HAVE = {
    "pres": ("has", "have"), "impf": ("had", "had"), "fut": ("will have",) * 2,
    "cond": ("would have",) * 2, "sub": ("has", "have"), "ps": ("had", "had"),
    "inf": ("have",) * 2, "ger": ("having",) * 2,
}  # fmt: skip
BE = {
    "pres": ("is", "are"), "impf": ("was", "were"), "fut": ("will be",) * 2,
    "cond": ("would be",) * 2, "sub": ("is", "are"), "ps": ("was", "were"),
    "inf": ("be",) * 2, "ger": ("being",) * 2, "past": ("was", "were"),
    "plup": ("had been",) * 2, "futperf": ("will have been",) * 2,
    "report": ("was reportedly", "were reportedly"), "perfinf": ("have been",) * 2,
    "having": ("having been",) * 2,
}  # fmt: skip
BEEN = {
    "pres": ("was", "were"), "impf": ("had been",) * 2, "fut": ("will have been",) * 2,
    "cond": ("was reportedly", "were reportedly"), "sub": ("was", "were"),
    "ps": ("had been",) * 2, "inf": ("have been",) * 2, "ger": ("having been",) * 2,
}  # fmt: skip


def tense_of(sense: Sense) -> tuple[str, str]:
    """Return (tense, number) of an auxiliary."""
    tense, _, number = sense.tag.partition(" ")
    return tense, number or "s"


def alone(
    table: Mapping[str, tuple[str, ...]], tense: str, number: str, group: Group
) -> str:
    """Return an auxiliary that stands without a participle."""
    return spell(table[tense], group, plural=number == "p")


def spell(pair: Sequence[str], group: Group, *, plural: bool) -> str:
    """Return a helping verb in its number, with the adverbs of the group."""
    words = pair[1] if plural else pair[0]
    return f"{words} {group.adverbs}".strip()


def passive(sense: Sense, group: Group, tense: str, number: str) -> str:
    """Return a passive group: \'was not killed\'."""
    participle = group.glosses.verb(sense.gloss, "part")
    return f"{spell(BE[tense], group, plural=number == 'p')} {participle}"


def active(  # noqa: PLR0911 - one line per tense
    sense: Sense, group: Group, tense: str, number: str
) -> str:
    """Return an active group; verbs of speech tell of the past whatever their tense."""
    if "F" in sense.flags:
        sense = left(group, sense)
    if tense == "pres" and "s" in sense.flags:
        tense = "past"  # verbs of speech: 'indique' reports what was said
    adverbs = (
        group.adverbs.replace("not", "").strip() if group.negated else group.adverbs
    )
    lead = f"{adverbs} " if adverbs else ""
    group.takes_object = tense in _FINITE_ACTIVE
    base = _form(sense, "base", group)
    if "m" in sense.flags:
        return f"{sense.gloss}{' not' if group.negated else ''}"
    if tense in {"past", "report"}:
        said = "reportedly " if tense == "report" else ""
        if group.negated:
            return f"{said}did not {lead}{base}"
        return f"{lead}{said}{_form(sense, 'past', group)}"
    if tense == "pres":
        if group.negated:
            return f"do not {lead}{base}"
        return lead + (base if number == "p" else _form(sense, "third", group))
    if tense in {"fut", "cond"}:
        modal = "will" if tense == "fut" else "would"
        return f"{modal} {'not ' if group.negated else ''}{lead}{base}"
    if tense == "inf":
        return _infinitive(sense, group)
    if tense == "ger":
        silence(group.done, "p", "in")  # 'en tuant douze' is ', killing 12'
        return f"{lead}{_form(sense, 'ger', group)}"
    participle = _form(sense, "part", group)
    if tense == "perfinf" and _governor(group.done) in _GERUND_AFTER:
        return f"{lead}{_form(sense, 'ger', group)}"
    if tense == "perfinf" and _is_told(group.done):
        return f"they {active(sense, group, 'past', 'p')}"
    before = {"plup": "had ", "futperf": "will have ", "perfinf": "to have ",
              "having": "having "}.get(tense, "")  # fmt: skip
    return f"{before}{'not ' if group.negated else ''}{lead}{participle}"


def _is_told(done: Sequence[Node]) -> bool:
    """'affirme lundi avoir tué': what a verb of speech says of its own subject."""
    for node in reversed(done[-_TOLD_REACH:]):
        if node.kind == "verb":
            return "s" in node.flags.split()
        if node.sense("rel", "for") is not None or node.key in _STOPS:
            return False
    return False


def fallen(group: Group, sense: Sense) -> Sense:
    """'douze soldats sont tombés' died; a town, or who falls into something, did not."""
    after = group.nodes[group.end] if group.end < len(group.nodes) else None
    follows = None if after is None else after.sense("p", "of", "to", "tothe", "ofthe")
    if follows is not None and follows.gloss not in _WHERE_FALLEN:
        return sense
    owner = next((n for n in reversed(group.done[-_SUBJECT_REACH:]) if _names(n)), None)
    armed = owner is not None and any("r" in s.flags for s in owner.senses)
    return replace(sense, gloss=_DIED) if armed else sense


def left(group: Group, sense: Sense) -> Sense:
    """'a fait douze morts' left them dead; 'a fait usage', 'fait courir' did not."""
    for node in group.nodes[group.end : group.end + _OBJECT_REACH]:
        if "T" in node.flags or any("T" in s.flags for s in node.senses):
            return sense
        if node.key in _STOPS or node.sense("rel") is not None:
            break
    return replace(sense, gloss=_MADE)


def _names(node: Node) -> bool:
    return node.kind == "name" or node.sense("n", "name") is not None


def _governor(done: list[Node]) -> str:
    for node in reversed(done[-2:]):
        sense = node.sense("p", "x", "of")
        if sense is not None and sense.gloss:
            return sense.gloss
    return ""


def _form(sense: Sense, tense: str, group: Group) -> str:
    """Return a form with its pronoun after the verb: 'hacked them to death'."""
    form = group.glosses.verb(sense.gloss, tense)
    if not group.object:
        return form
    head, _, tail = form.partition(" ")
    return f"{head} {group.object} {tail}".strip()


def _infinitive(sense: Sense, group: Group) -> str:
    lead = f"{group.adverbs} " if group.adverbs else ""
    base = _form(sense, "base", group)
    last = group.done[-1] if group.done else None
    if last is not None and (
        "m" in last.flags.split() or (last.out or "").endswith(" to")
    ):
        return f"{lead}{base}"
    if _governor(group.done[-1:]) in _GERUND_AFTER - {"of"}:
        return f"{lead}{_form(sense, 'ger', group)}"
    silence(group.done, "of", "to", "for")
    return f"to {lead}{base}"


def silence(done: list[Node], *kinds: str) -> None:
    """'pour tuer', 'de tuer': the preposition is the 'to' of the infinitive."""
    if not done:
        return
    sense = done[-1].sense(*kinds)
    if sense is not None and (sense.kind != "p" or sense.gloss in kinds):
        done[-1].out, done[-1].kind, done[-1].senses = "", "silent", ()
