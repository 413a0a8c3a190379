CREATE VIEW main.fatality_claims AS
SELECT
    c.claim_id, l.event_id, c.mention_id, c.article_id, a.publisher, a.published_at,
    c.claimant, c.count_text, c.low, c.high, c.of_whom, c.side, c.char_start, c.char_end
FROM core.fatality_claim c
JOIN core.article a USING (article_id)
LEFT JOIN core.event_link l USING (mention_id);
