"""Vega-Lite specifications of the report's charts, made with altair.

Data are named, not embedded: the page holds one copy of the events and hands each
chart what the filters leave.
"""

from datetime import date
from typing import Any

import altair as alt

from tasks.reporting.words import PRECISION

EVENT_TYPES = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
# Dark enough for 3:1 on white and light enough for 3:1 on the dark page; told apart
# by people with colour-vision deficiencies, and never by colour alone on the map.
COLOURS = ("#D5503C", "#A463C8", "#B07900", "#2E7FC2", "#16896A", "#7A7F86")
SHAPES = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
# How much of a mark is filled: a hollow one stands for a place known only roughly.
FILLED = (0.9, 0.4, 0.0)
WORLD_PER_WIDTH = 5.4  # an Equal Earth world of scale 1 is about this wide
PANEL_RANK = 3  # characters of "07 Mali" that are its rank

Spec = dict[str, Any]


def map_spec() -> Spec:
    """Return the map: countries from the page's own TopoJSON, one mark per event.

    Its parameters lon, lat and zoom are the view's centre; the page moves them.
    """
    params = [
        alt.param(name="lon", value=15),
        alt.param(name="lat", value=8),
        alt.param(name="zoom", value=1),
    ]
    view = alt.Projection(
        type="equalEarth",
        scale=alt.expr(f"zoom * width / {WORLD_PER_WIDTH}"),
        rotate=alt.expr("[-lon, 0, 0]"),
        center=alt.expr("[0, lat]"),
        translate=alt.expr("[width / 2, height / 2]"),
    )
    layers = [_sea(view), _land(view), _marks(view)]
    return _finish(alt.layer(*layers).add_params(*params), height=340)


def series_spec(since: date | None, until: date | None) -> Spec:
    """Return events per week, stacked by type."""
    bars = (
        alt.Chart(alt.NamedData("events"))
        .mark_bar(binSpacing=1)
        .encode(
            **_weeks(since, until),
            y=alt.Y("count():Q", title="Events a week", axis=_whole_numbers()),
            color=_colour(_legend()),
            tooltip=_week_tooltip(),
        )
    )
    return _finish(bars, height=200)


def country_spec(since: date | None, until: date | None) -> Spec:
    """Return events per week and type, a small chart for each of the busiest countries.

    The page sets the width of one and how many stand side by side. The rank in front of
    a country's name orders them; it is not shown.
    """
    bars = (
        alt.Chart(alt.NamedData("events"))
        .mark_bar(binSpacing=1)
        .encode(
            **_weeks(since, until),
            y=alt.Y("count():Q", title=None, axis=_whole_numbers()),
            color=_colour(None),
            tooltip=_week_tooltip(),
        )
        .properties(width=200, height=44)
        .facet(
            facet=alt.Facet("panel:N", title=None, header=_header()),
            columns=4,
            spacing={"row": 8, "column": 20},
        )
    )
    spec: Spec = bars.configure_view(stroke=None).to_dict()
    return spec


def _header() -> alt.Header:
    return alt.Header(
        labelExpr=f"substring(datum.label, {PANEL_RANK})",
        labelAnchor="start",
        labelPadding=2,
    )


def _sea(view: alt.Projection) -> alt.Chart:
    chart: alt.Chart = alt.Chart(alt.sphere()).mark_geoshape(
        fill="#7fa7c822", clip=True, aria=False
    )
    return chart.properties(projection=view)


def _land(view: alt.Projection) -> alt.Chart:
    chart: alt.Chart = alt.Chart(alt.NamedData("world")).mark_geoshape(
        fill="#9aa7b155", stroke="#8a96a0", strokeWidth=0.6, clip=True, aria=False
    )
    return chart.properties(projection=view)


def _marks(view: alt.Projection) -> alt.Chart:
    legend = _legend()
    colour = alt.Scale(domain=list(EVENT_TYPES), range=list(COLOURS))
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("events"))
        .mark_point(clip=True, aria=False, strokeWidth=1.6, cursor="pointer")
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            stroke=alt.Stroke("type:N", scale=colour, legend=legend),
            fill=alt.Fill("type:N", scale=colour, legend=legend),
            shape=alt.Shape(
                "type:N",
                scale=alt.Scale(domain=list(EVENT_TYPES), range=list(SHAPES)),
                legend=legend,
            ),
            fillOpacity=alt.FillOpacity(
                "precision:O",
                scale=alt.Scale(domain=list(PRECISION.values()), range=list(FILLED)),
                legend=None,  # told in words below the map
            ),
            size=alt.Size(
                "deaths:Q",
                scale=alt.Scale(
                    type="sqrt",
                    domain=[0, 50],
                    rangeMin=alt.expr("width > 500 ? 50 : 24"),
                    rangeMax=alt.expr("width > 500 ? 520 : 200"),
                    clamp=True,
                ),
                legend=None,
            ),
            order=alt.Order("deaths:Q", sort="descending"),
            tooltip=[
                alt.Tooltip("date:N", title="Date"),
                alt.Tooltip("place:N", title="Place"),
                alt.Tooltip("sub:N", title="What"),
                alt.Tooltip("toll:N", title="Killed"),
                alt.Tooltip("precision:N", title="Known"),
            ],
        )
        .properties(projection=view)
    )
    return chart


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None,
        orient="bottom",
        columns=alt.expr("width > 620 ? 3 : width > 380 ? 2 : 1"),
        labelLimit=300,
        symbolOpacity=1,
    )


def _colour(legend: alt.Legend | None) -> alt.Color:
    scale = alt.Scale(domain=list(EVENT_TYPES), range=list(COLOURS))
    return alt.Color("type:N", scale=scale, legend=legend)


def _weeks(since: date | None, until: date | None) -> dict[str, Any]:
    """Return the time axis: whole weeks from Monday on, the same in every chart."""
    bounds: dict[str, Any] = {"type": "utc"}
    if since and until:
        # An expression: a pair of dates is read twice, as text and as time.
        bounds["domain"] = alt.expr(f"[{_utc(since)}, {_utc(until)}]")
    axis = alt.Axis(
        format="%-d %b", labelOverlap=True, labelSeparation=8, grid=False, tickCount=6
    )
    x = alt.X("week:T", scale=alt.Scale(**bounds), axis=axis, title=None)
    return {"x": x, "x2": "week_end:T"}


def _utc(day: date) -> str:
    return f"utc({day.year}, {day.month - 1}, {day.day})"


def _whole_numbers() -> alt.Axis:
    return alt.Axis(tickMinStep=1, tickCount=3, format="d")


def _week_tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("week:N", title="Week from"),
        alt.Tooltip("type:N", title="Type"),
        alt.Tooltip("count():Q", title="Events"),
    ]


def _finish(chart: Any, height: int) -> Spec:
    sized = chart.properties(width="container", height=height)
    spec: Spec = sized.configure_view(stroke=None).to_dict()
    return spec
