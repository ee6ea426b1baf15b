"""The walk itself: the real actions of every step, done by the installation on files that somebody gave it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import timezone

from overread.clinical import experts, staging
from overread.clinical import trials as registered
from overread.clinical.assessment import Assessment, assess, to_json, to_plain
from overread.clinical.record import Record
from overread.interop.documents import reports as printed
from overread.interop.public_data import PublicDataError, clinicaltrials, pubmed
from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Organisation
from overread.workflow.audit.actors import System
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import Move
from overread.workflow.directory.queries import first_doctors
from overread.workflow.errors import WorkflowError
from overread.workflow.facts import actions as facts
from overread.workflow.facts import queries as fact_queries
from overread.workflow.facts.models import SubjectRow
from overread.workflow.intake import actions as intake
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.intake.transitions import FileState
from overread.workflow.reports import content, editions
from overread.workflow.reports.layout import Signature

from .progress import Progress

log = logging.getLogger(__name__)

WALK = System("walk")
ORGANISATION = "Walks from the terminal"
DICOM = "dicom"


@dataclass(frozen=True, slots=True)
class Inputs:
    bundle: Path | None
    reports: tuple[Path, ...]
    dicom: Path | None
    pubmed: Path | None
    trials: tuple[Path, ...]


def walk_through(inputs: Inputs, out: Path, told: Progress) -> None:
    """All eight steps. A file that cannot be read is refused with its reason, and the walk goes on."""
    case = _open(told)
    _gather(case, inputs, told)
    found = _understand(case, out, told)
    _ask(case, found, told)
    _route(case, found, inputs, out, told)
    told.step(5, "Review")
    told.say("A terminal has no reviewing physician: no opinion was given, none is made up.")
    told.step(6, "Compare")
    told.say("Without a second opinion there is nothing to compare.")
    _report(case, out, told)
    told.step(8, "Learn")
    told.say("What happened next is asked 30 days after a report is signed. This one is not signed.")
    told.say(f"Everything is in {out}. The case is {case.reference} in this installation.")


def _open(told: Progress) -> Case:
    told.step(1, "Ask")
    now = timezone.now()
    place = Organisation.objects.filter(name=ORGANISATION).first()
    place = place or accounts.create_organisation(name=ORGANISATION, by=WALK, now=now)
    case = cases.open_case(organisation=place, title="Walk from the terminal", by=WALK, now=now)
    told.say(f"Case {case.reference} is open. Whether an opinion is indicated is answered below, from the record.")
    return case


def _gather(case: Case, inputs: Inputs, told: Progress) -> None:
    told.step(2, "Gather")
    if inputs.bundle:
        _name_patient(_take(case, inputs.bundle, told), told)
    for path in told.through("Reading reports", inputs.reports, len(inputs.reports)):
        _take(case, path, told)
    _gather_images(case, inputs.dicom, told)


def _gather_images(case: Case, place: Path | None, told: Progress) -> None:
    """The images of a folder, one in memory at a time. A single file is taken as what it is: an image, a zip, a lie."""
    if place is None:
        return
    if place.is_file():
        _take(case, place, told)
        return
    found, images, kept = _files_below(place), 0, 0
    for path in told.through("Reading images", found, len(found)):
        if _may_be_dicom(path):
            images += 1
            file = _take(case, path, told, quiet=True)
            kept += file is not None and file.state == FileState.ACCEPTED and file.kind == DICOM
    aside = len(found) - images
    told.say(f"{kept} of {images} images kept." + (f" {_counted(aside, 'file')} not DICOM, left aside." * bool(aside)))


def _may_be_dicom(path: Path) -> bool:
    """By the mark that a DICOM file carries, or by its name, so that a broken one is refused with its reason."""
    if path.suffix.lower() == ".dcm":
        return True
    try:
        with path.open("rb") as opened:
            return opened.read(132)[128:] == b"DICM"
    except OSError:
        return True  # unreadable: refused by name when it is taken


def _files_below(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]


def _take(case: Case, path: Path, told: Progress, *, quiet: bool = False) -> ReceivedFile | None:
    """Receive and read one file; what is refused is told with its reason."""
    try:
        file = intake.receive(case=case, chunks=_chunks(path), name=path.name, by=WALK, now=timezone.now())
    except WorkflowError as refusal:
        told.say(f"{path.name}: refused. {refusal.what} {refusal.do}")
        return None
    if file.state == FileState.QUARANTINED:
        file = _read_into_facts(file)
    if file.kind == "archive":
        _tell_inside(case, file, told)
    elif file.state == FileState.REFUSED:
        told.say(f"{path.name}: refused. {file.reason}")
    elif not quiet or file.kind != DICOM:
        told.say(f"{path.name}: {file.kind}, {_counted(file.facts.count(), 'fact')}.")
    return file


def _read_into_facts(file: ReceivedFile) -> ReceivedFile:
    """Whatever our own reading fails on is set aside with a reason, as the worker does it: one file stops no case."""
    try:
        return facts.read_file(file=file, by=WALK, now=timezone.now())
    except Exception:
        log.debug("reading failed", exc_info=True)
        return intake.set_aside(file=file, by=WALK, now=timezone.now())


def _tell_inside(case: Case, archive: ReceivedFile, told: Progress) -> None:
    """What became of the files that came in a zip: they were received after it."""
    inside = list(ReceivedFile.objects.filter(case=case, pk__gt=archive.pk))
    told.say(f"{archive.name}: a zip, {_counted(len(inside), 'file')} inside.")
    for file in inside:
        if file.state == FileState.REFUSED:
            told.say(f"{file.name}: refused. {file.reason}")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while chunk := opened.read(1 << 20):
            yield chunk


def _name_patient(file: ReceivedFile | None, told: Progress) -> None:
    """The person of the patient bundle is whom the case is about, if it is a bundle and speaks of one person alone."""
    if file is None or file.state != FileState.ACCEPTED:
        return
    subjects = set(SubjectRow.objects.filter(facts__file=file).select_related("case"))
    if file.kind == "fhir" and len(subjects) == 1:
        facts.name_patient(subject=subjects.pop(), by=WALK, now=timezone.now())
    else:
        why = f"speaks of {len(subjects)} people" if file.kind == "fhir" else "is no FHIR bundle"
        told.say(f"{file.name} {why}: nobody is named as the patient.")


def _understand(case: Case, out: Path, told: Progress) -> Assessment:
    told.step(3, "Understand")
    views = fact_queries.subjects(WALK, case)
    for view in views:
        told.say(f"{view.subject.label}: {_counted(len(view.facts), 'fact')}, {_identity(view)}.")
    if not views:
        told.say("Nothing was stated in what was given.")
    documents = ReceivedFile.objects.filter(case=case, state=FileState.ACCEPTED).select_related("text")
    _write(
        out / "facts.json", {"subjects": [_subject(v) for v in views], "documents": [_document(d) for d in documents]}
    )
    checks = [_who(v.record) | {"stage": to_plain(staging.check(v.record))} for v in views]
    _write(out / "stage.json", {"subjects": checks})
    found = fact_queries.assessment(WALK, case, timezone.now())
    told.say(found.stage.sentence)
    told.say(
        f"{_counted(len(found.workup.missing), 'item')} missing, {_counted(len(found.workup.contradictory), 'contradiction')}."
    )
    cases.move(case=case, to=Move.RECORDS_READY, by=WALK, now=timezone.now())
    cases.move(case=case, to=Move.UNDERSTOOD, by=WALK, now=timezone.now())
    return found


def _route(case: Case, found: Assessment, inputs: Inputs, out: Path, told: Progress) -> None:
    """Rank experts and match trials for the record that leads the case."""
    told.step(4, "Route")
    articles = _read("Reading publications", pubmed.articles, (inputs.pubmed,) if inputs.pubmed else (), told)
    known = _read("Reading trials", clinicaltrials.trials, inputs.trials, told)
    record = fact_queries.lead_record(WALK, case)
    found = assess(
        record, found.as_of, trials=_of(known, registered.Trial), articles=_of(articles, experts.Article),
        away_from=first_doctors(record),
    )  # fmt: skip
    for need in found.specialties:
        told.say(f"To be heard: {need.specialty} ({need.modality}).")
    told.say(
        found.experts.reason or f"{_counted(len(found.experts.experts), 'expert')} ranked for {found.topic.label}."
    )
    for match in found.trials:
        told.say(f"{match.nct}: {match.overall}.")
    specialties = to_plain(found.specialties)
    ranking = {"specialties": specialties, **to_plain(replace(found.experts, experts=()))}
    ranking["experts"] = [_expert(expert) for expert in found.experts.experts]
    _write(out / "experts.json", _who(record) | ranking)
    _write(out / "trials.json", _who(record) | {"trials": to_plain(found.trials)})


def _expert(expert: experts.Expert) -> dict[str, object]:
    """One expert with the arithmetic, without the full text of every article."""
    person = expert.person
    who: dict[str, object] = {"name": person.name, "orcid": person.orcid, "institutions": person.institutions}
    who |= {"countries": person.countries, "same_person": person.confidence, "namesakes": person.namesakes}
    sums = {"contributions": expert.contributions, "independence": expert.independence, "tie": expert.tie}
    return {"rank": expert.rank, **to_plain(who), "score": to_plain(expert.score), **to_plain(sums)}


def _of(things: list[object], kind: type) -> list:  # type: ignore[type-arg]
    return [thing for thing in things if isinstance(thing, kind)]


def _read(
    label: str, reader: Callable[[Path], Iterator[object]], paths: tuple[Path, ...], told: Progress
) -> list[object]:
    """Everything the reader finds in the files; a file of another kind is told and passed over."""
    found: list[object] = []
    for path in paths:
        try:
            found += list(told.through(label, reader(path), total=0))
        except PublicDataError as error:
            told.say(f"{path.name}: not used. {error}")
        except OSError as error:
            told.say(f"{path.name}: could not be read ({error.strerror}).")
    return found


def _ask(case: Case, found: Assessment, told: Progress) -> None:
    """The assessment, answered from what the record says of itself, kept with the case."""
    cases.set_assessment(case=case, assessment=to_plain(found.answers), by=WALK, now=timezone.now())
    told.say(f"Is a second opinion indicated? {found.indication.sentence}")


def _report(case: Case, out: Path, told: Progress) -> None:
    told.step(7, "Report")
    body = content.gather(case, timezone.now())
    unsigned = Signature()
    laid_out = editions.content(body, unsigned)
    (out / "clinician.pdf").write_bytes(printed.clinician_report(laid_out))
    (out / "patient.pdf").write_bytes(printed.patient_report(laid_out))
    (out / "bundle.json").write_bytes(editions.bundle(body, unsigned, key=str(case.key)))
    told.say("clinician.pdf, patient.pdf and bundle.json written. DRAFT, not signed.")


def _who(record: Record) -> dict[str, object]:
    subject = record.subject
    return {"subject": subject.label, "subject_key": subject.key, "identity": str(subject.identity)}


def _identity(view: fact_queries.SubjectView) -> str:
    return "the patient of this case" if view.is_patient else "identity not confirmed"


def _subject(view: fact_queries.SubjectView) -> dict[str, object]:
    return _who(view.record) | {
        "is_patient": view.is_patient,
        "birth_date": view.subject.birth_date,
        "sex": view.subject.sex,
        "facts": [to_plain(seen.fact) for seen in view.facts],
    }


def _document(file: ReceivedFile) -> dict[str, object]:
    text = getattr(file, "text", None)
    plain = {"id": file.sha256, "name": file.name, "kind": file.kind}
    return plain | ({"text": text.text, "page_starts": text.page_starts, "method": text.method} if text else {})


def _write(path: Path, what: object) -> None:
    path.write_text(to_json(what), encoding="utf-8")
