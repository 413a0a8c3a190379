CREATE VIEW main.event_redirects AS
SELECT old_event_id, event_id, redirected_at, reason
FROM core.event_redirect;
