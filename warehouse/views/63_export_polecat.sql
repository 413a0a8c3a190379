-- Layout of POLECAT (PLOVER types). Two-sided violence: every participant is an actor.
CREATE VIEW core.polecat_side AS
SELECT
    a.event_id, a.side,
    string_agg(a.name, '; ' ORDER BY a.ordinal) AS names,
    string_agg(coalesce(a.country_iso3, 'None'), '; ' ORDER BY a.ordinal) AS countries,
    string_agg(coalesce(c.cow::VARCHAR, 'None'), '; ' ORDER BY a.ordinal) AS cows,
    arg_min(i.plover_sector, a.ordinal) AS sector,
    string_agg(i.plover_sector, '; ' ORDER BY a.ordinal) AS sectors,
    string_agg(a.mention, '; ' ORDER BY a.ordinal) AS raw
FROM (
    SELECT e.event_id, x.name, x.mention, x.country_iso3, x.inter,
        -- Without an initiator both sides stand in the actor columns.
        CASE WHEN e.initiator_known OR e.event_type != 'Battles' THEN x.side ELSE 1 END AS side,
        x.side * 1000 + x.ordinal AS ordinal
    FROM core.event_actor x
    JOIN core.event e USING (event_id)
) a
JOIN ref.inter i ON i.inter = a.inter
LEFT JOIN ref.country c ON c.iso3 = a.country_iso3
GROUP BY a.event_id, a.side;

CREATE VIEW main.export_polecat AS
SELECT
    e.event_id AS "Event ID",
    e.event_date AS "Event Date",
    t.plover_type AS "Event Type",
    t.plover_mode AS "Event Mode",
    t.plover_intensity AS "Intensity",
    CASE t.plover_type
        WHEN 'AGREE' THEN 'V-COOP' WHEN 'RETREAT' THEN 'M-COOP'
        WHEN 'PROTEST' THEN 'M-CONF' WHEN 'MOBILIZE' THEN 'M-CONF'
        WHEN 'COERCE' THEN 'M-CONF' WHEN 'ASSAULT' THEN 'M-CONF'
    END AS "Quad Code",
    NULL::VARCHAR AS "Contexts",
    p.names AS "Actor Name",
    p.countries AS "Actor Country",
    p.cows AS "Actor COW",
    p.sector AS "Primary Actor Sector",
    p.sectors AS "Actor Sectors",
    NULL::VARCHAR AS "Actor Title",
    p.raw AS "Actor Name Raw",
    NULL::VARCHAR AS "Wikipedia Actor ID",
    q.names AS "Recipient Name",
    q.countries AS "Recipient Country",
    q.cows AS "Recipient COW",
    q.sector AS "Primary Recipient Sector",
    q.sectors AS "Recipient Sectors",
    NULL::VARCHAR AS "Recipient Title",
    q.raw AS "Recipient Name Raw",
    NULL::VARCHAR AS "Wikipedia Recipient ID",
    concat_ws(', ', e.location, e.admin1, e.country) AS "Placename",
    CASE WHEN e.geo_precision = 1 THEN e.location END AS "City",
    e.admin2 AS "District",
    e.admin1 AS "Province",
    e.country_iso3 AS "Country",
    e.latitude AS "Latitude",
    e.longitude AS "Longitude",
    nullif(regexp_extract(e.place_id, '^gn:([0-9]+)$', 1), '') AS "GeoNames ID",
    e.location_mention AS "Raw Placename",
    NULL::VARCHAR AS "Feature Type",
    l.publisher AS "Source",
    (l.published_at AT TIME ZONE 'UTC')::DATE AS "Publication Date",
    NULL::VARCHAR AS "Story People",
    NULL::VARCHAR AS "Story Organizations",
    NULL::VARCHAR AS "Story Locations",
    l.language AS "Language",
    e.coder_version AS "Version"
FROM main.events e
LEFT JOIN ref.event_type t USING (event_type, sub_event_type)
LEFT JOIN core.polecat_side p ON p.event_id = e.event_id AND p.side = 1
LEFT JOIN core.polecat_side q ON q.event_id = e.event_id AND q.side = 2
LEFT JOIN core.event_lead l ON l.event_id = e.event_id;
