-- Events that many outlets carry but one origin reports.
-- columns: event_id, event_date, location, num_sources, independent_origins
SELECT event_id, event_date, location, num_sources, independent_origins
FROM events
WHERE num_sources >= 2 AND independent_origins = 1
ORDER BY num_sources DESC, event_id;
