-- Which feeds are silent, failing or losing entries?
-- columns: name, status, last_reason, ok_share, expected_items_7_days, got_items_7_days, num_fell_off, is_silent
SELECT name, status, last_reason, ok_share, expected_items_7_days, got_items_7_days,
    num_fell_off, is_silent
FROM feed_health
ORDER BY is_silent DESC, ok_share, name;
