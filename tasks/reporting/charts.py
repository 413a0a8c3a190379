"""Vega-Lite specifications of the report's charts, made with altair.

Data are named, not embedded: the page holds one copy of the events and hands each
chart what the filters leave.
"""

from typing import Any

import altair as alt

EVENT_TYPES = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
# Okabe-Ito: told apart by people with colour-vision deficiencies, on dark and light.
COLOURS = ("#D55E00", "#CC79A7", "#E69F00", "#0072B2", "#009E73", "#8C8C8C")

Spec = dict[str, Any]


def map_spec() -> Spec:
    """Return the map: countries from the page's own TopoJSON, one circle per event."""
    land = (
        alt.Chart(alt.NamedData("world"))
        .mark_geoshape(fill="#9aa7b133", stroke="#9aa7b1", strokeWidth=0.5)
        .project("equalEarth")
    )
    events = (
        alt.Chart(alt.NamedData("events"))
        .mark_circle(stroke="#ffffff", strokeWidth=0.7)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            color=_colour(),
            size=alt.Size(
                "deaths:Q",
                scale=alt.Scale(
                    type="sqrt", domain=[0, 50], range=[40, 600], clamp=True
                ),
                legend=None,
            ),
            opacity=alt.Opacity(
                "geo_precision:O",
                scale=alt.Scale(domain=[1, 2, 3], range=[0.95, 0.7, 0.4]),
                legend=alt.Legend(title="Place known to", orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("event_date:N", title="Date"),
                alt.Tooltip("location:N", title="Place"),
                alt.Tooltip("sub_event_type:N", title="What"),
                alt.Tooltip("deaths_text:N", title="Deaths"),
            ],
        )
        .project("equalEarth")
    )
    return _finish(alt.layer(land, events), height=420)


def series_spec() -> Spec:
    """Return events per week, stacked by type."""
    chart = (
        alt.Chart(alt.NamedData("events"))
        .mark_bar()
        .encode(
            x=alt.X("event_date:T", timeUnit="yearweek", title="Week"),
            y=alt.Y("count():Q", title="Events"),
            color=_colour(),
            tooltip=[
                alt.Tooltip("event_type:N", title="Type"),
                alt.Tooltip("count():Q", title="Events"),
            ],
        )
    )
    return _finish(chart, height=220)


def country_spec() -> Spec:
    """Return events per country, stacked by type, the busiest first."""
    chart = (
        alt.Chart(alt.NamedData("events"))
        .mark_bar()
        .encode(
            y=alt.Y("country:N", sort="-x", title=None),
            x=alt.X("count():Q", title="Events"),
            color=_colour(),
            tooltip=[
                "country:N",
                "event_type:N",
                alt.Tooltip("count():Q", title="Events"),
            ],
        )
    )
    return _finish(chart, height=alt.Step(16))


def _colour() -> alt.Color:
    return alt.Color(
        "event_type:N",
        scale=alt.Scale(domain=list(EVENT_TYPES), range=list(COLOURS)),
        legend=alt.Legend(title=None, orient="bottom", columns=2, symbolType="circle"),
    )


def _finish(chart: Any, height: Any) -> Spec:
    sized = chart.properties(width="container", height=height)
    spec: Spec = sized.configure_view(stroke=None).to_dict()
    return spec
