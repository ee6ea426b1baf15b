"""The front door, the assessment, the demo's doors and refusals."""

from __future__ import annotations

import html
import re
import uuid
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from overread.clinical.indication import DISCIPLINES, EMERGENCIES, EMERGENCY_ACTION, TRIGGERS
from overread.web.public.forms import ASKED_ABOVE, GROUPS, READINGS, AssessmentForm
from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Participation
from tests.factories.cases import SYSTEM, World

pytestmark = pytest.mark.django_db


def test_the_front_door_says_what_this_is_and_who_signs(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "A human specialist signs every opinion" in page
    assert "neither is a second opinion" in page


@pytest.mark.parametrize("role", list(Role))
def test_who_is_signed_in_goes_to_the_home_of_their_role(at: Any, role: Role) -> None:
    homes = {Role.OPERATOR: "/installation/", Role.PAYER: "/payer/"}
    assert at(role).client.get("/")["Location"] == homes.get(role, "/cases/")


def test_who_works_on_cases_too_begins_at_the_cases(at: Any, world: World) -> None:
    both = world.person("both@example.org", Role.OPERATOR)
    accounts.grant_role(person=both, role=Role.NAVIGATOR, organisation=world.organisation, by=SYSTEM, now=world.now())
    assert at(both).client.get("/")["Location"] == "/cases/"


def test_every_step_is_told(client: Client) -> None:
    page = client.get("/about/").content.decode()
    assert all(
        name in page for name in ("Ask", "Gather", "Understand", "Route", "Review", "Compare", "Report", "Learn")
    )


def test_the_assessment_answers_above_the_form_with_its_sources(client: Client) -> None:
    page = client.post("/ask/", {"situations": ["rare_cancer"], "tumour": ""}).content.decode()
    assert page.index('id="answer"') < page.index("<form id=")
    assert "Open a case" in page and '<cite class="text-sm' in page


def test_an_emergency_is_answered_as_one(client: Client) -> None:
    page = client.post("/ask/", {"emergencies": ["spinal_cord_compression"]}).content.decode()
    said = page[page.index('id="answer"') :]
    assert re.findall("<h1[^>]*>(.*?)</h1>", page) == ["Get help now"]
    assert "<title>Get help now" in page
    assert (
        said.index(EMERGENCY_ACTION) < said.index("You ticked:") < said.index("Open a case") < said.index("urgent MRI")
    )
    assert said.index("That can mean: cancer presses on the spinal cord.") < said.index("<details")
    assert "[" not in said[: said.index("<details")]  # no source between the reader and the telephone


def test_the_first_question_leads_to_help_or_past_it(client: Client) -> None:
    page = client.get("/ask/").content.decode()
    first = page[page.index('id="your-answers"') : page.index('id="the-cancer"')]
    assert first.index(EMERGENCY_ACTION) < first.index("None of these: go on") < first.index('type="checkbox"')
    assert all(f'value="{key}"' in first for key in EMERGENCIES) and "treatment cannot wait?" in first
    assert first.index("What you may notice") < first.index("Great thirst") < first.index("What a doctor may have told")


def test_that_it_has_spread_is_asked_once_and_counts_as_a_reason(client: Client) -> None:
    page = client.get("/ask/").content.decode()
    assert 'value="metastatic"' not in page and "Has it spread" in page
    assert "The cancer has spread." in client.post("/ask/", {"metastatic": "yes"}).content.decode()


def test_who_calls_the_cancer_rare_is_said(client: Client) -> None:
    told = client.post("/ask/", {"situations": ["rare_cancer"]}).content.decode()
    assert "You were told that your cancer is rare or unusual." in told
    chosen = client.post("/ask/", {"tumour": "sarcoma"}).content.decode()
    assert "We count this cancer among the rare ones." in chosen
    assert "Answer what you know" not in told and told.count("Change your answers") == 1


def test_what_makes_a_change_more_or_less_likely_is_asked_and_told(client: Client) -> None:
    said = {"tumour": "lymphoma", "first_reading": ["read_at_teaching_hospital"], "disciplines": ["pathology"]}
    page = client.post("/ask/", said).content.decode()
    assert "Less likely." in page and "8.5 % when the first reading was at a teaching hospital" in page
    assert "We know no published rate for this source." in page


def test_every_discipline_of_the_rates_can_be_asked_for() -> None:
    assert set(READINGS) == set(DISCIPLINES)


def test_an_unknown_situation_is_refused_by_the_form(client: Client) -> None:
    page = client.post("/ask/", {"situations": ["no such"]}).content.decode()
    assert 'id="answer"' not in page


def test_every_situation_stands_in_exactly_one_group() -> None:
    form = AssessmentForm()
    grouped = [b.data["value"] for _, boxes in form.situation_groups() for b in boxes]
    assert len(grouped) == len(TRIGGERS) - len(ASKED_ABOVE)
    assert sorted(grouped) == sorted(value for value, _ in form.fields["situations"].choices)  # type: ignore[attr-defined]
    assert {key for _, keys in GROUPS for key in keys} <= set(grouped)


def test_answers_hold_what_was_said_and_nothing_else() -> None:
    form = AssessmentForm(
        {
            "situations": ["rare_cancer"], "emergencies": [], "tumour": "", "stage": "", "metastatic": "no",
            "treatment_started": "", "urgent_says": "Dr. Okafor", "urgent_because": "", "none_of_these": "",
        }
    )  # fmt: skip
    assert form.is_valid()
    answers = form.answers()
    assert answers.situations == {"rare_cancer"}
    assert (answers.tumour, answers.stage, answers.metastatic, answers.treatment_started) == (None, None, False, None)
    assert answers.urgency is not None and (answers.urgency.clinician, answers.urgency.reason) == ("Dr. Okafor", None)
    assert answers.disciplines == frozenset()
    read = AssessmentForm({"first_reading": ["read_at_teaching_hospital"], "disciplines": ["pathology"]})
    assert read.is_valid()
    assert (read.answers().situations, read.answers().disciplines) == ({"read_at_teaching_hospital"}, {"pathology"})
    empty = AssessmentForm({})
    assert empty.is_valid() and empty.answers().urgency is None


def test_outside_demo_mode_nobody_can_be_somebody_else(client: Client, world: World) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{world.patient.key}/").status_code == 404


def test_in_demo_mode_one_click_signs_in_and_only_as_the_demo_s_people(
    client: Client, world: World, settings: Any
) -> None:
    settings.DEMO = True
    somebody = world.person("ana@demo.example", Role.PATIENT, "Ana Demo")
    page = client.get("/demo/").content.decode()
    assert (
        "Be Ana Demo</button>" in page
        and "Patient" in page
        and "Takes part in no case now" in page
        and world.patient.name not in page[page.index("<main") :].split()
    )
    assert client.post(f"/demo/{somebody.key}/")["Location"] == "/cases/"
    assert "You are Ana Demo" in client.get("/cases/").content.decode()
    for nobody in (world.patient.key, uuid.uuid4()):
        assert client.post(f"/demo/{nobody}/").status_code == 404


def test_the_demo_says_what_each_person_sees_and_where_to_start(client: Client, world: World, settings: Any) -> None:
    settings.DEMO = True
    world.opened()
    people = [world.person(f"{role}@demo.example", role, f"Demo {role}") for role in (Role.PATIENT, Role.NAVIGATOR)]
    for person, role in zip(people, (Role.PATIENT, Role.NAVIGATOR), strict=True):
        cases.add_participant(case=world.case, person=person, role=role, by=SYSTEM, now=world.now())
    page = client.get("/demo/").content.decode()
    assert page.count(">Step: Gather</span>") == page.count(world.case.title) == 2
    assert page.index("start here") < page.index("Be Demo navigator") < page.index("Be Demo patient")


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "What you can do" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_email_verification_sent"]
)
def test_doors_of_the_account_wear_the_site_s_look(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert '<main id="main"' in page and "build/app.css" in page


def test_the_secret_of_an_app_can_be_read_whole_and_opened_there(at: Any, settings: Any) -> None:
    settings.DEMO = True  # nobody is asked for a password there
    page = html.unescape(at(Role.PATIENT).client.get(reverse("mfa_activate_totp")).content.decode())
    shown = re.search(r'id="authenticator_secret"[^>]*>([A-Z2-7 ]+)</code>', page)
    assert shown and all(len(group) == 4 for group in shown[1].split())
    assert f"secret={shown[1].replace(' ', '')}" in page and 'href="otpauth://totp/' in page
    assert "Back to how you sign in" in page


def test_a_confirmed_address_alone_asks_for_nothing(at: Any, world: World) -> None:
    client = at(Role.PATIENT).client
    client.get(reverse("account_email"))  # the package notes the address when it is first looked at
    EmailAddress.objects.update(verified=True)
    page = client.get(reverse("account_email")).content.decode()
    assert world.patient.email in page and "Send the confirmation again" not in page and 'type="radio"' not in page
    EmailAddress.objects.update(verified=False)
    assert "Send the confirmation again" in client.get(reverse("account_email")).content.decode()


def test_the_package_s_errors_are_said_in_our_words(client: Client) -> None:
    wrong = client.post(reverse("account_login"), {"login": "a@example.org", "password": "no"}).content.decode()
    assert "do not belong together" in wrong
    assert "Please fill this in." in client.post(reverse("account_login"), {}).content.decode()
    page = client.get(reverse("account_login")).content.decode()
    assert page.count("Forgot your password?") == 1 and page.index(
        "</form>", page.index('name="password"')
    ) < page.index("Forgot")


def test_a_passkey_is_called_after_the_device(at: Any, settings: Any) -> None:
    settings.DEMO = True
    assert 'value="This device"' in at(Role.PATIENT).client.get(reverse("mfa_add_webauthn")).content.decode()


@pytest.mark.parametrize("name", ["mfa_index", "account_change_password", "account_email"])
def test_rooms_of_the_account_wear_it_too(at: Any, name: str) -> None:
    page = at(Role.PATIENT).client.get(reverse(name)).content.decode()
    assert '<main id="main"' in page and 'aria-label="Your account"' in page


def test_a_visitor_at_no_page_is_led_on_and_not_to_cases_that_they_have_none_of(client: Client) -> None:
    page = client.get("/nothing/").content.decode()
    assert "Begin at the home page." in page and "Go back to your cases" not in page
    assert reverse("account_login") in page


def test_who_takes_part_is_explained(client: Client) -> None:
    page = html.unescape(client.get("/about/").content.decode())
    assert all(spec.label in page and spec.description in page for spec in ROLES.values())


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_accounts_pages_are_written_as_ours_are_and_have_one_way_on(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert "Sign In" not in page and "Sign Up" not in page and "Remember Me" not in page and "contact us" not in page
    assert page.count("btn-primary") == 1


def test_a_link_that_was_used_leads_to_signing_in(client: Client) -> None:
    page = client.get("/invitations/no-such/").content.decode()
    assert "This link no longer works" in page and "Already used it? Sign in." in page
    main = page[page.index("<main") :]
    assert main.index(reverse("account_login")) < main.index('href="/"')


def test_a_page_that_is_not_there_says_so_without_more(client: Client) -> None:
    page = client.get("/nothing/").content.decode()
    assert "We could not find this page</h1>" in page and "nothing that you sent" not in page


def test_a_page_of_the_navigator_leads_back_to_the_case_and_to_who_can_help(world: World, at: Any) -> None:
    world.gathered()
    thread, case = (reverse(name, args=[world.case.key]) for name in ("thread", "case"))
    page = at(Role.PATIENT).client.get(at(Role.PATIENT).path("people")).content.decode()
    assert "Only the navigator can open this page</h1>" in page
    assert page.index(f'href="{case}">Back to the case') < page.index(f'href="{thread}">Write to the navigator')
    Participation.objects.filter(role=Role.NAVIGATOR).update(ended_at=world.now())
    alone = at(Role.PATIENT).client.get(at(Role.PATIENT).path("people")).content.decode()
    assert f'href="{case}"' in alone and "Write to the navigator" not in alone


def test_what_others_may_do_too_is_not_called_the_navigator_s(world: World, at: Any) -> None:
    world.gathered()
    browser = at(Role.PAYER)
    page = browser.client.get(browser.path("records")).content.decode()
    assert "Not yours to do</h1>" in page and "Only the navigator" not in page
