-- An id from an old release: which event is it today?
-- columns: event_id, event_date, location
SELECT event_id, event_date, location
FROM event((SELECT coalesce(min(old_event_id), '') FROM event_redirects));
