"""The sizes of one lesion over time as an SVG: no script, no style, and its own words for who cannot see it."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import altair as alt
import vl_convert

from overread.clinical.assessment import LesionGrowth

WIDTH, HEIGHT = 340, 190
LINE, TEXT, GRID = "#0b5563", "#333333", "#dddddd"
_AXES: dict[str, Any] = {
    "labelFontSize": 13,
    "titleFontSize": 13,
    "labelColor": TEXT,
    "titleColor": TEXT,
    "gridColor": GRID,
}


def picture(lesion: LesionGrowth) -> str:
    """A point a day, with the range that rounding leaves open, on axes that start at zero."""
    svg: str = vl_convert.vegalite_to_svg(_specification(lesion), show_warnings=False)
    return _with_words(svg, lesion)


def words(lesion: LesionGrowth) -> str:
    """What the picture shows, in a sentence."""
    sizes = "; ".join(f"{p.on.isoformat()}: {p.size:g} {p.unit}" for p in lesion.points)
    return f"{lesion.lesion}. {sizes}. {lesion.growth.sentence}"


def _specification(lesion: LesionGrowth) -> dict[str, Any]:
    unit = "mm³" if lesion.points[0].unit == "mm3" else "mm"
    rows = [
        {"day": p.on.isoformat(), "size": p.size, "low": max(0.0, p.size - p.error), "high": p.size + p.error}
        for p in lesion.points
    ]
    days = [p.on.isoformat() for p in lesion.points]
    axis = alt.Axis(values=days, format="%Y-%m-%d", labelOverlap=True, title=None)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("day:T", axis=axis, scale=alt.Scale(padding=40, type="utc"))
    )
    size = alt.Y("size:Q", title=unit, scale=alt.Scale(zero=True))
    layers = (
        base.mark_line(color=LINE, strokeWidth=2).encode(y=size),
        base.mark_rule(color=LINE, strokeWidth=4, opacity=0.35).encode(y="low:Q", y2="high:Q"),
        base.mark_point(color=LINE, filled=True, size=70, opacity=1).encode(y=size),
        base.mark_text(color=TEXT, dy=-16, fontSize=13).encode(y=size, text=alt.Text("size:Q", format="~r")),
    )
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, background="white")
    return dict(chart.configure_axis(**_AXES).configure_view(stroke=None).to_dict())


def _with_words(svg: str, lesion: LesionGrowth) -> str:
    """A title and a description first, as screen readers look for them."""
    opening, rest = svg.split(">", 1)
    title = f'<title id="t">Size of the lesion over time: {escape(lesion.lesion)}</title>'
    description = f'<desc id="d">{escape(words(lesion))}</desc>'
    return f'{opening} role="img" aria-labelledby="t d">{title}{description}{rest}'
