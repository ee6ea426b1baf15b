"""For every query: the step at which there is something to see, and whether the viewer sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from overread.clinical.record import Fact, Method, Provenance
from overread.workflow.accounts import queries as accounts
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import Actor
from overread.workflow.cases import actions as case_actions
from overread.workflow.cases import queries as cases
from overread.workflow.clocks import queries as clocks
from overread.workflow.directory import queries as directory
from overread.workflow.errors import NotAllowed, NotFound
from overread.workflow.facts import actions as fact_actions
from overread.workflow.facts import queries as facts
from overread.workflow.facts.models import SubjectRow
from overread.workflow.intake import queries as intake
from overread.workflow.intake.models import WordPlaces
from overread.workflow.materials import queries as materials
from overread.workflow.messaging import actions as messaging
from overread.workflow.messaging import queries as messages
from overread.workflow.outcomes import actions as outcome_actions
from overread.workflow.outcomes import queries as outcomes
from overread.workflow.referrals import actions as referral_actions
from overread.workflow.referrals import queries as referrals
from overread.workflow.reports import queries as reports
from overread.workflow.reviews import queries as reviews
from overread.workflow.scheduling import queries as scheduling
from tests.factories.cases import OPINION, SYSTEM, World
from tests.interop.dicom.synthetic import as_bytes, ct_slice
from tests.interop.slides.synthetic import aperio
from tests.security import attempts
from tests.security.attempts import without_navigator
from tests.security.worlds import Installation, undone


@dataclass(frozen=True)
class Look:
    """``sees(world, viewer)`` prepares what there is to see and says whether the viewer does."""

    at: str
    sees: Callable[[World, Any], object]


def seen(installation: Installation, name: str, who: str) -> bool:
    look = LOOKS[name]
    with undone():
        try:
            return bool(look.sees(installation.at[look.at], installation.actors[who]))
        except (NotFound, NotAllowed):
            return False


def who_sees(installation: Installation, name: str) -> set[str]:
    return {who for who in installation.actors if seen(installation, name, who)}


# preparations


def after(prepare: Callable[[World], Any], look: Callable[[World, Any], object]) -> Callable[[World, Any], object]:
    def both(world: World, viewer: Actor) -> object:
        prepare(world)
        return look(world, viewer)

    return both


def asked(world: World) -> None:
    case_actions.ask(case=world.case, text="Was it missed?", by=world.patient, now=world.now())


def rated(world: World) -> None:
    outcome_actions.rate(case=world.case, stars=4, by=world.patient, now=world.now())


def planned(world: World) -> None:
    """A fact of the plan, which is hidden from every blinded eye."""
    subject = SubjectRow.objects.get(case=world.case)
    proposal = Fact("treatment_proposed", "FOLFOX", Provenance("x", Method.CODED))
    fact_actions._keep(world.case, subject, world.file, [proposal], world.now())


def image(world: World) -> Any:
    return world.add(as_bytes(ct_slice()), "CT of the carcinoma.dcm")


def slide(world: World) -> Any:
    return world.add(aperio(), "slide of the carcinoma.svs")


def outside(world: World) -> None:
    referral_actions.enter_outside_opinion(
        case=world.case, file=world.file, author="Dr. Lind", content=OPINION, by=SYSTEM, now=world.now()
    )


def second_factor(world: World) -> None:
    Authenticator.objects.create(user=world.patient, type=Authenticator.Type.TOTP, data={})


def written(world: World) -> None:
    messaging.write(case=world.case, text="Hello", by=world.patient, now=world.now())


# looks


def others(world: World, viewer: Actor) -> object:
    return [seat for seat in cases.participants(viewer, world.case) if seat.person != viewer]


def fact_of(domain: str) -> Callable[[World, Actor], object]:
    return lambda w, v: [s for s in facts.facts(v, w.case) if s.row.domain == domain]


def named(world: World, viewer: Actor) -> object:
    return [view for view in facts.subjects(viewer, world.case) if view.subject.name]


def patient_named(world: World, viewer: Actor) -> object:
    patient = facts.patient_shown(viewer, world.case)
    return patient and patient.name


def own_people(world: World, viewer: Actor) -> object:
    return referrals.waiting_for(viewer) if viewer == world.reviewer else []


def stage_said(world: World, viewer: Actor) -> object:
    return facts.assessment(viewer, world.case, world.now()).stage.checks


def image_bytes(world: World, viewer: Actor) -> object:
    return intake.content(viewer, world.case, image(world).key)


def words_placed(world: World, viewer: Actor) -> object:
    WordPlaces.objects.create(file=world.file, places={"1": [[0, 8, 1000, 1000, 2000, 1200]]})
    return intake.words_on(viewer, world.case, world.file.key, 1)


L = Look
LOOKS: dict[str, Look] = {
    "accounts.people_with_role": L("opened", lambda w, v: accounts.people_with_role(v, Role.REVIEWER)),
    "accounts.everybody": L("opened", lambda w, v: accounts.everybody(v)),
    "accounts.with_second_factor": L("opened", after(second_factor, lambda w, v: accounts.with_second_factor(v))),
    "accounts.organisations": L("opened", lambda w, v: accounts.organisations(v)),
    "accounts.open_invitations": L(
        "opened", after(attempts.invitation, lambda w, v: accounts.open_invitations(v, w.now()))
    ),
    "clocks.due": L("reviewing", lambda w, v: clocks.due(v, w.case, w.now())),
    "cases.case_for": L("reviewing", lambda w, v: cases.case_for(v, w.case.key)),
    "cases.without_navigator": L("opened", after(without_navigator, lambda w, v: cases.without_navigator(v))),
    "cases.participants of others": L("reviewing", others),
    "cases.patient_account": L("reviewing", lambda w, v: cases.patient_account(v, w.case)),
    "cases.questions, not cleared": L(
        "reviewing", after(asked, lambda w, v: [q for q in cases.questions(v, w.case) if not q.cleared_at])
    ),
    "cases.questions, cleared": L("reviewing", lambda w, v: cases.questions(v, w.case)),
    "cases.trail": L("reviewing", lambda w, v: cases.trail(v, w.case)),
    "cases.receipt": L("reviewing", lambda w, v: cases.receipt(v, w.case)["rows"]),
    "intake.files, not cleared": L("gathered", lambda w, v: intake.files(v, w.case)),
    "intake.documents, cleared": L("reviewing", lambda w, v: intake.documents(v, w.case)),
    "intake.content, not cleared": L("gathered", lambda w, v: intake.content(v, w.case, w.file.key)),
    "intake.words_on, not cleared": L("gathered", words_placed),
    "intake.visible_instances": L("reviewing", after(image, lambda w, v: intake.visible_instances(v, w.case))),
    "intake.visible_slides": L("reviewing", after(slide, lambda w, v: intake.visible_slides(v, w.case))),
    "intake.visible_slides by name": L(
        "reviewing", after(slide, lambda w, v: [s for s in intake.visible_slides(v, w.case) if s.name])
    ),
    "intake.slide_for": L("reviewing", lambda w, v: intake.slide_for(v, w.case, slide(w).key)),
    "intake.content of an image's file": L("reviewing", image_bytes),
    "facts.facts of the stage, before the seal": L("reviewing", fact_of("stage")),
    "facts.facts of the plan, before the seal": L("reviewing", after(planned, fact_of("plan"))),
    "facts.facts of the plan, after the seal": L("sealed", after(planned, fact_of("plan"))),
    "facts.subjects by name": L("reviewing", named),
    "facts.patient_shown by name": L("reviewing", patient_named),
    "facts.assessment of the stage": L("reviewing", stage_said),
    "materials.letters": L("reviewing", after(attempts.letter, lambda w, v: materials.letters(v, w.case))),
    "materials.materials": L("reviewing", after(attempts.piece, lambda w, v: materials.materials(v, w.case))),
    "scheduling.calls": L("reviewing", after(attempts.call, lambda w, v: scheduling.calls(v, w.case))),
    "messaging.thread": L("reviewing", after(written, lambda w, v: messages.thread(v, w.case))),
    "directory.experts_for": L(
        "understood",
        lambda w, v: directory.experts_for(v, w.case, facts.patient_record(SYSTEM, w.case), w.now()) is not None,
    ),
    "referrals.referrals": L("referred", lambda w, v: referrals.referrals(v, w.case)),
    "referrals.waiting_for": L("referred", own_people),
    "referrals.outside_opinions": L("final", after(outside, lambda w, v: referrals.outside_opinions(v, w.case))),
    "reviews.reviews, blind": L("reviewing", lambda w, v: reviews.reviews(v, w.case)),
    "reviews.reviews, final": L("final", lambda w, v: reviews.reviews(v, w.case)),
    "reviews.versions, sealed": L("sealed", lambda w, v: reviews.versions(v, w.case)),
    "reviews.versions, final": L("final", lambda w, v: reviews.versions(v, w.case)),
    "reviews.own_review": L("reviewing", lambda w, v: reviews.own_review(v, w.case)),
    "reviews.first_opinion, before the seal": L("reviewing", lambda w, v: reviews.first_opinion(v, w.case)),
    "reviews.first_opinion, after the seal": L("sealed", lambda w, v: reviews.first_opinion(v, w.case)),
    "reviews.reconsiderations": L("differing", lambda w, v: reviews.reconsiderations(v, w.case)),
    "reviews.own_reconsideration": L("differing", lambda w, v: reviews.own_reconsideration(v, w.case)),
    "reviews.boards": L("final", after(attempts.board, lambda w, v: reviews.boards(v, w.case))),
    "reports.comparisons": L("compared", lambda w, v: reports.comparisons(v, w.case)),
    "reports.reports, draft": L("drafted", lambda w, v: reports.reports(v, w.case)),
    "reports.reports, signed": L("signed", lambda w, v: reports.reports(v, w.case)),
    "outcomes.follow_up": L("closed", lambda w, v: outcomes.follow_up(v, w.case)),
    "outcomes.own_rating": L("signed", after(rated, lambda w, v: outcomes.own_rating(v, w.case))),
    "outcomes.own_rates": L("compared", lambda w, v: outcomes.own_rates(v)),
}
