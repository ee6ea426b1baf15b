"""A sarcoma whose first report left doubts: the second opinion differed, the board decided, the case is closed."""

from __future__ import annotations

from datetime import date

from overread.clinical.record import Domain
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import MaterialState
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.outcomes.transitions import Outcome
from overread.workflow.reports import actions as reports
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews.transitions import Decision

from ..bundles import Export, cancer, proposed
from ..story import Scene, Story, opinion, option

TITLE = "The tumour in my thigh: is the small operation enough?"
BORN = date(1959, 2, 17)
QUESTIONS = ("Is this the right diagnosis?", "Is the small operation enough, or do I need radiation as well?")


def tell(scene: Scene) -> None:
    story = Story(scene).on(92, 9)
    situations = ["rare_cancer", "ambiguous_pathology", "irreversible_treatment"]
    asked = {"tumour": "sarcoma", "situations": situations, "treatment_started": False}
    story.open(TITLE, by="george", role=Role.PATIENT, kind="comprehensive", assessment=asked)
    story.join("board", Role.BOARD)
    story.join("payer", Role.PAYER)
    story.consent("george", "review", "learning")
    story.ask("george", *QUESTIONS)
    _gather(story)
    _review(story)
    _look_again(story)
    _adjudicate(story)
    _report(story)


def _gather(story: Story) -> None:
    scene = story.scene
    days: dict[str, date | int] = {
        "scanned": scene.day(118), "biopsied": scene.day(110), "reported": scene.day(105), "seen": scene.day(98),
        "age": scene.age(BORN),
    }  # fmt: skip
    story.on(90, 10)
    biopsy = story.add("george", scene.text("sarcoma_biopsy.txt", **days), "sarcoma_biopsy.txt")
    scan = story.add("george", scene.text("sarcoma_mri.txt", **days), "sarcoma_mri.txt")
    story.add("george", scene.text("sarcoma_plan.txt", **days), "sarcoma_plan.txt")
    export = Export(
        "Petersen", "George", "male", BORN, "DEMO-120963", "northfield-demo", ("Paul", "Lindgren"), scene.day(98),
        planner=("Mara", "Hartwell"),
    )  # fmt: skip
    found = cancer(
        "Sarcoma of soft tissue of the left thigh",
        histology=("8890/3", "Leiomyosarcoma"),
        site=("C49.2", "Soft tissue of left thigh"),
    )
    story.add("george", export.bundle(found, proposed("plan", "Marginal excision")), "northfield_export.json")
    story.name_patient()
    story.clear(biopsy, Domain.PATHOLOGY)
    story.clear(scan, Domain.IMAGING)
    _slides(story)
    story.on(84, 11)
    story.move(Move.RECORDS_READY)
    story.clear_questions()
    story.move(Move.UNDERSTOOD)


def _slides(story: Story) -> None:
    """The stained slides, and unstained sections of the same block, on which the second laboratory tests MDM2."""
    labels = ("A1, H&E and immunostains, 9 slides", "A1, unstained sections, 6 slides")
    pieces = [
        materials.expect_material(
            case=story.case, kind="slide", accession=f"NS{story.scene.day(110):%y}-8820", label=label,
            holder="Northfield Medical Center (demo)", by=story.navigator, now=story.now(),
        ) for label in labels
    ]  # fmt: skip
    path = (
        (87, MaterialState.SENT, "Courier", ""),
        (85, MaterialState.RECEIVED, "Lakeside Second Opinion Centre", "all there, unbroken"),
    )
    for ago, to, holder, condition in path:
        story.on(ago, 9)
        for piece in pieces:
            materials.move_material(
                material=piece, to=to, holder=holder, condition=condition, courier="DEMO-TRACK-40213",
                by=story.navigator, now=story.now(),
            )  # fmt: skip


def _review(story: Story) -> None:
    story.on(83, 9)
    asked = (
        story.refer("sarcoma.pathology", Discipline.PATHOLOGY, "Reads sarcoma only; no tie to the first laboratory."),
        story.refer("surgical.oncology", Discipline.ONCOLOGY, "Speaks for surgery, which the first plan proposes."),
    )
    story.on(82, 13)
    pathology, surgery = (story.accept(referral) for referral in asked)
    story.on(77, 15)
    story.give_opinion(pathology, _pathologist(story))
    story.on(75, 10)
    story.give_opinion(surgery, _surgeon(story))
    story.on(75, 16)
    story.keep(
        pathology, "The first report saw the same fascicles, without MDM2. The amplification decides the diagnosis."
    )
    story.on(74, 9)
    story.keep(surgery, "The first plan followed from a low grade. With a dedifferentiated component it does not hold.")


