"""A nodule that grew between two CTs, read blinded by a thoracic radiologist."""

from __future__ import annotations

from datetime import date

from overread.clinical.record import Domain
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import LetterKind, MaterialState
from overread.workflow.reviews import actions as reviews
from overread.workflow.scheduling import actions as scheduling

from ..phantom import Nodule, Scan, body, files, scan
from ..story import Scene, Story, opinion

TITLE = "The spot on my lung has grown"
BORN = date(1957, 3, 24)
ANATOMY = 410772
PLACE = (-84.0, -14.0, 150.0)
# What the reports measure: 9 x 8 mm, then 12 x 11 mm.
NODULES = (Nodule(PLACE, (4.5, 4.0, 4.0)), Nodule(PLACE, (6.0, 5.5, 5.25)))
DAYS_AGO = (206, 24)
SATURDAY = 5

QUESTIONS = (
    "Has it really grown, or could that come from how the pictures were taken?",
    "Do I need a biopsy now, or is it safe to wait for another scan?",
)


def tell(scene: Scene) -> None:
    story = Story(scene).on(16, 10)
    asked = {"tumour": "lung", "situations": ["nodule_changed"], "treatment_started": False}
    story.open(TITLE, by="walter", role=Role.PATIENT, kind="radiology_only", assessment=asked)
    story.join("julia", Role.PROXY, authority="health care power of attorney, on file")
    story.join("peter.hallam", Role.REFERRER)
    story.consent("walter", "review", "learning")
    story.ask("walter", *QUESTIONS)
    _request(story)
    _gather(story)
    _understand(story)
    _review(story)


def _request(story: Story) -> None:
    letter = materials.write_letter(
        case=story.case, kind=LetterKind.RECORDS, by=story["walter"], now=story.now(),
        recipient="Hillcrest Imaging Center (demo)\n12 Example Road\nSpringfield",
        content={
            "patient": "Walter Thompson", "birth_date": BORN.isoformat(),
            "details": "CT of the chest, both examinations, as DICOM files\nThe reports of both examinations",
        },
    )  # fmt: skip
    disc = materials.expect_material(
        case=story.case, kind="media", accession="CT-DISC-1", label="Disc with both CTs", holder="Hillcrest Imaging Center",
        by=story.navigator, now=story.now(),
    )  # fmt: skip
    days = {"received_on": story.scene.day(14), "answered_on": story.scene.day(11)}
    story.on(11, 8)
    materials.note_letter(letter=letter, **days, by=story.navigator, now=story.now())
    materials.move_material(
        material=disc, to=MaterialState.RECEIVED, holder="Lakeside Second Opinion Centre", condition="readable, undamaged",
        by=story.navigator, now=story.now(),
    )  # fmt: skip


def _gather(story: Story) -> None:
    scene = story.scene
    story.on(10, 9)
    first, second = (scene.day(ago) for ago in DAYS_AGO)
    days: dict[str, date | int] = {"first": first, "second": second, "asked": scene.day(10), "age": scene.age(BORN)}
    reports = [
        story.add("walter", scene.text(f"{name}.txt", **days), f"{name}.txt")
        for name in ("lung_ct_first", "lung_ct_second")
    ]
    history = story.add("peter.hallam", scene.text("lung_history.txt", **days), "lung_history.txt")
    for name, data in slices(scene):
        story.add("walter", data, name)
    story.name_patient()
    for report in reports:
        story.clear(report, Domain.IMAGING)
    story.clear(history, Domain.CLINICAL)


def slices(scene: Scene) -> list[tuple[str, bytes]]:
    """Both CTs of the same chest, the nodule larger in the second, each with its own noise."""
    made = []
    walter = body(scene.grid, ANATOMY)
    for number, (nodule, ago) in enumerate(zip(NODULES, DAYS_AGO, strict=True), 1):
        header = Scan(
            name="THOMPSON^WALTER", number="DEMO-410772", issuer="Hillcrest Imaging Center (demo)", born=BORN, sex="M",
            taken=scene.day(ago), accession=f"CT-{number}{scene.day(ago):%y%j}", institution="Hillcrest Imaging Center (demo)",
        )  # fmt: skip
        volume = scan(walter, nodule=nodule, noise=ANATOMY + number)
        made += [(f"CT{number}-{name}", data) for name, data in files(header, scene.grid, volume)]
    return made


def _understand(story: Story) -> None:
    story.on(8, 11)
    story.move(Move.RECORDS_READY)
    story.clear_questions()
    story.move(Move.UNDERSTOOD)
    story.say("navigator", "Both CTs and both reports are here and readable. A thoracic radiologist reads them next.")
    story.on(8, 17)
    story.say("julia", "Thank you. My father would like to talk about the result; afternoons suit him best.")


def _review(story: Story) -> None:
    story.on(7, 9)
    referral = story.refer(
        "thoracic.radiology", Discipline.RADIOLOGY, "Reads chest CT only; no tie to the first reader."
    )
    story.on(5, 14)
    review = story.accept(referral)
    reviewer = story["thoracic.radiology"]
    begun = opinion(
        reviewer, {"finding": "solid nodule", "lesion_location": "right upper lobe"}, addressed=[Domain.IMAGING],
        comment="Both studies are complete and of diagnostic quality. Measurements to follow.",
    )  # fmt: skip
    reviews.save_draft(review=review, content=begun, by=reviewer, now=story.now())
    story.on(1, 13)
    ahead = next(days for days in range(6, 9) if story.scene.day(-days).weekday() < SATURDAY)
    call = story.scene.moment(-ahead, hour=14)  # afternoons suit him best
    scheduling.arrange(case=story.case, at=call, minutes=30, by=story.navigator, now=story.now())
