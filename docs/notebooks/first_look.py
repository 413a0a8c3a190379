import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Conflictwire: a first look")


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo
    import polars as pl

    return Path, alt, duckdb, mo, os, pl


@app.cell
def _(mo):
    mo.md("""
    # A first look at the published file

    A map, a series, and what was known when. Everything is read from
    `data/public/conflict.duckdb`, read-only and offline; set `CONFLICTWIRE_HOME` if your
    data lie elsewhere. Change a control and every cell that depends on it runs again.
    """)
    return


@app.cell
def _(Path, duckdb, os, pl):
    home = Path(os.environ.get("CONFLICTWIRE_HOME", "data"))
    published = home / "public" / "conflict.duckdb"
    connection = duckdb.connect(str(published), read_only=True)
    connection.execute("SET TimeZone = 'UTC'")

    def ask(sql: str, *parameters: object) -> pl.DataFrame:
        """Return the rows of one query."""
        return connection.sql(sql, params=list(parameters)).pl()

    release = ask("SELECT release_id, published_at, num_events FROM release")
    return ask, release


@app.cell
def _(ask, mo, release):
    countries = ask(
        "SELECT country FROM events WHERE country IS NOT NULL "
        "GROUP BY country ORDER BY count(*) DESC, country"
    )["country"].to_list()
    country = mo.ui.dropdown(["all", *countries], value="all", label="Country")
    mo.vstack(
        [mo.md(f"Release **{release['release_id'][0]}**: cite this id."), country]
    )
    return (country,)


@app.cell
def _(ask, country):
    events = ask(
        "SELECT event_id, event_date, event_type, sub_event_type, country, location, "
        "latitude, longitude, geo_precision, fatalities_low, independent_origins "
        "FROM events WHERE ? IN ('all', country) ORDER BY event_date, event_id",
        country.value,
    )
    return (events,)


@app.cell
def _(mo):
    mo.md("""
    ## Where

    Filled marks are places known exactly; hollow ones only roughly (`geo_precision` 2, 3).
    Events without coordinates are not drawn: the gazetteer does not know the place.
    """)
    return


@app.cell
def _(Path, alt, events):
    import json

    import tasks.reporting

    # The basemap of the report: Natural Earth, packaged with this project.
    basemap = Path(tasks.reporting.__file__).parent / "assets" / "countries-110m.json"
    land = alt.Data(
        values=json.loads(basemap.read_text(encoding="utf-8")),
        format=alt.TopoDataFormat(feature="countries", type="topojson"),
    )
    placed = events.drop_nulls(["latitude", "longitude"])
    marks = (
        alt.Chart(placed)
        .mark_point()
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            color=alt.Color("event_type:N", title="Type"),
            fill=alt.Fill("event_type:N", title="Type"),
            shape=alt.Shape("event_type:N", title="Type"),
            size=alt.Size("fatalities_low:Q", title="Deaths, at least"),
            fillOpacity=alt.condition(
                alt.datum.geo_precision == 1, alt.value(0.7), alt.value(0)
            ),
            tooltip=["event_date:T", "location:N", "sub_event_type:N"],
        )
    )
    ground = alt.Chart(land).mark_geoshape(fill="#d5dde3", stroke="#9aa7b2")
    world = (
        alt.layer(ground, marks).project("equalEarth").properties(width=700, height=360)
    )
    world
    return placed, world


@app.cell
def _(mo):
    mo.md("""
    ## When

    Months of covered countries, zeros included: a month without a bar is a month in which
    nothing was reported, not one that nobody watched (`is_covered`).
    """)
    return


@app.cell
def _(alt, ask, country):
    months = ask(
        "SELECT month, sum(num_events)::INTEGER AS num_events, "
        "sum(fatalities_low)::INTEGER AS fatalities_low, "
        "sum(fatalities_high)::INTEGER AS fatalities_high "
        "FROM country_month WHERE ? IN ('all', country) AND is_covered "
        "GROUP BY month ORDER BY month",
        country.value,
    )
    series = (
        alt.Chart(months)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):T", title="Month"),
            y=alt.Y("num_events:Q", title="Events"),
            tooltip=[
                "month:T",
                "num_events:Q",
                "fatalities_low:Q",
                "fatalities_high:Q",
            ],
        )
        .properties(width=700, height=180)
    )
    series
    return months, series


@app.cell
def _(ask, mo):
    releases = ask("SELECT published_at FROM releases ORDER BY published_at")
    moments = [f"{m:%Y-%m-%d %H:%M}" for m in releases["published_at"]]
    moment = mo.ui.dropdown(moments, value=moments[0], label="What was known at (UTC)")
    mo.vstack([mo.md("## What was known when"), moment])
    return moment, moments


@app.cell
def _(ask, country, mo, moment):
    then_and_now = ask(
        "SELECT n.event_id, n.event_date, n.location, "
        "p.sub_event_type AS type_then, n.sub_event_type AS type_now, "
        "p.fatalities_low AS low_then, n.fatalities_low AS low_now, "
        "p.fatalities_high AS high_then, n.fatalities_high AS high_now, "
        "p.independent_origins AS origins_then, n.independent_origins AS origins_now "
        "FROM events_as_of(?::TIMESTAMPTZ) p JOIN events n USING (event_id) "
        "WHERE ? IN ('all', n.country) ORDER BY n.event_date, n.event_id",
        f"{moment.value}:59Z",
        country.value,
    )
    mo.vstack(
        [
            mo.md(
                "Events known then, as they stood and as they stand. An event that was "
                "merged away or withdrawn since is not in the list."
            ),
            mo.ui.table(then_and_now, selection=None),
        ]
    )
    return (then_and_now,)


if __name__ == "__main__":
    app.run()
