CREATE VIEW main.exclusions AS
SELECT exclusion_id, article_id, char_start, char_end, quote, why, rule_id
FROM core.exclusion;
