"""Yes/no features of a spot: what stands around it, and between it and the trigger.

Only ordinary words become features; a name becomes "*", so that the weights learn how
reports are worded and not which towns one collection of them is about.
"""

from bisect import bisect_left
from collections.abc import Sequence

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import CLASS_OF, Spot
from tasks.geoparsing.surroundings import (
    breaks,
    form_of,
    mark_after,
    verb_stem,
    word_at,
)
from tasks.geoparsing.tokens import Token

_CLAUSE_WORDS_TEXT = """
while but after before when as where which who whose although though since because
following amid and
"""
_CLAUSE_WORDS = frozenset(_CLAUSE_WORDS_TEXT.split())
_DISTANCES = (1, 2, 3, 5, 8, 12, 18, 27)
_PREPOSITIONS = frozenset(
    {"in", "at", "near", "on", "from", "to", "of", "by", "into", CLASS_OF}
)
_BE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_UNREAL = frozenset({"to", "will", "would", "could"})
_PERFECT = frozenset({"have", "has", "had"})
_BAG = 20  # words between spot and trigger that are looked at
_APPOSITION_REACH = (
    5  # words from 'West Bank' to 'Nablus' in 'West Bank city of Nablus'
)
_MAX_SCORE = 10
INSIDE = "trigger_inside"


def features(
    found: SentenceTokens,
    spot: Spot,
    at: int | None,
    spots: Sequence[Spot],
    lexicon: Lexicon,
) -> list[str]:
    """Return the names of the features that hold for a spot, each once.

    The sum of three parts, of which a reader of many triggers may keep the first two.
    """
    names = standing(found, spot, spots, lexicon)
    if at is None:
        return names
    if is_trigger_inside(spot, at):
        return [*names, INSIDE]
    return [
        *names,
        *of_trigger(found, at, lexicon),
        *relation(found, spot, at, spots, lexicon),
    ]


def standing(
    found: SentenceTokens, spot: Spot, spots: Sequence[Spot], lexicon: Lexicon
) -> list[str]:
    """Return what holds for a spot whatever the trigger."""
    return ["bias", *_own(found, spot, lexicon), *_among(found, spot, spots)]


def is_trigger_inside(spot: Spot, at: int) -> bool:
    """Say whether the trigger is a word of the name ('Attack Bay')."""
    return spot.first_token <= at <= spot.last_token


def _own(found: SentenceTokens, spot: Spot, lexicon: Lexicon) -> list[str]:
    tokens = found.tokens
    word = spot.preposition
    names = [
        f"prep={word if word in _PREPOSITIONS else ('other' if word else '-')}",
        f"previous={word_at(tokens, spot.first_token - 1)}",
        f"following={word_at(tokens, spot.last_token + 1)}",
        f"gap={mark_after(found, spot.last_token)}",
        *_of_mention(spot),
        *_of_words(found, spot, lexicon),
    ]
    following = tokens[spot.last_token + 1 : spot.last_token + 4]
    if any(t.low in lexicon.speech_verbs for t in following):
        names.append("speech_follows")
    if following:
        if following[0].cap and following[0].start == spot.end + 1:
            names.append("capital_follows")
        if following[0].start > spot.end + 1 and following[0].low != "and":
            names.append("punctuated")
    if tokens[spot.last_token].low in lexicon.name_heads:
        names.append("is_head")
    if spot.first_token == 0:
        names.append("opens_sentence")
    elif tokens[spot.first_token - 1].low in lexicon.town_words:
        names.append("town_word_before")
    return names


def _of_mention(spot: Spot) -> list[str]:
    """Return what the gazetteer knows of the name."""
    mention = spot.mention
    if mention is None:
        return ["class=unknown"]
    names = [
        f"class={mention.toponym_class.value}",
        f"kind={mention.chosen.kind if mention.chosen else '-'}",
        f"score={max(-1, min(_MAX_SCORE, int(mention.score)))}",
    ]
    if mention.is_weak:
        names.append("weak")
    if mention.container is not None:
        names.append("has_container")
    if spot.last_token > mention.last_token:
        names.append("head_follows")
    return names


def _of_words(found: SentenceTokens, spot: Spot, lexicon: Lexicon) -> list[str]:
    """Return what the words of the name, and the capitals beside it, look like."""
    tokens, first, last = found.tokens, spot.first_token, spot.last_token
    names = [f"words={min(4, last - first + 1)}"]
    if spot.text.isupper():
        names.append("in_capitals")
    if first and tokens[first - 1].cap and mark_after(found, first - 1) == "_":
        names.append(f"capital_before|{_group(spot)}")
    if any(
        t.cap and t.low in lexicon.organisation_words for t in tokens[first : last + 2]
    ):
        names.append("organisation")
    if any(t.low in lexicon.given_names for t in tokens[max(0, first - 1) : last + 1]):
        names.append("given_name")
    return names


def _among(found: SentenceTokens, spot: Spot, spots: Sequence[Spot]) -> list[str]:
    if len(spots) == 1:
        return ["only_spot"] if spot.is_demonym else ["only_spot", "only_real_spot"]
    names = []
    real = [s for s in spots if not s.is_demonym]
    if real == [spot]:
        names.append("only_real_spot")
    if any(_contains(other, spot) for other in spots):
        names.append("is_container")
    if any(_in_apposition(found, spot, other) for other in spots):
        names.append("holds_next")
    for other in spots:
        if _in_apposition(found, other, spot):
            names.append(f"inside_previous={other.preposition or '-'}")
            break
    return names


def _contains(inner: Spot, outer: Spot) -> bool:
    return (
        inner.mention is not None
        and outer.mention is not None
        and inner.mention.container is outer.mention
    )


