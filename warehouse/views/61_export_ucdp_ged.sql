-- Layout of UCDP GED: armed force by an organised actor with at least one death.
CREATE VIEW core.ucdp_event AS
SELECT
    e.*,
    CASE
        WHEN e.inter1 IN (1, 8) AND e.inter2 IN (1, 2, 3, 4, 8, 9) THEN 1
        WHEN e.inter2 IN (1, 8) AND e.inter1 IN (2, 3, 4, 9) THEN 1
        WHEN e.inter1 IN (2, 3, 4, 9) AND e.inter2 IN (2, 3, 4, 9) THEN 2
        WHEN e.inter1 IN (1, 2, 3, 4, 8, 9) AND e.inter2 IN (5, 6, 7) THEN 3
    END AS type_of_violence,
    -- The state is side A of a state-based event, the armed group of a one-sided one.
    e.inter2 IN (1, 8) AND e.inter1 NOT IN (1, 8) AS is_turned
FROM main.events e
WHERE greatest(e.fatalities_low, coalesce(e.fatalities_best, 0)) >= 1;

CREATE VIEW core.ucdp_source AS
SELECT
    l.event_id,
    string_agg(a.publisher || ', ' || coalesce(strftime(a.published_at AT TIME ZONE 'UTC', '%Y-%m-%d'), 'undated')
        || ', ' || a.title, '; ' ORDER BY a.published_at, a.article_id) AS source_article,
    string_agg(a.publisher, '; ' ORDER BY a.published_at, a.article_id) AS source_office,
    string_agg(coalesce(strftime(a.published_at AT TIME ZONE 'UTC', '%Y-%m-%d'), ''), '; '
        ORDER BY a.published_at, a.article_id) AS source_date,
    string_agg(a.title, '; ' ORDER BY a.published_at, a.article_id) AS source_headline
FROM core.event_link l
JOIN core.event_mention m USING (mention_id)
JOIN core.article a ON a.article_id = m.article_id
GROUP BY l.event_id;

CREATE VIEW core.state_side AS
SELECT a.event_id, a.side, c.gwno
FROM core.event_actor a
JOIN ref.country c ON c.iso3 = a.country_iso3
WHERE a.ordinal = 0 AND a.kind IN ('state_forces', 'external_forces');

CREATE VIEW main.export_ucdp_ged AS
SELECT
    ('0x' || md5(u.event_id)[1:13])::BIGINT AS id,
    u.event_id AS relid,
    year(u.event_date)::INTEGER AS year,
    NULL::INTEGER AS active_year,
    NULL::VARCHAR AS code_status,
    u.type_of_violence,
    NULL::INTEGER AS conflict_dset_id,
    NULL::INTEGER AS conflict_new_id,
    NULL::VARCHAR AS conflict_name,
    NULL::INTEGER AS dyad_dset_id,
    NULL::INTEGER AS dyad_new_id,
    CASE WHEN u.is_turned THEN u.actor2 || ' - ' || u.actor1
        ELSE u.actor1 || ' - ' || u.actor2 END AS dyad_name,
    NULL::INTEGER AS side_a_dset_id,
    NULL::INTEGER AS side_a_new_id,
    CASE WHEN u.is_turned THEN u.actor2 ELSE u.actor1 END AS side_a,
    NULL::INTEGER AS side_b_dset_id,
    NULL::INTEGER AS side_b_new_id,
    CASE WHEN u.type_of_violence = 3 THEN 'Civilians'
        WHEN u.is_turned THEN u.actor1 ELSE u.actor2 END AS side_b,
    u.num_sources AS number_of_sources,
    s.source_article,
    s.source_office,
    s.source_date,
    s.source_headline,
    t.source_original,
    u.where_prec,
    u.location AS where_coordinates,
    u.location_mention AS where_description,
    u.admin1 AS adm_1,
    u.admin2 AS adm_2,
    u.latitude,
    u.longitude,
    'POINT (' || u.longitude || ' ' || u.latitude || ')' AS geom_wkt,
    (floor((u.latitude + 90) * 2)::INTEGER * 720
        + floor((u.longitude + 180) * 2)::INTEGER + 1)::INTEGER AS priogrid_gid,
    u.country,
    c.gwno AS country_id,
    c.region_ucdp AS region,
    CASE WHEN u.date_prec <= 2 AND NOT u.is_disputed THEN 1 ELSE 2 END AS event_clarity,
    u.date_prec,
    u.event_date AS date_start,
    coalesce(u.event_date_end, u.event_date) AS date_end,
    d.deaths_a,
    d.deaths_b,
    d.deaths_civilians,
    CASE WHEN u.fatalities_best >= d.known THEN u.fatalities_best - d.known END
        AS deaths_unknown,
    u.fatalities_best AS best,
    u.fatalities_high AS high,
    u.fatalities_low AS low,
    CASE WHEN u.is_turned THEN g2.gwno ELSE g1.gwno END AS gwnoa,
    CASE WHEN u.is_turned THEN g1.gwno ELSE g2.gwno END AS gwnob
FROM core.ucdp_event u
LEFT JOIN ref.country c ON c.iso3 = u.country_iso3
LEFT JOIN core.ucdp_source s USING (event_id)
LEFT JOIN (
    SELECT event_id, string_agg(DISTINCT claimant, '; ' ORDER BY claimant) AS source_original
    FROM main.fatality_claims WHERE claimant IS NOT NULL GROUP BY event_id
) t USING (event_id)
LEFT JOIN core.state_side g1 ON g1.event_id = u.event_id AND g1.side = 1
LEFT JOIN core.state_side g2 ON g2.event_id = u.event_id AND g2.side = 2
JOIN (
    SELECT
        event_id,
        CASE WHEN is_turned THEN fatalities_side2 ELSE fatalities_side1 END AS deaths_a,
        CASE WHEN fatalities_civilians IS NOT NULL OR type_of_violence = 3 THEN NULL
            WHEN is_turned THEN fatalities_side1 ELSE fatalities_side2 END AS deaths_b,
        CASE WHEN type_of_violence = 3
            THEN coalesce(fatalities_civilians, fatalities_side2)
            ELSE fatalities_civilians END AS deaths_civilians,
        coalesce(deaths_a, 0) + coalesce(deaths_b, 0) + coalesce(deaths_civilians, 0)
            AS known
    FROM core.ucdp_event
) d USING (event_id)
WHERE u.type_of_violence IS NOT NULL;
