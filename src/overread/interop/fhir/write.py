"""Writes a record, and the report about it, as an R4 Bundle in mCODE's shapes. Strict: what is not valid is not handed out."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from overread.clinical.record import DETAILS, TREATMENTS, Fact, Opinion, Record, Subject, Treatment

from .elements import Node
from .errors import NotWritten
from .own import written
from .shapes import shaped
from .treatment_shapes import shaped_treatment
from .validity import complaint

_NAMESPACE = uuid.UUID("7f3b6f0e-6f5c-5d0a-9a40-1d3d5a0f2c11")


class ReportStatus(StrEnum):
    """DiagnosticReport.status: a draft is preliminary, a signed report final, a corrected one amended."""

    DRAFT = "preliminary"
    SIGNED = "final"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Report:
    """The report that goes out with the facts.

    key: what identifies it, and its version. issued: ISO 8601 moment with its zone. signed_by: None while it is a draft.
    """

    key: str
    title: str
    issued: str
    conclusion: str = ""
    status: ReportStatus = ReportStatus.DRAFT
    signed_by: str | None = None
    pdf: bytes | None = None

    def __post_init__(self) -> None:
        if (self.status is ReportStatus.DRAFT) != (self.signed_by is None):
            raise ValueError("a draft has no signature, and a signed report has one")


def write_bundle(record: Record, *, opinions: Sequence[Opinion] = (), report: Report | None = None) -> bytes:
    """A collection Bundle as JSON in UTF-8. Equal input gives equal bytes. Raises NotWritten when it is not valid R4."""
    resources = list(_resources(record, opinions, report))
    entries = [{"fullUrl": f"urn:uuid:{node['id']}", "resource": node} for node in resources]
    bundle: Node = {"resourceType": "Bundle", "id": _ident(record.subject.key, "bundle"), "type": "collection"}
    bundle |= {"entry": entries} if entries else {}
    for node in [*resources, bundle]:
        if wrong := complaint(node, node["resourceType"]):
            raise NotWritten(f"{node['resourceType']}/{node['id']}: {wrong}.")
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _ident(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def _resources(record: Record, opinions: Sequence[Opinion], report: Report | None) -> Iterable[Node]:
    key = record.subject.key
    patient = _patient(record.subject, _ident(key, "patient"))
    told = [f for f in record.facts if not _on_patient(f, record.subject)]
    own = [_told(group, patient, _ident(key, "fact", str(n))) for n, group in enumerate(_together(told))]
    said = [
        _fact(fact, patient, _ident(key, "opinion", str(n), str(i)), author=opinion.author)
        for n, opinion in enumerate(opinions)
        for i, fact in enumerate(opinion.facts)
    ]
    plans = [_plan(o, patient, _ident(key, "plan", str(n))) for n, o in enumerate(opinions) if o.options]
    yield patient
    yield from (*(node for _, node in own), *said, *plans)
    if report:
        yield from _sources(key, own, report.issued)
        yield _report(report, patient, said or [node for _, node in own], _ident(key, "report", report.key))


def _on_patient(fact: Fact, subject: Subject) -> bool:
    """Sex and birth date stand on the Patient itself, unless a source says otherwise."""
    same = {"sex": subject.sex, "birth_date": subject.birth_date}
    plain = fact.about is None and fact.on is None and fact.provenance.author is None
    return plain and fact.field in same and same[fact.field] == fact.value


def _patient(subject: Subject, ident: str) -> Node:
    node: Node = {"resourceType": "Patient", "id": ident}
    node |= {"identifier": _identifiers(subject)} if subject.identifiers else {}
    node |= {"name": [{"text": subject.name}]} if subject.name else {}
    node |= {"gender": subject.sex} if subject.sex else {}
    node |= {"birthDate": subject.birth_date} if subject.birth_date else {}
    return node


def _identifiers(subject: Subject) -> list[Node]:
    parts = (token.partition("|") for token in sorted(subject.identifiers))
    return [{"system": system, "value": value} if value else {"value": system} for system, _, value in parts]


def _ref(node: Node) -> Node:
    return {"reference": f"urn:uuid:{node['id']}"}


def _fact(fact: Fact, patient: Node, ident: str, author: str | None = None) -> Node:
    """The fact in the shape that others know, with the fact itself beside it."""
    node = shaped(fact, ident, _ref(patient), author or fact.provenance.author)
    return node | {"extension": [*node.get("extension", []), written(fact)]}


def _together(facts: Sequence[Fact]) -> Iterable[tuple[Fact, ...]]:
    """A treatment with all that is said of it; every other fact alone. In the order of the record, none twice."""
    homes: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.field in TREATMENTS and fact.about:
            homes.setdefault((fact.provenance.document, fact.about), [fact])
    for fact in facts:
        home = homes.get((fact.provenance.document, fact.about or ""))
        if home and fact.field in DETAILS:
            home.append(fact)
    held = {id(fact): tuple(home) for home in homes.values() for fact in home}
    for fact in facts:
        if (group := held.get(id(fact), (fact,)))[0] is fact:
            yield group


def _told(group: tuple[Fact, ...], patient: Node, ident: str) -> tuple[tuple[Fact, ...], Node]:
    node = _fact(group[0], patient, ident) if len(group) == 1 else _treatment(group, patient, ident)
    return group, node


def _treatment(group: tuple[Fact, ...], patient: Node, ident: str) -> Node:
    """One resource for the treatment and its details, with each of these facts beside it."""
    author = group[0].provenance.author
    node = shaped_treatment(Treatment(group[0], group[1:]), ident, _ref(patient), author)
    return node | {"extension": [*node.get("extension", []), *map(written, group)]}


def _plan(opinion: Opinion, patient: Node, ident: str) -> Node:
    activities = [
        {"detail": {"status": "not-started", "description": _sentence(o.name, o.benefits, o.harms, o.recommended)}}
        for o in opinion.options
    ]
    plan: Node = {"resourceType": "CarePlan", "id": ident, "status": "draft", "intent": "proposal"}
    plan |= {"title": f"Treatment options named by {opinion.author}", "author": {"display": opinion.author}}
    return plan | {"subject": _ref(patient), "activity": activities}


def _sentence(name: str, benefits: str, harms: str, recommended: bool) -> str:
    parts = [f"{name} (recommended)" if recommended else name]
    parts += [f"Benefits: {benefits}"] if benefits else []
    parts += [f"Harms: {harms}"] if harms else []
    return ". ".join(parts)


def _sources(key: str, told: Sequence[tuple[tuple[Fact, ...], Node]], recorded: str) -> Iterable[Node]:
    """One Provenance a source document: what was taken from it, and by which SHA-256 it can be found."""
    taken: dict[str, list[Node]] = {}
    for group, node in told:
        taken.setdefault(group[0].provenance.document, []).append(_ref(node))
    for document, targets in taken.items():
        source = {
            "identifier": {"system": "urn:ietf:rfc:6920", "value": f"ni:///sha-256;{document}"},
            "display": "source",
        }
        yield {
            "resourceType": "Provenance",
            "id": _ident(key, "provenance", document),
            "target": targets,
            "recorded": recorded,
            "agent": [{"who": {"display": "Overread"}}],
            "entity": [{"role": "source", "what": source}],
        }


def _report(report: Report, patient: Node, results: Sequence[Node], ident: str) -> Node:
    draft = report.status is ReportStatus.DRAFT
    node: Node = {"resourceType": "DiagnosticReport", "id": ident, "status": report.status.value}
    node |= {"code": {"coding": [{"system": "http://loinc.org", "code": "11488-4", "display": "Consult note"}]}}
    node["code"]["text"] = report.title
    node |= {"subject": _ref(patient), "issued": report.issued}
    node |= {"result": [_ref(r) for r in results if r["resourceType"] == "Observation"]}
    node |= {"resultsInterpreter": [{"display": report.signed_by}]} if report.signed_by else {}
    words = f"DRAFT, not signed. {report.conclusion}".strip() if draft else report.conclusion
    node |= {"conclusion": words} if words else {}
    if report.pdf is not None:
        data = base64.b64encode(report.pdf).decode("ascii")
        node["presentedForm"] = [{"contentType": "application/pdf", "title": report.title, "data": data}]
    return {name: value for name, value in node.items() if value != []}
