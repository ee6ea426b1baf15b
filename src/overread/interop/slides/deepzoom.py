"""The arithmetic of a Deep Zoom image: levels that halve down to one pixel, each cut into tiles that overlap a little."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

TILE_SIZE = 510  # with its overlap 512: few requests a look, each small
OVERLAP = 1
NAMESPACE = "http://schemas.microsoft.com/deepzoom/2008"


def descriptor(width: int, height: int) -> str:
    """The DZI file of a picture of so many pixels."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Image xmlns={quoteattr(NAMESPACE)} Format="jpeg" Overlap="{OVERLAP}"'
        f' TileSize="{TILE_SIZE}"><Size Width="{width}" Height="{height}"/></Image>'
    )


def levels(width: int, height: int) -> int:
    """How many levels there are; the last one, ``levels - 1``, is the full resolution."""
    return (max(width, height) - 1).bit_length() + 1


def tiles_across(width: int, height: int, level: int) -> tuple[int, int] | None:
    """Columns and rows of tiles of a level; None where there is no such level."""
    shift = levels(width, height) - 1 - level
    if level < 0 or shift < 0:
        return None
    across = (-(-size // (1 << shift)) for size in (width, height))
    columns, rows = (-(-size // TILE_SIZE) for size in across)
    return columns, rows