def _pathologist(story: Story) -> dict[str, object]:
    return opinion(
        story["sarcoma.pathology"],
        {"site": "soft tissue of left thigh", "histology": "dedifferentiated liposarcoma", "grade": "G3",
         "variant": "MDM2 amplification"},
        tests=["Staging CT of the chest"],
        answers={QUESTIONS[0]: "No. The tissue is a liposarcoma with a higher-grade part, not a leiomyosarcoma."},
        addressed=[Domain.PATHOLOGY, Domain.MOLECULAR],
        comment="MDM2 is amplified by in-situ hybridisation on the unstained sections. The spindle cell fascicles are the "
        "dedifferentiated component of a liposarcoma, which the fatty part on MRI agrees with. Muscle actin in such areas does "
        "not make it smooth muscle. Further sections of block A1 show a cellular part with frequent mitoses and focal "
        "necrosis, which the first cores do not; graded on that part by the FNCLCC system. I leave the stage open until the "
        "chest has been imaged.",
    )  # fmt: skip


def _surgeon(story: Story) -> dict[str, object]:
    return opinion(
        story["surgical.oncology"],
        {},
        options=[
            option(
                "Wide resection with a planned margin", "surgery", recommended=True,
                benefits="Takes the tumour with a cuff of healthy tissue.", harms="Larger wound; weakness of the thigh is possible.",
            ),
            option(
                "Radiation therapy before the operation", "radiation", recommended=True,
                benefits="Lowers the risk that it comes back at the same place.", harms="Slower healing of the wound.",
            ),
            option(
                "Marginal excision alone", "surgery", intent="",
                benefits="Small wound.", harms="Likely to leave tumour behind.",
            ),
        ],
        answers={QUESTIONS[1]: "I would not do the small operation alone. A wider one, with radiation before it, is advised."},
        addressed=[Domain.PLAN],
        comment="The plan should be made for the highest grade present, and by a team that treats sarcoma.",
    )  # fmt: skip


def _look_again(story: Story) -> None:
    """The opinions differ: each physician keeps or changes. The pathologist of the biopsy has no account; the navigator
    writes down what he said."""
    story.on(73, 10)
    reports.compare(case=story.case, by=story.navigator, now=story.now())
    first = story.case.reconsiderations.get(review=None, outside=None)
    story.on(72, 11)
    reviews.answer_for_first(
        asked=first, decision=Decision.KEEPS, name="Dr. Paul Lindgren, Northfield Medical Center (demo)",
        reason="By telephone: the fascicles and muscle actin still speak for smooth muscle to me. I did not have MDM2, and "
        "would like the board to see it.", by=story.navigator, now=story.now(),
    )  # fmt: skip
    reasons = {
        "sarcoma.pathology": "The amplification of MDM2 stands. I would welcome a third look by the board.",
        "surgical.oncology": "The plan has to be made for the highest grade present.",
    }
    for review in story.case.reviews.all():
        key = next(k for k in reasons if story[k] == review.seat.person)
        reviews.reconsider(review=review, content=None, reason=reasons[key], by=story[key], now=story.now())


def _adjudicate(story: Story) -> None:
    story.on(71, 10)
    board = reviews.open_board(
        case=story.case, by=story.navigator, now=story.now(),
        question="Leiomyosarcoma of low grade, or dedifferentiated liposarcoma? And which operation follows?",
    )  # fmt: skip
    story.on(70, 16)
    chair = story["board"]
    reviews.vote(board=board, choice="second", reason="MDM2 amplification, and fat on MRI.", by=chair, now=story.now())
    reviews.decide(
        board=board, by=chair, now=story.now(),
        minutes="The board follows the second opinion: dedifferentiated liposarcoma. "
        "Advised: staging CT of the chest, radiation before wide resection, at a centre that treats sarcoma. "
        f"Slides, MDM2 and MRI were shown at the board on {_day(story, 70)}. Present: Dr. Ingrid Solberg (chair), "
        "Dr. Samuel Adeyemi and Dr. Rajiv Menon; by telephone Dr. Paul Lindgren, who had kept his diagnosis on "
        f"{_day(story, 72)} and agrees now that he has seen MDM2.",
    )  # fmt: skip
    story.say("board", "The minutes are written. The report follows this week.")


def _day(story: Story, ago: int) -> str:
    day = story.scene.day(ago)
    return f"{day.day} {day:%B %Y}"


def _report(story: Story) -> None:
    story.on(69, 9)
    report = reports.draft(case=story.case, by=story.navigator, now=story.now())
    story.on(69, 15)
    reports.sign(report=report, digest=report.digest, by=story["sarcoma.pathology"], now=story.now())
    story.say("navigator", "The report is signed and ready for you. Please call if anything in it is unclear.")
    story.on(34, 16)
    outcomes.answer(
        case=story.case, outcomes=[Outcome.DIAGNOSIS_CHANGED, Outcome.TREATMENT_CHANGED],
        comment="Radiation has begun, at a centre that treats sarcoma. The wide operation is planned for afterwards.",
        by=story["george"], now=story.now(),
    )  # fmt: skip
    story.case.refresh_from_db()
    outcomes.rate(
        case=story.case, stars=5, text="I finally understood what I have.", by=story["george"], now=story.now()
    )
