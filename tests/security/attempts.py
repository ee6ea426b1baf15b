"""For every action: the step at which it makes sense, and arguments with which it succeeds for who may do it."""

from __future__ import annotations

import importlib
import inspect
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.conf import settings

from overread.clinical.record import Domain
from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Person
from overread.workflow.accounts.permissions import roles_of
from overread.workflow.accounts.roles import Permission, Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case, Consent, Participation, Question
from overread.workflow.cases.transitions import Move, State
from overread.workflow.cases.visibility import Discipline
from overread.workflow.directory import actions as directory
from overread.workflow.errors import NotAllowed, NotFound, WorkflowError
from overread.workflow.facts.models import FactRow, SubjectRow
from overread.workflow.intake import actions as intake
from overread.workflow.intake.models import ReceivedFile
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import LetterKind, MaterialState
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.outcomes.models import FollowUp
from overread.workflow.outcomes.transitions import Outcome
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews.transitions import Decision
from overread.workflow.scheduling import actions as scheduling
from overread.workflow.scheduling.transitions import CallState
from tests.factories.cases import OPINION, SYSTEM, World
from tests.security.worlds import Installation, undone

ROOMS = tuple(settings.WORKFLOW_ROOMS)
SETTINGS = {
    "name": "North Hospital", "time_zone": "Europe/Paris", "doctor_must_agree": False, "patients_may_rate": True,
    "holidays": [date(2026, 12, 25)], "targets": {"routing": 5},
}  # fmt: skip
LETTER = {"patient": "Ana Rivera", "birth_date": "1961-04-05", "details": "All of it"}


@dataclass(frozen=True)
class Attempt:
    """``arguments(world, by)`` prepares what the action works on and returns its arguments, without by and now."""

    at: str
    arguments: Callable[[World, Any], Mapping[str, Any]]


