CREATE VIEW main.actors AS
SELECT actor_id, name, kind, inter, country_iso3, valid_from, valid_to, notes
FROM core.actor;

CREATE VIEW main.actor_aliases AS
SELECT actor_id, alias, language, condition, valid_from, valid_to
FROM core.actor_alias;

CREATE VIEW main.places AS
SELECT p.place_id, p.name, p.country_iso3, c.name AS country, p.admin1, p.admin2,
    p.admin3, p.latitude, p.longitude
FROM core.place p
LEFT JOIN ref.country c ON c.iso3 = p.country_iso3;
