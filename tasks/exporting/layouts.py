"""The peers' layouts: which relation goes to which file, and its columns in order.

The column lists are the peers' own spelling and order; a test holds the views to them.
"""

from dataclasses import dataclass
from types import MappingProxyType


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ACLED = _words(
    "event_id_cnty event_date year time_precision disorder_type event_type "
    "sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction "
    "civilian_targeting iso region country admin1 admin2 admin3 location latitude "
    "longitude geo_precision source source_scale notes fatalities tags timestamp"
)

UCDP_GED = _words(
    "id relid year active_year code_status type_of_violence conflict_dset_id "
    "conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id "
    "side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end "
    "deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)

_GDELT_ACTOR = _words(
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code "
    "Type1Code Type2Code Type3Code"
)
_GDELT_GEO = _words("Type Fullname CountryCode ADM1Code ADM2Code Lat Long FeatureID")

GDELT_EVENTS = (
    *_words("GlobalEventID Day MonthYear Year FractionDate"),
    *(f"Actor{n}{part}" for n in (1, 2) for part in _GDELT_ACTOR),
    *_words("IsRootEvent EventCode EventBaseCode EventRootCode QuadClass"),
    *_words("GoldsteinScale NumMentions NumSources NumArticles AvgTone"),
    *(
        f"{who}Geo_{part}"
        for who in ("Actor1", "Actor2", "Action")
        for part in _GDELT_GEO
    ),
    "DATEADDED",
    "SOURCEURL",
)

GDELT_MENTIONS = _words(
    "GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName "
    "MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset "
    "InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo "
    "Extras"
)

POLECAT = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a layout."""

    relation: str
    file_name: str
    columns: tuple[str, ...]  # empty: whatever the relation has
    separator: str = ","
    has_header: bool = True
    order_by: str = "1"
    tone: str = ""  # a column we never code that strict readers want filled


# GDELT ships tab-separated files without a header, named .CSV all the same.
LAYOUTS = MappingProxyType(
    {
        "acled": (
            Sheet("export_acled", "acled.csv", ACLED),
            Sheet("export_acled_companion", "acled_companion.csv", ()),
        ),
        "ucdp-ged": (Sheet("export_ucdp_ged", "ucdp_ged.csv", UCDP_GED),),
        "gdelt": (
            Sheet(
                "export_gdelt_events",
                "gdelt.export.CSV",
                GDELT_EVENTS,
                separator="\t",
                has_header=False,
                tone="AvgTone",
            ),
            Sheet(
                "export_gdelt_mentions",
                "gdelt.mentions.CSV",
                GDELT_MENTIONS,
                separator="\t",
                has_header=False,
                order_by="1, 6",
                tone="MentionDocTone",
            ),
        ),
        "polecat": (Sheet("export_polecat", "polecat.txt", POLECAT, separator="\t"),),
    }
)

# What `parquet` and `csv` write, one file each. Article texts are left out: they
# belong to their publishers, and the spans that matter are in the evidence.
RELATIONS = (
    "events",
    "event_mentions",
    "mention_evidence",
    "event_actors",
    "event_revisions",
    "event_redirects",
    "claims",
    "fatality_claims",
    "articles",
    "article_lineage",
    "mutations",
    "stories",
    "rejects",
    "exclusions",
    "feeds",
    "feed_polls",
    "actors",
    "actor_aliases",
    "places",
    "country_month",
    "admin1_week",
    "dyad_day",
    "actor_month",
    "feed_health",
    "release",
    "data_dictionary",
    "data_quality",
)
LEFT_OUT = MappingProxyType({"articles": ("text",)})
KINDS = (*LAYOUTS, "parquet", "csv")