def _in_apposition(found: SentenceTokens, outer: Spot, inner: Spot) -> bool:
    """Say whether `inner` is what 'the West Bank city of' is about."""
    if inner.preposition != CLASS_OF or outer is inner:
        return False
    if not 0 < inner.first_token - outer.last_token <= _APPOSITION_REACH:
        return False
    between = range(outer.last_token, inner.first_token)
    return all(mark_after(found, i) in {"_", "-"} for i in between)


def relation(
    found: SentenceTokens,
    spot: Spot,
    at: int,
    spots: Sequence[Spot],
    lexicon: Lexicon,
) -> list[str]:
    """Return how a spot stands to a trigger outside it."""
    side = "after" if spot.first_token > at else "before"
    low, high = (
        (at + 1, spot.first_token) if side == "after" else (spot.last_token + 1, at)
    )
    between = found.tokens[low:high]
    names = [
        side,
        *_distance(between, breaks(found, low, high), spot, side, lexicon),
        *_between(between, spot, side),
        *_joint(found, spot, side, at, high - low),
    ]
    if _is_nearest(spot, at, spots, side):
        names.append(f"nearest_{side}")
    return names


def _distance(
    between: list[Token], gaps: int, spot: Spot, side: str, lexicon: Lexicon
) -> list[str]:
    """Return how far the trigger is, in words, clauses, speeches and commas."""
    lows = [t.low for t in between]
    bucket = bisect_left(_DISTANCES, len(between))
    clauses = min(2, len([low for low in lows if low in _CLAUSE_WORDS]))
    speeches = 0 if lexicon.speech_verbs.isdisjoint(lows) else 1
    commas = min(3, gaps)
    near = "far" if len(between) > 8 else ("mid" if len(between) > 3 else "near")
    names = [
        f"{side}_distance>{bucket}",
        f"{side}_clauses={clauses}",
        f"speeches={speeches}",
        f"commas={commas}",
        f"{side}|{near}|{spot.preposition or '-'}|{_group(spot)}",
        f"{near}|clauses={clauses}|speeches={speeches}|{side}",
    ]
    if side == "after" and not spot.preposition:
        names.append(f"object_distance={min(len(between), 6)}")
    return names


def _between(between: list[Token], spot: Spot, side: str) -> list[str]:
    """Return the ordinary words between spot and trigger, and their verb forms."""
    words = {form_of(t) for t in between[:_BAG]}
    plain = [t.low for t in between if not t.cap]
    past = min(2, [w[-2:] for w in plain].count("ed"))
    going = min(2, [w[-3:] for w in plain].count("ing"))
    return [
        *(f"{side}|has={w}" for w in sorted(words)),
        f"{side}|ed={past}",
        f"{side}|ing={going}",
        f"{side}|ed={past}|{spot.preposition or '-'}",
    ]


def _joint(
    found: SentenceTokens, spot: Spot, side: str, at: int, distance: int
) -> list[str]:
    """Return the features that join the trigger's verb, the side and the spot."""
    tokens = found.tokens
    stem = verb_stem(tokens[at].low)
    preposition = spot.preposition or "-"
    mention = spot.mention
    kind = mention.chosen.kind if mention and mention.chosen else "-"
    return [
        f"{side}|prep={preposition}",
        f"{side}|{stem}|{preposition}",
        f"{side}|{stem}|far={distance > _DISTANCES[4]}",
        f"{side}|{stem}|{bool(spot.preposition)}",
        f"{kind}|{preposition}|{side}",
        f"{side}|previous={word_at(tokens, spot.first_token - 1)}",
        f"{side}|following={word_at(tokens, spot.last_token + 1)}",
        f"{side}|gap={mark_after(found, spot.last_token)}",
        f"{side}|trigger-1={word_at(tokens, at - 1)}",
        f"{side}|trigger+1={word_at(tokens, at + 1)}",
    ]


def of_trigger(found: SentenceTokens, at: int, lexicon: Lexicon) -> list[str]:
    """Return features of the trigger itself: its stem, voice and finiteness."""
    tokens = found.tokens
    low = tokens[at].low
    names = [f"verb={verb_stem(low)}", f"trigger_gap={mark_after(found, at)}"]
    names += [f"trigger{by:+}={word_at(tokens, at + by)}" for by in (-2, -1, 1, 2)]
    before = [t.low for t in tokens[max(0, at - 3) : at]]
    if low in lexicon.speech_verbs:
        names.append("trigger_speech")
    if not _UNREAL.isdisjoint(before[-2:]):
        names.append("trigger_unreal")
    if not _BE.isdisjoint(before):
        names.append("trigger_passive")
    if not _PERFECT.isdisjoint(before):
        names.append("trigger_perfect")
    if low.endswith("ing"):
        names.append("trigger_ing")
    names.append(f"trigger_at={min(at, 30) // 6}")
    names.append(f"length={min(8, len(tokens) // 6)}")
    return names


def _group(spot: Spot) -> str:
    """Return a coarse class of a spot: unknown, demonym, unit or place."""
    mention = spot.mention
    if mention is None:
        return "unknown"
    if spot.is_demonym:
        return "demonym"
    kind = mention.chosen.kind if mention.chosen else ""
    return "unit" if kind in {"country", "admin1", "region", "continent"} else "place"


def _is_nearest(spot: Spot, at: int, spots: Sequence[Spot], side: str) -> bool:
    for other in spots:
        if other is spot or other.is_demonym:
            continue
        if side == "after" and at < other.first_token < spot.first_token:
            return False
        if side == "before" and spot.last_token < other.last_token < at:
            return False
    return True
