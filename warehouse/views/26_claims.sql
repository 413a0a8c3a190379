CREATE VIEW main.claims AS
SELECT
    c.claim_id, l.event_id, c.mention_id, c.article_id, c.claimant, c.claimant_kind,
    c.verb_class, c.subject, c.value, c.quote, c.char_start, c.char_end
FROM core.claim c
LEFT JOIN core.event_link l USING (mention_id);
