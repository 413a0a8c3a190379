-- Points for a map, with how exact they are.
-- columns: event_id, event_type, latitude, longitude, geo_precision, where_prec
SELECT event_id, event_type, latitude, longitude, geo_precision, where_prec
FROM events
WHERE latitude IS NOT NULL
ORDER BY event_id;
