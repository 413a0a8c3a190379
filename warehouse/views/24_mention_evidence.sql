CREATE VIEW main.mention_evidence AS
SELECT
    s.mention_id, s.event_id, s.article_id, s.span.field AS field,
    s.span."start" AS char_start, s.span."end" AS char_end,
    s.span.quote AS quote, s.span.rule_id AS rule_id
FROM (
    SELECT m.mention_id, l.event_id, m.article_id, unnest(m.evidence) AS span
    FROM core.event_mention m
    LEFT JOIN core.event_link l USING (mention_id)
) s;
