-- What one article reports. `payload` is the whole value as the coder made it.
CREATE TABLE core.coded_article (
    article_id VARCHAR NOT NULL,
    is_relevant BOOLEAN NOT NULL,
    relevance_score DOUBLE NOT NULL,
    num_mentions INTEGER NOT NULL,
    num_exclusions INTEGER NOT NULL,
    coder_version VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.event_mention (
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    is_primary BOOLEAN NOT NULL,
    event_date DATE,
    event_date_end DATE,
    time_precision INTEGER CHECK (time_precision BETWEEN 1 AND 3),
    date_prec INTEGER CHECK (date_prec BETWEEN 1 AND 5),
    date_basis VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    sub_event_type VARCHAR NOT NULL,
    disorder_type VARCHAR NOT NULL,
    temporal_status VARCHAR NOT NULL,
    country_iso3 VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    admin3 VARCHAR,
    location VARCHAR NOT NULL,
    location_mention VARCHAR NOT NULL,
    place_id VARCHAR,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    geo_precision INTEGER CHECK (geo_precision BETWEEN 1 AND 3),
    where_prec INTEGER CHECK (where_prec BETWEEN 1 AND 7),
    actor1 VARCHAR,
    assoc_actor_1 VARCHAR,
    inter1 INTEGER NOT NULL CHECK (inter1 BETWEEN 0 AND 9),
    actor2 VARCHAR,
    assoc_actor_2 VARCHAR,
    inter2 INTEGER NOT NULL CHECK (inter2 BETWEEN 0 AND 9),
    interaction INTEGER NOT NULL CHECK (interaction BETWEEN 0 AND 99),
    initiator_known BOOLEAN NOT NULL,
    civilian_targeting BOOLEAN NOT NULL,
    fatalities_low INTEGER NOT NULL CHECK (fatalities_low >= 0),
    fatalities_best INTEGER CHECK (fatalities_best >= 0),
    fatalities_high INTEGER CHECK (fatalities_high >= 0),
    fatalities_text VARCHAR,
    fatalities_side1 INTEGER,
    fatalities_side2 INTEGER,
    fatalities_civilians INTEGER,
    responsibility_status VARCHAR,
    responsibility_by VARCHAR,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    tags VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    evidence STRUCT(field VARCHAR, "start" INTEGER, "end" INTEGER, quote VARCHAR, rule_id VARCHAR)[] NOT NULL,
    payload JSON USING COMPRESSION zstd NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.claim (
    claim_id VARCHAR NOT NULL,              -- hash of mention_id and position
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    claimant VARCHAR NOT NULL,
    claimant_kind VARCHAR NOT NULL,
    verb_class VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    value VARCHAR,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- Every figure of deaths, as somebody's word.
CREATE TABLE core.fatality_claim (
    claim_id VARCHAR NOT NULL,
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    claimant VARCHAR,
    count_text VARCHAR NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER,
    of_whom VARCHAR,
    side INTEGER,
    char_start INTEGER,
    char_end INTEGER,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.exclusion (
    exclusion_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- The current revision of every event.
CREATE TABLE core.event (
    event_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    lead_mention_id VARCHAR NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,          -- no report supports it any more
    event_date DATE,
    event_date_end DATE,
    time_precision INTEGER CHECK (time_precision BETWEEN 1 AND 3),
    date_prec INTEGER CHECK (date_prec BETWEEN 1 AND 5),
    date_basis VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    sub_event_type VARCHAR NOT NULL,
    disorder_type VARCHAR NOT NULL,
    temporal_status VARCHAR NOT NULL,
    country_iso3 VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    admin3 VARCHAR,
    location VARCHAR NOT NULL,
    location_mention VARCHAR NOT NULL,
    place_id VARCHAR,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    geo_precision INTEGER CHECK (geo_precision BETWEEN 1 AND 3),
    where_prec INTEGER CHECK (where_prec BETWEEN 1 AND 7),
    actor1 VARCHAR,
    assoc_actor_1 VARCHAR,
    inter1 INTEGER NOT NULL CHECK (inter1 BETWEEN 0 AND 9),
    actor2 VARCHAR,
    assoc_actor_2 VARCHAR,
    inter2 INTEGER NOT NULL CHECK (inter2 BETWEEN 0 AND 9),
    interaction INTEGER NOT NULL CHECK (interaction BETWEEN 0 AND 99),
    initiator_known BOOLEAN NOT NULL,
    civilian_targeting BOOLEAN NOT NULL,
    fatalities_low INTEGER NOT NULL CHECK (fatalities_low >= 0),
    fatalities_best INTEGER CHECK (fatalities_best >= 0),
    fatalities_high INTEGER CHECK (fatalities_high >= 0),
    fatalities_text VARCHAR,
    fatalities_side1 INTEGER,
    fatalities_side2 INTEGER,
    fatalities_civilians INTEGER,
    responsibility_status VARCHAR,
    responsibility_by VARCHAR,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    tags VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    num_mentions INTEGER NOT NULL,
    num_sources INTEGER NOT NULL,
    independent_origins INTEGER NOT NULL,
    is_disputed BOOLEAN NOT NULL,
    disputes VARCHAR[] NOT NULL,
    first_reported_at TIMESTAMPTZ,
    known_at TIMESTAMPTZ NOT NULL,
    payload JSON USING COMPRESSION zstd NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- The state of an event at each of its revisions, for AS OF questions.
CREATE TABLE core.event_version (
    event_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    valid_from TIMESTAMPTZ NOT NULL,
    lead_mention_id VARCHAR NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,
    event_date DATE,
    event_date_end DATE,
    time_precision INTEGER CHECK (time_precision BETWEEN 1 AND 3),
    date_prec INTEGER CHECK (date_prec BETWEEN 1 AND 5),
    date_basis VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    sub_event_type VARCHAR NOT NULL,
    disorder_type VARCHAR NOT NULL,
    temporal_status VARCHAR NOT NULL,
    country_iso3 VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    admin3 VARCHAR,
    location VARCHAR NOT NULL,
    location_mention VARCHAR NOT NULL,
    place_id VARCHAR,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    geo_precision INTEGER CHECK (geo_precision BETWEEN 1 AND 3),
    where_prec INTEGER CHECK (where_prec BETWEEN 1 AND 7),
    actor1 VARCHAR,
    assoc_actor_1 VARCHAR,
    inter1 INTEGER NOT NULL CHECK (inter1 BETWEEN 0 AND 9),
    actor2 VARCHAR,
    assoc_actor_2 VARCHAR,
    inter2 INTEGER NOT NULL CHECK (inter2 BETWEEN 0 AND 9),
    interaction INTEGER NOT NULL CHECK (interaction BETWEEN 0 AND 99),
    initiator_known BOOLEAN NOT NULL,
    civilian_targeting BOOLEAN NOT NULL,
    fatalities_low INTEGER NOT NULL CHECK (fatalities_low >= 0),
    fatalities_best INTEGER CHECK (fatalities_best >= 0),
    fatalities_high INTEGER CHECK (fatalities_high >= 0),
    fatalities_text VARCHAR,
    fatalities_side1 INTEGER,
    fatalities_side2 INTEGER,
    fatalities_civilians INTEGER,
    responsibility_status VARCHAR,
    responsibility_by VARCHAR,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    tags VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    num_mentions INTEGER NOT NULL,
    num_sources INTEGER NOT NULL,
    independent_origins INTEGER NOT NULL,
    is_disputed BOOLEAN NOT NULL,
    disputes VARCHAR[] NOT NULL,
    first_reported_at TIMESTAMPTZ,
    known_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.event_revision (
    event_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ,                   -- null: still valid
    changed_field VARCHAR NOT NULL,
    old_value VARCHAR,
    new_value VARCHAR,
    rule_id VARCHAR NOT NULL,
    mention_id VARCHAR,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- Flat: event_id is always a surviving id, however many merges lie between.
CREATE TABLE core.event_redirect (
    old_event_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    redirected_at TIMESTAMPTZ NOT NULL,
    reason VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.event_link (
    mention_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    reasons VARCHAR[] NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.event_actor (
    event_id VARCHAR NOT NULL,
    side INTEGER NOT NULL CHECK (side IN (1, 2)),
    ordinal INTEGER NOT NULL,               -- 0: the main actor, rest associates
    actor_id VARCHAR,
    name VARCHAR NOT NULL,
    mention VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    inter INTEGER NOT NULL,
    country_iso3 VARCHAR,
    is_listed BOOLEAN NOT NULL,
    confidence DOUBLE NOT NULL,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

-- Reference data in use.
CREATE TABLE core.actor (
    actor_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    inter INTEGER NOT NULL,
    country_iso3 VARCHAR,
    valid_from DATE,
    valid_to DATE,
    notes VARCHAR,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.actor_alias (
    actor_id VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    language VARCHAR,
    condition VARCHAR,
    valid_from DATE,
    valid_to DATE,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);

CREATE TABLE core.place (
    place_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country_iso3 VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    admin3 VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    run_id VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL
);
