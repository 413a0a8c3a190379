-- How many people were reported killed, by country, in the last full month of the file, and how sure is it?
-- columns: country, month, num_events, fatalities_low, fatalities_best, fatalities_high, num_open_tolls, disputed_share
SELECT country, month, num_events, fatalities_low, fatalities_best, fatalities_high,
    num_open_tolls, disputed_share
FROM country_month
WHERE month = (SELECT date_trunc('month', max(event_date)) FROM events)
ORDER BY fatalities_best DESC, num_events DESC, country;
