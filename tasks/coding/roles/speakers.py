"""Parties that only speak: never actors of the event for having spoken (CODEBOOK 5)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.coding.claims.lexicon import speaker_kind
from tasks.coding.claims.model import Attribution
from tasks.coding.reading import grammar
from tasks.coding.reading.document import Cue, Reading, View
from tasks.model.coding import ActorKind
from tasks.reference.actors import ActorMatch
from tasks.text.fold import fold

_SPOKESMAN = re.compile(r"\bspokes(?:man|woman|person|men|people)\b")
_SPEAKS_FOR = {
    ActorKind.STATE_FORCES: "state", ActorKind.EXTERNAL_FORCES: "state",
    ActorKind.REBEL_GROUP: "rebel", ActorKind.POLITICAL_MILITIA: "rebel",
}  # fmt: skip


def with_party_kinds(
    said: Sequence[Attribution], parties: Sequence[ActorMatch]
) -> tuple[Attribution, ...]:
    """Return the speech acts, a speaker no word describes known by the party it names.

    'The BLA said' is a rebel's word although no word of it says so; so is that of 'a
    spokesman for the BLA', whatever other spokesmen are.
    """
    kinds = [(p.start, kind) for p in parties if (kind := _SPEAKS_FOR.get(p.kind))]
    named: dict[str, str] = {}
    for act in said:
        inside = [k for at, k in kinds if act.speaker_start <= at < act.speaker_end]
        if act.speaker and inside and (_is_unsure(act) or _is_of_rebels(act, kinds)):
            named.setdefault(act.speaker, inside[0])
    return tuple(
        replace(a, speaker_kind=named[a.speaker])
        if a.speaker in named and (_is_unsure(a) or _is_of_rebels(a, kinds))
        else a
        for a in said
    )


def _is_of_rebels(act: Attribution, kinds: Sequence[tuple[int, str]]) -> bool:
    """'GAM's local spokesman': whatever 'local' says of others, the group speaks."""
    return (act.speaker_start, "rebel") in kinds and _SPOKESMAN.search(
        fold(act.speaker or "")
    ) is not None


def _is_unsure(act: Attribution) -> bool:
    """Tell whether nothing but 'spokesman' says what the speaker is."""
    if act.speaker_kind is None:
        return True
    return speaker_kind(_SPOKESMAN.sub("", fold(act.speaker or ""))) is None


def speaker_starts(reading: Reading, view: View) -> frozenset[int]:
    """Return the starts of parties that only speak: 'police said', 'according to X'."""
    found: set[int] = set()
    speech = [c for c in view.cues if "speech" in c.classes]
    for at, party in enumerate(view.parties):
        following = view.parties[at + 1].start if at + 1 < len(view.parties) else None
        for cue in speech:
            gap = cue.start - party.end
            nearest = following is None or following >= cue.start
            if (
                nearest
                and 0 <= gap <= 60
                and not _is_accused(reading, cue)
                and _only_titles(reading, party.end, cue.start)
            ):
                found.add(party.start)
            words = reading.spaced[cue.start : cue.end]
            back = party.start - cue.end
            if words == "according to" and 0 <= back <= 40:
                found.add(party.start)
            if (
                words in {"said", "told", "says"}
                and 0 <= back <= 5
                and _closes_quote(reading, cue)
                and not _has_verb(reading, view, party)
            ):
                found.add(party.start)
    return frozenset(found)


def _closes_quote(reading: Reading, cue: Cue) -> bool:
    """'… ," said police', '… , said police': the words before were theirs."""
    before = reading.text[max(0, cue.start - 2) : cue.start]
    return any(mark in before for mark in '”",')


def _has_verb(reading: Reading, view: View, party: ActorMatch) -> bool:
    """'X, head of the council, said 12 soldiers were killed': the soldiers do not speak."""
    after = set(reading.words_after(view, party.end, 2))
    told = grammar.AUXILIARIES | grammar.PERFECT | grammar.MODALS
    near = any(0 <= t.start - party.end <= 2 and t.is_verb for t in view.triggers)
    return near or bool(after & told)


def _is_accused(reading: Reading, cue: Cue) -> bool:
    """'two men accused of theft' say nothing."""
    words = reading.spaced[cue.start : cue.end + 4]
    return words.startswith(("accused of", "charged with", "suspected of"))


_TITLES = re.compile(
    r"(?:(?:'s)?,? ?(?:\w+ )?(?:spokesman|spokesperson|spokeswoman|chief|commander|official|"
    r"officials|minister|ministry|source|sources|statement|leader|leaders|governor|"
    r"command|headquarters|union|group|on \w+day|later|also|in a statement)?[^.;,]{0,24},?)? ?"
)


def _only_titles(reading: Reading, start: int, end: int) -> bool:
    between = reading.folded[start:end]
    if between.strip() == "":
        return True
    if re.search(r"\b(?:by|when|who|which|that|and|after)\b", between):
        return False
    return len(between) <= 14 or _TITLES.fullmatch(between) is not None
