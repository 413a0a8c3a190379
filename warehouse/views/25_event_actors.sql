CREATE VIEW main.event_actors AS
SELECT
    event_id, side, ordinal, actor_id, name, mention, kind, inter, country_iso3,
    is_listed, confidence
FROM core.event_actor;
