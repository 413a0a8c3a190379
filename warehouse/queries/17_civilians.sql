-- Violence that targeted civilians, deadliest first.
-- columns: event_id, event_date, country, location, actor1, fatalities_low, fatalities_best
SELECT event_id, event_date, country, location, actor1, fatalities_low, fatalities_best
FROM events
WHERE civilian_targeting
ORDER BY fatalities_low DESC, event_date DESC, event_id;
