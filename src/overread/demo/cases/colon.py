"""Colon cancer whose stated stage does not follow from its T, N and M: the navigator has it at the step "understand"."""

from __future__ import annotations

from datetime import date

from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import LetterKind

from ..story import Scene, Story

TITLE = "Do I need chemotherapy after my colon operation?"
BORN = date(1964, 7, 19)


def tell(scene: Scene) -> None:
    story = Story(scene).on(9, 16)
    situations = ["unclear_staging", "patient_unsure"]
    asked = {"tumour": "colon", "situations": situations, "stage": "IIA", "treatment_started": True}
    story.open(TITLE, by="maria", role=Role.PATIENT, kind="comprehensive", assessment=asked)
    story.consent("maria", "review", "learning")
    story.ask(
        "maria",
        "The nodes were said to contain cancer, and the stage is called II. How do these fit together?",
        "Would chemotherapy help me, and how soon would it have to begin?",
    )
    _gather(story)
    story.on(2, 10)
    story.move(Move.RECORDS_READY)
    story.name_patient()
    story.say("navigator", "Your records are complete enough to begin. I am checking what they say, line by line.")


def _gather(story: Story) -> None:
    scene = story.scene
    days: dict[str, date | int] = {
        "scanned": scene.day(47), "operated": scene.day(33), "reported": scene.day(27), "seen": scene.day(15),
        "age": scene.age(BORN),
    }  # fmt: skip
    story.on(8, 16)
    for name in ("colon_pathology", "colon_ct", "colon_plan"):
        story.add("maria", scene.text(f"{name}.txt", **days), f"{name}.txt")
    story.add("maria", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "discharge letter.pdf")  # cut off: refused, with its reason
    materials.write_letter(
        case=story.case, kind=LetterKind.RECORDS, by=story["maria"], now=story.now(),
        recipient="Riverbend Community Hospital (demo)\nMedical records\n40 Example Street\nSpringfield",
        content={
            "patient": "Maria Delgado", "birth_date": BORN.isoformat(),
            "details": "The discharge letter\nThe addendum with the mismatch repair result",
        },
    )  # fmt: skip
