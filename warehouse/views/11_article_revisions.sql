CREATE VIEW main.article_revisions AS
SELECT
    article_id, revision_sha256 AS text_sha256, title, text, updated_at, recorded_at,
    extractor_version, response_id
FROM core.article_revision;
