-- Which pairs of actors fight most, and since when?
-- columns: actor_a, actor_b, first_day, last_day, num_events, fatalities_best
SELECT actor_a, actor_b, min(event_date) AS first_day, max(event_date) AS last_day,
    sum(num_events) AS num_events, sum(fatalities_best) AS fatalities_best
FROM dyad_day
GROUP BY dyad_id, actor_a, actor_b
ORDER BY num_events DESC, actor_a, actor_b;
