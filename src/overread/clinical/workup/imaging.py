"""What imaging shows against what pathology and the stage say. Every difference here can have a good reason (another day, a
second tumour, tissue that shrinks), so each is for somebody to explain and none is called an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ..knowledge import load
from ..record import Domain, Fact, Modality, Record, day_range
from .case import Case, Found, affirmed, category, current, number
from .elements import metastatic
from .sizes import apart
from .treatments import treatments

_FILE = load("workup", "contradictions")
_ORGANS: dict[str, re.Pattern[str]] = {
    organ: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for organ, words in _FILE["organ_words"].items()
}
_SIDES = re.compile(r"\b(left|right)\b", re.IGNORECASE)
_SPREAD = re.compile(r"metasta(?!\w*\W+(?:lymph|node))", re.IGNORECASE)
_NODES = re.compile(
    r"\b(?:lymph)?adenopathy\b|\b(?:suspicious|enlarged|pathologic(?:al)?|metastatic|involved|malignant)\W+(?:\w+\W+){0,2}(?:lymph[ -]?)?nodes?\b",
    re.IGNORECASE,
)
_TUMOUR = re.compile(
    r"\b(?:nodules?|mass(?:es)?|lesions?|tumou?rs?|opacit(?:y|ies)|malignan\w+|cancer|carcinoma|metasta\w+)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\bno\b[^.;\n]{0,60}\b(?:nodules?|mass(?:es)?|lesions?|tumou?rs?|malignan\w+|cancer)\b|\b(?:normal|unremarkable)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lesion:
    """What one source says of one lesion: its words and place together, and its facts."""

    text: str
    facts: tuple[Fact, ...]

    @property
    def organ(self) -> str | None:
        """The one organ that its words name."""
        found = [organ for organ, pattern in _ORGANS.items() if pattern.search(self.text)]
        return found[0] if len(found) == 1 else None

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(side.lower() for side in _SIDES.findall(self.text))

    @property
    def size(self) -> Fact | None:
        sizes = [fact for fact in self.facts if fact.field == "lesion_size"]
        return max(sizes, key=number, default=None)

    @property
    def shown(self) -> Fact:
        """The fact that stands for it: where it lies, else what it is."""
        return next((fact for fact in self.facts if fact.field == "lesion_location"), self.facts[0])


def lesions(record: Record) -> tuple[Lesion, ...]:
    """Every lesion that a source numbers or names and does not deny; those of scans made after an operation are left out."""
    groups: dict[tuple[str, str | None], list[Fact]] = {}
    for fact in current(record, "finding", "lesion_location", "lesion_size"):
        if not _after_surgery(record, fact):
            groups.setdefault((fact.provenance.document, fact.about), []).append(fact)
    return tuple(_lesion(tuple(facts)) for facts in groups.values() if _is_lesion(facts))


def _lesion(facts: tuple[Fact, ...]) -> Lesion:
    return Lesion(" ".join(str(fact.value)[:300] for fact in facts if fact.field != "lesion_size"), facts)


def _is_lesion(facts: list[Fact]) -> bool:
    """A finding that names a lesion, or a size or a place given to one; not a sentence that finds none."""
    findings = [str(fact.value) for fact in facts if fact.field == "finding"]
    return any(affirmed(text, _TUMOUR) for text in findings) or (not findings and facts[0].about is not None)


def _after_surgery(record: Record, fact: Fact) -> bool:
    """The scan is of a later day than an operation whose day is known: what was removed is rightly not seen."""
    seen = day_range(fact.on or _study_day(record, fact))
    given = treatments(record, "treatment_given", "procedure")
    done = [day[1] for kind, other in given if kind == "surgery" and (day := day_range(other.on))]
    return bool(seen and done and seen[0] > min(done))


def _study_day(record: Record, fact: Fact) -> str | None:
    return _one_day(record, fact, "study_date")


def _one_day(record: Record, fact: Fact, field: str) -> str | None:
    days = {str(other.value) for other in record.all(field) if other.provenance.document == fact.provenance.document}
    return days.pop() if len(days) == 1 else None


def _of_tumour(case: Case) -> tuple[Lesion, ...]:
    organ = case.tumour.group if case.tumour else None
    return tuple(lesion for lesion in lesions(case.record) if lesion.organ == organ) if organ in _ORGANS else ()


def _other_organ(case: Case) -> Found:
    """Not where the record says that it has spread: then a lesion elsewhere is what was said."""
    organ = case.tumour.group if case.tumour else None
    spread = metastatic(case.record) or bool(case.record.all("metastasis"))
    found = () if spread else tuple(lesion for lesion in lesions(case.record) if not _SPREAD.search(lesion.text))
    places = {lesion.organ for lesion in found} - {None}
    if organ in _ORGANS and places and organ not in places and all(lesion.organ for lesion in found):
        named = ", ".join(sorted(str(place).replace("_", " ") for place in places))
        facts = (*(lesion.shown for lesion in found), *_pathology(case.record))
        yield f"Imaging in this record names lesions of the {named} and none of the {_title(case)}.", facts


def _title(case: Case) -> str:
    return case.tumour.group.replace("_", " ") if case.tumour else ""


def _other_side(case: Case) -> Found:
    side = case.record.one("laterality")
    found = [lesion for lesion in _of_tumour(case) if lesion.sides]
    sides = frozenset[str]().union(*(lesion.sides for lesion in found))
    if side and len(sides) == 1 and {str(side.value)} | sides == {"left", "right"}:
        yield (
            f"Pathology says {side.value}; imaging names the {sides and next(iter(sides))} side only.",
            (side, *(x.shown for x in found)),
        )


def _size(case: Case) -> Found:
    """Both sizes and what lies between them. No published limit says how far they may lie apart, so none is used."""
    cut = case.record.one("tumor_size")
    side = case.record.values("laterality")
    found = [x for x in _of_tumour(case) if x.size and (not x.sides or not side or x.sides & set(map(str, side)))]
    seen = [lesion.size for lesion in found if lesion.size]
    if cut is None or cut.spec.domain is not Domain.PATHOLOGY or not seen or not all(apart(cut, size) for size in seen):
        return
    nearest = min(seen, key=lambda size: abs(number(size) - number(cut)))
    gap = abs(number(nearest) - number(cut))
    said = f"Pathology measures {cut.text}, imaging {nearest.text}: {gap:g} mm apart, more than rounding explains."
    yield f"{said}{_treated_between(case.record, nearest, cut)}", (cut, nearest)


def _treated_between(record: Record, seen: Fact, cut: Fact) -> str:
    """Treatment that may have changed the size after the image and before the specimen.

    An operation counts only where its day is known to lie between: any other may be what the specimen came from.
    """
    image, specimen = day_range(seen.on or _study_day(record, seen)), day_range(cut.on or _day_taken(record, cut))
    found = {
        _between(fact, kind, image, specimen) for kind, fact in treatments(record, "treatment_given", "medication")
    }
    if True in found:
        return " Treatment was given between them, which can change the size."
    return " If treatment was given between them, that can have changed the size." if None in found else ""


Days = tuple[date, date] | None


def _between(given: Fact, kind: Modality, image: Days, specimen: Days) -> bool | None:
    """Whether it was given after the image and before the specimen; None where the days do not say."""
    on = day_range(given.on)
    if on and image and specimen and image[1] < on[0] and on[1] < specimen[0]:
        return kind not in _LEAVES_THE_TUMOUR
    before, after = on and image and on[1] <= image[0], on and specimen and on[0] >= specimen[1]
    return False if before or after or kind in _CERTAIN_ONLY else None


_LEAVES_THE_TUMOUR = frozenset({Modality.SURVEILLANCE, Modality.SUPPORTIVE})
_CERTAIN_ONLY = _LEAVES_THE_TUMOUR | {Modality.SURGERY}


def _day_taken(record: Record, fact: Fact) -> str | None:
    """The one day on which the source of the fact says that its specimen was taken."""
    return _one_day(record, fact, "specimen_collected")


def _m_zero(case: Case) -> Found:
    stated = category(case.record, "m")
    seen = tuple(fact for fact in _findings(case.record) if affirmed(str(fact.value), _SPREAD))
    if stated and stated[0].startswith("M0") and seen:
        yield (
            f"The M category ({stated[1].text}) says no distant spread; imaging names some: “{seen[0].text[:120]}”.",
            (stated[1], *seen),
        )


def _n_zero(case: Case) -> Found:
    stated = category(case.record, "n")
    seen = tuple(fact for fact in _findings(case.record) if affirmed(str(fact.value), _NODES))
    if stated and stated[0].startswith("N0") and seen:
        told = f"The N category ({stated[1].text}) says no involved lymph nodes; imaging names nodes: “{seen[0].text[:120]}”"
        yield f"{told}. Whether they are regional, the radiologist can say.", (stated[1], *seen)


def _no_lesion(case: Case) -> Found:
    cut = tuple(fact for fact in current(case.record, "tumor_size") if number(fact) > 0)
    denied = tuple(
        fact
        for fact in _findings(case.record)
        if _NOTHING.search(str(fact.value)[:1000]) and not affirmed(str(fact.value), _TUMOUR)
    )
    if cut and denied and not lesions(case.record):
        told = f"Imaging names no lesion (“{denied[0].text[:120]}”); pathology measures a tumour of {cut[0].text}"
        yield f"{told}. Was the scan made after it was removed?", (*denied, *cut)


def _findings(record: Record) -> Iterator[Fact]:
    return (fact for fact in current(record, "finding") if not _after_surgery(record, fact))


def _pathology(record: Record) -> tuple[Fact, ...]:
    return current(record, "site", "site_code")


RULES: dict[str, Callable[[Case], Found]] = {
    "imaging_other_organ": _other_organ,
    "imaging_other_side": _other_side,
    "imaging_size": _size,
    "imaging_against_m": _m_zero,
    "imaging_against_n": _n_zero,
    "imaging_no_lesion": _no_lesion,
}
