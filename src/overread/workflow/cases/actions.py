"""All writes to cases, participation, consent and questions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from overread.clinical.indication import KINDS

from ..accounts import actions as accounts
from ..accounts.models import Organisation, Person
from ..accounts.roles import Permission, Role
from ..audit.actions import record
from ..audit.actors import Actor
from ..errors import Invalid, WrongState
from . import permissions, transitions
from .consent_words import CONSENTS, consent_words
from .models import Case, Consent, Participation, Question
from .telling import tell
from .transitions import Move, State
from .visibility import HIDDEN_FROM, Discipline

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # nothing that is misread on the telephone

INVITED = frozenset({Role.PATIENT, Role.PROXY, Role.REFERRER, Role.BOARD, Role.PAYER})


def hold(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    return Case.objects.select_for_update().get(pk=case.pk)


@transaction.atomic
def open_case(
    *,
    organisation: Organisation,
    title: str = "",
    assessment: Mapping[str, Any] | None = None,
    kind: str = "",
    role: Role | None = None,
    authority: str = "",
    is_demo: bool = False,
    by: Actor,
    now: datetime,
) -> Case:
    """Open a case; whoever opens it takes part in it in the role given (patient, proxy, referrer, navigator).

    kind: of review, a key of ``indication.KINDS``; "" while nobody has chosen one. authority: what lets a proxy act.
    """
    permissions.require(permissions.may_open_case(by, role))
    begins = transitions.begins(doctor_must_agree=organisation.doctor_must_agree, by=role)
    case = Case.objects.create(
        reference=_reference(), organisation=organisation, title=title, assessment=dict(assessment or {}), state=begins,
        kind=_known_kind(kind), opened_at=now, state_since=now, is_demo=is_demo,
    )  # fmt: skip
    record(action="cases.opened", by=by, now=now, case_key=case.key, about=("case", case.key))
    if isinstance(by, Person) and role is not None:
        stated = (authority or "opened the case as proxy") if role is Role.PROXY else ""
        _seat(case, by, role, authority=stated, by=by, now=now)
    return case


@transaction.atomic
def add_participant(
    *,
    case: Case,
    person: Person,
    role: Role,
    discipline: Discipline | None = None,
    authority: str = "",
    by: Actor,
    now: datetime,
) -> Participation:
    """Bring somebody into the case. A reviewer needs a discipline: it decides what is hidden until the seal."""
    permissions.require(permissions.may_add_participant(by, case))
    if role is Role.REVIEWER and discipline is None:
        raise Invalid("A reviewer needs a discipline.", "Choose pathology, radiology or oncology.")
    if role is Role.OPERATOR:
        raise Invalid("An operator runs the installation and takes part in no case.", "Choose another role.")
    if role is Role.PROXY and not authority:
        raise Invalid("A proxy needs recorded authority.", "Write down what gives them the right to act.")
    return _seat(hold(case), person, role, discipline=discipline, authority=authority, by=by, now=now)


@transaction.atomic
def take(*, case: Case, by: Person, now: datetime) -> Participation:
    """A navigator takes on a case of their organisation that has none."""
    held = hold(case)
    permissions.require(permissions.may_take(by, held))
    return _seat(held, by, Role.NAVIGATOR, by=by, now=now)


@transaction.atomic
def invite(
    *, case: Case, email: str, role: Role, authority: str = "", by: Actor, now: datetime
) -> Participation | None:
    """Bring somebody in by their address: at once when they have an account, else by a link that is sent to them.

    Reviewers are asked by a referral instead: it decides what is hidden from them.
    """
    permissions.require(permissions.may_add_participant(by, case))
    if role not in INVITED:
        raise Invalid("This role does not come by invitation.", f"Choose one of: {', '.join(sorted(INVITED))}.")
    known = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if known:
        accounts.notify(person=known, kind="invited", case_key=case.key, by=by, now=now)
        return add_participant(case=case, person=known, role=role, authority=authority, by=by, now=now)
    if role is Role.PROXY:
        raise Invalid("A proxy needs an account first.", "Ask them to make one, then bring them in.")
    accounts.invite(email=email, role=role, organisation=case.organisation, case_key=case.key, by=by, now=now)
    return None


@transaction.atomic
def join(*, token: str, by: Person, now: datetime) -> Case | None:
    """Use an invitation, and take one's place in the case that it names."""
    invitation = accounts.accept_invitation(token=token, by=by, now=now)
    case = Case.objects.filter(key=invitation.case_key).first() if invitation.case_key else None
    if case:
        _seat(hold(case), by, Role(invitation.role), by=by, now=now)
    return case


