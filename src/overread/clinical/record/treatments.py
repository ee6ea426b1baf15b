"""One treatment out of the facts that are tied to it: what it is, and everything that its source says of it.

    for treatment in treatments(record, "treatment_proposed"):
        treatment.name, treatment.modality, treatment.intent, treatment.reversibility

A treatment is a fact of one of ``TREATMENTS``; facts of ``DETAILS`` with the same ``about`` in the same document say more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from .facts import Fact, Record, Value
from .kinds_of_treatment import Intent, Modality, Phase, Reversibility, Status

# Given: it happened. Proposed: somebody recommends or plans it. Discussed: named, and no more (options, "if", refused).
TREATMENTS = ("treatment_given", "treatment_proposed", "treatment_discussed", "medication")
DETAILS = (
    "treatment_status",
    "treatment_modality",
    "treatment_intent",
    "treatment_phase",
    "treatment_line",
    "treatment_reversibility",
    "treatment_amount",
    "treatment_ended",
)
Choice = TypeVar("Choice", bound=StrEnum)
# For a reader, in this order, and how each is put.
_TOLD = {"status": "{}", "intent": "{}", "phase": "{}", "line": "line {}", "amount": "{}", "ended": "until {}"}


@dataclass(frozen=True, slots=True)
class Treatment:
    """fact: the treatment by name, on the day it began. details: what else is said of it.

    A property is None where the source is silent, or says two things that cannot both be.
    """

    fact: Fact
    details: tuple[Fact, ...] = ()

    @property
    def name(self) -> str:
        return str(self.fact.value)

    @property
    def status(self) -> Status | None:
        return self._choice("status", Status)

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """Every way of treating that is part of it: chemoradiation is two."""
        said = (Modality(str(fact.value)) for fact in self.details if fact.field == "treatment_modality")
        return tuple(dict.fromkeys(said))

    @property
    def intent(self) -> Intent | None:
        return self._choice("intent", Intent)

    @property
    def phase(self) -> Phase | None:
        return self._choice("phase", Phase)

    @property
    def reversibility(self) -> Reversibility | None:
        return self._choice("reversibility", Reversibility)

    @property
    def line(self) -> int | None:
        value = self._one("line")
        return int(value) if isinstance(value, int | float) else None

    @property
    def amount(self) -> str | None:
        """Cycles or dose, as stated."""
        value = self._one("amount")
        return None if value is None else str(value)

    @property
    def ended(self) -> str | None:
        value = self._one("ended")
        return None if value is None else str(value)

    @property
    def told(self) -> tuple[Fact, ...]:
        """What is said of it, for a reader: without what the table of names adds (kind, reversibility)."""
        return tuple(fact for name in _TOLD for fact in self.details if fact.field == f"treatment_{name}")

    @property
    def text(self) -> str:
        """The treatment in a line: its name, and then what is said of it."""
        words = (_TOLD[fact.field.removeprefix("treatment_")].format(fact.text) for fact in self.told)
        said = ", ".join(dict.fromkeys(words))
        return f"{self.name} ({said})" if said else self.name

    def _one(self, name: str) -> Value | None:
        values = {fact.value for fact in self.details if fact.field == f"treatment_{name}"}
        return values.pop() if len(values) == 1 else None

    def _choice(self, name: str, kind: type[Choice]) -> Choice | None:
        value = self._one(name)
        return None if value is None else kind(str(value))


def treatments(record: Record, *names: str) -> tuple[Treatment, ...]:
    """The record's treatments in the order of the fields ``names`` (all of ``TREATMENTS`` where none is named)."""
    details: dict[tuple[str, str | None], list[Fact]] = {}
    for name in DETAILS:
        for fact in record.all(name):
            details.setdefault(_key(fact), []).append(fact)
    facts = (fact for name in names or TREATMENTS for fact in record.all(name))
    return tuple(Treatment(fact, tuple(details.get(_key(fact), ())) if fact.about else ()) for fact in facts)


def disagreements(found: Iterable[Treatment]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """What two documents say differently of one treatment, by its name and its day: (field, the facts that differ).

    Status too: what one source says was given, and another that the patient refused it.
    """
    alike: dict[tuple[str, str | None], list[Treatment]] = {}
    for treatment in found:
        alike.setdefault((" ".join(treatment.name.casefold().split()), treatment.fact.on), []).append(treatment)
    for group in alike.values():
        facts = [fact for treatment in group for fact in treatment.details]
        for name in _ONE_EACH:
            stated = tuple(fact for fact in facts if fact.field == name)
            if _apart(name, stated) and len({fact.provenance.document for fact in stated}) > 1:
                yield name, stated


def _apart(name: str, facts: tuple[Fact, ...]) -> bool:
    """Planned, and then given, is no contradiction; given, and refused, is."""
    values = {fact.value for fact in facts}
    return len(values & _APART.get(name, values)) > 1


_ONE_EACH = ("treatment_status", "treatment_intent", "treatment_line", "treatment_ended")
_APART: dict[str, set[Value]] = {"treatment_status": {str(Status.GIVEN), str(Status.REFUSED)}}


def _key(fact: Fact) -> tuple[str, str | None]:
    """``treatment:1`` is counted anew in every document."""
    return fact.provenance.document, fact.about
