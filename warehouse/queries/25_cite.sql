-- What do I cite?
-- columns: release_id, published_at, code_version, coder_version, data_sha256, num_events
SELECT release_id, published_at, code_version, coder_version, data_sha256, num_events
FROM release;
