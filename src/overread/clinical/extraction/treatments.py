"""Treatments that a note says were given, are proposed, or are only named; with cycles, days, intent and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from overread.clinical.knowledge.treatments import kind_of
from overread.clinical.record import Modality, Status

from . import treatment_details
from .found import Finds, Found
from .passages import Part, passages
from .sections import Layout
from .treatment_cues import Said, said_of
from .treatment_names import NOT_OF_CANCER, is_cancers_own, named

_FIELDS = {
    Status.GIVEN: "treatment_given",
    Status.ONGOING: "treatment_given",
    Status.STOPPED: "treatment_given",
    Status.PLANNED: "treatment_proposed",
    Status.PROPOSED: "treatment_proposed",
    Status.DISCUSSED: "treatment_discussed",
    Status.CONDITIONAL: "treatment_discussed",
    Status.REFUSED: "treatment_discussed",
}
_SPACES = re.compile(r"\s+")
_MOST = 40
_MOST_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a treatment is named. start, end: of the name; details: finds about it, not yet tied to it."""

    name: str
    start: int
    end: int
    said: Said
    details: tuple[Found, ...]

    @property
    def on(self) -> str | None:
        return next((found.on for found in self.details if found.on), None)


def read(layout: Layout) -> Finds:
    """Each treatment once, numbered in the order of the text; a later mention adds the day or the cycles."""
    for number, mention in enumerate(_merged(list(_mentions(layout)))[:_MOST], 1):
        yield from _facts(mention, f"treatment:{number}")


def _mentions(layout: Layout) -> Iterator[Mention]:
    parts = layout.once(passages)
    matches = list(islice(named(layout.low), _MOST_LOOKED_AT))
    for place, match in enumerate(matches):
        start = matches[place - 1].end() if place else 0
        end = matches[place + 1].start() if place + 1 < len(matches) else len(layout.low)
        said = said_of(layout.low, match.start(), match.end(), parts.at(match.start()), (start, end))
        if said and _is_of_the_cancer(layout, match, said, parts.at(match.start())):
            details = tuple(treatment_details.read(layout, match.start(), match.end(), (start, end), said.status))
            yield Mention(_SPACES.sub(" ", match[0]), match.start(), match.end(), said, details)


def _is_of_the_cancer(layout: Layout, match: re.Match[str], said: Said, part: Part) -> bool:
    """A past operation counts where it is one for tumours, or a tumour stands beside it: a gall bladder out is none."""
    if NOT_OF_CANCER.search(match[0]) or part in (Part.FAMILY, Part.REVIEW):
        return False
    kind = kind_of(match[0])
    if kind is None or kind.modalities != (Modality.SURGERY,) or part is Part.CANCER:
        return kind is not None
    return is_cancers_own(layout.low, match.start(), match.end(), ahead=_FIELDS[said.status] != "treatment_given")


def _merged(mentions: list[Mention]) -> list[Mention]:
    """Mentions of one name and one field are one treatment, unless two of them name different days."""
    kept: dict[tuple[str, str, str | None], Mention] = {}
    for mention in mentions:
        key = (mention.name, _FIELDS[mention.said.status])
        same = next((k for k in kept if k[:2] == key and (mention.on is None or k[2] in (None, mention.on))), None)
        if same is None:
            kept[(*key, mention.on)] = mention
        else:
            first = kept.pop(same)
            more = tuple(d for d in mention.details if d.field not in {f.field for f in first.details})
            kept[(*key, same[2] or mention.on)] = replace(first, details=(*first.details, *more))
    return sorted(kept.values(), key=lambda mention: mention.start)


def _facts(mention: Mention, about: str) -> Finds:
    """The treatment, its status where a word says it, what its name implies, and what stands beside it."""
    field, start, end, on = _FIELDS[mention.said.status], mention.start, mention.end, mention.on
    yield Found(field, mention.name, start, end, "treatment_named", about, on=on)
    yield Found("treatment_status", str(mention.said.status), *mention.said.span, mention.said.rule, about)
    kind = kind_of(mention.name)
    for modality in kind.modalities if kind else ():
        yield Found("treatment_modality", str(modality), start, end, "treatment_kind_by_name", about)
    if kind and kind.reversibility:
        yield Found("treatment_reversibility", str(kind.reversibility), start, end, "treatment_undone_by_name", about)
    yield from (replace(found, about=about) for found in mention.details if found.field)
