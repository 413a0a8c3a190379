-- Layout of ACLED's export, column for column; content and rules are ours.
CREATE VIEW core.acled_fatalities AS
SELECT
    e.event_id,
    w.fatalities AS word_default,
    w.meaning AS word,
    CASE
        WHEN e.is_disputed THEN e.fatalities_low
        WHEN e.fatalities_best IS NOT NULL THEN e.fatalities_best
        ELSE coalesce(w.fatalities, e.fatalities_low)
    END AS fatalities,
    CASE
        WHEN e.is_disputed THEN 'lowest of disputed figures'
        WHEN e.fatalities_best IS NOT NULL THEN 'best'
        WHEN w.fatalities IS NOT NULL THEN 'default for "' || w.meaning || '"'
        WHEN e.fatalities_low > 0 THEN 'lowest stated'
        ELSE 'none stated'
    END AS fatalities_basis
FROM main.events e
LEFT JOIN ref.fatality_words w
    ON regexp_matches(lower(e.fatalities_text), w.pattern)
QUALIFY row_number() OVER (PARTITION BY e.event_id ORDER BY w.fatalities) = 1;

CREATE VIEW core.event_source AS
SELECT
    l.event_id,
    string_agg(DISTINCT a.publisher, '; ' ORDER BY a.publisher) AS publishers,
    string_agg(DISTINCT a.publisher_host, '; ' ORDER BY a.publisher_host) AS hosts,
    count(DISTINCT a.article_id) AS num_articles,
    bool_or(a.outlet_country = e.country_iso3) AS has_national,
    bool_or(a.outlet_country != e.country_iso3) AS has_foreign
FROM core.event_link l
JOIN core.event e USING (event_id)
JOIN core.event_mention m USING (mention_id)
JOIN core.article a ON a.article_id = m.article_id
GROUP BY l.event_id;

CREATE VIEW core.event_lead AS
SELECT
    e.event_id, m.mention_id, m.article_id, m.is_primary, m.ordinal,
    list_filter(m.evidence, lambda s: s.field = 'event')[1].quote AS quote,
    a.canonical_url, a.title, a.publisher, a.publisher_host, a.language,
    a.published_at, a.wire_credit
FROM core.event e
LEFT JOIN core.event_mention m ON m.mention_id = e.lead_mention_id
LEFT JOIN core.article a ON a.article_id = m.article_id;

CREATE VIEW main.export_acled AS
SELECT
    e.event_id AS event_id_cnty,
    e.event_date,
    year(e.event_date)::INTEGER AS year,
    e.time_precision,
    e.disorder_type,
    e.event_type,
    e.sub_event_type,
    e.actor1,
    e.assoc_actor_1,
    i1.acled_inter AS inter1,
    e.actor2,
    e.assoc_actor_2,
    i2.acled_inter AS inter2,
    CASE
        WHEN 0 IN (i1.acled_inter, i2.acled_inter)
        THEN 10 * (i1.acled_inter + i2.acled_inter)
        ELSE 10 * least(i1.acled_inter, i2.acled_inter)
            + greatest(i1.acled_inter, i2.acled_inter)
    END AS interaction,
    CASE WHEN e.civilian_targeting THEN 'Civilian targeting' END AS civilian_targeting,
    c.iso_numeric AS iso,
    c.region,
    e.country,
    e.admin1,
    e.admin2,
    e.admin3,
    e.location,
    e.latitude,
    e.longitude,
    e.geo_precision,
    s.publishers AS source,
    CASE
        WHEN s.has_national AND s.has_foreign THEN 'National-International'
        WHEN s.has_national THEN 'National'
        WHEN s.has_foreign THEN 'International'
    END AS source_scale,
    l.quote AS notes,
    f.fatalities,
    nullif(e.tags, '') AS tags,
    epoch(e.known_at)::BIGINT AS timestamp
FROM main.events e
LEFT JOIN ref.country c ON c.iso3 = e.country_iso3
JOIN ref.inter i1 ON i1.inter = e.inter1
JOIN ref.inter i2 ON i2.inter = e.inter2
LEFT JOIN core.acled_fatalities f USING (event_id)
LEFT JOIN core.event_source s USING (event_id)
LEFT JOIN core.event_lead l USING (event_id);

CREATE VIEW main.export_acled_companion AS
SELECT
    e.event_id AS event_id_cnty, f.fatalities, f.fatalities_basis,
    f.fatalities_basis LIKE 'default %' AS is_default_fatalities,
    e.fatalities_low, e.fatalities_best, e.fatalities_high, e.fatalities_text,
    e.is_disputed, e.independent_origins, e.confidence, e.inter1 AS inter1_own,
    e.inter2 AS inter2_own
FROM main.events e
JOIN core.acled_fatalities f USING (event_id);
