"""Which sizes of a record are of the same lesion, and on which day each was measured. Nothing is matched by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..record import Fact, Record, day_range

_NUMBERED = re.compile(r"lesion:\d+")  # counted anew in every report: lesion:1 of two reports need not be one lesion
_SIDED = re.compile(r"\b(?:left|right|lingula|segment)\b")
_ONE_LESION = re.compile(r"\b(?:nodule|mass|lesion|tumou?r|metastasis)\b")
_SIZES = ("lesion_size", "lesion_volume")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One size of a lesion and the day it was measured."""

    on: date
    size: Fact


@dataclass(frozen=True, slots=True)
class Lesion:
    """name: for a reader. matched: why these sizes are one lesion's. place, words: what the reports call it.

    modalities: the kinds of images it was measured on, as far as the sources name one.
    """

    name: str
    matched: str
    sightings: tuple[Sighting, ...]
    place: str
    words: tuple[str, ...]
    modalities: frozenset[str]


def sightings(record: Record) -> tuple[tuple[Lesion, ...], tuple[str, ...]]:
    """Lesions with a dated size, and why the other sizes can be followed nowhere."""
    groups: dict[tuple[str, str], list[Sighting]] = {}
    reasons: list[str] = []
    for size in (fact for field in _SIZES for fact in record.all(field)):
        found = _placed(record, size)
        if isinstance(found, str):
            reasons.append(found)
        else:
            groups.setdefault(found[0], []).append(Sighting(found[1], size))
    return tuple(_lesion(record, key, found) for key, found in groups.items()), tuple(dict.fromkeys(reasons))


def _placed(record: Record, size: Fact) -> tuple[tuple[str, str], date] | str:
    """The lesion's key and the day, or why there is none."""
    on = _day(record, size)
    if on is None:
        return f"A size of {size.text} is not dated to the day."
    key = _key(record, size)
    return (key, on) if key else f"A size of {size.text} ({on.isoformat()}) does not say of which lesion it is."


def _day(record: Record, size: Fact) -> date | None:
    """The fact's own day, else the one day of the study that its report is about."""
    days = {size.on} if size.on else {str(f.value) for f in _beside(record, size, "study_date")}
    span = day_range(days.pop()) if len(days) == 1 else None
    return span[0] if span and span[0] == span[1] else None


def _key(record: Record, size: Fact) -> tuple[str, str] | None:
    """By its own name; in one source that dates each size, by its number; else by a place that one lesion can have."""
    about = size.about or ""
    if about in ("history", "other") or about.startswith("specimen:"):
        return None
    if about and not _NUMBERED.fullmatch(about):
        return "name", about.removeprefix("lesion:")
    if about and size.on and _has_other_days(record, size):
        return "number", f"{size.provenance.document}\n{about}"
    place = _place(record, size)
    return ("place", place) if _SIDED.search(place) and _ONE_LESION.search(" ".join(_words(record, size))) else None


def _has_other_days(record: Record, size: Fact) -> bool:
    return any(
        other.on and other.on != size.on for other in _beside(record, size, size.field) if other.about == size.about
    )


def _place(record: Record, size: Fact) -> str:
    places = {str(f.value).lower().strip() for f in _beside(record, size, "lesion_location") if f.about == size.about}
    return places.pop() if len(places) == 1 else ""


def _words(record: Record, size: Fact) -> tuple[str, ...]:
    return tuple(str(f.value).lower() for f in _beside(record, size, "finding") if f.about == size.about)


def _beside(record: Record, fact: Fact, field: str) -> Iterator[Fact]:
    """The facts of the field in the same source."""
    return (other for other in record.all(field) if other.provenance.document == fact.provenance.document)


def _lesion(record: Record, key: tuple[str, str], found: list[Sighting]) -> Lesion:
    how, name = key
    words = tuple(dict.fromkeys(w for s in found for w in _words(record, s.size)))
    places = {place for s in found if (place := _place(record, s.size))}
    place = places.pop() if len(places) == 1 else ""
    modalities = frozenset(kind for s in found if (kind := _modality(record, s.size)))
    return Lesion(_name(how, name, place), _MATCHED[how], tuple(found), place, words, modalities)


def _modality(record: Record, size: Fact) -> str | None:
    """Where one source speaks of several kinds, which of them gave the size is not known."""
    kinds = {str(fact.value) for fact in _beside(record, size, "modality")}
    return kinds.pop() if len(kinds) == 1 else None


def _name(how: str, name: str, place: str) -> str:
    title = {"place": name, "name": f"lesion {name}", "number": place or name.rpartition("\n")[2].replace(":", " ")}[
        how
    ]
    return title[0].upper() + title[1:]


_MATCHED = {
    "name": "The sources give these sizes to the same lesion by name.",
    "number": "One source gives these sizes to the same lesion.",
    "place": (
        "Matched by place: each report gives one size there. Whether it is the same lesion, a radiologist must say."
    ),
}
