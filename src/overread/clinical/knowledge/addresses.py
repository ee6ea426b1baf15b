"""Where a source can be opened, from the way it is cited."""

from __future__ import annotations

import re

_PMC = re.compile(r"PMC\d+")


def address(where: str | None) -> str | None:
    """The address a browser opens, where one stands first: DOIs and PubMed Central numbers are made into one."""
    place, _ = _parts(where)
    if not place or "..." in place:
        return None
    if place.startswith("doi:"):
        return "https://doi.org/" + place[4:].replace("<", "%3C").replace(">", "%3E")
    if _PMC.fullmatch(place):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{place}/"
    return place if place.startswith(("https://", "http://")) else None


def in_words(where: str | None) -> str | None:
    """What of it has no address, to be shown as words."""
    _, rest = _parts(where)
    return where if address(where) is None else rest or None


def _parts(where: str | None) -> tuple[str, str]:
    """What stands first, and what follows it."""
    first, _, rest = (where or "").strip().partition(" ")
    return first.rstrip(";,"), rest.strip()
