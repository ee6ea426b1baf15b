"""The sizes of one lesion over time as an SVG: no script, no style, and its own words for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import altair as alt
import vl_convert

from overread.clinical.assessment import LesionGrowth

WIDTH, HEIGHT = 420, 210
FONT = "system-ui, sans-serif"  # an image has no fonts of the page's


@dataclass(frozen=True, slots=True)
class Colours:
    """An image does not follow the page's theme by itself: each theme has its own picture."""

    line: str
    text: str
    grid: str
    ground: str


LIGHT = Colours("#07596a", "#13222b", "#dde5ea", "#ffffff")
DARK = Colours("#74c7d6", "#e6edf3", "#35444e", "#151e24")


def picture(lesion: LesionGrowth, colours: Colours = LIGHT) -> str:
    """A point a day, with the range that rounding leaves open, on axes that start at zero."""
    svg: str = vl_convert.vegalite_to_svg(_specification(lesion, colours), show_warnings=False)
    return _with_words(svg, lesion)


def words(lesion: LesionGrowth) -> str:
    """What the picture shows, in a sentence."""
    sizes = "; ".join(f"{p.on.isoformat()}: {p.size:g} {p.unit}" for p in lesion.points)
    return f"{lesion.lesion}. {sizes}. {lesion.growth.sentence}"


def _specification(lesion: LesionGrowth, colours: Colours) -> dict[str, Any]:
    unit = "mm³" if lesion.points[0].unit == "mm3" else "mm"
    rows = [
        {"day": p.on.isoformat(), "size": p.size, "low": max(0.0, p.size - p.error), "high": p.size + p.error}
        for p in lesion.points
    ]
    days = [p.on.isoformat() for p in lesion.points]
    axis = alt.Axis(values=days, format="%Y-%m-%d", labelOverlap=True, title=None, grid=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("day:T", axis=axis, scale=alt.Scale(padding=48, type="utc"))
    )
    sizes = alt.Axis(tickCount=4, domain=False, ticks=False, titleAngle=0, titleAlign="left", titleX=-34, titleY=-12)
    size = alt.Y("size:Q", title=unit, scale=alt.Scale(zero=True), axis=sizes)
    layers = (
        base.mark_line(color=colours.line, strokeWidth=2.5).encode(y=size),
        base.mark_rule(color=colours.line, strokeWidth=5, opacity=0.3).encode(y="low:Q", y2="high:Q"),
        base.mark_point(color=colours.line, filled=True, size=90, opacity=1).encode(y=size),
        base.mark_text(color=colours.text, dy=-18, fontSize=14, fontWeight="bold").encode(
            y=size, text=alt.Text("size:Q", format="~r")
        ),
    )
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, background=colours.ground)
    return dict(chart.configure_axis(**_axes(colours)).configure_view(stroke=None).configure(font=FONT).to_dict())


def _axes(colours: Colours) -> dict[str, Any]:
    return {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": colours.text,
        "titleColor": colours.text,
        "gridColor": colours.grid,
        "domainColor": colours.grid,
        "tickColor": colours.grid,
    }


def _with_words(svg: str, lesion: LesionGrowth) -> str:
    """A title and a description first, as screen readers look for them."""
    opening, rest = svg.split(">", 1)
    title = f'<title id="t">Size of the lesion over time: {escape(lesion.lesion)}</title>'
    description = f'<desc id="d">{escape(words(lesion))}</desc>'
    return f'{opening} role="img" aria-labelledby="t d">{title}{description}{rest}'
