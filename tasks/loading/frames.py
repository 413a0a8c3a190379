"""The columns of every table that values are loaded into, and their polars types."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import polars as pl

Row = Mapping[str, object]

_TEXT = pl.String()
_INT = pl.Int32()
_BIG = pl.Int64()
_REAL = pl.Float64()
_FLAG = pl.Boolean()
_DAY = pl.Date()
_TIME = pl.Datetime("us", "UTC")
_TEXTS = pl.List(pl.String())
EVIDENCE = pl.List(
    pl.Struct(
        {
            "field": pl.String(),
            "start": pl.Int32(),
            "end": pl.Int32(),
            "quote": pl.String(),
            "rule_id": pl.String(),
        }
    )
)


def _columns(**groups: pl.DataType) -> dict[str, pl.DataType]:
    return dict(groups)


def _same(kind: pl.DataType, names: str) -> dict[str, pl.DataType]:
    return dict.fromkeys(names.split(), kind)


_CODED: dict[str, pl.DataType] = (
    _same(_DAY, "event_date event_date_end")
    | _same(_INT, "time_precision date_prec geo_precision where_prec")
    | _same(_INT, "inter1 inter2 interaction")
    | _same(_INT, "fatalities_low fatalities_best fatalities_high")
    | _same(_INT, "fatalities_side1 fatalities_side2 fatalities_civilians")
    | _same(_TEXT, "date_basis event_type sub_event_type disorder_type temporal_status")
    | _same(_TEXT, "country_iso3 admin1 admin2 admin3 location location_mention")
    | _same(_TEXT, "place_id actor1 assoc_actor_1 actor2 assoc_actor_2")
    | _same(_TEXT, "fatalities_text responsibility_status responsibility_by tags")
    | _same(_REAL, "latitude longitude confidence")
    | _same(_FLAG, "initiator_known civilian_targeting")
    | _same(_TEXT, "coder_version")
)

_EVENT: dict[str, pl.DataType] = (
    _same(_TEXT, "event_id lead_mention_id")
    | _same(_INT, "revision num_mentions num_sources independent_origins")
    | _same(_FLAG, "is_withdrawn is_disputed")
    | _CODED
    | _columns(disputes=_TEXTS, first_reported_at=_TIME, known_at=_TIME)
)

SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "raw.feed": _same(_TEXT, "feed_url name country_code language licence_note")
        | _columns(checked_on=_TEXT, is_sitemap=_FLAG)
        | _same(_INT, "poll_interval_s expect_min_items_per_week"),
        "raw.feed_state": _same(_TEXT, "feed_url status etag last_modified body_sha256")
        | _same(_TIME, "last_polled_at last_success_at last_new_item_at next_poll_at")
        | _same(_INT, "consecutive_failures polls_since_full empty_streak")
        | _columns(moved_confirmations=_INT, items_per_week=_REAL, etag_lies=_FLAG)
        | _same(_TEXT, "last_reason moved_to payload"),
        "raw.feed_poll": _same(_TEXT, "poll_id feed_url reason detail")
        | _same(_TIME, "polled_at next_poll_at")
        | _same(_INT, "http_status num_items num_new_items num_fell_off")
        | _same(_BIG, "body_bytes elapsed_ms"),
        "raw.feed_item": _same(_TEXT, "item_id feed_url guid url title author language")
        | _same(_TEXT, "source_publisher payload")
        | _same(_TIME, "published_at updated_at first_seen_at changed_at")
        | _columns(is_date_suspect=_FLAG),
        "raw.response": _same(_TEXT, "response_id url final_url body_sha256 kind")
        | _same(_TEXT, "archive_path item_id feed_url")
        | _columns(status=_INT, archive_row=_INT, body_bytes=_BIG, retrieved_at=_TIME),
        "core.article": _same(_TEXT, "article_id revision_sha256 canonical_url url")
        | _same(_TEXT, "publisher publisher_host title text language byline section")
        | _same(_TEXT, "wire_credit outlet_country feed_url source_publisher extractor")
        | _same(_TEXT, "extractor_rule extractor_version response_id details")
        | _same(_TEXT, "published_at_source")
        | _same(_TIME, "published_at updated_at first_seen_at")
        | _same(_INT, "num_characters num_removals")
        | _columns(language_confidence=_REAL, paragraph_lengths=pl.List(pl.Int32())),
        "core.article_revision": _same(_TEXT, "article_id revision_sha256 title text")
        | _same(_TEXT, "extractor_version response_id")
        | _same(_TIME, "updated_at recorded_at"),
        "core.reject": _same(_TEXT, "reject_id stage reason url article_id item_id")
        | _same(_TEXT, "response_id detail feed_url")
        | _columns(recorded_at=_TIME),
        "core.article_lineage": _same(_TEXT, "article_id family_id lineage")
        | _columns(parent_article_id=_TEXT, signals=_TEXTS)
        | _same(_REAL, "similarity containment score"),
        "core.mutation": _same(_TEXT, "mutation_id article_id parent_article_id field")
        | _same(_TEXT, "parent_value child_value child_quote")
        | _columns(is_unsupported_by_origin=_FLAG),
        "core.story_member": _same(_TEXT, "article_id story_id"),
        "core.coded_article": _same(_TEXT, "article_id coder_version feed_url")
        | _columns(is_relevant=_FLAG, relevance_score=_REAL)
        | _same(_INT, "num_mentions num_exclusions"),
        "core.event_mention": _same(_TEXT, "mention_id article_id payload")
        | _columns(ordinal=_INT, is_primary=_FLAG, evidence=EVIDENCE)
        | _CODED,
        "core.claim": _same(_TEXT, "claim_id mention_id article_id claimant subject")
        | _same(_TEXT, "claimant_kind verb_class value quote")
        | _same(_INT, "char_start char_end"),
        "core.fatality_claim": _same(_TEXT, "claim_id mention_id article_id claimant")
        | _same(_TEXT, "count_text of_whom")
        | _same(_INT, "low high side char_start char_end"),
        "core.exclusion": _same(_TEXT, "exclusion_id article_id quote why rule_id")
        | _same(_INT, "char_start char_end"),
        "core.event": _EVENT | _columns(payload=_TEXT),
        "core.event_version": _EVENT | _columns(valid_from=_TIME),
        "core.event_revision": _same(
            _TEXT, "event_id changed_field old_value new_value"
        )
        | _same(_TEXT, "rule_id mention_id")
        | _columns(revision=_INT, valid_from=_TIME, valid_to=_TIME),
        "core.event_redirect": _same(_TEXT, "old_event_id event_id reason")
        | _columns(redirected_at=_TIME),
        "core.event_link": _same(_TEXT, "mention_id event_id")
        | _columns(score=_REAL, reasons=_TEXTS),
        "core.event_actor": _same(_TEXT, "event_id actor_id name mention kind")
        | _columns(country_iso3=_TEXT, is_listed=_FLAG, confidence=_REAL)
        | _same(_INT, "side ordinal inter"),
        "core.actor": _same(_TEXT, "actor_id name kind country_iso3 notes")
        | _columns(inter=_INT, valid_from=_DAY, valid_to=_DAY),
        "core.actor_alias": _same(_TEXT, "actor_id alias language condition")
        | _columns(valid_from=_DAY, valid_to=_DAY),
        "core.place": _same(_TEXT, "place_id name country_iso3 admin1 admin2 admin3")
        | _columns(latitude=_REAL, longitude=_REAL),
    }
)


def build_frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Return the rows as a frame with the table's columns; a wrong type is an error."""
    return pl.DataFrame(list(rows), schema=dict(SCHEMAS[table]), strict=True)


def column_names(table: str) -> Sequence[str]:
    """Return the columns that values provide for a table."""
    return tuple(SCHEMAS[table])
