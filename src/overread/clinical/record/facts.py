"""One coded fact, and the record of one subject. Frozen; unknown is absent and stays absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .codes import Code
from .fields import FIELDS, FieldSpec, Kind
from .provenance import Provenance

# No count or measurement in medicine comes near it; infinity and "not a number" are not below it either.
LARGEST = 1e15

Value = str | int | float | bool | Code


class FactError(ValueError):
    """The value is not one that the field can hold."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a source states for a field.

    about: what it concerns where the record holds several: ``specimen:A``, ``lesion:1``; None for the whole case.
    on: the date it was observed, ISO 8601 to the source's precision; None if the source does not say.
    """

    field: str
    value: Value
    provenance: Provenance
    about: str | None = None
    on: str | None = None

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise FactError(f"no such field: {self.field!r}")
        if reason := _refusal(self.spec, self.value):
            raise FactError(f"{self.field}: {reason}")

    @property
    def spec(self) -> FieldSpec:
        return FIELDS[self.field]

    @property
    def text(self) -> str:
        """The value as a reader sees it, with its unit."""
        value = f"{self.value:g}" if isinstance(self.value, float) else str(self.value)
        return f"{value} {self.spec.unit}" if self.spec.unit else value


def _refusal(spec: FieldSpec, value: Value) -> str | None:
    fits = {
        Kind.TEXT: isinstance(value, str) and bool(value.strip()),
        Kind.DATE: isinstance(value, str) and is_iso_date(value),
        Kind.CHOICE: value in spec.choices,
        Kind.NUMBER: isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST,
        Kind.FLAG: isinstance(value, bool),
        Kind.CODE: isinstance(value, Code),
    }[spec.kind]
    return None if fits else f"{value!r} is not a {spec.kind}"


def is_iso_date(text: str) -> bool:
    """A year, a year and month, or a day that exists."""
    padded = text + "-01-01"[len(text) - 10 :] if len(text) in (4, 7) else text
    try:
        date.fromisoformat(padded)
    except ValueError:
        return False
    return True


class Identity(StrEnum):
    """Whether a source is known to be about the person of the case."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "identity not confirmed"


@dataclass(frozen=True, slots=True)
class Subject:
    """The person that a source says it is about. Empty fields are what the source does not say."""

    key: str
    name: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    identifiers: frozenset[str] = frozenset()
    identity: Identity = Identity.NOT_CONFIRMED

    @property
    def label(self) -> str:
        return self.name or "Unnamed"


@dataclass(frozen=True, slots=True)
class Document:
    """A source in the record: id (SHA-256 of its bytes), title, type, pages, and its text where it has one."""

    id: str
    title: str
    kind: str  # "fhir", "report", "scan", "dicom", "note"
    pages: int | None = None
    text: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known about one subject. Contradictory facts stand side by side."""

    subject: Subject
    documents: tuple[Document, ...] = ()
    facts: tuple[Fact, ...] = ()
    _by_field: dict[str, tuple[Fact, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, list[Fact]] = {}
        for fact in self.facts:
            index.setdefault(fact.field, []).append(fact)
        object.__setattr__(self, "_by_field", {name: tuple(facts) for name, facts in index.items()})

    def all(self, name: str) -> tuple[Fact, ...]:
        """Every fact of the field, in the order they were read."""
        return self._by_field.get(name, ())

    def values(self, name: str) -> tuple[Value, ...]:
        """The distinct values of the field, in the order they were read."""
        return tuple(dict.fromkeys(fact.value for fact in self.all(name)))

    def one(self, name: str) -> Fact | None:
        """The field's fact, or None when the record is silent or contradicts itself."""
        facts = self.all(name)
        return facts[0] if len(self.values(name)) == 1 else None

    def contradictions(self) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """Fields of which two sources give different values for the same thing: the case, one day, one treatment."""
        for name, facts in self._by_field.items():
            if name in SINGLE:
                yield from _differing(name, [f for f in facts if f.about is None], lambda _: None)
            elif name in SINGLE_A_DAY:
                yield from _differing(name, [f for f in facts if f.about is None and f.on], lambda f: f.on)
            elif name in SINGLE_A_TREATMENT:
                yield from _differing(name, list(facts), lambda f: (f.provenance.document, f.about))


def _differing(name: str, facts: list[Fact], same: Callable[[Fact], object]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(same(fact), []).append(fact)
    yield from ((name, tuple(group)) for group in groups.values() if len({f.value for f in group}) > 1)


# Fields of which a case has one value at a time; the others may rightly repeat.
SINGLE = frozenset(
    {"sex", "birth_date", "site", "site_code", "laterality", "histology", "histology_code", "stage_group", "edition"}
    | {"t", "n", "m", "grade", "er", "pr", "her2", "msi", "mmr", "smoking"}
)
# Facts that are a day of their own source: when the study was made, the specimen taken, the report written.
SOURCE_DAYS = ("study_date", "specimen_collected", "report_date")
# What may change from day to day, and has one value a day.
SINGLE_A_DAY = frozenset({"ecog", "karnofsky", "pack_years", "menopausal_status", "psa"})
# What one treatment has one of. Its kind is not among them: chemoradiation is of two kinds.
SINGLE_A_TREATMENT = frozenset({"treatment_intent", "treatment_line", "treatment_reversibility", "treatment_ended"})
