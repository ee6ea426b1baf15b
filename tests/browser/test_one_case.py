"""One case through all eight steps in a real browser, each by the person whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import State
from overread.workflow.facts import actions as facts
from overread.workflow.intake.queries import waiting
from tests.browser.conftest import Story, Windows
from tests.factories.cases import REPORT, World

WORKER = System("worker")


def work(case: Case) -> None:
    """What the worker does with files that wait."""
    for file in waiting(case):
        facts.read_file(file=file, by=WORKER, now=timezone.now())


def test_from_the_question_to_the_outcome(world: World, play: Callable[[Story], None], tmp_path: Path) -> None:
    play(lambda windows: walk(windows, world, tmp_path))
    assert Case.objects.get().state == State.CLOSED


def walk(visit: Windows, world: World, tmp_path: Path) -> None:
    patient, navigator, reviewer = (visit(world[r]) for r in (Role.PATIENT, Role.NAVIGATOR, Role.REVIEWER))

    # ask
    asking = visit()
    asking.go("/ask/").get_by_label("Has anyone called your cancer rare").check()
    asking.press("See the answer")
    assert asking.page.locator("#answer").is_visible() and asking.page.url.endswith("#answer")

    # gather
    patient.go("/start/").get_by_label("What is the second opinion about?").fill("My colon cancer")
    patient.page.get_by_label("Has treatment started?").select_option("no")
    patient.press("Open the case")
    case = Case.objects.get()
    for role in (Role.NAVIGATOR, Role.REFERRER, Role.BOARD):
        cases.add_participant(case=case, person=world[role], role=role, by=WORKER, now=timezone.now())
    report = tmp_path / "report.txt"
    report.write_text(REPORT)
    patient.page.set_input_files("#files-input", report)
    patient.page.get_by_role("button", name="Send the files").click()
    patient.page.get_by_text("1 file received").wait_for()
    assert "report.txt" in patient.text() and "being read" in patient.text()
    work(case)
    patient.page.locator("#files").get_by_text("kept").wait_for()  # the list asked again by itself
    patient.page.get_by_label("What would you like to know?").fill("Do I need chemotherapy?")
    patient.press("Add the question")
    patient.page.get_by_role("button", name="I agree").first.click()
    patient.page.get_by_text("The consent was recorded.").wait_for()

    # understand
    navigator.go(f"/cases/{case.key}/")
    navigator.press("The records are complete")
    navigator.press("Check the facts")
    navigator.press("The case is about this person")
    navigator.page.get_by_label("It tells of").select_option("pathology")
    navigator.press("Release report.txt")
    navigator.press("Release the question")
    navigator.page.get_by_role("link", name="pT3", exact=False).first.click()
    assert navigator.page.locator("mark:has(span:target)").inner_text() == "pT3"
    navigator.go(f"/cases/{case.key}/facts/")
    navigator.press("The record is understood")

    # route
    experts = navigator.go(f"/cases/{case.key}/experts/")
    experts.locator("#main select[name=reviewer]").select_option(str(world.reviewer.key))
    experts.get_by_label("Reads as").select_option("oncology")
    navigator.press("Send the blinded packet")

    # review
    reviewer.go("/cases/")
    reviewer.press("See the blinded packet")
    reviewer.press("Yes, I will read it")
    assert not reviewer.page.get_by_role("heading", name="The first interpretation").count()
    reviewer.page.get_by_label("T category").fill("T3")
    reviewer.page.get_by_label("N category").fill("N0")
    reviewer.page.get_by_label("Stage group").fill("IIA")
    reviewer.page.keyboard.press("Control+s")
    reviewer.page.get_by_text("Saved. You can go on later.").wait_for()
    reviewer.page.get_by_label("Do I need chemotherapy?").fill("Watching closely is reasonable.")
    reviewer.press("Seal and sign")
    reviewer.page.get_by_role("heading", name="The first interpretation").wait_for()
    reviewer.page.get_by_label("Why does it stay, or change?").fill("Nothing new.")
    reviewer.press("Keep my sealed opinion")
    assert "Your review is complete" in reviewer.text()

    # compare
    navigator.go(f"/cases/{case.key}/compare/")
    navigator.press("Compare the opinions")
    assert "down-staged" in navigator.text()

    # the opinions differ: both physicians look again, then the board decides
    referrer, chair = visit(world[Role.REFERRER]), visit(world[Role.BOARD])
    referrer.go("/cases/")
    referrer.press("Give the answer")
    referrer.page.get_by_label("The reason").fill("One node looked involved to us.")
    referrer.press("The first opinion stays")
    reviewer.go(f"/cases/{case.key}/review/")
    reviewer.page.get_by_label("Why does it stay, or change?").fill("No node is involved.")
    reviewer.press("Keep my signed opinion")
    navigator.go(f"/cases/{case.key}/look-again/").get_by_label("The question for the board").fill("Which stage holds?")
    navigator.press("Ask the board")
    chair.go(f"/cases/{case.key}/board/").get_by_label("Your vote").select_option("second")
    chair.press("Vote")
    chair.page.get_by_label("Minutes").fill("The second opinion holds.")
    chair.press("Close with these minutes")
    assert "Decided on" in chair.text()

    # report
    navigator.go(f"/cases/{case.key}/report/")
    navigator.press("Draft the report")
    reviewer.go(f"/cases/{case.key}/report/")
    reviewer.press("Read the draft, then sign")
    assert "DRAFT, not signed" in reviewer.text()
    reviewer.press("Sign the report")
    patient.go(f"/cases/{case.key}/report/")
    patient.press("Read the report")
    assert "Signed by" in patient.text() and "Watching closely is reasonable." in patient.text()
    assert "The tumor board decided" in patient.text() and "before treatment started" in patient.text()

    # learn
    patient.go(f"/cases/{case.key}/outcome/").get_by_label("Stage changed").check()
    patient.press("Send")
    assert "You told us on" in patient.text()
