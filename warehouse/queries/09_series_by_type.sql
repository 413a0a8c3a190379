-- Events per month and type in one country.
-- columns: month, num_battles, num_explosions, num_violence_against_civilians, num_protests, num_riots, num_strategic_developments
SELECT month, num_battles, num_explosions, num_violence_against_civilians, num_protests,
    num_riots, num_strategic_developments
FROM country_month
WHERE country_iso3 = 'MLI'
ORDER BY month;
