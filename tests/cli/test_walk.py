"""The walk: every kind of file in, seven files out; what cannot be read is refused by name and the walk goes on."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from rich.console import Console

from overread.cli.progress import Progress
from overread.cli.walking import Inputs, walk_through
from overread.interop.documents import ocr
from overread.workflow.audit.queries import export, first_break
from overread.workflow.cases.models import Case
from tests.cli import samples
from tests.cli.samples import NOTHING, Desk

pytestmark = pytest.mark.django_db

OUTPUTS = {"clinician.pdf", "patient.pdf", "bundle.json", "facts.json", "stage.json", "experts.json", "trials.json"}


class Walked:
    """What a walk said and wrote."""

    def __init__(self, out: Path, said: str) -> None:
        self.out, self.said = out, said

    def __getitem__(self, name: str) -> Any:
        return json.loads((self.out / f"{name}.json").read_text(encoding="utf-8"))

    def pdf(self, name: str) -> str:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(self.out / f"{name}.pdf").pages)

    @property
    def subjects(self) -> list[str]:
        return [subject["subject"] for subject in self["facts"]["subjects"]]


Walk = Callable[[Inputs], Walked]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    def do(inputs: Inputs) -> Walked:
        out = tmp_path / f"out{len(list(tmp_path.glob('out*')))}"
        out.mkdir()
        said = io.StringIO()
        walk_through(inputs, out, Progress(Console(file=said, highlight=False)))
        return Walked(out, said.getvalue())

    return do


def test_every_output_is_there_and_nothing_claims_to_be_signed(walk: Walk, desk: Desk) -> None:
    walked = walk(desk.inputs())

    assert {path.name for path in walked.out.iterdir()} == OUTPUTS
    assert all("DRAFT, not signed" in walked.pdf(name) for name in ("clinician", "patient"))
    kinds = {entry["resource"]["resourceType"]: entry["resource"] for entry in walked["bundle"]["entry"]}
    assert kinds["DiagnosticReport"]["status"] == "preliminary"
    assert [walked.said.index(f"{n}. ") for n in range(1, 9)] == sorted(
        walked.said.index(f"{n}. ") for n in range(1, 9)
    )


def test_every_fact_read_from_text_says_where(walk: Walk, desk: Desk) -> None:
    facts = walk(desk.inputs())["facts"]
    texts = {document["id"]: document["text"] for document in facts["documents"] if "text" in document}
    read = [f["provenance"] for s in facts["subjects"] for f in s["facts"] if f["provenance"]["span"]]

    assert len(texts) == 2
    assert {provenance["document"] for provenance in read} == set(texts)
    for where in read:
        assert texts[where["document"]][where["span"]["start"] : where["span"]["end"]] == where["quote"]


def test_the_same_person_is_one_subject_and_another_never_is(walk: Walk, desk: Desk) -> None:
    walked = walk(desk.inputs())
    subjects = {s["subject"]: s for s in walked["facts"]["subjects"]}

    assert len(subjects) == 3  # Ada of the bundle, Ana of both reports, Jane of the images
    assert [s["is_patient"] for s in subjects.values()] == [True, False, False]
    assert [s["identity"] for s in subjects.values()] == [
        "confirmed",
        "identity not confirmed",
        "identity not confirmed",
    ]
    both = {f["provenance"]["document"] for f in walked["facts"]["subjects"][1]["facts"]}
    assert len(both) == 2
    assert "identity not confirmed" in walked.pdf("clinician")
    assert walked["stage"]["subjects"][1]["stage"]["consistent"] is False


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Rivera, Ana Maria"},
        {"born": "04/25/1962"},
        {"number": "778813", "name": "Rivers, Ana"},
        {"name": "Okoro, Ben"},
    ],
)
def test_whoever_differs_stays_apart(walk: Walk, desk: Desk, other: dict[str, str]) -> None:
    """A name or a date that differs is enough, however much else agrees."""
    pair = (desk.lay("one.txt", samples.report()), desk.lay("two.txt", samples.report(**other)))

    assert len(walk(replace(NOTHING, reports=pair)).subjects) == 2


def test_other_inputs_give_other_outputs(walk: Walk, desk: Desk) -> None:
    first = walk(desk.inputs())
    second = walk(
        desk.inputs(
            bundle=desk.lay("other.json", samples.bundle(family="Other", ident="p9", t="cT4b")),
            pubmed=desk.lay("other.xml", samples.publications(author="Okoro")),
            trials=(desk.lay("men.json", samples.trial("NCT11111111", sex="MALE")),),
        )
    )

    assert first.subjects != second.subjects
    assert first["stage"] != second["stage"]
    assert [e["name"] for e in first["experts"]["experts"]] != [e["name"] for e in second["experts"]["experts"]]
    assert first["trials"]["trials"][0]["nct"] != second["trials"]["trials"][0]["nct"]
    assert second["trials"]["trials"][0]["overall"] == "not met"
    assert first.pdf("patient") != second.pdf("patient")


def test_the_verdict_follows_the_report(walk: Walk, desk: Desk) -> None:
    """One letter of the stated stage decides whether it is consistent."""

    def consistent(stage: str) -> bool | None:
        report = desk.lay(f"{stage}.txt", samples.report(stage=stage))
        verdict: bool | None = walk(replace(NOTHING, reports=(report,)))["stage"]["subjects"][0]["stage"]["consistent"]
        return verdict

    assert (consistent("IV"), consistent("III")) == (False, True)


def test_nothing_in_says_nothing_and_still_writes_everything(walk: Walk) -> None:
    walked = walk(NOTHING)

    assert {path.name for path in walked.out.iterdir()} == OUTPUTS
    assert walked["facts"] == {"subjects": [], "documents": []}
    assert (walked["experts"]["experts"], walked["trials"]["trials"], walked["stage"]["subjects"]) == ([], [], [])
    assert "Nothing was stated" in walked.said
    assert "DRAFT" in walked.pdf("patient")


BAD: dict[str, tuple[str, bytes]] = {
    "empty": ("a.txt", b""),
    "spaces": ("a.txt", b"  \n "),
    "truncated PDF": ("a.pdf", samples.pdf("pT2 pN0")[:400]),
    "a PDF by name alone": ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    "noise": ("a.txt", bytes(range(256)) * 20),
    "half a bundle": ("a.json", samples.bundle()[:200]),
    "no bundle": ("a.json", b'{"resourceType": "Nonsense"}'),
    "a list": ("a.json", b"[1, 2, 3]"),
    "half an image": ("a.dcm", samples.ct_slice()[:200]),
    "an image without identifiers": ("a.dcm", bytes(128) + b"DICM"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_read_is_refused_by_name(walk: Walk, desk: Desk, kind: str) -> None:
    name, data = BAD[kind]
    walked = walk(replace(NOTHING, reports=(desk.lay(name, data), desk.lay("good.txt", samples.report()))))

    assert f"{name}: refused." in walked.said
    assert len(walked.subjects) == 1
    assert {path.name for path in walked.out.iterdir()} == OUTPUTS


ODD: dict[str, bytes] = {
    "another language": "Präparat: Kolonresektat. Kein Anhalt für Malignität.".encode(),
    "control characters": b"Stage\x00 pT2\x07 pN0 \x1b[31mred",
    "zeros in a bundle": samples.bundle(family="Zero\x00\x01"),
    "half a surrogate": samples.bundle(family="X").replace(b'"X"', b'"\\ud800 X"'),
    "a long name": samples.bundle(family="N" * 5000),
    "contradictory": (samples.report() + "PATHOLOGIC STAGE: pT1 pN2 pM1, Stage I\n").encode(),
    "markup": samples.report(name="[bold]Rivera[/bold], <b>#import</b>").encode(),
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_content_is_read_without_failing(walk: Walk, desk: Desk, kind: str) -> None:
    walked = walk(replace(NOTHING, bundle=desk.lay("odd", ODD[kind])))

    assert "odd: " in walked.said
    assert {path.name for path in walked.out.iterdir()} == OUTPUTS


def test_public_data_of_another_kind_is_said_and_passed_over(walk: Walk, desk: Desk) -> None:
    swapped = desk.inputs(
        pubmed=desk.lay("trial.json", samples.trial()),
        trials=(
            desk.lay("articles.xml", samples.publications()),
            desk.lay("empty.json", b""),
            desk.lay("t.json", samples.trial()),
        ),
    )
    walked = walk(swapped)

    assert all(f"{name}: not used." in walked.said for name in ("trial.json", "articles.xml", "empty.json"))
    assert walked["experts"]["experts"] == []
    assert [trial["nct"] for trial in walked["trials"]["trials"]] == ["NCT99999999"]


def test_what_vanished_is_said(walk: Walk, desk: Desk) -> None:
    gone = desk.folder / "gone.xml"
    walked = walk(Inputs(gone, (gone,), None, gone, (gone,)))

    assert walked.said.count("gone.xml: refused.") == 2
    assert walked.said.count("gone.xml: could not be read") == 2


def test_nobody_is_named_by_what_is_no_bundle_or_speaks_of_two(walk: Walk, desk: Desk) -> None:
    second = json.loads(samples.bundle(family="Second", ident="p2"))["entry"]
    two = samples.bundle(
        extra=tuple(entry["resource"] | {"id": f"z{i}"} if i else entry["resource"] for i, entry in enumerate(second))
    )
    text = walk(replace(NOTHING, bundle=desk.lay("letter.txt", samples.report())))
    pair = walk(replace(NOTHING, bundle=desk.lay("two.json", two)))

    assert "letter.txt is no FHIR bundle: nobody is named as the patient." in text.said
    assert "two.json speaks of 2 people: nobody is named as the patient." in pair.said
    assert not any(subject["is_patient"] for subject in pair["facts"]["subjects"])


def test_a_folder_of_images_may_hold_other_things(walk: Walk, desk: Desk) -> None:
    desk.lay("ct/1", samples.ct_slice(1))
    desk.lay("ct/deep/2.dcm", samples.ct_slice(2))
    desk.lay("ct/broken.dcm", samples.ct_slice(3)[:200])
    desk.lay("ct/words.dcm", "These are words.")
    desk.lay("ct/readme.txt", "Thank you")
    desk.lay("ct/.hidden", "x")
    walked = walk(replace(NOTHING, dicom=desk.folder / "ct"))

    assert "2 of 4 images kept. 1 file not DICOM, left aside." in walked.said
    assert "broken.dcm: refused." in walked.said
    assert "words.dcm: report, 0 facts." in walked.said
    assert walked.subjects == ["Jane Doe"]


def test_our_own_failure_stops_no_case(walk: Walk, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("overread.cli.walking.facts.read_file", fail)
    walked = walk(replace(NOTHING, reports=(desk.lay("a.txt", samples.report()),)))

    assert "a.txt: refused. Overread failed to read this file. The original is kept." in walked.said
    assert {path.name for path in walked.out.iterdir()} == OUTPUTS


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_zip_becomes_its_files(walk: Walk, desk: Desk) -> None:
    data = zipped(
        one=samples.ct_slice(1),
        two=samples.ct_slice(2),
        three=samples.report().encode(),
        bad=b"PK\3\4",
        no=b"\x00\x01" * 99,
    )
    walked = walk(replace(NOTHING, dicom=desk.lay("disc.zip", data)))

    assert "disc.zip: a zip, 4 files inside." in walked.said
    assert "no: refused." in walked.said
    assert walked.subjects == ["Jane Doe", "Rivera, Ana"]


@pytest.mark.parametrize("data", [zipped(), zipped(a=b"PK\3\4zip in zip"), zipped(a=b"x")[:30]])
def test_a_zip_of_nothing_is_refused(walk: Walk, desk: Desk, data: bytes) -> None:
    assert "disc.zip: refused." in walk(replace(NOTHING, dicom=desk.lay("disc.zip", data))).said


def test_one_image_by_itself(walk: Walk, desk: Desk) -> None:
    assert "one: dicom" in walk(replace(NOTHING, dicom=desk.lay("one", samples.ct_slice()))).said


def test_the_walk_leaves_a_case_whose_trail_holds(walk: Walk, desk: Desk) -> None:
    walk(desk.inputs())
    case = Case.objects.get()

    assert first_break(str(case.key)) is None
    done = {row["action"] for row in export(str(case.key))}
    assert {"cases.opened", "intake.accepted", "facts.read", "facts.patient_named", "cases.moved"} <= done
    assert case.state == "routing"


@pytest.mark.realdata
def test_real_files_of_four_people(walk: Walk, shared_data: Path) -> None:
    inputs = Inputs(
        shared_data / "fhir/Bundle-mcode-patient-bundle-jenny-m.json",
        (shared_data / "fhir/Bundle-gx-genomic-bundle-adam-anyperson.json", shared_data / "scans/Kidney-1.pdf"),
        shared_data / "dicom/chest_ct_b",
        shared_data / "pubmed/oncology_even_pmids.xml.gz",
        (shared_data / "trials/NCT02513394.json.gz", shared_data / "trials/NCT02513394.xml.gz"),
    )
    walked = walk(inputs)

    people = walked["facts"]["subjects"]
    assert len(people) >= 3
    assert [p["is_patient"] for p in people] == [True] + [False] * (len(people) - 1)
    assert {p["identity"] for p in people[1:]} == {"identity not confirmed"}
    assert "30 of 30 images kept." in walked.said
    assert ("Kidney-1.pdf: scan" if ocr.available() else "Kidney-1.pdf: refused.") in walked.said
    assert walked["experts"]["experts"][0]["rank"] == 1
    assert [t["nct"] for t in walked["trials"]["trials"]] == ["NCT02513394"] * 2
    assert {c["verdict"] for c in walked["trials"]["trials"][0]["criteria"]} >= {"met", "not met", "unknown"}
