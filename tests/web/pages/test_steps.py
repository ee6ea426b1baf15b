"""The forms of each step, sent as the role whose turn it is, and what they answer when something is wrong."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Invitation
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System
from overread.workflow.cases.models import Case, Participation
from overread.workflow.cases.transitions import Move, State
from overread.workflow.reports.models import Report
from overread.workflow.reviews.models import Adjudication
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


def test_opening_a_case(world: World, at: Any) -> None:
    browser = at(Role.PATIENT)
    assert browser.client.get("/start/").status_code == 200
    sent = {"title": "A shadow on the lung", "role": "patient", "organisation": world.organisation.pk}
    sent |= {"treatment_started": "yes", "kind": ""}
    assert browser.client.post("/start/", {**sent, "title": ""}).status_code == 200
    answer = browser.client.post("/start/", sent)
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.key}/records/" and case.title == "A shadow on the lung"
    assert at(Role.PAYER).client.get("/start/").status_code == 403


def test_what_leaves_no_choice_is_told_and_not_asked(world: World, at: Any) -> None:
    page = at(Role.PATIENT).client.get("/start/").content.decode()
    assert "<select" in page and 'type="hidden" name="role" value="patient"' in page
    assert f"<dd>{world.organisation.name}</dd>" in page and "What happens next" in page
    assert "What lets you act" not in page and reverse("refer-patient") not in page


def test_who_opens_a_case_for_somebody_says_what_lets_them(world: World, at: Any) -> None:
    browser = at(Role.PROXY)
    assert "What lets you act for the patient?" in browser.client.get("/start/").content.decode()
    sent = {"role": "proxy", "organisation": world.organisation.pk, "treatment_started": "no", "kind": ""}
    for title, authority in (("One", "power of attorney"), ("Two", "")):
        browser.client.post("/start/", {**sent, "title": title, "authority": authority})
    kept = Participation.objects.order_by("pk").values_list("case__title", "authority")
    assert list(kept) == [("One", "power of attorney"), ("Two", "opened the case as proxy")]


def test_a_physician_is_led_from_opening_to_referring(world: World, at: Any) -> None:
    client = at(Role.REFERRER).client
    assert reverse("refer-patient") in client.get("/start/").content.decode().partition("<main")[2]
    assert "The navigator can invite the patient" in client.get("/refer/").content.decode()


def test_files_are_each_kept_or_refused(world: World, at: Any) -> None:
    world.opened()
    browser = at(Role.PATIENT)
    status, page = browser.refused("add-files")
    assert status == 422 and "No file was chosen" in page
    empty, good = io.BytesIO(b""), io.BytesIO(b"a report")
    empty.name, good.name = "empty.txt", "good.txt"
    said = browser.send("add-files", {"files": [empty, good]})
    assert said[0].startswith("Not kept: empty.txt") and said[1] == "1 file received. The list says what became of it."


def test_consent_is_given_and_withdrawn(world: World, at: Any) -> None:
    world.opened()
    browser = at(Role.PATIENT)
    assert "Withdraw" in browser.see("records")
    assert browser.send("consent", {"scope": "review", "withdraw": "1"}) == ["The consent was withdrawn."]
    assert browser.send("consent", {"scope": "review"}) == ["The consent was recorded."]
    assert browser.refused("consent", {"scope": "no such"})[0] == 422


def test_consent_says_who_gave_it_and_speaks_in_the_voice_of_who_reads(world: World, at: Any) -> None:
    world.opened()
    patient, referrer = at(Role.PATIENT).see("records"), at(Role.REFERRER).see("records")
    assert "“My records, images and slides may be read" in patient and "by you on" in patient
    assert (
        "“My records" in referrer and f"by {world.patient.name} on" in referrer
    )  # the words that were shown, as given
    assert "Consent of Patient" in referrer and "Your consent" in patient
    at(Role.PATIENT).send("consent", {"scope": "review", "withdraw": "1"})
    at(Role.PROXY).send("consent", {"scope": "review"})
    assert "“The patient's records" in at(Role.PATIENT).see("records").replace("&#x27;", "'")


def test_a_letter_begins_with_what_the_case_holds_of_the_patient(world: World, at: Any) -> None:
    world.understood()
    page = at(Role.NAVIGATOR).see("records")
    form = page.partition('name="recipient"')[2]
    assert f'name="patient" value="{world.patient.name}"' in form and 'value="1961"' not in form  # a year is no day
    world.case.subjects.update(birth_date="1961-04-05")
    assert 'name="birth_date" value="1961-04-05"' in at(Role.NAVIGATOR).see("records")


def test_a_finished_case_takes_no_files_and_says_so(world: World, at: Any) -> None:
    world.gathered()
    world.case.state = "closed"
    world.case.save()
    page = at(Role.PATIENT).see("records")
    assert "The case is finished and takes no more records." in page and 'type="file"' not in page
    said = at(Role.PATIENT).send("add-files", {"files": io.BytesIO(b"late")})
    assert "The case takes no records now." in said[0]


def test_a_question_is_added(world: World, at: Any) -> None:
    world.opened()
    browser = at(Role.PATIENT)
    browser.send("question", {"text": "May I travel?"})
    assert "May I travel?" in browser.see("records")
    assert browser.refused("question", {"text": " "})[0] == 422


LONG = "x" * 4001


@pytest.mark.parametrize(
    ("name", "sent", "kept", "said"),
    [
        ("question", {"text": LONG}, LONG, "at most 4000 characters"),
        ("letter", {"recipient": "North Hospital, Quay 1", "birth_date": "in May"}, "North Hospital, Quay 1", "Please fill this in."),
        ("letter", {"patient": "Ana Rivera", "birth_date": "in May"}, "in May", "Write the day as year-month-day"),
        ("letter-note", {"received_on": "yesterday"}, "yesterday", "Write the day as year-month-day"),
        ("letter-note", {"extended_on": "2026-03-03"}, "2026-03-03", "First note the day the request was received."),
        ("thread", {"text": "y" * 10_001}, "y" * 10_001, "at most 10000 characters"),
        ("thread", {"text": " "}, "", "Please fill this in."),
        ("rating", {"stars": "9", "text": "Kind people."}, "Kind people.", "Choose one of the list."),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    world: World, at: Any, name: str, sent: dict[str, Any], kept: str, said: str
) -> None:
    if name == "rating":
        world.closed()
    else:
        world.opened()
    browser, where = at(Role.PATIENT), {}
    if name == "letter-note":
        letter = {"kind": "records", "recipient": "Quay 1", "patient": "Ana Rivera", "birth_date": "1961-04-05"}
        browser.send("letter", letter)
        where = {"letter": world.case.letters.get().key}
    status, page = browser.refused(name, sent, **where)
    assert status == 422
    assert kept in page
    assert said in page and 'class="wrong" role="alert"' in page


@pytest.mark.parametrize("kind", ["records", "material"])
def test_a_letter_is_written_printed_and_followed(world: World, at: Any, kind: str) -> None:
    world.opened()
    browser = at(Role.PATIENT)
    sent = {"kind": kind, "recipient": "North Hospital\nQuay 1", "patient": "Ana Rivera", "birth_date": "1961-04-05"}
    assert browser.refused("letter", {})[0] == 422
    assert "ready to print" in browser.send("letter", sent)[0]
    letter = world.case.letters.get()
    answer = browser.client.get(browser.path("letter-pdf", letter=letter.key))
    assert answer.content.startswith(b"%PDF") and answer["Cache-Control"] == "private, no-store"
    assert browser.send("letter-note", {"received_on": "2026-03-03"}, letter=letter.key) == ["Noted."]
    assert ("must answer by" in browser.see("records")) is (kind == "records")
    assert browser.refused("letter-note", {"received_on": "yesterday"}, letter=letter.key)[0] == 422


def test_a_slide_is_followed_from_hand_to_hand(world: World, at: Any) -> None:
    world.opened()
    browser = at(Role.NAVIGATOR)
    assert browser.refused("material", {})[0] == 422
    browser.send("material", {"kind": "slide", "accession": "S-1", "holder": "North Hospital"})
    piece = world.case.materials.get()
    assert browser.refused("material-move", {"to": "sent"}, material=piece.key)[0] == 422
    browser.send("material-move", {"to": "sent", "holder": "Courier", "courier": "C-9"}, material=piece.key)
    page = browser.see("records")
    assert "sent. Held by Courier. Parcel number C-9." in page
    offered = page.partition('name="to"')[2].partition("</select>")[0]
    assert 'value="received"' in offered and 'value="returned"' not in offered  # what can follow, and no more


def test_understanding_a_record(world: World, at: Any) -> None:
    world.gathered().move(Move.RECORDS_READY)
    browser = at(Role.NAVIGATOR)
    subject, question = world.case.subjects.get(), world.case.questions.get()
    browser.send("name-patient", subject=subject.key)
    browser.send("clear-file", {"domain": "pathology"}, file=world.file.key)
    assert browser.refused("clear-file", {"domain": "gossip"}, file=world.file.key)[0] == 422
    browser.send("clear-question", question=question.key)
    assert browser.refused("clear-question", question=uuid.uuid4())[0] == 404
    fact = world.case.facts.filter(field="stage_group").get()
    said = browser.send("correct", {"value": "IIA", "reason": "The table says so."}, fact=fact.key)
    assert "first reading is kept" in said[0]
    assert browser.send("move", {"to": "understood"}) == ["The case has moved on."]
    assert browser.refused("move", {"to": "nowhere"})[0] == 422
    assert world.fresh().case.state == State.ROUTING


def test_another_subject_is_confirmed_by_a_person(world: World, at: Any) -> None:
    world.understood()
    world.add(b"PATHOLOGY REPORT\nPatient Name: Riviera, Anna\nMRN: 99\nColon: adenocarcinoma, pT3.", "other.txt")
    other = world.case.subjects.filter(is_patient=False).get()
    browser = at(Role.NAVIGATOR)
    assert "identity not confirmed" in browser.see("understand")
    browser.send("confirm-identity", subject=other.key)
    assert "identity not confirmed" not in browser.see("understand")


def test_asking_a_specialist(world: World, at: Any) -> None:
    world.understood()
    browser = at(Role.NAVIGATOR)
    assert "Send the blinded packet" in browser.see("route")
    status, page = browser.refused("refer", {"reviewer": "nobody", "discipline": "oncology", "why": "Knows it"})
    assert status == 422 and "No specialist was chosen." in page and 'value="Knows it"' in page
    assert '<option value="oncology" selected>' in page
    browser.send("refer", {"reviewer": str(world.reviewer.key), "discipline": "oncology", "why": "Knows it"})
    assert "no answer yet" in browser.see("route") and "Why: Knows it" in browser.see("route")


def test_declining_sends_the_reviewer_home(world: World, at: Any) -> None:
    world.referred()
    said = at(world.reviewer).send("decline-referral", referral=world.referral.key)
    assert "ask somebody else" in said[0]


def test_reviewing_from_the_answer_to_the_final_opinion(world: World, at: Any) -> None:
    world.referred()
    browser = at(world.reviewer)
    browser.send("accept-referral", referral=world.referral.key)
    assert ">The first interpretation</h2>" not in browser.see("review")
    assert browser.send("review-save", {"t": "T3", "save": ""})[0].startswith("Saved")
    assert 'value="T3"' in browser.see("review")
    bad = {"option_0_name": "Lobectomy"}
    assert "Say which kind" in browser.refused("review-save", bad)[1]
    browser.send("review-save", {"t": "T3", "n": "N0", "comment": "Free nodes.", "seal": ""})
    revealed = browser.see("review")
    assert "The first interpretation</h2>" in revealed
    assert (
        revealed.index("The first interpretation</h2>")
        < revealed.index("report.txt")
        < revealed.index('<dl class="pairs">')
    )
    assert browser.refused("review-final", bad | {"decision": "change", "reason": "x"})[0] == 422
    browser.send("review-final", {"decision": "change", "reason": "Saw the scan.", "t": "T2"})
    assert "Your review is complete" in browser.see("review")
    assert world.fresh().case.state == State.COMPARING


def test_comparing_the_board_and_the_report(world: World, at: Any) -> None:
    world.final()
    navigator, board, reviewer, patient = map(at, (Role.NAVIGATOR, Role.BOARD, Role.REVIEWER, Role.PATIENT))
    assert "Compare the opinions" in navigator.see("compare")
    navigator.send("compare")
    assert "major" in navigator.see("compare") and "Both physicians were asked" in navigator.see("compare")
    first, own = world.fresh().case.reconsiderations.order_by("id")
    referrer = at(Role.REFERRER)
    assert "No difference to look at" not in referrer.see("look-again")
    referrer.send("answer-again", {"decision": "keeps", "reason": "A node was involved."}, asked=first.key)
    assert "A node was involved." in navigator.see("look-again")
    assert navigator.refused("open-board", {"question": "Too early?"})[0] == 409
    assert "Please look again" in reviewer.see("review")
    assert reviewer.refused("reconsider", {"decision": "change", "option_0_name": "x", "reason": "x"})[0] == 422
    reviewer.send("reconsider", {"decision": "keep", "reason": "None was."})
    assert navigator.refused("settle")[0] == 409
    assert own.review is not None and "None was." in navigator.see("look-again")
    navigator.send("open-board", {"question": "Which stage holds?"})
    question = Adjudication.objects.get()
    board.send("vote", {"choice": "second", "reason": "The nodes"}, board=question.key)
    assert "The nodes" in board.see("board")
    board.send("decide", {"minutes": "The second opinion holds."}, board=question.key)
    page = board.see("board")
    assert "The second opinion holds." in page
    assert "Who sits on the board" in page and board.path("document", file=world.file.key) in page
    navigator.send("draft")
    report = Report.objects.get()
    assert "Read the draft, then sign" in reviewer.see("report")
    page = reviewer.see("report-version", report=report.key)
    assert "No physical examination was done" in page and "Referrer kept the first opinion" in page
    assert "Whether treatment had started" in page and "The tumor board decided" in page
    assert "DRAFT, not signed" in page and "Sign the report" in page
    assert f'href="{reviewer.path("report-version", report=report.key)}">Read and sign' in reviewer.see("report")
    assert 'Report<span class="turn-dot"' in reviewer.see("case")
    assert reviewer.refused("sign-report", {"digest": "another"}, report=report.key)[0] == 409
    reviewer.send("sign-report", {"digest": report.digest}, report=report.key)
    assert "Read the report" in patient.see("report")
    page = patient.see("report-version", report=report.key)
    assert "Signed by Reviewer" in page and "No physical examination was done" in page
    plain = ("The conclusion", "The tumor board decided on", "What can be done", "How the opinions compare")
    assert sorted(plain, key=page.rindex) == list(plain)
    assert "An important difference" in page and ">Why</th>" not in page
    field = ("The conclusion", "The tumor board decided on", "Treatment options", "compared with")
    page = navigator.see("report-version", report=report.key)
    assert sorted(field, key=page.rindex) == list(field) and ">Why</th>" in page
    assert patient.client.get(patient.path("patient-pdf", report=report.key)).content.startswith(b"%PDF")
    assert patient.client.get(patient.path("clinician-pdf", report=report.key)).content.startswith(b"%PDF")
    assert b"DiagnosticReport" in patient.client.get(patient.path("bundle", report=report.key)).content
    navigator.send("amend", {"reason": "A name was misspelt."})
    assert "A name was misspelt." in navigator.see("report-version", report=Report.objects.latest("number").key)


def test_an_outside_opinion_is_entered_and_compared(world: World, at: Any) -> None:
    world.understood()
    navigator, board = at(Role.NAVIGATOR), at(Role.BOARD)
    assert "Enter an opinion obtained outside" in navigator.see("route")
    assert "Which document is it?" in navigator.see("outside-opinion")
    sent = {"file": world.file.pk, "author": "Dr. Lind", "examined": "on", "stage_group": "IIIB"}
    answer = navigator.client.post(navigator.path("outside-opinion"), {**sent, "file": ""})
    assert "Nothing was kept yet" in answer.content.decode()
    navigator.send("outside-opinion", sent)
    assert "Not at this step" not in navigator.see("outside-opinion") and "Dr. Lind" in navigator.see("outside-opinion")
    navigator.send("compare")
    navigator.send("draft")
    report = Report.objects.get()
    assert "Sign the report" in board.see("report-version", report=report.key)
    board.send("sign-report", {"digest": report.digest}, report=report.key)
    page = at(Role.PATIENT).see("report-version", report=report.key)
    assert "Dr. Lind examined the patient in person" in page


def test_a_third_opinion_goes_back_to_the_experts(world: World, at: Any) -> None:
    world.differing()
    navigator = at(Role.NAVIGATOR)
    for asked in world.case.reconsiderations.all():
        navigator.send("answer-again", {"decision": "no answer", "reason": "Called twice."}, asked=asked.key)
    assert "Ask for a third opinion" in navigator.see("look-again")
    navigator.send("third-opinion")
    assert world.fresh().case.state == State.ROUTING


def test_an_answer_that_settles_it_leads_to_the_report(world: World, at: Any) -> None:
    world.differing()
    navigator = at(Role.NAVIGATOR)
    first = world.case.reconsiderations.get(review=None)
    navigator.send("answer-again", {"decision": "changes", "reason": "Agreed.", "name": "Dr. A"}, asked=first.key)
    at(Role.REVIEWER).send("reconsider", {"decision": "change", "reason": "On the stage.", "t": "T3"})
    navigator.send("settle")
    assert world.fresh().case.state == State.REPORTING


def test_a_navigator_opens_a_case_for_somebody_and_invites_them(world: World, at: Any) -> None:
    world.opened()
    client = at(Role.NAVIGATOR).client
    page = client.get("/start/").content.decode()
    assert "You lead the case" in page and "no doctor's permission" not in page
    sent = {"title": "Lump in the breast", "treatment_started": "no", "patient_email": "new@example.org"}
    settled = {"role": "navigator", "organisation": world.organisation.pk}
    assert client.post("/start/", {**sent, **settled}).status_code == 302
    case = Case.objects.get(title="Lump in the breast")
    invited = Invitation.objects.get(case_key=case.key)
    assert (invited.email, invited.role) == ("new@example.org", Role.PATIENT)
    assert "The patient's email address" not in at(Role.PATIENT).client.get("/start/").content.decode()


def test_a_case_starts_when_a_doctor_agrees_where_that_is_asked(world: World, at: Any) -> None:
    world.organisation.doctor_must_agree = True
    world.organisation.save()
    world.opened()
    navigator, patient = at(Role.NAVIGATOR), at(Role.PATIENT)
    assert "asks that a doctor agrees" in patient.see("case")
    assert navigator.refused("agree")[0] == 422
    assert "I agree that the case may start" in at(Role.REFERRER).see("case")
    navigator.send("agree", {"doctor": "Dr. Lind"})
    assert "Dr. Lind agreed" in patient.see("case")


def test_the_navigator_chooses_the_kind_of_review(world: World, at: Any) -> None:
    world.reviewing()
    navigator = at(Role.NAVIGATOR)
    assert "No time is set for this step" in navigator.see("case")
    assert navigator.refused("kind", {"kind": "psychic"})[0] == 422
    navigator.send("kind", {"kind": "pathology_only"})
    assert "It starts on the day the slides or blocks arrive" in navigator.see("case")


def test_the_outcome_and_the_rating(world: World, at: Any) -> None:
    world.drafted()
    browser = at(Role.PATIENT)
    assert "Nothing to tell yet" in browser.see("outcome")
    page = browser.see("report")
    assert "Version 1" not in page and "We write to you" in page and "See where the case stands" in page
    at(Role.REVIEWER).send("sign-report", {"digest": world.report.digest}, report=world.report.key)
    answer = browser.client.post(browser.path("outcome"), {"comment": "none chosen"})
    assert answer.status_code == 200 and b'role="alert"' in answer.content
    assert "you may answer before" in browser.see("outcome")
    assert "only if they told you" in at(Role.NAVIGATOR).see("outcome")
    browser.send("outcome", {"outcomes": ["stage changed"], "comment": "No chemotherapy."})
    assert "No chemotherapy." in browser.see("outcome")
    assert "You told us on" in browser.see("outcome")
    assert f"{world.patient.name} told us on" in at(Role.NAVIGATOR).see("outcome")
    assert browser.refused("rating", {"stars": "9"})[0] == 422
    assert browser.send("rating", {"stars": "5", "text": "I understood."}) == ["Thank you."]
    page = browser.see("outcome")
    assert "You rated this on" in page and "I understood." in page and ">Rate</button>" not in page


def test_who_signs_is_not_told_that_somebody_else_does(world: World, at: Any) -> None:
    world.final()
    assert "whose opinion is final then reads and signs it" in at(Role.REVIEWER).see("report")
    assert "you read and sign it" in at(Role.BOARD).see("report")
    assert "It can be drafted once" in at(Role.NAVIGATOR).see("report")


def test_the_thread_and_the_trail(world: World, at: Any) -> None:
    world.opened()
    browser = at(Role.NAVIGATOR)
    assert "Nobody has written yet" in browser.see("thread")
    browser.send("thread", {"text": "The slides are on their way."})
    read = at(Role.PATIENT).see("thread")
    assert "The slides are on their way." in read and "UTC" in read
    lead = read.partition("<h1>Messages</h1>")[2].partition("</p>")[0]
    assert "You, " in lead and "Navigator (navigator)" in lead and "(payer)" not in lead
    assert "reviewing physicians and payers never can" in lead
    trail = browser.see("trail")
    assert "Opened the case" in trail and "cases.opened" not in trail
    assert "Brought Navigator into the case as navigator" in trail and "Told Patient" in trail
    assert trail.index("Wrote a message") < trail.index("Opened the case")  # the newest first


def test_an_invitation_brings_somebody_in_once(world: World, at: Any) -> None:
    _, token = accounts.invite(
        email="new@example.org",
        role=Role.REFERRER,
        organisation=world.organisation,
        by=System("tests"),
        now=timezone.now(),
    )
    new = at(world.person("new@example.org"))
    page = new.client.get(f"/invitations/{token}/")
    assert page.status_code == 200 and "You are invited" in page.content.decode()
    assert new.client.post(f"/invitations/{token}/accept/")["Location"] == "/cases/"
    assert new.client.get(f"/invitations/{token}/").status_code == 410


def test_a_clearing_can_be_taken_back(world: World, at: Any) -> None:
    world.referred()
    navigator, reviewer = at(Role.NAVIGATOR), at(world.reviewer)
    question = world.case.questions.first()
    navigator.send("clear-file", {"domain": "clinical"}, file=world.file.key)
    navigator.send("clear-question", question=question.key)
    link = reviewer.path("document", file=world.file.key)
    assert link in reviewer.see("packet") and question.text in reviewer.see("packet")
    navigator.send("clear-file", {"hide": "1"}, file=world.file.key)
    navigator.send("clear-question", {"hide": "1"}, question=question.key)
    assert link not in reviewer.see("packet") and question.text not in reviewer.see("packet")
    assert f"Hid {world.file.name} from blinded reviewers again" in navigator.see("trail")
    for route, where in (("clear-file", {"file": world.file.key}), ("clear-question", {"question": question.key})):
        assert navigator.refused(route, {"hide": "1"}, **where)[0] == 422


def test_a_navigator_withdraws_a_case(world: World, at: Any) -> None:
    world.gathered()
    navigator = at(Role.NAVIGATOR)
    assert "Yes, withdraw the case" in navigator.see("case")
    navigator.send("move", {"to": "withdraw"})
    assert world.fresh().case.state == State.WITHDRAWN and "withdraw the case" not in navigator.see("case")
