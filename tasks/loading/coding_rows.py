"""What the coder said of articles, as rows: mentions, claims, tolls, exclusions."""

from collections.abc import Iterable, Iterator

import polars as pl

from tasks.loading.frames import Row, build_frame
from tasks.loading.ids import content_id
from tasks.model.coding import (
    Actor,
    ActorKind,
    CodedArticle,
    EventMention,
    FatalityClaim,
)
from tasks.model.serialise import dump

# CODEBOOK 5: 1-8 for the first eight kinds. Unidentified groups get a code of our own,
# because 0 means "nobody"; the ACLED layout maps it to that scheme's code.
INTER_CODES = {kind: code for code, kind in enumerate(ActorKind, start=1)}


def coded_article_rows(coded: Iterable[CodedArticle]) -> pl.DataFrame:
    """Return rows of core.coded_article."""
    return build_frame("core.coded_article", (_coded_article(c) for c in coded))


def mention_rows(coded: Iterable[CodedArticle]) -> pl.DataFrame:
    """Return rows of core.event_mention, evidence as a list of spans."""
    return build_frame("core.event_mention", (_mention(m) for m in _mentions(coded)))


def claim_rows(coded: Iterable[CodedArticle]) -> pl.DataFrame:
    """Return rows of core.claim: who says what."""
    return build_frame(
        "core.claim", (row for m in _mentions(coded) for row in _claims(m))
    )


def fatality_claim_rows(coded: Iterable[CodedArticle]) -> pl.DataFrame:
    """Return rows of core.fatality_claim: every figure, as somebody's word."""
    return build_frame(
        "core.fatality_claim",
        (row for m in _mentions(coded) for row in _fatality_claims(m)),
    )


def exclusion_rows(coded: Iterable[CodedArticle]) -> pl.DataFrame:
    """Return rows of core.exclusion: spans that look like events and are not."""
    return build_frame("core.exclusion", (row for c in coded for row in _exclusions(c)))