@cache
def actions() -> Mapping[str, Callable[..., Any]]:
    """Every public function that somebody does: by name, ``room.action``."""
    return {
        f"{room}.{name}": function
        for room in ROOMS
        for name, function in inspect.getmembers(module_of(room), inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module_of(room).__name__
        and "by" in inspect.signature(function).parameters
    }


def module_of(room: str, name: str = "actions") -> Any:
    return importlib.import_module(f"overread.workflow.{room}.{name}")


def tried(installation: Installation, action: str, who: str) -> WorkflowError | None:
    """What became of it: None when it was done. All of it is undone."""
    attempt = ATTEMPTS[action]
    world, by = installation.at[attempt.at], installation.actors[who]
    with undone():
        arguments = attempt.arguments(world, by)
        try:
            actions()[action](**arguments, by=by, now=world.now())
        except WorkflowError as refusal:
            return refusal
    return None


# Actions that leave the question of who may to the action of another room that they begin with.
LEFT_TO = {
    "facts.take_in": "intake.receive",
    "reviews.accept": "referrals.accept",
    "cases.join": "accounts.accept_invitation",
}


def is_refused_by_itself(action: str, outcome: WorkflowError | None) -> bool:
    """Refused by the action's own check (or its private function's), not by something it would have called later."""
    frames = list(traceback.walk_tb(outcome.__traceback__)) if outcome else []
    asking = [frame for frame, _ in frames if frame.f_code.co_name != "require"][-1:]
    room, name = LEFT_TO.get(action, action).split(".")
    own = [f for f in asking if f.f_globals["__name__"] == f"overread.workflow.{room}.actions"]
    return is_refused(outcome) and any(f.f_code.co_name == name or f.f_code.co_name.startswith("_") for f in own)


def is_refused(outcome: WorkflowError | None) -> bool:
    return isinstance(outcome, NotAllowed | NotFound)


def allowed(installation: Installation, action: str) -> set[str]:
    """Who is not refused."""
    return {who for who in installation.actors if not is_refused(tried(installation, action, who))}


# what the actions work on


def seat(world: World, role: Role) -> Participation:
    return Participation.objects.get(case=world.case, person=world[role], role=role, ended_at=None)


def opening_role(by: Actor) -> Role | None:
    own = roles_of(by)
    return next((r for r in (Role.PATIENT, Role.PROXY, Role.REFERRER, Role.NAVIGATOR) if r in own), None)


def invitation(world: World) -> str:
    return accounts.invite(
        email="nobody@example.org", role=Role.PATIENT, organisation=world.organisation, by=SYSTEM, now=world.now()
    )[1]


def without_navigator(world: World) -> Any:
    Participation.objects.filter(case=world.case, role=Role.NAVIGATOR).update(ended_at=world.now())
    return world.case


def fresh_person(world: World) -> Person:
    return world.person("fresh@example.org")


def release(world: World) -> Any:
    return directory.begin_release(kind="pubmed", source="a file", folder="nowhere", by=SYSTEM, now=world.now())


def quarantined(world: World) -> Any:
    data = b"Another report. Colon, biopsy: adenocarcinoma."
    return intake.receive(case=world.case, chunks=[data], name="b.txt", by=SYSTEM, now=world.now())


def letter(world: World) -> Any:
    return materials.write_letter(
        case=world.case, kind=LetterKind.RECORDS, recipient="City Hospital", content=LETTER, by=SYSTEM, now=world.now()
    )


def piece(world: World) -> Any:
    return materials.expect_material(
        case=world.case, kind="slide", accession="S-1", holder="City Hospital", by=SYSTEM, now=world.now()
    )


def call(world: World) -> Any:
    return scheduling.arrange(case=world.case, at=tomorrow(world), by=SYSTEM, now=world.now())


def tomorrow(world: World) -> Any:
    return world.now() + timedelta(days=1)


def board(world: World) -> Any:
    return reviews.open_board(case=world.case, question="Which stage?", by=SYSTEM, now=world.now())


def voted(world: World) -> Any:
    opened = board(world)
    reviews.vote(board=opened, choice="second", by=world[Role.BOARD], now=world.now())
    return opened


def with_draft(world: World) -> Any:
    reviews.save_draft(review=world.review, content=OPINION, by=world.reviewer, now=world.now())
    return world.review


def due_follow_up(world: World) -> FollowUp:
    scheduled = outcomes.schedule(case=world.case, by=SYSTEM, now=world.now())
    FollowUp.objects.filter(pk=scheduled.pk).update(due_at=world.now())
    return scheduled


def not_agreed(world: World) -> Any:
    Case.objects.filter(pk=world.case.pk).update(state=State.AGREEING)
    return world.case


def asked_first(world: World) -> Any:
    return world.case.reconsiderations.get(review=None, outside=None)


def all_answered(world: World) -> Any:
    reviews.answer_for_first(
        asked=asked_first(world),
        decision=Decision.CHANGES,
        reason="Seen again.",
        by=world[Role.REFERRER],
        now=world.now(),
    )
    reviews.reconsider(review=world.review, content=None, reason="I stay.", by=world.reviewer, now=world.now())
    return world.case


def one(model: Any, world: World) -> Any:
    return model.objects.filter(case=world.case).first()


def cleared_file(world: World) -> ReceivedFile:
    return intake.clear(file=world.file, domain=Domain.PATHOLOGY, by=SYSTEM, now=world.now())


def cleared_question(world: World) -> Question:
    question = world.case.questions.first()
    assert question is not None
    return cases.clear_question(question=question, by=SYSTEM, now=world.now())


def of_case(**more: Any) -> Callable[[World, Any], Mapping[str, Any]]:
    return lambda world, by: {"case": world.case, **more}


def for_case(**more: Callable[[World], Any]) -> Callable[[World, Any], Mapping[str, Any]]:
    return lambda world, by: {name: make(world) for name, make in more.items()}


A = Attempt
ATTEMPTS: dict[str, Attempt] = {
    "audit.record": A("opened", lambda w, by: {"action": "tests.tried"}),
    "accounts.create_organisation": A("opened", lambda w, by: {"name": "South Hospital"}),
    "accounts.create_person": A("opened", lambda w, by: {"email": "new@example.org", "name": "New"}),
    "accounts.grant_role": A(
        "opened", lambda w, by: {"person": fresh_person(w), "role": Role.PAYER, "organisation": w.organisation}
    ),
    "accounts.end_role": A("opened", lambda w, by: {"grant": w.patient.grants.get()}),
    "accounts.invite": A(
        "opened", lambda w, by: {"email": "x@example.org", "role": Role.REVIEWER, "organisation": w.organisation}
    ),
    "accounts.set_active": A("opened", lambda w, by: {"person": w.patient, "active": False}),
    "accounts.reset_second_factor": A("opened", lambda w, by: {"person": w.patient}),
    "accounts.set_organisation": A("opened", lambda w, by: {"organisation": w.organisation, **SETTINGS}),
    "accounts.accept_invitation": A("opened", for_case(token=invitation)),
    "accounts.notify": A("opened", lambda w, by: {"person": w.patient, "kind": "case_moved"}),
    "accounts.read_notice": A(
        "opened",
        lambda w, by: {"notice": accounts.notify(person=w.patient, kind="message", by=SYSTEM, now=w.now())},
    ),
    "accounts.note_sign_in": A("opened", lambda w, by: {"event": "signed_in", "person_key": "x"}),
    "cases.open_case": A("opened", lambda w, by: {"organisation": w.organisation, "role": opening_role(by)}),
    "cases.add_participant": A(
        "opened", lambda w, by: {"case": w.case, "person": fresh_person(w), "role": Role.REFERRER}
    ),
    "cases.take": A("opened", for_case(case=without_navigator)),
    "cases.invite": A("opened", of_case(email="fresh@example.org", role=Role.REFERRER)),
    "cases.join": A("opened", for_case(token=invitation)),
    "cases.end_participation": A("opened", lambda w, by: {"participation": seat(w, Role.PATIENT)}),
    "cases.reveal": A("reviewing", lambda w, by: {"participation": w.review.seat}),
    "cases.give_consent": A("opened", of_case(scope="learning")),
    "cases.withdraw_consent": A("opened", for_case(consent=lambda w: one(Consent, w))),
    "cases.ask": A("opened", of_case(text="Why?")),
    "cases.clear_question": A("opened", for_case(question=lambda w: w.case.questions.first())),
    "cases.hide_question": A("opened", for_case(question=cleared_question)),
    "cases.agree": A("opened", lambda w, by: {"case": not_agreed(w), "doctor": "Dr. Lind"}),
    "cases.set_kind": A("opened", of_case(kind="comprehensive")),
    "cases.move": A("gathered", of_case(to=Move.RECORDS_READY)),
    "cases.set_assessment": A("opened", of_case(assessment={"tumour": "colon"})),
    "intake.receive": A("opened", of_case(chunks=[b"some words"], name="a.txt")),
    "intake.examine": A("opened", for_case(file=quarantined)),
    "intake.set_aside": A("opened", for_case(file=quarantined)),
    "intake.clear": A("gathered", lambda w, by: {"file": w.file, "domain": Domain.PATHOLOGY}),
    "intake.hide": A("gathered", for_case(file=cleared_file)),
    "facts.take_in": A("opened", of_case(chunks=[b"some words"], name="a.txt")),
    "facts.read_file": A("opened", for_case(file=quarantined)),
    "facts.name_patient": A("gathered", for_case(subject=lambda w: one(SubjectRow, w))),
    "facts.confirm_identity": A("gathered", for_case(subject=lambda w: one(SubjectRow, w))),
    "facts.correct": A(
        "gathered",
        lambda w, by: {
            "fact": FactRow.objects.get(case=w.case, field="stage_group"),
            "value": "IIA",
            "reason": "Misread.",
        },
    ),
    "materials.write_letter": A("opened", of_case(kind=LetterKind.RECORDS, recipient="City Hospital", content=LETTER)),
    "materials.note_letter": A("opened", lambda w, by: {"letter": letter(w), "received_on": date(2026, 3, 3)}),
    "materials.expect_material": A("opened", of_case(kind="slide", accession="S-2", holder="City Hospital")),
    "materials.move_material": A(
        "opened", lambda w, by: {"material": piece(w), "to": MaterialState.SENT, "holder": "courier"}
    ),
    "directory.begin_release": A("opened", lambda w, by: {"kind": "pubmed", "source": "a file", "folder": "nowhere"}),
    "directory.use_release": A("opened", lambda w, by: {"release": release(w), "counts": {"articles": 1}}),
    "messaging.write": A("opened", of_case(text="Hello.")),
    "scheduling.arrange": A("opened", lambda w, by: {"case": w.case, "at": tomorrow(w)}),
    "scheduling.end": A("opened", lambda w, by: {"call": call(w), "to": CallState.CANCELLED}),
    "referrals.refer": A(
        "understood", lambda w, by: {"case": w.case, "person": w.reviewer, "discipline": Discipline.ONCOLOGY}
    ),
    "referrals.accept": A("referred", for_case(referral=lambda w: w.referral)),
    "referrals.decline": A("referred", for_case(referral=lambda w: w.referral)),
    "referrals.enter_outside_opinion": A(
        "understood", lambda w, by: {"case": w.case, "file": w.file, "author": "Dr. Lind", "content": OPINION}
    ),
    "reviews.accept": A("referred", for_case(referral=lambda w: w.referral)),
    "reviews.save_draft": A("reviewing", lambda w, by: {"review": w.review, "content": OPINION}),
    "reviews.seal": A("reviewing", for_case(review=with_draft)),
    "reviews.finalise": A("sealed", lambda w, by: {"review": w.review, "content": None, "reason": "Nothing new."}),
    "reviews.ask_again": A("final", of_case()),
    "reviews.answer_for_first": A(
        "differing",
        lambda w, by: {
            "asked": asked_first(w),
            "decision": Decision.KEEPS,
            "reason": "Seen again.",
            "name": "Dr. Lind",
        },
    ),
    "reviews.reconsider": A("differing", lambda w, by: {"review": w.review, "content": None, "reason": "Seen again."}),
    "reviews.open_third_opinion": A("differing", lambda w, by: {"case": all_answered(w)}),
    "reviews.open_board": A("final", of_case(question="Which stage?")),
    "reviews.vote": A("final", lambda w, by: {"board": board(w), "choice": "first"}),
    "reviews.decide": A("final", lambda w, by: {"board": voted(w), "minutes": "Stage IIA."}),
    "reports.compare": A("final", of_case()),
    "reports.settle": A("differing", lambda w, by: {"case": all_answered(w)}),
    "reports.draft": A("compared", of_case()),
    "reports.sign": A("drafted", lambda w, by: {"report": w.report, "digest": w.report.digest}),
    "reports.amend": A("signed", of_case(reason="A word was wrong.")),
    "outcomes.schedule": A("opened", of_case()),
    "outcomes.ask": A("signed", for_case(follow_up=due_follow_up)),
    "outcomes.answer": A("signed", of_case(outcomes=[Outcome.CONFIRMED])),
    "outcomes.rate": A("signed", of_case(stars=5)),
}

# Moves that belong to another action, with the permission under which that action takes them.
BORROWED = {
    Move.REVIEWER_ENGAGED: Permission.REVIEW,
    Move.OPINION_FINAL: Permission.REVIEW,
    Move.COMPARED: Permission.COMPARE,
    Move.DIFFERENCE_FOUND: Permission.COMPARE,
    Move.SETTLED: Permission.COMPARE,
    Move.THIRD_OPINION: Permission.COMPARE,
    Move.BOARD_OPENED: Permission.COMPARE,
    Move.BOARD_DECIDED: Permission.ADJUDICATE,
    Move.OUTSIDE_OPINION: Permission.ROUTE,
    Move.DOCTOR_AGREED: Permission.AGREE,
    Move.REPORT_SIGNED: Permission.SIGN_REPORT,
    Move.AMEND: Permission.DRAFT_REPORT,
    Move.OUTCOME_KNOWN: Permission.ANSWER_OUTCOME,
}
