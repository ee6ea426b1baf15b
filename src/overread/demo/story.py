"""How a demo case is told: the real actions of the workflow, done by its people, on days before today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from overread.clinical.record import Domain
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import Discipline
from overread.workflow.facts import actions as facts
from overread.workflow.facts.models import SubjectRow
from overread.workflow.intake import actions as intake
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.messaging import actions as messaging
from overread.workflow.referrals import actions as referrals
from overread.workflow.referrals.models import Referral
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews.models import Review

from .people import DEMO
from .phantom import Grid
from .slide import Section

TEXTS = Path(__file__).parent / "texts"
BETWEEN = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every case stands on. grid: the voxels of a CT, section: the size of a slide; fewer and smaller in tests."""

    people: Mapping[str, Person]
    place: Organisation
    today: date
    grid: Grid = field(default_factory=Grid)
    section: Section = field(default_factory=Section)

    def day(self, ago: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=ago)

    def moment(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """That day, at this time of the institution's clock; days ahead are less than none ago."""
        return datetime.combine(self.day(ago), time(hour, minute), ZoneInfo(self.place.time_zone))

    def age(self, born: date) -> int:
        """Years of age today."""
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    def text(self, name: str, **filled: date | int) -> bytes:
        """A document of the demo with its days and ages filled in, as the hospital's system would have printed it."""
        return (TEXTS / name).read_text(encoding="utf-8").format(**filled).encode()


@dataclass
class Story:
    """One case as it goes. Every action comes some minutes after the one before; ``on`` goes to a later day."""

    scene: Scene
    case: Case = field(init=False)
    _now: datetime = field(init=False)

    def on(self, ago: int, hour: int = 9, minute: int = 5) -> Story:
        self._now = self.scene.moment(ago, hour, minute)
        return self

    def now(self) -> datetime:
        self._now += BETWEEN
        return self._now

    def __getitem__(self, key: str) -> Person:
        return self.scene.people[key]

    @property
    def navigator(self) -> Person:
        return self["navigator"]

    # step by step

    def open(self, title: str, *, by: str, role: Role, kind: str, assessment: Mapping[str, Any]) -> None:
        """Open the case; the navigator takes it on."""
        self.case = cases.open_case(
            organisation=self.scene.place, title=title, kind=kind, assessment=assessment, role=role, is_demo=True,
            by=self[by], now=self.now(),
        )  # fmt: skip
        self.join("navigator", Role.NAVIGATOR)

    def join(self, key: str, role: Role, authority: str = "") -> None:
        cases.add_participant(case=self.case, person=self[key], role=role, authority=authority, by=DEMO, now=self.now())

    def consent(self, key: str, *scopes: str) -> None:
        for scope in scopes:
            cases.give_consent(case=self.case, scope=scope, by=self[key], now=self.now())

    def ask(self, key: str, *questions: str) -> None:
        for text in questions:
            cases.ask(case=self.case, text=text, by=self[key], now=self.now())

    def add(self, key: str, data: bytes, name: str) -> ReceivedFile:
        """Receive a file and read it, as the worker would."""
        kept = intake.receive(case=self.case, chunks=[data], name=name, by=self[key], now=self.now())
        return facts.read_file(file=kept, by=DEMO, now=self._now)

    def name_patient(self) -> None:
        subject = SubjectRow.objects.filter(case=self.case).first()
        if subject:
            facts.name_patient(subject=subject, by=self.navigator, now=self.now())

    def clear(self, file: ReceivedFile, domain: Domain) -> None:
        file.refresh_from_db()
        intake.clear(file=file, domain=domain, by=self.navigator, now=self.now())

    def clear_questions(self) -> None:
        for question in self.case.questions.all():
            cases.clear_question(question=question, by=self.navigator, now=self.now())

    def move(self, *moves: Move) -> None:
        for to in moves:
            self.case = cases.move(case=self.case, to=to, by=self.navigator, now=self.now())

    def say(self, key: str, text: str) -> None:
        messaging.write(case=self.case, text=text, by=self[key], now=self.now())

    def refer(self, key: str, discipline: Discipline, why: str) -> Referral:
        return referrals.refer(
            case=self.case, person=self[key], discipline=discipline, why={"reason": why},
            by=self.navigator, now=self.now(),
        )  # fmt: skip

    def accept(self, referral: Referral) -> Review:
        review = reviews.accept(referral=referral, by=referral.seat.person, now=self.now())
        self.case.refresh_from_db()
        return review

    def give_opinion(self, review: Review, content: Mapping[str, Any]) -> None:
        """Write the blind opinion and seal it."""
        by = review.seat.person
        reviews.save_draft(review=review, content=content, by=by, now=self.now())
        reviews.seal(review=review, by=by, now=self.now())

    def keep(self, review: Review, reason: str) -> None:
        """Keep the blind opinion after the first one was shown."""
        reviews.finalise(review=review, content=None, reason=reason, by=review.seat.person, now=self.now())
        self.case.refresh_from_db()


def opinion(
    author: Person,
    values: Mapping[str, str | float],
    *,
    options: Sequence[Mapping[str, Any]] = (),
    answers: Mapping[str, str] | None = None,
    tests: Sequence[str] = (),
    addressed: Sequence[Domain] = (),
    comment: str = "",
) -> dict[str, Any]:
    """A structured opinion as the reviewer's form makes it."""
    entered = {"document": "opinion", "method": "entered"}
    return {
        "author": author.name,
        "specialty": author.specialty,
        "facts": [{"field": name, "value": value, "provenance": entered} for name, value in values.items()],
        "options": list(options),
        "answers": [{"question": q, "answer": a} for q, a in (answers or {}).items()],
        "further_tests": list(tests),
        "addressed": [str(d) for d in addressed],
        "comment": comment,
    }


def option(
    name: str,
    modality: str,
    *,
    intent: str = "curative",
    benefits: str = "",
    harms: str = "",
    recommended: bool = False,
) -> dict[str, Any]:
    return {
        "name": name, "modality": modality, "intent": intent, "benefits": benefits, "harms": harms,
        "recommended": recommended,
    }  # fmt: skip