def place_rows(coded: Iterable[CodedArticle]) -> pl.DataFrame:
    """Return rows of core.place: the gazetteer's places that mentions refer to."""
    rows = (
        {
            "place_id": place.place_id,
            "name": place.name,
            "country_iso3": place.country,
            "admin1": place.admin1,
            "admin2": place.admin2,
            "admin3": place.admin3,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
        for place in (m.location for m in _mentions(coded))
        if place.place_id is not None
    )
    return build_frame("core.place", rows)


def coded_fields(mention: EventMention) -> dict[str, object]:
    """Return the coded columns that mentions, events and event versions share."""
    when, where, deaths = mention.event_date, mention.location, mention.fatalities
    return {
        "event_date": when.start,
        "event_date_end": when.end,
        "time_precision": when.time_precision,
        "date_prec": when.date_prec,
        "date_basis": when.basis,
        "event_type": mention.event_type,
        "sub_event_type": mention.sub_event_type,
        "disorder_type": mention.disorder_type,
        "temporal_status": mention.temporal_status.value,
        "country_iso3": where.country,
        "admin1": where.admin1,
        "admin2": where.admin2,
        "admin3": where.admin3,
        "location": where.name,
        "location_mention": where.mention,
        "place_id": where.place_id,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geo_precision": where.geo_precision,
        "where_prec": where.where_prec,
        **_sides(mention),
        "initiator_known": mention.initiator_known,
        "civilian_targeting": mention.civilian_targeting,
        "fatalities_low": deaths.low,
        "fatalities_best": deaths.best,
        "fatalities_high": deaths.high,
        "fatalities_text": deaths.text,
        **_deaths_by_side(mention),
        "responsibility_status": mention.responsibility_status,
        "responsibility_by": mention.responsibility_by,
        "confidence": mention.confidence,
        "tags": mention.tags,
        "coder_version": mention.coder_version,
    }


def inter_code(side: tuple[Actor, ...]) -> int:
    """Return the code of a side's main actor; 0 when the side is empty."""
    return INTER_CODES[side[0].kind] if side else 0


def interaction_code(inter1: int, inter2: int) -> int:
    """Return both codes in one number, smaller first; a sole actor's code ends in 0."""
    if inter1 == 0 or inter2 == 0:
        return 10 * (inter1 + inter2)
    return 10 * min(inter1, inter2) + max(inter1, inter2)


def _mentions(coded: Iterable[CodedArticle]) -> Iterator[EventMention]:
    return (mention for article in coded for mention in article.mentions)


def _sides(mention: EventMention) -> dict[str, object]:
    inter1, inter2 = inter_code(mention.side1), inter_code(mention.side2)
    return {
        "actor1": _main(mention.side1),
        "assoc_actor_1": _associates(mention.side1),
        "inter1": inter1,
        "actor2": _main(mention.side2),
        "assoc_actor_2": _associates(mention.side2),
        "inter2": inter2,
        "interaction": interaction_code(inter1, inter2),
    }


def _main(side: tuple[Actor, ...]) -> str | None:
    return side[0].name if side else None


def _associates(side: tuple[Actor, ...]) -> str | None:
    return "; ".join(actor.name for actor in side[1:]) or None


def _deaths_by_side(mention: EventMention) -> dict[str, object]:
    """Return deaths by side where the claims agree on one exact figure, else None."""
    claims = mention.fatalities.claims
    by_side = {n: _agreed_deaths(claims, n) for n in (1, 2)}
    civilian = next(
        (
            n
            for n, side in ((1, mention.side1), (2, mention.side2))
            if side and side[0].kind is ActorKind.CIVILIANS
        ),
        None,
    )
    return {
        "fatalities_side1": by_side[1],
        "fatalities_side2": by_side[2],
        "fatalities_civilians": by_side[civilian] if civilian else None,
    }


def _agreed_deaths(claims: tuple[FatalityClaim, ...], side: int) -> int | None:
    figures = {(c.low, c.high) for c in claims if c.side == side}
    if len(figures) != 1:
        return None
    low, high = figures.pop()
    return low if low == high else None


def _coded_article(coded: CodedArticle) -> Row:
    return {
        "article_id": coded.article_id,
        "is_relevant": coded.relevant,
        "relevance_score": coded.relevance_score,
        "num_mentions": len(coded.mentions),
        "num_exclusions": len(coded.excluded),
        "coder_version": coded.coder_version,
    }


def _mention(mention: EventMention) -> Row:
    return {
        "mention_id": mention.mention_id,
        "article_id": mention.article_id,
        "ordinal": mention.ordinal,
        "is_primary": mention.primary,
        **coded_fields(mention),
        "evidence": [
            {
                "field": e.field,
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
                "rule_id": e.rule_id,
            }
            for e in mention.evidence
        ],
        "payload": dump(mention),
    }


def _claims(mention: EventMention) -> Iterator[Row]:
    for position, claim in enumerate(mention.claims):
        yield {
            "claim_id": content_id(mention.mention_id, "claim", position),
            "mention_id": mention.mention_id,
            "article_id": mention.article_id,
            "claimant": claim.claimant,
            "claimant_kind": claim.claimant_kind,
            "verb_class": claim.verb_class,
            "subject": claim.subject,
            "value": claim.value,
            "char_start": claim.start,
            "char_end": claim.end,
            "quote": claim.quote,
        }


def _fatality_claims(mention: EventMention) -> Iterator[Row]:
    for position, claim in enumerate(mention.fatalities.claims):
        yield {
            "claim_id": content_id(mention.mention_id, "toll", position),
            "mention_id": mention.mention_id,
            "article_id": mention.article_id,
            "claimant": claim.claimant,
            "count_text": claim.count_text,
            "low": claim.low,
            "high": claim.high,
            "of_whom": claim.of,
            "side": claim.side,
            "char_start": claim.start,
            "char_end": claim.end,
        }


def _exclusions(coded: CodedArticle) -> Iterator[Row]:
    for span in coded.excluded:
        yield {
            "exclusion_id": content_id(
                coded.article_id, span.start, span.end, span.why, span.rule_id
            ),
            "article_id": coded.article_id,
            "char_start": span.start,
            "char_end": span.end,
            "quote": span.quote,
            "why": span.why,
            "rule_id": span.rule_id,
        }
