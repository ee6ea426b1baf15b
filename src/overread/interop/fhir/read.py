"""Reads a FHIR R4 bundle of any maker into one record a patient, and says what it did not understand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from overread.clinical.record import Document, Fact, Record, Subject

from .attachments import Attachment, as_text, attachments, conclusion
from .conditions import read_condition, read_family_history
from .context import Context, Facts, NotRead, context, is_primary_cancer
from .elements import Node, first, items, string
from .load import Entry, load
from .observations import read_observation
from .own import is_own, read_own
from .patients import read_patient, subject_of
from .references import Index, target_of
from .treatments import read_medication, read_order, read_plan, read_procedure, read_specimen
from .validity import complaint

_READERS: dict[str, Callable[[Context], Facts]] = {
    "Patient": read_patient,
    "Condition": read_condition,
    "Observation": read_observation,
    "FamilyMemberHistory": read_family_history,
    "Procedure": read_procedure,
    "MedicationRequest": read_medication,
    "MedicationStatement": read_medication,
    "MedicationAdministration": read_medication,
    "ServiceRequest": read_order,
    "CarePlan": read_plan,
    "Specimen": read_specimen,
}
# Read for names, or for what refers to them; nothing to report about them on their own.
_SUPPORT = frozenset(
    [
        "Practitioner",
        "PractitionerRole",
        "Organization",
        "Location",
        "Encounter",
        "Medication",
        "Device",
        "BodyStructure",
        "Group",
        "Provenance",
        "CareTeam",
        "Composition",
        "RelatedPerson",
        "List",
        "Endpoint",
        "HealthcareService",
        "EpisodeOfCare",
    ]
)
_WHY_NOT = {
    "QuestionnaireResponse": "answers to questionnaires are not facts of the record; they stay in the original",
    "OperationOutcome": "it is a server's message, not part of a record",
    "Claim": "billing holds no clinical fact",
    "ExplanationOfBenefit": "billing holds no clinical fact",
    "ImagingStudy": "images are read from DICOM; send the study itself",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What was not read, or is not valid, and why. ``resource``: for example ``Observation/er-1``."""

    resource: str
    reason: str


