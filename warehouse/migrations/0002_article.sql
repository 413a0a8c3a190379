CREATE TABLE core.article (
    article_id VARCHAR NOT NULL,
    revision_sha256 VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    publisher_host VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR USING COMPRESSION zstd,    -- null: dropped by the retention setting
    num_characters INTEGER NOT NULL,
    language VARCHAR,
    language_confidence DOUBLE,
    published_at TIMESTAMPTZ,
    published_at_source VARCHAR,
    updated_at TIMESTAMPTZ,
    first_seen_at TIMESTAMPTZ NOT NULL,
    byline VARCHAR,
    section VARCHAR,
    wire_credit VARCHAR,
    outlet_country VARCHAR,
    feed_url VARCHAR,
    source_publisher VARCHAR,
    extractor VARCHAR NOT NULL,
    extractor_rule VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    response_id VARCHAR,
    num_removals INTEGER NOT NULL,
    paragraph_lengths INTEGER[] NOT NULL,   -- splits text exactly as it was extracted
    details JSON USING COMPRESSION zstd,    -- removals, date candidates, summary
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- Every text an article ever had: an edited page is a new revision of the same article.
CREATE TABLE core.article_revision (
    article_id VARCHAR NOT NULL,
    revision_sha256 VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR USING COMPRESSION zstd,
    updated_at TIMESTAMPTZ,
    extractor_version VARCHAR NOT NULL,
    response_id VARCHAR,
    recorded_at TIMESTAMPTZ NOT NULL,       -- when we first held this text
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.reject (
    reject_id VARCHAR NOT NULL,             -- hash of stage, url, article_id, item_id
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    article_id VARCHAR,
    item_id VARCHAR,
    response_id VARCHAR,
    detail VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.article_lineage (
    article_id VARCHAR NOT NULL,
    family_id VARCHAR NOT NULL,
    lineage VARCHAR NOT NULL,
    parent_article_id VARCHAR,
    similarity DOUBLE CHECK (similarity BETWEEN 0 AND 1),
    containment DOUBLE CHECK (containment BETWEEN 0 AND 1),
    signals VARCHAR[] NOT NULL,
    score DOUBLE,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.mutation (
    mutation_id VARCHAR NOT NULL,           -- hash of article, parent, field, quote, value
    article_id VARCHAR NOT NULL,
    parent_article_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    parent_value VARCHAR,
    child_value VARCHAR NOT NULL,
    child_quote VARCHAR NOT NULL,
    is_unsupported_by_origin BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.story_member (
    article_id VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);
