CREATE VIEW main.country_month AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.country_month;

CREATE VIEW main.admin1_week AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.admin1_week;

CREATE VIEW main.dyad_day AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.dyad_day;

CREATE VIEW main.actor_month AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.actor_month;

CREATE VIEW main.feed_health AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.feed_health;
