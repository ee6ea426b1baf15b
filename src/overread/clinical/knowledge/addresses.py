"""Where a source can be opened, from the way it is cited."""

from __future__ import annotations

import re

_PMC = re.compile(r"PMC\d+")


def address(where: str | None) -> str | None:
    """The address a browser opens: DOIs and PubMed Central numbers are made into one; None for anything else."""
    place = (where or "").strip()
    if not place or " " in place or "..." in place:
        return None
    if place.startswith("doi:"):
        return "https://doi.org/" + place[4:].replace("<", "%3C").replace(">", "%3E")
    if _PMC.fullmatch(place):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{place}/"
    return place if place.startswith(("https://", "http://")) else None


def in_words(where: str | None) -> str | None:
    """What of it has no address, to be shown as words."""
    return where if address(where) is None else None
