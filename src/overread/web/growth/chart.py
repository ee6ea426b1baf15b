"""The sizes of one lesion over time as an SVG: no script, no style, and its own words for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import altair as alt
import vl_convert

from overread.clinical.assessment import LesionGrowth

WIDTH, HEIGHT = 420, 230
CAP = 16  # px, the ends of a range
FONT = "system-ui, sans-serif"  # an image has no fonts of the page's


@dataclass(frozen=True, slots=True)
class Colours:
    """An image does not follow the page's theme by itself: each theme has its own picture."""

    line: str
    text: str
    grid: str
    ground: str


LIGHT = Colours("#07596a", "#13222b", "#dde5ea", "#ffffff")
PLAIN = "Its size on each scan"
DARK = Colours("#74c7d6", "#e6edf3", "#35444e", "#151e24")


def picture(lesion: LesionGrowth, colours: Colours = LIGHT, title: str | None = None) -> str:
    """A point a day with the range that rounding leaves open, on axes that start at zero, and above it the doubling time
    or another title."""
    svg: str = vl_convert.vegalite_to_svg(
        _specification(lesion, colours, title or doubling(lesion)), show_warnings=False
    )
    return _with_words(svg, lesion)


def words(lesion: LesionGrowth) -> str:
    """What the picture shows, in a sentence."""
    sizes = "; ".join(f"{p.on.day} {p.on:%B %Y}: {p.size:g} {p.unit}" for p in lesion.points)
    return f"{lesion.lesion}. {sizes}. {lesion.growth.sentence}"


def doubling(lesion: LesionGrowth) -> str:
    """The doubling time with its range, in the few words that a picture has room for."""
    growth = lesion.growth
    if growth.days is None:
        return "Did not grow"
    if growth.low is None:
        return f"Volume doubling time about {growth.days:.0f} days; range not known"
    if growth.high is None:
        return f"May not have grown; volume doubling time at least {growth.low:.0f} days"
    return f"Volume doubling time about {growth.days:.0f} days ({growth.low:.0f} to {growth.high:.0f})"


def _specification(lesion: LesionGrowth, colours: Colours, said: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"day": p.on.isoformat(), "size": p.size, "low": max(0.0, p.size - p.error), "high": p.size + p.error}
        for p in lesion.points
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=_days([row["day"] for row in rows]))
    room = alt.Scale(zero=True, domainMax=1.15 * max(row["high"] for row in rows))  # for the figure above its point
    size = alt.Y("size:Q", title=_measure(lesion), scale=room, axis=_SIZES)
    layers = (
        base.mark_line(color=colours.line, strokeWidth=2.5).encode(y=size),
        base.mark_rule(color=colours.line, strokeWidth=2).encode(y="low:Q", y2="high:Q"),
        *(base.mark_tick(color=colours.line, thickness=2, size=CAP).encode(y=f"{end}:Q") for end in ("low", "high")),
        base.mark_point(color=colours.line, filled=True, size=90, opacity=1).encode(y=size),
        base.mark_text(color=colours.text, dy=-20, fontSize=14, fontWeight="bold").encode(
            y=size, text=alt.Text("size:Q", format="~r")
        ),
    )
    title = alt.Title(said, anchor="start", color=colours.text, fontSize=14, fontWeight="bold", offset=14)
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, background=colours.ground, title=title)
    # the whole configuration first: it takes the place of every part set before it
    return dict(chart.configure(font=FONT).configure_axis(**_axes(colours)).configure_view(stroke=None).to_dict())


_SIZES = alt.Axis(tickCount=4, domain=False, ticks=False)


def _measure(lesion: LesionGrowth) -> str:
    return "Volume (mm³)" if lesion.points[0].unit == "mm3" else "Diameter (mm)"


def _days(days: list[Any]) -> alt.X:
    axis = alt.Axis(values=days, format="%-d %b %Y", labelOverlap=True, title="Date of the scan", grid=False)
    return alt.X("day:T", axis=axis, scale=alt.Scale(padding=48, type="utc"))


def _axes(colours: Colours) -> dict[str, Any]:
    return {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titlePadding": 10,
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
