CREATE VIEW main.release AS
SELECT * EXCLUDE (table_counts), table_counts::VARCHAR AS table_counts
FROM meta.release
QUALIFY row_number() OVER (ORDER BY published_at DESC, release_id DESC) = 1;

CREATE VIEW main.releases AS
SELECT release_id, run_id, published_at, code_version, coder_version, num_events,
    num_event_mentions, num_articles, data_sha256
FROM meta.release;

CREATE VIEW main.data_dictionary AS
SELECT relation, column_name, ordinal, data_type, comment, relation_comment,
    usage_warnings
FROM ref.data_dictionary;
