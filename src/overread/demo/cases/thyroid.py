"""A follicular thyroid lesion in the grey zone: slides are here, an endocrine pathologist is asked."""

from __future__ import annotations

from datetime import date

from overread.clinical.record import Domain
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.materials import actions as materials
from overread.workflow.materials.models import Material, RequestLetter
from overread.workflow.materials.transitions import LetterKind, MaterialState

from .. import slide
from ..bundles import Export, cancer
from ..story import Scene, Story

TITLE = "Is my thyroid lump cancer or not?"
BORN = date(1988, 11, 28)
LABORATORY = "Westvale Regional Laboratory (demo)"
HERE = "Lakeside Second Opinion Centre"
PIECES = (("slide", "A1-A7, H&E, 7 slides"), ("slide", "A3 levels, 3 slides"), ("block", "A5"))


def tell(scene: Scene) -> None:
    story = Story(scene).on(19, 12)
    asked = {"tumour": "thyroid", "situations": ["ambiguous_pathology", "several_options"], "treatment_started": True}
    story.open(TITLE, by="lucia.ferreira", role=Role.REFERRER, kind="pathology_only", assessment=asked)
    story.join("aisha", Role.PATIENT)
    story.on(18, 16)
    story.consent("aisha", "review")
    story.ask("aisha", "Do I have cancer?", "Must the other half of my thyroid come out too?")
    _gather(story)
    _material(story)
    _slide(story)
    story.on(3, 9)
    story.move(Move.RECORDS_READY)
    story.clear_questions()
    story.move(Move.UNDERSTOOD)
    story.on(1, 11)
    story.refer(
        "endocrine.pathology",
        Discipline.PATHOLOGY,
        "Follicular-patterned tumours are her field; no shared work with the first laboratory.",
    )


def _gather(story: Story) -> None:
    scene = story.scene
    days: dict[str, date | int] = {"operated": scene.day(41), "reported": scene.day(34), "age": scene.age(BORN)}
    story.on(17, 9)
    report = story.add("lucia.ferreira", scene.text("thyroid_pathology.txt", **days), "thyroid_pathology.txt")
    export = Export(
        "Rahman", "Aisha", "female", BORN, "DEMO-559240", "westvale-demo", ("Helen", "Brandt"), scene.day(34)
    )
    lesion = cancer(
        "Follicular neoplasm of the thyroid, uncertain malignant potential",
        histology=("8335/1", "Follicular tumor of uncertain malignant potential"),
        site=("C73.9", "Thyroid gland"),
    )
    lesion["verificationStatus"] = {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "provisional"}]
    }
    story.add("lucia.ferreira", export.bundle(lesion), "westvale_export.json")
    story.name_patient()
    story.clear(report, Domain.PATHOLOGY)


def _slide(story: Story) -> None:
    """The level that the question is about is scanned where it arrived."""
    story.on(4, 10)
    story.add("navigator", slide.tiff(story.scene.section), f"{_accession(story.scene)} A3 level 2 H&E.tif")


def _accession(scene: Scene) -> str:
    return f"WV-{scene.day(41):%y}-1186"


def _material(story: Story) -> None:
    """The glass itself is asked for, sent and received; one block is still at the laboratory."""
    letter = _request(story.on(17, 15))
    pieces = [_expected(story, *piece) for piece in PIECES]
    scene = story.scene
    days = {"received_on": scene.day(14), "answered_on": scene.day(8)}
    story.on(8, 10)
    materials.note_letter(letter=letter, **days, by=story.navigator, now=story.now())
    for piece in pieces[:2]:
        _moved(story, piece, MaterialState.SENT, "Courier", "in a slide box", courier="DEMO-TRACK-55871")
    _moved(story.on(6, 9), pieces[0], MaterialState.RECEIVED, HERE, "7 of 7, unbroken")
    _moved(story.on(5, 16), pieces[1], MaterialState.RECEIVED, HERE, "3 of 3, one coverslip chipped")


def _request(story: Story) -> RequestLetter:
    scene = story.scene
    asked = f"{_accession(scene)}, blocks A1-A7, all H&E slides\nDeeper levels of A3 and A5"
    return materials.write_letter(
        case=story.case, kind=LetterKind.MATERIAL, by=story["lucia.ferreira"], now=story.now(),
        recipient=f"{LABORATORY}\n7 Example Lane\nWestvale",
        content={"patient": "Aisha Rahman", "birth_date": BORN.isoformat(), "details": asked},
    )  # fmt: skip


def _expected(story: Story, kind: str, label: str) -> Material:
    return materials.expect_material(
        case=story.case, kind=kind, accession=_accession(story.scene), label=label, holder=LABORATORY,
        by=story.navigator, now=story.now(),
    )  # fmt: skip


def _moved(story: Story, piece: Material, to: MaterialState, holder: str, condition: str, courier: str = "") -> None:
    materials.move_material(
        material=piece, to=to, holder=holder, courier=courier, condition=condition, by=story.navigator, now=story.now()
    )
