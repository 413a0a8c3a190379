CREATE VIEW main.event_revisions AS
SELECT
    event_id, revision, valid_from, valid_to, changed_field, old_value, new_value,
    rule_id, mention_id
FROM core.event_revision;