def _seat(
    case: Case,
    person: Person,
    role: Role,
    *,
    discipline: Discipline | None = None,
    authority: str = "",
    by: Actor,
    now: datetime,
) -> Participation:
    if Participation.objects.filter(case=case, person=person, ended_at=None).exists():
        raise Invalid("This person already takes part in the case.", "One person has one place in a case.")
    hidden = sorted(str(h) for h in HIDDEN_FROM[discipline]) if discipline and role is Role.REVIEWER else []
    seat = Participation.objects.create(
        case=case, person=person, role=role, discipline=discipline or "", hidden=hidden, authority=authority,
        joined_at=now,
    )  # fmt: skip
    about = ("participation", seat.key)
    record(action="cases.joined", by=by, now=now, case_key=case.key, about=about, detail={"role": role})
    return seat


@transaction.atomic
def end_participation(*, participation: Participation, by: Actor, now: datetime) -> None:
    case = participation.case
    permissions.require(permissions.may_end_participation(by, participation))
    Participation.objects.filter(pk=participation.pk, ended_at=None).update(ended_at=now)
    record(action="cases.left", by=by, now=now, case_key=case.key, about=("participation", participation.key))


@transaction.atomic
def reveal(*, participation: Participation, by: Actor, now: datetime) -> Participation:
    """Lift the blinding of one seat. Called by ``reviews`` when its opinion is sealed; never undone."""
    permissions.require(permissions.may_reveal(by, participation))
    seat = Participation.objects.select_for_update().get(pk=participation.pk)
    if seat.revealed_at is None:
        seat.revealed_at = now
        seat.save(update_fields=["revealed_at"])
        record(action="cases.revealed", by=by, now=now, case_key=seat.case.key, about=("participation", seat.key))
    return seat


@transaction.atomic
def give_consent(*, case: Case, scope: str, by: Person, now: datetime) -> Consent:
    """Record agreement to a scope, with the words that were shown. Giving it twice changes nothing."""
    permissions.require(permissions.may_give_consent(by, case))
    if scope not in CONSENTS:
        raise Invalid("There is no such consent.", "Choose one of those on the page.")
    given_by = by if isinstance(by, Person) else None
    consent, made = Consent.objects.get_or_create(
        case=case, scope=scope, withdrawn_at=None,
        defaults={"given_by": given_by, "text": _shown_to(by, case)[scope], "given_at": now},
    )  # fmt: skip
    if made:
        about = ("consent", consent.key)
        record(action="cases.consent_given", by=by, now=now, case_key=case.key, about=about, detail={"scope": scope})
    return consent


def _shown_to(by: Actor, case: Case) -> Mapping[str, str]:
    seats = permissions.live_seats(by, case)
    return consent_words(Role(seats[0].role) if seats else None)


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Actor, now: datetime) -> None:
    """End a consent. Without consent to the review the case stops."""
    case = hold(consent.case)
    permissions.require(permissions.may_give_consent(by, case))
    Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now)
    record(action="cases.consent_withdrawn", by=by, now=now, case_key=case.key, about=("consent", consent.key))
    if consent.scope == "review" and (State(case.state), Move.WITHDRAW) in transitions.TABLE:
        move(case=case, to=Move.WITHDRAW, as_part_of=Permission.GIVE_CONSENT, by=by, now=now)


@transaction.atomic
def ask(*, case: Case, text: str, by: Actor, now: datetime) -> Question:
    """Put a question to the reviewer."""
    permissions.require(permissions.may_ask(by, case))
    if not text.strip():
        raise Invalid("The question is empty.", "Write what you would like to know.")
    asked_by = by if isinstance(by, Person) else None
    question = Question.objects.create(case=case, text=text.strip()[:4000], asked_by=asked_by, asked_at=now)
    record(action="cases.asked", by=by, now=now, case_key=case.key, about=("question", question.key))
    return question


