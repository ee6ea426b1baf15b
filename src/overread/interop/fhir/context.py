"""What a reader of one resource needs to know, and how it hands facts over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overread.clinical.record import Fact, FactError, Method, Provenance, Value

from .elements import Node, concept, day, first, has_profile, items, string, strings
from .references import Index

Facts = Iterator[Fact]


class NotRead(Exception):
    """The resource holds nothing that Overread understands, and why."""


@dataclass(frozen=True, slots=True)
class Context:
    """One resource as it is read: document id, its label, its author and date, and the way to other resources."""

    document: str
    label: str
    resource: Node
    index: Index
    on: str | None
    author: str | None
    about: str | None = None

    def fact(self, field: str, value: Value, path: str, *, about: str | None = None, rule: str | None = None) -> Facts:
        """The fact, or none where the value does not fit the field."""
        where = Provenance(
            self.document,
            Method.CODED,
            path=f"{self.label}.{path}" if path else self.label,
            author=self.author,
            rule=rule,
        )
        try:
            yield Fact(field, value, where, about or self.about, self.on)
        except FactError:
            return

    def find(self, reference: Node) -> Node | None:
        return self.index.find(reference, self.resource)


_DATES = [
    "effectiveDateTime",
    "effectivePeriod",
    "effectiveInstant",
    "performedDateTime",
    "performedPeriod",
    "onsetDateTime",
    "onsetPeriod",
    "recordedDate",
    "dateAsserted",
    "authoredOn",
    "occurrenceDateTime",
    "occurrencePeriod",
    "issued",
    "date",
]
_AUTHORS = ("resultsInterpreter", "performer", "asserter", "recorder", "requester", "informationSource", "author")


def context(document: str, label: str, resource: Node, index: Index, about: str | None) -> Context:
    author = next((name for role in _AUTHORS for name in _people(resource, role, index)), None)
    return Context(document, label, resource, index, day(resource, *_DATES), author, about)


def _people(resource: Node, role: str, index: Index) -> Iterator[str]:
    for holder in items(resource, role):
        reference = first(holder, "actor") or holder
        person = index.find(reference, resource)
        name = person_name(person, index) if person else string(reference, "display")
        if name:
            yield name


def person_name(resource: Node, index: Index | None = None) -> str | None:
    """How a Practitioner, a Patient or an Organization is called."""
    if string(resource, "resourceType") == "PractitionerRole" and index:
        behind = index.find(first(resource, "practitioner"), resource)
        return person_name(behind) if behind else string(first(resource, "practitioner"), "display")
    names = items(resource, "name")
    best = sorted(names, key=lambda n: {"official": 0, "usual": 1, None: 2}.get(string(n, "use"), 3))
    for name in best:
        titles = strings(name, "prefix")[:1] if string(resource, "resourceType") != "Patient" else []
        parts = [*titles, *strings(name, "given"), *filter(None, [string(name, "family")])]
        if text := " ".join(parts) or string(name, "text"):
            return text
    return string(resource, "name") if string(resource, "resourceType") == "Organization" else None


def is_primary_cancer(resource: Node) -> bool:
    """Whether the sender marked a condition as a primary cancer, so that several can be told apart."""
    return has_profile(resource, "mcode-primary-cancer-condition") and bool(concept(resource, "code"))
