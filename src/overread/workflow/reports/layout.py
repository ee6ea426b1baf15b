"""From the gathered body of a report to what the printed editions lay out. Pure; adds no medical word of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from overread.clinical.record import Domain, Fact, Record, Subject, Treatment, treatments
from overread.interop.documents import content as printed

from ..facts.rows import fact_from_json
from .conclusions import conclusions, decisions, looked_again
from .differences import differences

Body = Mapping[str, Any]

LAYERS: tuple[tuple[Domain, str], ...] = (
    (Domain.CLINICAL, "The person"),
    (Domain.PATHOLOGY, "Pathology"),
    (Domain.MOLECULAR, "Molecular"),
    (Domain.STAGE, "Stage, as stated"),
    (Domain.IMAGING, "Imaging"),
    (Domain.PLAN, "Treatment, as recorded"),
)
DEMO = "Demo: nobody in it is real"
GLOSSARY = (
    printed.Term("Concordant", "Both doctors came to the same conclusion."),
    printed.Term("Stage", "How far a cancer has grown or spread, in agreed steps."),
    printed.Term("Grade", "How much the cells of a tumour differ from healthy ones, in agreed steps."),
    printed.Term("Tumor board", "Specialists of several fields who look at a case together and decide what to advise."),
    printed.Term("Blinded", "The second doctor did not know what the first one concluded."),
    printed.Term("Biomarker", "Something measured in the tumour that can guide treatment."),
)
APART = (
    "What was sent speaks of {count} more that are not proven to be the same person. Each is listed apart, labelled "
    "“identity not confirmed”, and no check in this report rests on them."
)
NEXT_STEPS = (
    "Take this report to the doctor who treats you and go through it together.",
    "Write down what is still unclear to you, and ask that doctor.",
    "In 30 days we will ask you what happened next.",
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when, and which signed version this one replaces and why."""

    by: str | None = None
    at: datetime | None = None
    amends: str | None = None
    seal: tuple[str, ...] = ()


def laid_out(body: Body, title: str, signature: Signature) -> printed.ReportContent:
    """The content of both printed editions. Without a signature every page will say that it is a draft."""
    opinions = body["opinions"]
    return printed.ReportContent(
        title=title,
        case_reference=body["case"],
        patient=_patient(body),
        prepared_at=datetime.fromisoformat(body["made_at"]).astimezone(UTC),
        signed_by=signature.by,
        signed_at=signature.at,
        reviewer=", ".join(o["author"] for o in opinions) or None,
        amends=signature.amends,
        sections=tuple(_sections(body)),
        facts=tuple(_groups(body)),
        stage=_stage(body["assessment"]["stage"]),
        concordance=differences(body),
        options=tuple(_options(opinions)),
        questions=tuple(_questions(opinions)),
        further_tests=tuple(dict.fromkeys(t for o in opinions for t in o["further_tests"])),
        limitations=(body["assessment"]["workup"]["limitations"],),
        sources=tuple(_sources(body)),
        glossary=GLOSSARY,
        examination=examination(body),
        next_steps=NEXT_STEPS if signature.by else NEXT_STEPS[:2],
        institution=body.get("institution", ""),
        notice=DEMO if body.get("demo") else "",
        seal=signature.seal,
        conclusions=tuple(conclusions(body)),
        decisions=tuple(decisions(body)),
    )


def _patient(body: Body) -> printed.PatientLine:
    """Who the report is about, with how sure that is."""
    patient = next((s for s in body["subjects"] if s["leads"]), None)
    if patient is None:
        return printed.PatientLine("Not named", identity="identity not confirmed")
    return printed.PatientLine(
        patient["name"] or "Not named", patient["birth_date"], patient["sex"], patient["identity"]
    )


def _sections(body: Body) -> Iterator[printed.Section]:
    if not body["opinions"]:
        waiting = "No reviewing physician has given an opinion yet. What follows was computed from the record alone."
        yield printed.Section("No opinion yet", (waiting,), (waiting,))
    when = (_TREATMENT[body.get("treatment_started")],)
    yield printed.Section("When it was asked for", when, when)
    yield from _looked_again(body)
    others = [s for s in body["subjects"] if not s["leads"]]
    if others:
        told = (APART.format(count=len(others)),)
        yield printed.Section("Identity not confirmed", told, told)


