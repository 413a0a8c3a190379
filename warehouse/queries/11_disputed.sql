-- Disputed tolls: who says how many?
-- columns: event_id, event_date, location, fatalities_low, fatalities_high, figures
SELECT e.event_id, e.event_date, e.location, e.fatalities_low, e.fatalities_high,
    list(DISTINCT coalesce(c.claimant, 'the report') || ': ' || c.count_text) AS figures
FROM events e
JOIN fatality_claims c USING (event_id)
WHERE e.is_disputed
GROUP BY e.event_id, e.event_date, e.location, e.fatalities_low, e.fatalities_high
ORDER BY e.event_date DESC, e.event_id;
