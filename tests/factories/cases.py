"""Cases for tests, brought to a step by walking the real workflow as its people."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from overread.clinical.record import Domain
from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import System
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.facts import actions as facts
from overread.workflow.facts.models import SubjectRow
from overread.workflow.intake import actions as intake
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.outcomes.transitions import Outcome
from overread.workflow.referrals import actions as referrals
from overread.workflow.referrals.models import Referral
from overread.workflow.reports import actions as reports
from overread.workflow.reports.models import Report
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews.models import Review
from overread.workflow.reviews.transitions import Decision

SYSTEM = System("tests")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough password"

REPORT = """SURGICAL PATHOLOGY REPORT
Patient Name: Rivera, Ana
DOB: 04/05/1961
MRN: 778812
FINAL DIAGNOSIS:
Colon, sigmoid, resection: Moderately differentiated adenocarcinoma.
Tumor size: 4.2 cm. Margins are negative for carcinoma.
Lymphovascular invasion: Not identified.
Lymph nodes: 0 of 18 lymph nodes positive for carcinoma (0/18).
PATHOLOGIC STAGE (AJCC 8th edition): pT3 pN0 pM0, Stage IIIB
"""

OPINION = {
    "author": "Dr. Okafor",
    "specialty": "gastrointestinal pathology",
    "facts": [
        {"field": "t", "value": "T3", "provenance": {"document": "opinion", "method": "entered"}},
        {"field": "n", "value": "N0", "provenance": {"document": "opinion", "method": "entered"}},
        {"field": "stage_group", "value": "IIA", "provenance": {"document": "opinion", "method": "entered"}},
    ],
    "options": [{"name": "Surveillance", "modality": "surveillance", "intent": "curative", "recommended": True}],
    "answers": [],
    "further_tests": ["Mismatch repair proteins"],
    "addressed": ["stage", "plan"],
    "comment": "The nodes are free of tumour.",
}


class Clock:
    """Time that moves a minute at every look."""

    def __init__(self, start: datetime = START) -> None:
        self._minutes = itertools.count()
        self._start = start

    def __call__(self) -> datetime:
        return self._start + timedelta(minutes=next(self._minutes))


@dataclass
class World:
    """An installation with one person a role, and one case brought as far as asked."""

    now: Clock = field(default_factory=Clock)
    organisation: Organisation = field(init=False)
    people: dict[Role, Person] = field(init=False)
    case: Case = field(init=False)
    file: ReceivedFile = field(init=False)
    referral: Referral = field(init=False)
    review: Review = field(init=False)
    report: Report = field(init=False)

    def __post_init__(self) -> None:
        self.organisation = accounts.create_organisation(name="North Hospital", by=SYSTEM, now=self.now())
        self.people = {role: self.person(f"{role}@example.org", role) for role in Role}

    def person(self, email: str, role: Role | None = None, name: str = "") -> Person:
        made = accounts.create_person(
            email=email, name=name or email.split("@")[0].title(), password=PASSWORD, by=SYSTEM, now=self.now()
        )
        if role:
            accounts.grant_role(person=made, role=role, organisation=self.organisation, by=SYSTEM, now=self.now())
        return made

    def __getitem__(self, role: Role) -> Person:
        return self.people[role]

    @property
    def patient(self) -> Person:
        return self[Role.PATIENT]

    @property
    def navigator(self) -> Person:
        return self[Role.NAVIGATOR]

    @property
    def reviewer(self) -> Person:
        return self[Role.REVIEWER]

    # the story, step by step; each brings the case one step further and returns the world

    def opened(self) -> World:
        """Opened by the patient; proxy, referrer, navigator, board and payer take part."""
        self.case = cases.open_case(
            organisation=self.organisation, title="My colon cancer", role=Role.PATIENT, by=self.patient, now=self.now()
        )
        for role in (Role.NAVIGATOR, Role.PROXY, Role.REFERRER, Role.BOARD, Role.PAYER):
            authority = "health care power of attorney" if role is Role.PROXY else ""
            cases.add_participant(
                case=self.case, person=self[role], role=role, authority=authority, by=SYSTEM, now=self.now()
            )
        cases.give_consent(case=self.case, scope="review", by=self.patient, now=self.now())
        cases.ask(case=self.case, text="Do I need chemotherapy?", by=self.patient, now=self.now())
        return self

    def gathered(self, report: str = REPORT) -> World:
        self.opened()
        self.file = self.add(report.encode(), "report.txt")
        return self

    def add(self, data: bytes, name: str) -> ReceivedFile:
        kept = intake.receive(case=self.case, chunks=[data], name=name, by=self.patient, now=self.now())
        return facts.read_file(file=kept, by=SYSTEM, now=self.now())

    def understood(self, report: str = REPORT) -> World:
        """The patient is named, the report cleared as pathology, the question cleared."""
        self.gathered(report)
        subject = SubjectRow.objects.filter(case=self.case).first()
        if subject:
            facts.name_patient(subject=subject, by=self.navigator, now=self.now())
        intake.clear(file=self.file, domain=Domain.PATHOLOGY, by=self.navigator, now=self.now())
        for question in self.case.questions.all():
            cases.clear_question(question=question, by=self.navigator, now=self.now())
        self.move(Move.RECORDS_READY)
        return self.move(Move.UNDERSTOOD)

    def move(self, to: Move) -> World:
        self.case = cases.move(case=self.case, to=to, by=self.navigator, now=self.now())
        return self

    def referred(self, discipline: Discipline = Discipline.ONCOLOGY, report: str = REPORT) -> World:
        self.understood(report)
        self.referral = referrals.refer(
            case=self.case, person=self.reviewer, discipline=discipline, by=self.navigator, now=self.now()
        )
        return self

    def reviewing(self, discipline: Discipline = Discipline.ONCOLOGY, report: str = REPORT) -> World:
        self.referred(discipline, report)
        self.review = reviews.accept(referral=self.referral, by=self.reviewer, now=self.now())
        return self.fresh()

    def sealed(self, discipline: Discipline = Discipline.ONCOLOGY) -> World:
        self.reviewing(discipline)
        reviews.save_draft(review=self.review, content=OPINION, by=self.reviewer, now=self.now())
        reviews.seal(review=self.review, by=self.reviewer, now=self.now())
        return self.fresh()

    def final(self) -> World:
        self.sealed()
        reviews.finalise(review=self.review, content=None, reason="Nothing new.", by=self.reviewer, now=self.now())
        return self.fresh()

    def differing(self) -> World:
        """Compared: a major difference, so that both physicians are asked to look again."""
        self.final()
        reports.compare(case=self.case, by=self.navigator, now=self.now())
        return self.fresh()

    def compared(self) -> World:
        """The first physician agrees with the second after all, and the difference is settled."""
        self.differing()
        first = self.case.reconsiderations.get(review=None, outside=None)
        reviews.answer_for_first(
            asked=first, decision=Decision.CHANGES, reason="The nodes are free.", by=self[Role.REFERRER], now=self.now()
        )
        reviews.reconsider(review=self.review, content=None, reason="I stay with it.", by=self.reviewer, now=self.now())
        reports.settle(case=self.case, by=self.navigator, now=self.now())
        return self.fresh()

    def drafted(self) -> World:
        self.compared()
        self.report = reports.draft(case=self.case, by=self.navigator, now=self.now())
        return self

    def signed(self) -> World:
        self.drafted()
        digest = self.report.digest
        self.report = reports.sign(report=self.report, digest=digest, by=self.reviewer, now=self.now())
        return self.fresh()

    def closed(self) -> World:
        self.signed()
        outcomes.answer(case=self.case, outcomes=[Outcome.STAGE_CHANGED], by=self.patient, now=self.now())
        return self.fresh()

    def fresh(self) -> World:
        self.case = Case.objects.get(pk=self.case.pk)
        return self
