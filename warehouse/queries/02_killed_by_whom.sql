-- By whom? Deaths by pair of actors in one country.
-- columns: actor1, actor2, num_events, fatalities_low, fatalities_best, fatalities_high, responsibility
SELECT actor1, actor2, count(*) AS num_events, sum(fatalities_low) AS fatalities_low,
    sum(fatalities_best) AS fatalities_best, sum(fatalities_high) AS fatalities_high,
    string_agg(DISTINCT responsibility_status, ', ') AS responsibility
FROM events
WHERE country_iso3 = 'MLI'
GROUP BY actor1, actor2
ORDER BY sum(fatalities_low) DESC, num_events DESC, actor1, actor2;
