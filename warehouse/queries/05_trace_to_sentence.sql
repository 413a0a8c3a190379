-- Trace a number to its sentence: the words each field of an event rests on.
-- columns: event_id, field, quote, rule_id, publisher, canonical_url, words_match
SELECT v.event_id, v.field, v.quote, v.rule_id, a.publisher, a.canonical_url,
    a.text[v.char_start + 1:v.char_end] = v.quote AS words_match
FROM mention_evidence v
JOIN articles a USING (article_id)
WHERE v.event_id = (
    SELECT event_id FROM events ORDER BY fatalities_low DESC, event_id LIMIT 1)
ORDER BY a.published_at, v.char_start, v.field;