def basis(body: Body) -> Iterator[str]:
    """What was looked at and when in the course of treatment. Reports of before these were asked lack the keys."""
    yield examination(body)
    yield _TREATMENT[body.get("treatment_started")]


def examination(body: Body) -> str:
    """Nobody examined the patient, unless the author of an outside opinion did."""
    examined = body.get("examined_by") or []
    if not examined:
        return printed.NO_EXAMINATION
    return f"{' and '.join(examined)} examined the patient in person. No other physical examination was done."


_TREATMENT = {
    True: "The opinion was asked for after treatment had started.",
    False: "The opinion was asked for before treatment started.",
    None: "Whether treatment had started when the opinion was asked for was not said.",
}


def _looked_again(body: Body) -> Iterator[printed.Section]:
    if said := tuple(looked_again(body)):
        yield printed.Section("The opinions differed, and the physicians looked again", said, said)


def _groups(body: Body) -> Iterator[printed.FactGroup]:
    for subject in body["subjects"]:
        facts = [(fact_from_json(f), f["source"]) for f in subject["facts"]]
        named = treatments(Record(Subject(""), (), tuple(f for f, _ in facts)))
        whole = {t.fact: t for t in named if t.details}
        told = {detail for t in whole.values() for detail in t.details}  # they stand with their treatment
        whose = "" if subject["leads"] else f" ({subject['name'] or 'unnamed'}: {subject['identity']})"
        for domain, label in LAYERS:
            rows = tuple(
                _row(f, source, whole.get(f)) for f, source in facts if f.spec.domain is domain and f not in told
            )
            if rows:
                yield printed.FactGroup(label + whose, rows)


def _row(fact: Fact, source: str, treatment: Treatment | None) -> printed.FactRow:
    """A treatment stands in one row with all that is said of it."""
    about = f" ({fact.about})" if fact.about and fact.provenance.path != "study" and not treatment else ""
    doubt = None if fact.provenance.method != "ocr" else "recognised in a picture of the page"
    words = f"{source}: “{fact.provenance.quote}”" if fact.provenance.quote else source
    return printed.FactRow(fact.spec.label + about, treatment.text if treatment else fact.text, words, fact.on, doubt)


def _stage(check: Mapping[str, Any]) -> printed.StageCheckLine:
    staged = check["checks"][0] if check["checks"] else None
    answer = staged["answers"][0] if staged and staged["answers"] else None
    stated = {"T": staged["t"], "N": staged["n"], "M": staged["m"]} if staged else {}
    columns = tuple((k, ", ".join(v)) for k, v in stated.items())
    return printed.StageCheckLine(
        statement=" ".join(s for s in (check["sentence"], staged["sentence"] if staged else "") if s),
        stated=", ".join(staged["stated"]) or None if staged else None,
        computed=(answer["group"] or " or ".join(answer["possible"]) or None) if answer else None,
        table=f"{answer['table']}, {answer['verification']}" if answer and answer["table"] else None,
        rows=tuple((*columns, ("Row", str(r["number"])), ("Group", r["group"])) for r in answer["rows"])
        if answer
        else (),
    )


def _questions(opinions: list[Mapping[str, Any]]) -> Iterator[printed.QuestionRow]:
    for opinion in opinions:
        for answer in opinion["answers"]:
            yield printed.QuestionRow(answer["question"], answer["answer"], opinion["author"])


def _options(opinions: list[Mapping[str, Any]]) -> Iterator[printed.OptionRow]:
    for opinion in opinions:
        for o in opinion["options"]:
            yield printed.OptionRow(
                name=o["name"], modality=o["modality"], benefits=o["benefits"], harms=o["harms"],
                intent=o["intent"] or "", recommended=o["recommended"],
            )  # fmt: skip


def _sources(body: Body) -> Iterator[str]:
    """Every file that a fact of this report came from, once."""
    yield from dict.fromkeys(f["source"] for s in body["subjects"] for f in s["facts"])
