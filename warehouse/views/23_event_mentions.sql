CREATE VIEW main.event_mentions AS
SELECT
    m.mention_id, l.event_id, m.article_id, m.ordinal, m.is_primary, m.temporal_status,
    m.event_date, m.event_date_end, m.time_precision, m.date_prec, m.date_basis,
    m.event_type, m.sub_event_type, m.disorder_type,
    m.country_iso3, c.name AS country, m.admin1, m.admin2, m.admin3, m.location,
    m.location_mention, m.place_id, m.latitude, m.longitude, m.geo_precision,
    m.where_prec, m.actor1, m.assoc_actor_1, m.inter1, m.actor2, m.assoc_actor_2,
    m.inter2, m.interaction, m.initiator_known, m.civilian_targeting,
    m.fatalities_low, m.fatalities_best, m.fatalities_high, m.fatalities_text,
    m.fatalities_side1, m.fatalities_side2, m.fatalities_civilians,
    m.responsibility_status, m.responsibility_by, m.confidence, m.tags,
    m.coder_version, m.evidence,
    a.publisher, a.canonical_url, a.published_at,
    x.family_id, l.score AS link_score, l.reasons AS link_reasons
FROM core.event_mention m
JOIN core.article a USING (article_id)
LEFT JOIN core.event_link l USING (mention_id)
LEFT JOIN core.article_lineage x USING (article_id)
LEFT JOIN ref.country c ON c.iso3 = m.country_iso3;
