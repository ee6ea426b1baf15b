"""A follicular thyroid lesion in the grey zone: slides are here, an endocrine pathologist is asked."""

from __future__ import annotations

from datetime import date

from overread.clinical.record import Domain
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import LetterKind, MaterialState

from ..bundles import Export, cancer
from ..story import Scene, Story

TITLE = "Is my thyroid lump cancer or not?"
BORN = date(1988, 11, 28)
LABORATORY = "Westvale Regional Laboratory (demo)"


def tell(scene: Scene) -> None:
    story = Story(scene).on(19, 12)
    asked = {"tumour": "thyroid", "situations": ["ambiguous_pathology", "several_options"]}
    story.open(TITLE, by="lucia.ferreira", role=Role.REFERRER, assessment=asked)
    story.join("aisha", Role.PATIENT)
    story.on(18, 19)
    story.consent("aisha", "review")
    story.ask("aisha", "Do I have cancer?", "Must the other half of my thyroid come out too?")
    _gather(story)
    _material(story)
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


def _material(story: Story) -> None:
    scene = story.scene
    story.on(17, 15)
    letter = materials.write_letter(
        case=story.case, kind=LetterKind.MATERIAL, by=story["lucia.ferreira"], now=story.now(),
        recipient=f"{LABORATORY}\n7 Example Lane\nWestvale",
        content={
            "patient": "Aisha Rahman", "birth_date": BORN.isoformat(),
            "details": f"WV-{scene.day(41):%y}-1186, blocks A1-A7, all H&E slides\nDeeper levels of A3 and A5",
        },
    )  # fmt: skip
    number = f"WV-{scene.day(41):%y}-1186"
    pieces = [
        materials.expect_material(
            case=story.case,
            kind=kind,
            accession=number,
            label=label,
            holder=LABORATORY,
            by=story.navigator,
            now=story.now(),
        )
        for kind, label in (("slide", "A1-A7, H&E, 7 slides"), ("slide", "A3 levels, 3 slides"), ("block", "A5"))
    ]
    days = {"received_on": scene.day(14), "answered_on": scene.day(8)}
    story.on(8, 10)
    materials.note_letter(letter=letter, **days, by=story.navigator, now=story.now())
    for piece in pieces[:2]:
        materials.move_material(
            material=piece, to=MaterialState.SENT, holder="Courier", courier="DEMO-TRACK-55871", condition="in a slide box",
            by=story.navigator, now=story.now(),
        )  # fmt: skip
    story.on(6, 9)
    materials.move_material(
        material=pieces[0], to=MaterialState.RECEIVED, holder="Lakeside Second Opinion Centre", condition="7 of 7, unbroken",
        by=story.navigator, now=story.now(),
    )  # fmt: skip
    story.on(5, 16)
    materials.move_material(
        material=pieces[1], to=MaterialState.RECEIVED, holder="Lakeside Second Opinion Centre",
        condition="3 of 3, one coverslip chipped", by=story.navigator, now=story.now(),
    )  # fmt: skip
