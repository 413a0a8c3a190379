-- How sure is each event? Origins, not articles, corroborate.
-- columns: event_id, event_date, location, num_mentions, num_sources, independent_origins, is_disputed, disputes, confidence
SELECT event_id, event_date, location, num_mentions, num_sources, independent_origins,
    is_disputed, disputes, round(confidence, 2) AS confidence
FROM events
ORDER BY independent_origins DESC, num_mentions DESC, event_id
LIMIT 50;
