-- According to whom? Every figure behind the deadliest events.
-- columns: event_date, location, claimant, count_text, low, high, of_whom, publisher
SELECT e.event_date, e.location, c.claimant, c.count_text, c.low, c.high, c.of_whom,
    c.publisher
FROM events e
JOIN fatality_claims c USING (event_id)
WHERE e.event_id IN (
    SELECT event_id FROM events ORDER BY fatalities_low DESC, event_id LIMIT 20)
ORDER BY e.fatalities_low DESC, e.event_id, c.published_at, c.low;
