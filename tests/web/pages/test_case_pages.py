"""Each page of a case, as the roles that use it see it: where they are, whose turn it is, what to do."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from PIL import Image

from overread.clinical.record import Span
from overread.interop import documents
from overread.interop.documents import Word, letters
from overread.web.casefile import glance, pictures, turns
from overread.web.templatetags.wording import concerning
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.queries import seat_of
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.errors import NotFound
from tests.factories.cases import REPORT, World
from tests.interop.dicom import synthetic
from tests.interop.documents import samples
from tests.security.attempts import ATTEMPTS, actions

pytestmark = pytest.mark.django_db


def story_of(world: World) -> list[glance.Chapter]:
    """The story as the patient reads it."""
    seat = seat_of(world.patient, world.case)
    return glance.story(world.case, seat, turns.turn(world.patient, world.case, seat))


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def test_somebody_without_cases_is_told_what_to_do(at: Any, world: World) -> None:
    assert "First see whether you need one" in at(Role.PATIENT).client.get("/cases/").content.decode()
    assert "You run the installation" in at(Role.OPERATOR).client.get("/cases/").content.decode()
    assert "When somebody brings you into a case" in at(Role.PAYER).client.get("/cases/").content.decode()


def test_a_card_says_the_step_and_whose_turn_it_is(at: Any, world: World) -> None:
    world.gathered()
    mine, theirs = (at(role).client.get("/cases/").content.decode() for role in (Role.PATIENT, Role.NAVIGATOR))
    assert "Your turn" in mine and "Add the records" in mine
    assert "Your turn" not in theirs and 'data-label="Waits for">Patient<' in theirs


@pytest.mark.parametrize(("state", "who"), [("gathering", ""), ("agreeing", "Navigator")])
def test_a_doctor_is_asked_only_where_the_case_waits_for_one(world: World, state: str, who: str) -> None:
    world.opened()
    world.case.state = state
    first, *_ = story_of(world)
    assert (first.name, first.who) == ("Ask", who) and ("doctor" in first.asked) is bool(who)


def test_the_overview_tells_the_story_and_who_takes_part(at: Any, world: World) -> None:
    world.gathered().move(Move.RECORDS_READY)
    page = at(Role.NAVIGATOR).see("case")
    assert page.count('aria-current="step"') == 2  # the bar above, the story below
    assert "More records are needed" in page and world.patient.name in page
    assert "More records are needed" not in at(Role.PATIENT).see("case")


def test_a_proxy_s_turn_is_the_patient_s(world: World) -> None:
    world.opened()
    seats = {role: glance.page(world[role], world.case)["turn"] for role in (Role.PATIENT, Role.PROXY, Role.PAYER)}
    assert (seats[Role.PATIENT].is_yours, seats[Role.PROXY].is_yours, seats[Role.PAYER].is_yours) == (True, True, False)
    assert seats[Role.PROXY].href.endswith("/records/") and seats[Role.PAYER].href is None
    assert seats[Role.PAYER].who == "Patient"


def test_a_finished_case_waits_for_nobody(world: World, at: Any) -> None:
    world.closed()
    turn = glance.page(world.patient, world.case)["turn"]
    assert (turn.is_yours, turn.who, turn.do) == (False, "Nobody", "Read the report")
    assert "Take the report to the doctor who treats you." in turn.asked
    assert all(chapter.place == "done" for chapter in story_of(world))
    assert "Finished." in at(Role.PATIENT).see("case")


def test_the_story_of_a_case_with_an_opinion_from_outside_claims_no_blinded_reading(world: World) -> None:
    world.understood()
    arguments = ATTEMPTS["referrals.enter_outside_opinion"].arguments(world, world.navigator)
    actions()["referrals.enter_outside_opinion"](**arguments, by=world.navigator, now=world.now())
    done = [chapter for chapter in story_of(world.fresh()) if chapter.place == "done"]
    assert "Review" in [chapter.name for chapter in done]
    assert all("outside" in chapter.asked for chapter in done if chapter.name in ("Route", "Review"))


def test_the_patient_s_words_in_the_title_stay_hidden_from_blinded_eyes(world: World, at: Any) -> None:
    world.reviewing()
    page = at(world.reviewer).see("case")
    assert "My colon cancer" not in page and world.case.reference in page and "Blinded: the first plan" in page
    assert world.patient.name not in page[page.index("Who takes part") :]


def test_facts_lead_to_the_words_they_came_from(world: World, at: Any) -> None:
    world.understood()
    browser = at(Role.NAVIGATOR)
    page, document = browser.see("understand"), browser.see("document", file=world.file.key)
    anchors = [part.split('"')[0] for part in page.split("#f-")[1:]]
    assert anchors and all(f'id="f-{anchor}"' in document for anchor in anchors)
    assert "Does the stage follow" in page and "Timeline" not in page
    assert "the patient of this case" in page


def test_what_does_not_fit_leads_to_the_words_that_do_not(world: World, at: Any) -> None:
    world.understood(REPORT.replace("pM0", "pM1"))
    page = at(Role.NAVIGATOR).see("understand")
    told = page[page.index("To be explained.") :][:1500]
    assert (
        "nothing in the record says where it is" in told
        and "M1 is distant metastasis, so there is a place it went to." in told
    )
    (anchor,) = re.findall(r"#f-([0-9a-f-]{36})\">M category", told)
    assert f'id="f-{anchor}"' in at(Role.NAVIGATOR).see("document", file=world.file.key)
    assert "What could not be looked for" in page and "if if" not in page


def test_a_page_without_facts_says_how_they_come(world: World, at: Any) -> None:
    world.opened()
    page = at(Role.PATIENT).see("understand")
    assert "They appear here when files have been read" in page and "Add files" in page


def test_a_picture_of_each_page_stands_beside_its_words(world: World, at: Any) -> None:
    world.opened()
    file = world.add(letters.access_request(REQUEST), "letter.pdf")
    browser = at(Role.PATIENT)
    where = browser.path("page-image", file=file.key, number=1)
    assert where in browser.see("document", file=file.key)
    answer = browser.client.get(where)
    assert answer["Content-Type"] == "image/png" and answer["Cache-Control"] == "private, no-store"
    assert Image.open(io.BytesIO(answer.content)).height > 500
    assert browser.status("page-image", file=file.key, number=99) == 404
    assert at(world.person("stranger@example.org")).client.get(where).status_code == 404


REQUEST = letters.AccessRequest(
    case_reference="AAAA-0000",
    sent_on=date(2026, 3, 2),
    holder="North Hospital",
    patient_name="Ana Rivera",
    sender=letters.Sender("Ana Rivera"),
    items=("Everything",),
    deliver_to="Overread",
)


def test_the_words_of_a_fact_are_marked_on_the_picture_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = io.BytesIO()
    Image.new("RGB", (100, 100), "white").save(blank, "PNG")
    monkeypatch.setattr(documents, "page_image", lambda data, number: blank.getvalue())
    words = (Word(0, 4, 1, (0.2, 0.2, 0.4, 0.3)), Word(5, 9, 1, (0.6, 0.6, 0.8, 0.7)))
    read = SimpleNamespace(words=True, fact=SimpleNamespace(provenance=SimpleNamespace(span=Span(1, 3))))
    marked = Image.open(io.BytesIO(pictures.page(b"", 1, words, [read])))  # type: ignore[list-item]
    assert marked.getpixel((30, 25)) != (255, 255, 255) and marked.getpixel((70, 65)) == (255, 255, 255)
    withheld: Any = SimpleNamespace(words=False, fact=read.fact)
    for facts in ([], [withheld]):
        assert pictures.page(b"", 1, words, facts) == blank.getvalue()


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_what_was_read_from_a_scan_is_marked_on_the_scan(world: World, at: Any) -> None:
    world.opened()
    file = world.add(samples.scan(samples.drawing("PATHOLOGIC STAGE: pT3 pN0")), "scan.pdf")
    answer = at(Role.PATIENT).client.get(at(Role.PATIENT).path("page-image", file=file.key, number=1))
    colours = Image.open(io.BytesIO(answer.content)).convert("RGB").getcolors(1 << 24) or []
    assert any(red - blue > 40 for _, (red, _, blue) in colours)  # amber, on a page that was black and white


def test_a_document_says_what_of_it_could_not_be_read(world: World, at: Any) -> None:
    world.opened()
    german = "Der Befund zeigt ein Karzinom der Lunge. Die Lymphknoten sind nicht befallen und der Rand ist frei. " * 5
    file = world.add(german.encode(), "befund.txt")
    assert "German" in at(Role.PATIENT).see("document", file=file.key)


def test_a_text_has_no_pictures() -> None:
    assert not pictures.has_pages(b"plain words") and not pictures.has_pages(b"")
    with pytest.raises(NotFound):
        pictures.page(b"plain words", "a.txt", 1, [])


def test_the_original_is_saved_and_never_shown(world: World, at: Any) -> None:
    world.gathered()
    answer = at(Role.PATIENT).client.get(at(Role.PATIENT).path("file", file=world.file.key))
    assert answer["Content-Disposition"].startswith("attachment") and b"SURGICAL PATHOLOGY" in answer.content


def test_records_count_images_and_name_every_other_file(world: World, at: Any) -> None:
    world.gathered()
    world.add(synthetic.as_bytes(synthetic.ct_slice()), "scan.dcm")
    world.add(b"%PDF-1.4 broken", "broken.pdf")
    page = at(Role.PATIENT).see("records")
    assert "1 image kept" in page and "scan.dcm" not in page
    assert "report.txt" in page and "not kept" in page and "every 2s" not in page


def test_while_files_are_read_the_list_asks_again(world: World, at: Any) -> None:
    world.opened()
    browser = at(Role.PATIENT)
    said = browser.send("add-files", {"files": io.BytesIO(b"a report")})
    assert "The list says what became of it." in said[-1]
    assert "every 2s" in browser.see("files-list") and "1 file is being read: 0 of 1 done" in browser.see("records")


@pytest.mark.parametrize(("role", "name"), [(Role.PAYER, "records"), (Role.PATIENT, "route"), (Role.BOARD, "trail")])
def test_a_page_that_the_role_may_not_open_is_refused(world: World, at: Any, role: Role, name: str) -> None:
    world.opened()
    assert at(role).status(name) == 403


def test_a_stranger_s_case_and_a_missing_one_answer_alike(world: World, at: Any) -> None:
    world.gathered()
    browser = at(world.person("stranger@example.org"))
    foreign = browser.client.get(browser.path("case"))
    missing = browser.client.get("/cases/00000000-0000-4000-8000-000000000000/")
    assert foreign.status_code == missing.status_code == 404
    assert TOKEN.sub("", foreign.content.decode()) == TOKEN.sub("", missing.content.decode())


def test_the_reading_room_opens_after_the_referral_is_answered(world: World, at: Any) -> None:
    world.referred(Discipline.PATHOLOGY)
    browser = at(world.reviewer)
    assert "Not open yet" in browser.see("review")
    assert "Will you read this case?" in browser.see("packet")
    assert "You are asked for an opinion" in browser.client.get("/cases/").content.decode()


def test_what_a_fact_is_about_is_said_in_words() -> None:
    about = {"specimen:A": " (specimen A)", None: "", "study:1.2.826.0.1.3680043.10": "", "lesion:1": " (lesion 1)"}
    for given, wanted in about.items():
        assert concerning(SimpleNamespace(about=given)) == wanted  # type: ignore[arg-type]
    shown = Template("{% load wording %}{{ fact|concerning }}").render(
        Context({"fact": SimpleNamespace(about="lesion:<1>")})
    )
    assert shown == " (lesion &lt;1&gt;)"


def test_the_operator_sees_the_installation_and_no_patient(world: World, at: Any) -> None:
    page = at(Role.OPERATOR).client.get("/installation/").content.decode()
    assert "unbroken" in page and "Without them, experts cannot be ranked." in page
    assert page.index("badge-warning") < page.index("unbroken")  # what is missing stands first
    assert at(Role.PATIENT).client.get("/installation/").status_code == 403


def test_own_rates_come_with_their_counts(world: World, at: Any) -> None:
    assert "No opinion has been compared yet" in at(Role.NAVIGATOR).client.get("/rates/").content.decode()
    world.compared()
    assert "1 of 1" in at(Role.NAVIGATOR).client.get("/rates/").content.decode()
