-- Layers are schemas: meta (runs, ledger), raw (as retrieved), core (normalised),
-- mart (aggregates), ref (code lists). Analysts read the views of schema main.
CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA mart;
CREATE SCHEMA ref;

-- Private: one row per load transaction, written in that same transaction.
CREATE TABLE meta.load_run (
    load_key VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    num_inserted BIGINT NOT NULL,
    num_updated BIGINT NOT NULL,
    num_deleted BIGINT NOT NULL,
    committed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE meta.run (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,                -- null: still running, or killed
    status VARCHAR NOT NULL CHECK (status IN ('running', 'completed', 'failed')),
    code_version VARCHAR NOT NULL,
    parameters JSON,
    summary JSON,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE meta.release (
    release_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    code_version VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    reference_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    fatality_rule VARCHAR NOT NULL,
    num_events BIGINT NOT NULL,
    num_event_mentions BIGINT NOT NULL,
    num_articles BIGINT NOT NULL,
    num_rejects BIGINT NOT NULL,
    num_feeds BIGINT NOT NULL,
    first_event_date DATE,                  -- null: no dated event yet
    last_event_date DATE,
    data_sha256 VARCHAR NOT NULL,           -- over events and mentions, order-free
    input_sha256 VARCHAR NOT NULL,          -- over the archived bodies
    table_counts JSON NOT NULL
);

-- What a person configured.
CREATE TABLE raw.feed (
    feed_url VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country_code VARCHAR,                   -- null: international
    language VARCHAR NOT NULL,
    poll_interval_s INTEGER NOT NULL,
    licence_note VARCHAR NOT NULL,
    expect_min_items_per_week INTEGER NOT NULL,
    checked_on VARCHAR,
    is_sitemap BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- What polling remembers; null before the first poll.
CREATE TABLE raw.feed_state (
    feed_url VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    etag_lies BOOLEAN NOT NULL,
    last_polled_at TIMESTAMPTZ,
    last_success_at TIMESTAMPTZ,
    last_new_item_at TIMESTAMPTZ,
    next_poll_at TIMESTAMPTZ,
    consecutive_failures INTEGER NOT NULL,
    last_reason VARCHAR,
    polls_since_full INTEGER NOT NULL,
    empty_streak INTEGER NOT NULL,
    moved_to VARCHAR,
    moved_confirmations INTEGER NOT NULL,
    items_per_week DOUBLE,
    payload JSON NOT NULL,                  -- the whole value, the only one read back
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE raw.feed_poll (
    poll_id VARCHAR NOT NULL,               -- hash of feed_url and polled_at
    feed_url VARCHAR NOT NULL,
    polled_at TIMESTAMPTZ NOT NULL,
    reason VARCHAR NOT NULL,
    http_status INTEGER,                    -- null: no response at all
    num_items INTEGER NOT NULL,
    num_new_items INTEGER NOT NULL,
    num_fell_off INTEGER NOT NULL,
    body_bytes BIGINT NOT NULL,
    elapsed_ms BIGINT NOT NULL,
    next_poll_at TIMESTAMPTZ NOT NULL,
    detail VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE raw.feed_item (
    item_id VARCHAR NOT NULL,
    feed_url VARCHAR NOT NULL,
    guid VARCHAR,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    author VARCHAR,
    published_at TIMESTAMPTZ,               -- null: the feed gives no usable date
    updated_at TIMESTAMPTZ,
    is_date_suspect BOOLEAN NOT NULL,
    source_publisher VARCHAR,
    language VARCHAR,
    first_seen_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,        -- poll that last brought other content
    payload JSON USING COMPRESSION zstd,    -- the whole FeedItem
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE raw.response (
    response_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    retrieved_at TIMESTAMPTZ NOT NULL,
    body_sha256 VARCHAR NOT NULL,
    body_bytes BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    archive_path VARCHAR NOT NULL,
    archive_row INTEGER NOT NULL,
    item_id VARCHAR,                        -- null: a feed or robots.txt
    feed_url VARCHAR,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);
