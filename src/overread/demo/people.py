"""The demo's people. Nobody here is real; all share one password, which exists in the demo alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.audit.actors import System

PASSWORD = "demo-second-opinion"  # noqa: S105  # printed at every start of the demo
DOMAIN = "demo.example"
DEMO = System("demo")
ORGANISATION = "Lakeside Second Opinion Centre (demo)"
# The centre's own targets in business days, invented like the centre.
TARGETS = {
    "agreeing": 5, "gathering": 10, "understanding": 4, "routing": 5, "reviewing": 7, "comparing": 2, "reconsidering": 5,
    "adjudicating": 5, "reporting": 3,
}  # fmt: skip
ADDRESS = "1 Example Quay\nSpringfield, Illinois"
TIME_ZONE = "America/Chicago"  # where Springfield is


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person: the first part of the address, the name, the role, a physician's field."""

    key: str
    name: str
    role: Role
    specialty: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE: tuple[Invented, ...] = (
    Invented("operator", "Olive Park", Role.OPERATOR),
    Invented("navigator", "Dr. Nadia Reyes", Role.NAVIGATOR, "case navigation"),
    Invented("thoracic.radiology", "Dr. Thora Lindqvist", Role.REVIEWER, "thoracic imaging"),
    Invented("gi.pathology", "Dr. Chidi Okafor", Role.REVIEWER, "gastrointestinal pathology"),
    Invented("endocrine.pathology", "Dr. Elena Marchetti", Role.REVIEWER, "endocrine pathology"),
    Invented("sarcoma.pathology", "Dr. Samuel Adeyemi", Role.REVIEWER, "bone and soft tissue pathology"),
    Invented("breast.oncology", "Dr. Hannah Weiss", Role.REVIEWER, "breast medical oncology"),
    Invented("surgical.oncology", "Dr. Rajiv Menon", Role.REVIEWER, "surgical oncology"),
    Invented("board", "Dr. Ingrid Solberg", Role.BOARD, "tumor board chair"),
    Invented("payer", "Paula Grant, Northlake Health Plan", Role.PAYER),
    Invented("peter.hallam", "Dr. Peter Hallam", Role.REFERRER, "pulmonology"),
    Invented("lucia.ferreira", "Dr. Lucia Ferreira", Role.REFERRER, "endocrine surgery"),
    Invented("walter", "Walter Thompson", Role.PATIENT),
    Invented("maria", "Maria Delgado", Role.PATIENT),
    Invented("aisha", "Aisha Rahman", Role.PATIENT),
    Invented("george", "George Petersen", Role.PATIENT),
    Invented("claire", "Claire Novak", Role.PATIENT),
    Invented("julia", "Julia Thompson", Role.PROXY),
)


def organisation(now: datetime) -> Organisation:
    """The demo's institution, made unless it is there."""
    found = Organisation.objects.filter(name=ORGANISATION).first()
    if found:
        return found
    made = accounts.create_organisation(name=ORGANISATION, address=ADDRESS, by=DEMO, now=now)
    return accounts.set_organisation(
        organisation=made, name=made.name, time_zone=TIME_ZONE, doctor_must_agree=False, patients_may_rate=True,
        holidays=(), targets=TARGETS, by=DEMO, now=now,
    )  # fmt: skip


def everybody(place: Organisation, now: datetime) -> dict[str, Person]:
    """All of them by key, each made unless they are there, with their role."""
    people = {one.key: _person(one, now) for one in PEOPLE}
    for one in PEOPLE:
        accounts.grant_role(person=people[one.key], role=one.role, organisation=place, by=DEMO, now=now)
    return people


def _person(one: Invented, now: datetime) -> Person:
    found = Person.objects.filter(email=one.email).first()
    return found or accounts.create_person(
        email=one.email, name=one.name, password=PASSWORD, specialty=one.specialty, by=DEMO, now=now
    )


def sign_ins() -> tuple[str, ...]:
    """The lines that tell a visitor who can sign in."""
    width = max(len(one.email) for one in PEOPLE)
    listed = (f"  {one.email:<{width}}  {one.name} ({_what(one)})" for one in PEOPLE)
    return (f"Demo sign-ins, all with the password {PASSWORD} (or one click at /demo/):", *listed)


def _what(one: Invented) -> str:
    label = ROLES[one.role].label.lower()
    return f"{label}, {one.specialty}" if one.specialty and one.role in (Role.REVIEWER, Role.REFERRER) else label
