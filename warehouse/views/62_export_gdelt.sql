-- Layouts of GDELT 2.0: events (61 columns) and mentions (16 columns).
CREATE VIEW main.export_gdelt_events AS
SELECT
    ('0x' || md5(e.event_id)[1:13])::BIGINT AS "GlobalEventID",
    strftime(e.event_date, '%Y%m%d')::INTEGER AS "Day",
    strftime(e.event_date, '%Y%m')::INTEGER AS "MonthYear",
    year(e.event_date)::INTEGER AS "Year",
    round(year(e.event_date) + ((month(e.event_date) - 1) * 30 + day(e.event_date)) / 365.0, 4)::DOUBLE
        AS "FractionDate",
    nullif(concat(a1.country_iso3, i1.cameo_type), '') AS "Actor1Code",
    upper(e.actor1) AS "Actor1Name",
    a1.country_iso3 AS "Actor1CountryCode",
    NULL::VARCHAR AS "Actor1KnownGroupCode",
    NULL::VARCHAR AS "Actor1EthnicCode",
    NULL::VARCHAR AS "Actor1Religion1Code",
    NULL::VARCHAR AS "Actor1Religion2Code",
    i1.cameo_type AS "Actor1Type1Code",
    NULL::VARCHAR AS "Actor1Type2Code",
    NULL::VARCHAR AS "Actor1Type3Code",
    nullif(concat(a2.country_iso3, i2.cameo_type), '') AS "Actor2Code",
    upper(e.actor2) AS "Actor2Name",
    a2.country_iso3 AS "Actor2CountryCode",
    NULL::VARCHAR AS "Actor2KnownGroupCode",
    NULL::VARCHAR AS "Actor2EthnicCode",
    NULL::VARCHAR AS "Actor2Religion1Code",
    NULL::VARCHAR AS "Actor2Religion2Code",
    i2.cameo_type AS "Actor2Type1Code",
    NULL::VARCHAR AS "Actor2Type2Code",
    NULL::VARCHAR AS "Actor2Type3Code",
    l.is_primary::INTEGER AS "IsRootEvent",
    t.cameo_event AS "EventCode",
    t.cameo_base AS "EventBaseCode",
    t.cameo_root AS "EventRootCode",
    t.cameo_quad_class AS "QuadClass",
    t.goldstein AS "GoldsteinScale",
    e.num_mentions AS "NumMentions",
    e.num_sources AS "NumSources",
    s.num_articles::INTEGER AS "NumArticles",
    NULL::DOUBLE AS "AvgTone",
    NULL::INTEGER AS "Actor1Geo_Type",
    NULL::VARCHAR AS "Actor1Geo_Fullname",
    NULL::VARCHAR AS "Actor1Geo_CountryCode",
    NULL::VARCHAR AS "Actor1Geo_ADM1Code",
    NULL::VARCHAR AS "Actor1Geo_ADM2Code",
    NULL::DOUBLE AS "Actor1Geo_Lat",
    NULL::DOUBLE AS "Actor1Geo_Long",
    NULL::VARCHAR AS "Actor1Geo_FeatureID",
    NULL::INTEGER AS "Actor2Geo_Type",
    NULL::VARCHAR AS "Actor2Geo_Fullname",
    NULL::VARCHAR AS "Actor2Geo_CountryCode",
    NULL::VARCHAR AS "Actor2Geo_ADM1Code",
    NULL::VARCHAR AS "Actor2Geo_ADM2Code",
    NULL::DOUBLE AS "Actor2Geo_Lat",
    NULL::DOUBLE AS "Actor2Geo_Long",
    NULL::VARCHAR AS "Actor2Geo_FeatureID",
    CASE
        WHEN e.country_iso3 IS NULL THEN NULL
        WHEN e.geo_precision IN (1, 2) AND e.country_iso3 = 'USA' THEN 3
        WHEN e.geo_precision IN (1, 2) THEN 4
        WHEN e.geo_precision = 3 AND e.country_iso3 = 'USA' THEN 2
        WHEN e.geo_precision = 3 THEN 5
        ELSE 1
    END AS "ActionGeo_Type",
    concat_ws(', ', e.location, e.admin1, e.country) AS "ActionGeo_Fullname",
    c.fips AS "ActionGeo_CountryCode",
    NULL::VARCHAR AS "ActionGeo_ADM1Code",
    NULL::VARCHAR AS "ActionGeo_ADM2Code",
    e.latitude AS "ActionGeo_Lat",
    e.longitude AS "ActionGeo_Long",
    NULL::VARCHAR AS "ActionGeo_FeatureID",
    strftime(e.known_at AT TIME ZONE 'UTC', '%Y%m%d%H%M%S')::BIGINT AS "DATEADDED",
    l.canonical_url AS "SOURCEURL"
FROM main.events e
LEFT JOIN ref.country c ON c.iso3 = e.country_iso3
LEFT JOIN ref.event_type t USING (event_type, sub_event_type)
JOIN ref.inter i1 ON i1.inter = e.inter1
JOIN ref.inter i2 ON i2.inter = e.inter2
LEFT JOIN core.event_actor a1 ON a1.event_id = e.event_id AND a1.side = 1 AND a1.ordinal = 0
LEFT JOIN core.event_actor a2 ON a2.event_id = e.event_id AND a2.side = 2 AND a2.ordinal = 0
LEFT JOIN core.event_source s ON s.event_id = e.event_id
LEFT JOIN core.event_lead l ON l.event_id = e.event_id;

CREATE VIEW main.export_gdelt_mentions AS
SELECT
    ('0x' || md5(l.event_id)[1:13])::BIGINT AS "GlobalEventID",
    strftime(m.event_date, '%Y%m%d000000')::BIGINT AS "EventTimeDate",
    strftime(coalesce(a.published_at, a.first_seen_at) AT TIME ZONE 'UTC', '%Y%m%d%H%M%S')::BIGINT
        AS "MentionTimeDate",
    1 AS "MentionType",
    a.publisher_host AS "MentionSourceName",
    a.canonical_url AS "MentionIdentifier",
    NULL::INTEGER AS "SentenceID",
    list_filter(m.evidence, lambda s: s.field = 'actor1')[1]."start" AS "Actor1CharOffset",
    list_filter(m.evidence, lambda s: s.field = 'actor2')[1]."start" AS "Actor2CharOffset",
    list_filter(m.evidence, lambda s: s.field = 'event')[1]."start" AS "ActionCharOffset",
    1 AS "InRawText",
    (round(m.confidence * 10) * 10)::INTEGER AS "Confidence",
    a.num_characters AS "MentionDocLen",
    NULL::DOUBLE AS "MentionDocTone",
    CASE WHEN a.language != 'en' THEN 'srclc:' || a.language END
        AS "MentionDocTranslationInfo",
    NULL::VARCHAR AS "Extras"
FROM core.event_mention m
JOIN core.event_link l USING (mention_id)
JOIN main.events e USING (event_id)
JOIN core.article a ON a.article_id = m.article_id;
