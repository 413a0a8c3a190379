CREATE VIEW main.feed_polls AS
SELECT
    poll_id, feed_url, polled_at, reason, http_status, num_items AS items,
    num_new_items AS new_items, num_fell_off AS fell_off, body_bytes, elapsed_ms,
    next_poll_at, detail
FROM raw.feed_poll;
