CREATE VIEW main.feeds AS
SELECT
    f.feed_url, f.name, f.country_code AS country_iso3, f.language,
    coalesce(s.status, 'never_polled') AS status, s.last_reason AS reason,
    p.http_status, coalesce(s.etag_lies, false) AS etag_lies,
    coalesce(p.num_items, 0) AS items,
    s.last_polled_at, s.last_success_at, s.last_new_item_at, s.next_poll_at,
    coalesce(s.consecutive_failures, 0) AS consecutive_failures, s.items_per_week,
    f.expect_min_items_per_week, s.moved_to, f.licence_note, f.poll_interval_s
FROM raw.feed f
LEFT JOIN raw.feed_state s USING (feed_url)
LEFT JOIN (
    FROM raw.feed_poll
    QUALIFY row_number() OVER (PARTITION BY feed_url ORDER BY polled_at DESC) = 1
) p USING (feed_url);
