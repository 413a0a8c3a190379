-- Which events changed, in which field, by which rule?
-- columns: event_id, revision, valid_from, changed_field, old_value, new_value, rule_id
SELECT event_id, revision, valid_from, changed_field, old_value, new_value, rule_id
FROM event_revisions
WHERE changed_field != 'created'
ORDER BY valid_from DESC, event_id, revision;
