"""A coded rendering, told again in the source's own words and offsets."""

from dataclasses import replace

from tasks.coding.packs.model import Rendering
from tasks.model.coding import (
    Actor,
    Claim,
    CodedArticle,
    Document,
    EventMention,
    Evidence,
    Exclusion,
    Fatalities,
    FatalityClaim,
)

_TAG = "crowd size="
_JOINED = "; "  # between the words of several figures


def restore(coded: CodedArticle, document: Document, way: Rendering) -> CodedArticle:
    """Return the coded article with every span and every quoted word of `document`."""
    inserts = {(s, e): why for s, e, why in document.excluded_spans}
    excluded = [_exclusion(e, way) for e in coded.excluded]
    kept = {(e.start, e.end): e for e in excluded if e.why not in inserts.values()}
    for (start, end), why in inserts.items():
        quote = document.text[start:end]
        kept[start, end] = Exclusion(start, end, quote, why, "R-STATUS-INSERT")
    return replace(
        coded,
        mentions=tuple(_mention(m, way) for m in coded.mentions),
        excluded=tuple(kept[span] for span in sorted(kept)),
    )


def _mention(m: EventMention, way: Rendering) -> EventMention:
    date = replace(m.event_date, mention=_words(m.event_date.mention, way))
    tags = m.tags
    if tags.startswith(_TAG):
        tags = _TAG + way.words_of(tags.removeprefix(_TAG))
    return replace(
        m,
        event_date=date,
        location=replace(
            m.location,
            mention=way.words_of(m.location.mention),
            name=_name(m.location.name, m.location.mention, m.location.place_id, way),
        ),
        side1=tuple(_actor(a, m, way) for a in m.side1),
        side2=tuple(_actor(a, m, way) for a in m.side2),
        fatalities=_fatalities(m.fatalities, way),
        responsibility_by=_words(m.responsibility_by, way),
        claims=tuple(_claim(c, way) for c in m.claims),
        evidence=tuple(_evidence(e, way) for e in m.evidence),
        tags=tags,
    )


def _words(phrase: str | None, way: Rendering) -> str | None:
    return None if phrase is None else way.words_of(phrase)


def _name(name: str, mention: str, listed: str | None, way: Rendering) -> str:
    """A name no list holds is kept as written."""
    return way.words_of(name) if listed is None and name == mention else name


def _actor(actor: Actor, m: EventMention, way: Rendering) -> Actor:
    near = next(
        (
            (e.start, e.end)
            for e in m.evidence
            if e.field in {"actor1", "actor2"} and e.quote == actor.mention
        ),
        None,
    )
    return replace(
        actor,
        name=_name(actor.name, actor.mention, actor.actor_id, way),
        mention=way.words_of(actor.mention, near),
    )


def _fatalities(f: Fatalities, way: Rendering) -> Fatalities:
    told = None if f.text is None else f.text.split(_JOINED)
    return replace(
        f,
        text=None if told is None else _JOINED.join(_count(t, f, way) for t in told),
        claims=tuple(_toll(c, way) for c in f.claims),
    )


def _count(words: str, f: Fatalities, way: Rendering) -> str:
    spans = (
        (c.start, c.end)
        for c in f.claims
        if c.count_text == words and c.start is not None and c.end is not None
    )
    return way.words_of(words, next(spans, None))


def _toll(claim: FatalityClaim, way: Rendering) -> FatalityClaim:
    claim = replace(
        claim, claimant=_words(claim.claimant, way), of=_words(claim.of, way)
    )
    if claim.start is None or claim.end is None:
        return replace(claim, count_text=way.words_of(claim.count_text))
    start, end = way.origin(claim.start, claim.end)
    text = way.source[start:end]
    return replace(claim, start=start, end=end, count_text=text)


def _claim(claim: Claim, way: Rendering) -> Claim:
    start, end = way.origin(claim.start, claim.end)
    return replace(
        claim,
        claimant=way.words_of(claim.claimant, (claim.start, claim.end)),
        value=_words(claim.value, way),
        start=start,
        end=end,
        quote=way.source[start:end],
    )


def _evidence(e: Evidence, way: Rendering) -> Evidence:
    start, end = way.origin(e.start, e.end)
    return replace(e, start=start, end=end, quote=way.source[start:end])


def _exclusion(e: Exclusion, way: Rendering) -> Exclusion:
    start, end = way.origin(e.start, e.end)
    return replace(e, start=start, end=end, quote=way.source[start:end])