@transaction.atomic
def clear_question(*, question: Question, by: Actor, now: datetime) -> Question:
    """Let blinded eyes read a question: it was read, and does not give the first interpretation away."""
    permissions.require(permissions.may_clear(by, question.case))
    question.cleared_by = by if isinstance(by, Person) else None
    question.cleared_at = now
    question.save(update_fields=["cleared_by", "cleared_at"])
    about = ("question", question.key)
    record(action="cases.question_cleared", by=by, now=now, case_key=question.case.key, about=about)
    return question


@transaction.atomic
def hide_question(*, question: Question, by: Actor, now: datetime) -> Question:
    """Take the clearing of a question back: blinded eyes do not see it any more."""
    permissions.require(permissions.may_clear(by, question.case))
    if question.cleared_at is None:
        raise Invalid("Blinded eyes do not see this question.", "Nothing needs to be hidden.")
    question.cleared_by = question.cleared_at = None
    question.save(update_fields=["cleared_by", "cleared_at"])
    about = ("question", question.key)
    record(action="cases.question_hidden", by=by, now=now, case_key=question.case.key, about=about)
    return question


@transaction.atomic
def move(*, case: Case, to: Move, as_part_of: Permission = Permission.MOVE_CASE, by: Actor, now: datetime) -> Case:
    """Take the case to its next step, as the table of transitions allows."""
    permissions.require(permissions.may_move(by, case, to, as_part_of=as_part_of))
    held = hold(case)
    before = State(held.state)
    held.state = transitions.after(before, to)
    if held.state != before:  # a second reviewer who joins the same step must not show in its clock
        held.state_since = now
    if to in (Move.RECORDS_READY, Move.MORE_RECORDS):
        held.complete_at = now if to is Move.RECORDS_READY else None
    held.save(update_fields=["state", "state_since", "complete_at"])
    detail = {"from": before, "to": held.state}
    record(action="cases.moved", by=by, now=now, case_key=held.key, about=("case", held.key), detail=detail)
    if held.state != before:
        tell(held, "your_turn", transitions.TOLD.get(State(held.state), ()), by=by, now=now)
    return held


@transaction.atomic
def agree(*, case: Case, doctor: str = "", by: Actor, now: datetime) -> Case:
    """A doctor agrees that the case may start: the referring one, or another whom a navigator names."""
    permissions.require(permissions.may_agree(by, case))
    own = any(seat.role == Role.REFERRER for seat in permissions.live_seats(by, case))
    name = by.name if own and isinstance(by, Person) else doctor.strip()
    if not name:
        raise Invalid("Nobody was named.", "Write the name of the doctor who agreed.")
    move(case=case, to=Move.DOCTOR_AGREED, as_part_of=Permission.AGREE, by=by, now=now)
    held = hold(case)
    held.agreed_by = name[:200]
    held.save(update_fields=["agreed_by"])
    record(action="cases.agreed", by=by, now=now, case_key=held.key, about=("case", held.key))
    return held


@transaction.atomic
def set_kind(*, case: Case, kind: str, by: Actor, now: datetime) -> Case:
    """Choose the kind of review, which decides how long it takes and what starts its clock."""
    permissions.require(permissions.may_move(by, case, Move.UNDERSTOOD))
    held = hold(case)
    if transitions.has_ended(State(held.state)):
        raise WrongState("The case has ended.", "Open a new case.")
    held.kind = _known_kind(kind)
    held.save(update_fields=["kind"])
    about, detail = ("case", held.key), {"kind": held.kind}
    record(action="cases.kind_chosen", by=by, now=now, case_key=held.key, about=about, detail=detail)
    return held


def _known_kind(kind: str) -> str:
    if kind and kind not in KINDS:
        raise Invalid("There is no such kind of review.", "Choose one of those on the page.")
    return kind


@transaction.atomic
def set_assessment(*, case: Case, assessment: Mapping[str, Any], by: Actor, now: datetime) -> Case:
    """Keep the answers of step "ask" with the case."""
    permissions.require(permissions.may_ask(by, case))
    held = hold(case)
    if transitions.has_ended(State(held.state)):
        raise WrongState("The case has ended.", "Open a new case.")
    held.assessment = dict(assessment)
    held.save(update_fields=["assessment"])
    record(action="cases.assessed", by=by, now=now, case_key=held.key, about=("case", held.key))
    return held


def _reference() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{body[:4]}-{body[4:]}"
