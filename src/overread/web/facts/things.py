"""The lesions and treatments that one document numbers, each put together from its facts. Pure.

Numbers start anew in every document, and a report names a lesion twice: in its findings and in its impression. Two
lesions of one report are shown as one only where it gives both the same place and the same size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from overread.clinical.record import DETAILS, TREATMENTS
from overread.workflow.facts.queries import SeenFact

SIZES = ("lesion_size", "lesion_volume")
OF_LESIONS = (*SIZES, "lesion_location", "finding")
OF_TREATMENTS = (*TREATMENTS, *DETAILS)
WITHHELD = "withheld"  # one name for every document that may not be read

Thing = tuple[SeenFact, ...]


def is_part(seen: SeenFact) -> bool:
    """The fact belongs to a numbered lesion or treatment of a document that is known."""
    about = seen.fact.about or ""
    if seen.fact.provenance.document == WITHHELD:
        return False
    return is_of_lesion(seen) or (seen.fact.field in OF_TREATMENTS and about.startswith("treatment:"))


def is_of_lesion(seen: SeenFact) -> bool:
    return seen.fact.field in OF_LESIONS and (seen.fact.about or "").startswith("lesion:")


def things(facts: Iterable[SeenFact]) -> list[Thing]:
    """In the order in which their first facts were read."""
    parts: dict[tuple[str, str | None], list[SeenFact]] = {}
    for seen in facts:
        if is_part(seen):
            parts.setdefault((seen.fact.provenance.document, seen.fact.about), []).append(seen)
    return _same_lesions_once([day for part in parts.values() for day in _by_day(part)])


def _by_day(part: Sequence[SeenFact]) -> Iterator[Thing]:
    """A lesion that one source measures on several days has a row for each."""
    days = dict.fromkeys(seen.fact.on for seen in part)
    if len([day for day in days if day]) < 2 or not is_of_lesion(part[0]):
        yield tuple(part)
    else:
        yield from (tuple(seen for seen in part if seen.fact.on == day) for day in days)


def _same_lesions_once(found: Sequence[Thing]) -> list[Thing]:
    merged: dict[object, Thing] = {}
    for number, thing in enumerate(found):
        key = _same(thing) or number
        merged[key] = (*merged.get(key, ()), *thing)
    return list(merged.values())


def _same(thing: Thing) -> object:
    """What two mentions of one lesion have in common; None where the place or the size is not said."""
    sizes = frozenset((seen.fact.field, seen.fact.value) for seen in thing if seen.fact.field in SIZES)
    if not sizes or not place(thing):
        return None
    return thing[0].fact.provenance.document, thing[0].fact.on, place(thing), sizes


def place(thing: Thing) -> str:
    said = (str(seen.fact.value).strip().lower() for seen in thing if seen.fact.field == "lesion_location")
    return ", ".join(dict.fromkeys(said))