@dataclass(frozen=True, slots=True)
class FhirRead:
    """What one bundle says.

    document: SHA-256 of the bytes, the ``document`` of every fact's provenance.
    records: one for each Patient in the bundle. apart: one for each patient that resources name but that is not in it.
    attachments: files inside it, to be read by ``interop.documents``.
    not_read: resources that gave no fact, with the reason. invalid: resources that break FHIR R4, though read.
    """

    document: str
    records: tuple[Record, ...]
    apart: tuple[Record, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    not_read: tuple[Remark, ...] = ()
    invalid: tuple[Remark, ...] = ()


@dataclass
class _Gathered:
    """What has been collected for one patient."""

    subject: Subject
    facts: list[Fact] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def record(self, source: Document) -> Record:
        return Record(self.subject, (source, *dict.fromkeys(self.documents)), tuple(dict.fromkeys(self.facts)))


def read_bundle(data: bytes, *, title: str = "FHIR bundle") -> FhirRead:
    """One record a patient, from a Bundle or a single resource. Raises FhirError, and nothing else, on bad input."""
    return _Reading(load(data), hashlib.sha256(data).hexdigest(), title).result()


class _Reading:
    """One pass over the entries of one bundle."""

    def __init__(self, entries: tuple[Entry, ...], document: str, title: str) -> None:
        self.document, self.title = document, title
        self.index = Index(entries)
        self.not_read: list[Remark] = []
        self.invalid: list[Remark] = []
        self.files: list[Attachment] = []
        self.known: dict[str, _Gathered] = {}
        self.apart: dict[str, _Gathered] = {}
        self.entries = list(self._kept(entries))
        for entry in self.entries:
            if entry.type == "Patient":
                self._home_of(entry)
        self.cancers: dict[str, list[Node]] = {}
        for entry in self.entries:
            if is_primary_cancer(entry.resource) and (home := self._whose(entry)):
                self.cancers.setdefault(home.subject.key, []).append(entry.resource)
        for entry in self.entries:
            self._read(entry)

    def result(self) -> FhirRead:
        source = Document(self.document, self.title, "fhir")
        records = tuple(g.record(source) for g in self.known.values())
        apart = tuple(g.record(source) for g in self.apart.values())
        return FhirRead(
            self.document, records, apart, tuple(self.files), tuple(self.not_read), tuple(dict.fromkeys(self.invalid))
        )

    def _kept(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        """Entries without those that repeat, delete, or hold no resource."""
        seen: dict[str, list[Node]] = {}
        for entry in entries:
            if not string(entry.resource, "resourceType"):
                self._refuse(entry, "the entry holds no resource")
            elif entry.deleted:
                self._refuse(entry, "the bundle asks to delete it")
            elif entry.resource in seen.get(entry.label, ()):
                self._refuse(entry, "it repeats an earlier entry")
            else:
                if string(entry.resource, "id"):
                    seen.setdefault(entry.label, []).append(entry.resource)
                yield entry

    def _refuse(self, entry: Entry, reason: str) -> None:
        self.not_read.append(Remark(entry.label, reason))

    def _home_of(self, patient: Entry) -> _Gathered:
        key = f"fhir:{self.document[:16]}/{patient.full_url or patient.label}"
        return self.known.setdefault(key, _Gathered(subject_of(patient.resource, key)))

    def _read(self, entry: Entry) -> None:
        if entry.type in _SUPPORT:
            return
        if broken := complaint(entry.resource, entry.type):
            self.invalid.append(Remark(entry.label, broken))
        home = self._home_of(entry) if entry.type == "Patient" else self._whose(entry)
        if home is None:
            self._refuse(entry, "it does not say which patient it is about")
            return
        ctx = context(self.document, entry.label, entry.resource, self.index, self._about(entry.resource, home))
        self._facts(entry, ctx, home)

    def _facts(self, entry: Entry, ctx: Context, home: _Gathered) -> None:
        before = len(home.facts) + len(home.documents) + len(self.files)
        reader = read_own if is_own(entry.resource) else _READERS.get(entry.type)
        try:
            if entry.type in ("DiagnosticReport", "DocumentReference"):
                self._papers(entry, ctx, home)
            elif reader is None:
                raise NotRead(_WHY_NOT.get(entry.type, f"Overread does not read {entry.type}"))
            else:
                for fact in reader(ctx):
                    home.facts.append(fact)
            if before == len(home.facts) + len(home.documents) + len(self.files) and entry.type != "Patient":
                raise NotRead(_NOTHING.get(entry.type, "nothing in it could be understood"))
        except NotRead as refusal:
            self._refuse(entry, str(refusal))

    def _papers(self, entry: Entry, ctx: Context, home: _Gathered) -> None:
        if string(entry.resource, "status") in ("entered-in-error", "cancelled"):
            raise NotRead(f"its status is {string(entry.resource, 'status')}")
        if text := conclusion(ctx):
            home.documents.append(text)
        for found in attachments(ctx, home.subject.key):
            if not isinstance(found, Attachment):
                self._refuse(entry, f"{found.title}: {found.reason}")
            elif plain := as_text(found):
                home.documents.append(plain)
            else:
                self.files.append(found)
                home.documents.append(Document(found.id, found.title, "report", on=found.on))

    def _whose(self, entry: Entry) -> _Gathered | None:
        """The patient that a resource is about: in the bundle, contained, or only named."""
        reference = next((first(entry.resource, n) for n in ("subject", "patient") if items(entry.resource, n)), {})
        found = self.index.entry(reference)
        if found and found.type == "Patient":
            return self._home_of(found)
        inside = self.index.find(reference, entry.resource)
        if inside and string(inside, "resourceType") == "Patient":
            key = f"fhir:{self.document[:16]}/{entry.label}#{string(inside, 'id') or ''}"
            return self.known.setdefault(key, _Gathered(subject_of(inside, key)))
        return self._named_only(reference)

    def _named_only(self, reference: Node) -> _Gathered | None:
        name = target_of(reference)
        if name is None or name.startswith("#") or ("/" in name and "Patient" not in name and "://" not in name):
            return None
        key = f"fhir:{self.document[:16]}/{name}"
        return self.apart.setdefault(key, _Gathered(Subject(key, string(reference, "display"))))

    def _about(self, resource: Node, home: _Gathered) -> str | None:
        """Which tumour, where a patient has more than one primary cancer."""
        cancers = self.cancers.get(home.subject.key, [])
        if len(cancers) < 2:
            return None
        named = [resource, *(self.index.find(f, resource) for f in items(resource, "focus"))]
        cancer = next((c for c in cancers for n in named if n is c), None)
        return f"condition:{string(cancer, 'id')}" if cancer and string(cancer, "id") else None


_NOTHING = {
    "DiagnosticReport": "it holds no words and no file; its results are read on their own",
    "DocumentReference": "it holds no file",
    "ServiceRequest": "it orders no treatment",
    "CarePlan": "it plans no treatment",
    "FamilyMemberHistory": "it names no illness",
}

__all__ = ["Attachment", "FhirRead", "Remark", "read_bundle"]
