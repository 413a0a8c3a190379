CREATE VIEW main.rejects AS
SELECT
    reject_id, article_id, item_id, response_id, url, stage, reason, detail, recorded_at
FROM core.reject;
