-- Aggregates, computed by polars (tasks/aggregation) and written whole periods at a time.
CREATE TABLE mart.country_month (
    country_iso3 VARCHAR NOT NULL,
    country VARCHAR,
    month DATE NOT NULL,
    is_covered BOOLEAN NOT NULL,
    num_events BIGINT NOT NULL,
    num_battles BIGINT NOT NULL,
    num_explosions BIGINT NOT NULL,
    num_violence_against_civilians BIGINT NOT NULL,
    num_protests BIGINT NOT NULL,
    num_riots BIGINT NOT NULL,
    num_strategic_developments BIGINT NOT NULL,
    num_civilian_targeting BIGINT NOT NULL,
    num_disputed BIGINT NOT NULL,
    disputed_share DOUBLE,                  -- null: no event
    num_mentions BIGINT NOT NULL,
    fatalities_low BIGINT NOT NULL,
    fatalities_best BIGINT NOT NULL,
    fatalities_high BIGINT NOT NULL,
    num_open_tolls BIGINT NOT NULL,
    events_3_months BIGINT NOT NULL,
    fatalities_best_3_months BIGINT NOT NULL,
    previous_num_events BIGINT,             -- null: first month
    change_num_events BIGINT,
    change_share DOUBLE,
    min_origins INTEGER NOT NULL,
    fatality_rule VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE mart.admin1_week (
    country_iso3 VARCHAR NOT NULL,
    country VARCHAR,
    admin1 VARCHAR NOT NULL,
    week DATE NOT NULL,                     -- its Monday
    is_covered BOOLEAN NOT NULL,
    num_events BIGINT NOT NULL,
    num_battles BIGINT NOT NULL,
    num_explosions BIGINT NOT NULL,
    num_violence_against_civilians BIGINT NOT NULL,
    num_protests BIGINT NOT NULL,
    num_riots BIGINT NOT NULL,
    num_strategic_developments BIGINT NOT NULL,
    num_civilian_targeting BIGINT NOT NULL,
    num_disputed BIGINT NOT NULL,
    disputed_share DOUBLE,                  -- null: no event
    num_mentions BIGINT NOT NULL,
    fatalities_low BIGINT NOT NULL,
    fatalities_best BIGINT NOT NULL,
    fatalities_high BIGINT NOT NULL,
    num_open_tolls BIGINT NOT NULL,
    events_4_weeks BIGINT NOT NULL,
    previous_num_events BIGINT,
    change_num_events BIGINT,
    baseline_weeks INTEGER NOT NULL,
    baseline_median DOUBLE,
    baseline_mad DOUBLE,
    surge_score DOUBLE,                     -- null: fewer than eight weeks to compare with
    min_origins INTEGER NOT NULL,
    fatality_rule VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE mart.dyad_day (
    dyad_id VARCHAR NOT NULL,
    event_date DATE NOT NULL,
    actor_a VARCHAR NOT NULL,               -- the two names in alphabetical order
    actor_b VARCHAR NOT NULL,
    num_events BIGINT NOT NULL,
    num_battles BIGINT NOT NULL,
    num_explosions BIGINT NOT NULL,
    num_violence_against_civilians BIGINT NOT NULL,
    num_protests BIGINT NOT NULL,
    num_riots BIGINT NOT NULL,
    num_strategic_developments BIGINT NOT NULL,
    num_civilian_targeting BIGINT NOT NULL,
    num_disputed BIGINT NOT NULL,
    disputed_share DOUBLE,                  -- null: no event
    num_mentions BIGINT NOT NULL,
    fatalities_low BIGINT NOT NULL,
    fatalities_best BIGINT NOT NULL,
    fatalities_high BIGINT NOT NULL,
    num_open_tolls BIGINT NOT NULL,
    min_origins INTEGER NOT NULL,
    fatality_rule VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE mart.actor_month (
    actor VARCHAR NOT NULL,
    month DATE NOT NULL,
    num_as_side1 BIGINT NOT NULL,
    num_as_side2 BIGINT NOT NULL,
    num_opponents BIGINT NOT NULL,
    num_events BIGINT NOT NULL,
    num_battles BIGINT NOT NULL,
    num_explosions BIGINT NOT NULL,
    num_violence_against_civilians BIGINT NOT NULL,
    num_protests BIGINT NOT NULL,
    num_riots BIGINT NOT NULL,
    num_strategic_developments BIGINT NOT NULL,
    num_civilian_targeting BIGINT NOT NULL,
    num_disputed BIGINT NOT NULL,
    disputed_share DOUBLE,                  -- null: no event
    num_mentions BIGINT NOT NULL,
    fatalities_low BIGINT NOT NULL,
    fatalities_best BIGINT NOT NULL,
    fatalities_high BIGINT NOT NULL,
    num_open_tolls BIGINT NOT NULL,
    min_origins INTEGER NOT NULL,
    fatality_rule VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE mart.feed_health (
    feed_url VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country_iso3 VARCHAR,
    status VARCHAR NOT NULL,
    last_reason VARCHAR,
    num_polls BIGINT NOT NULL,
    num_polls_ok BIGINT NOT NULL,
    ok_share DOUBLE,
    num_items BIGINT NOT NULL,
    num_fell_off BIGINT NOT NULL,
    num_articles BIGINT NOT NULL,
    num_coded BIGINT NOT NULL,
    num_mentions BIGINT NOT NULL,
    num_rejects BIGINT NOT NULL,
    extraction_yield DOUBLE,
    expected_items_7_days DOUBLE,
    got_items_7_days BIGINT NOT NULL,
    days_since_new_item DOUBLE,
    is_silent BOOLEAN NOT NULL,
    etag_lies BOOLEAN NOT NULL,
    median_lag_hours DOUBLE,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- Filled from the comments of schema main whenever the views are made again.
CREATE TABLE ref.data_dictionary (
    relation VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    data_type VARCHAR NOT NULL,
    comment VARCHAR,
    relation_comment VARCHAR,
    usage_warnings VARCHAR[] NOT NULL
);
