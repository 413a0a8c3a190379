"""The parser of feasts that fall on one day every year: 'Christmas Eve', 'New Year's Day'."""

from tasks.coding.dates import calc
from tasks.coding.dates import patterns as pat
from tasks.coding.dates.anchor import Reading, Site
from tasks.coding.dates.lexicon import calendar_words

_FEASTS = calendar_words("en").feasts
_MONTH = 100  # a feast is written month times a hundred plus day


def parse_feast(site: Site) -> Reading | None:
    """Return the day of a feast in the year said, else in the year meant."""
    f, end = site.folded, site.end
    month, day = divmod(_FEASTS[f[site.start : end]], _MONTH)
    year = pat.YEAR_RIGHT.match(f, end)
    if year is not None:
        value, end = calc.make_date(int(year["y"]), month, day), year.end()
    elif site.today is None:
        value = None
    else:
        value = calc.nearest_year(site.today, month, day, future=site.future)
    return Reading(site.start, end, value, value, "explicit")
