"""Breast cancer with biomarkers missing: the second opinion agreed, the report is signed, the outcome is not yet known."""

from __future__ import annotations

from datetime import date

from overread.clinical.record import Domain
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.reports import actions as reports

from ..bundles import LOINC, Export, cancer, coded, medicine_proposed, observation, proposed, words
from ..people import DEMO
from ..story import Scene, Story, opinion, option

TITLE = "Radiation and tablets: is that right for me?"
BORN = date(1971, 5, 30)
QUESTIONS = ("Is the treatment that was proposed the right one?", "Do I need chemotherapy?")


def tell(scene: Scene) -> None:
    story = Story(scene).on(40, 9)
    asked = {"tumour": "breast", "situations": ["payer_requires"], "treatment_started": True}
    story.open(TITLE, by="claire", role=Role.PATIENT, kind="payer_required", assessment=asked)
    story.join("payer", Role.PAYER)
    story.consent("claire", "review", "learning")
    story.ask("claire", *QUESTIONS)
    _gather(story)
    _review(story)
    _report(story)


def _gather(story: Story) -> None:
    scene = story.scene
    days: dict[str, date | int] = {
        "operated": scene.day(62),
        "reported": scene.day(56),
        "seen": scene.day(48),
        "age": scene.age(BORN),
    }
    story.on(38, 11)
    pathology = story.add("claire", scene.text("breast_pathology.txt", **days), "breast_pathology.txt")
    story.add("claire", scene.text("breast_plan.txt", **days), "breast_plan.txt")
    story.add("claire", bundle(scene), "st_brigid_export.json")
    story.name_patient()
    story.clear(pathology, Domain.PATHOLOGY)
    story.on(35, 10)
    story.move(Move.RECORDS_READY)
    story.clear_questions()
    story.move(Move.UNDERSTOOD)


def bundle(scene: Scene) -> bytes:
    """What St. Brigid's system exports in the manner of mCODE; HER2 and PR are not in it either."""
    export = Export(
        "Novak", "Claire", "female", BORN, "DEMO-702318", "st-brigid-demo", ("Louise", "Moreau"), scene.day(48)
    )
    return export.bundle(
        cancer("Primary malignant neoplasm of left breast", site=("C50.9", "Breast")),
        observation("er", words("Estrogen receptor", LOINC, "85337-4"), coded("Positive")),
        observation("ecog", words("ECOG performance status", LOINC, "89247-1"), {"valueInteger": 0}),
        proposed("radiation", "Whole breast radiation therapy"),
        medicine_proposed("tablets", "Letrozole"),
    )  # fmt: skip


def _review(story: Story) -> None:
    story.on(34, 9)
    referral = story.refer("breast.oncology", Discipline.ONCOLOGY, "Treats breast cancer only; works in another city.")
    story.on(33, 12)
    review = story.accept(referral)
    story.on(29, 17)
    story.give_opinion(review, _oncologist(story))
    story.on(28, 9)
    story.keep(review, "The first plan is the one I came to myself.")


def _oncologist(story: Story) -> dict[str, object]:
    return opinion(
        story["breast.oncology"],
        {"site": "breast", "histology": "ductal carcinoma", "grade": "G2", "tumor_size": 18.0, "er": "positive",
         "nodes_positive": 0, "nodes_examined": 2, "margin": "uninvolved", "lvi": "absent",
         "tnm_prefix": "p", "t": "T1c", "n": "N0", "edition": "8"},
        options=[
            option(
                "Whole breast radiation therapy", "radiation", recommended=True,
                benefits="Lowers the risk that it comes back in the breast.", harms="Tiredness and red skin for some weeks.",
            ),
            option(
                "Letrozole", "hormone", recommended=True,
                benefits="Lowers the risk that it comes back anywhere.", harms="Joint pain, hot flushes, thinner bones.",
            ),
        ],
        answers={
            QUESTIONS[0]: "Yes. I would propose the same: radiation of the breast and the tablets.",
            QUESTIONS[1]: "This cannot be answered before HER2 is known. Please ask for that result before a decision.",
        },
        addressed=[Domain.PATHOLOGY, Domain.MOLECULAR, Domain.STAGE, Domain.PLAN],
        comment="PR and HER2 are still pending. The advice holds only as far as they do not change it.",
    )  # fmt: skip


def _report(story: Story) -> None:
    story.on(27, 10)
    reports.compare(case=story.case, by=story.navigator, now=story.now())
    report = reports.draft(case=story.case, by=story.navigator, now=story.now())
    story.on(26, 16)
    reports.sign(report=report, digest=report.digest, by=story["breast.oncology"], now=story.now())
    outcomes.schedule(case=story.case, by=DEMO, now=story.now())
    story.say("navigator", "Your report is signed. In 30 days we will ask you what happened next.")
