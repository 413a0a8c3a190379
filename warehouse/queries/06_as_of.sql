-- What did we know a day after the first reports, and what do we know now?
-- columns: event_id, then_type, now_type, then_low, now_low, then_best, now_best
SELECT now.event_id, past.sub_event_type AS then_type, now.sub_event_type AS now_type,
    past.fatalities_low AS then_low, now.fatalities_low AS now_low,
    past.fatalities_best AS then_best, now.fatalities_best AS now_best
FROM events now
LEFT JOIN events_as_of(
    (SELECT min(known_at) + INTERVAL 1 DAY FROM events)) past USING (event_id)
ORDER BY now.event_id;
