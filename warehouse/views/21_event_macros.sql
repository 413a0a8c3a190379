CREATE MACRO main.event(id) AS TABLE
SELECT e.*
FROM main.events e
WHERE e.event_id = coalesce(
    (SELECT r.event_id FROM core.event_redirect r WHERE r.old_event_id = id), id);

CREATE MACRO main.events_as_of(known_by) AS TABLE
SELECT
    e.event_id, e.revision, e.event_date, e.event_date_end, e.time_precision,
    e.date_prec, e.event_type, e.sub_event_type, e.disorder_type,
    e.country_iso3, c.name AS country, e.admin1, e.admin2, e.location,
    e.latitude, e.longitude, e.geo_precision, e.where_prec,
    e.actor1, e.actor2, e.inter1, e.inter2, e.interaction,
    e.initiator_known, e.civilian_targeting,
    e.fatalities_low, e.fatalities_best, e.fatalities_high, e.fatalities_text,
    e.responsibility_status, e.num_mentions, e.num_sources, e.independent_origins,
    e.is_disputed, e.confidence, e.first_reported_at, e.known_at, e.coder_version,
    e.responsibility_by, e.disputes, e.assoc_actor_1, e.assoc_actor_2, e.admin3,
    e.place_id, e.location_mention, e.date_basis, e.temporal_status,
    e.fatalities_side1, e.fatalities_side2, e.fatalities_civilians,
    e.tags, e.lead_mention_id
FROM (
    FROM core.event_version v
    WHERE v.valid_from <= known_by::TIMESTAMPTZ
    QUALIFY row_number() OVER (PARTITION BY v.event_id ORDER BY v.revision DESC) = 1
) e
LEFT JOIN ref.country c ON c.iso3 = e.country_iso3
WHERE NOT e.is_withdrawn AND NOT EXISTS (
    FROM core.event_redirect r
    WHERE r.old_event_id = e.event_id AND r.redirected_at <= known_by::TIMESTAMPTZ);
