"""Opinions that differ: both physicians look again, then it is settled, or a third specialist or the board decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from overread.workflow.accounts.roles import Role
from overread.workflow.cases.queries import progress, seat_of, shown_state
from overread.workflow.cases.transitions import State
from overread.workflow.cases.visibility import Discipline
from overread.workflow.errors import Invalid, NotAllowed, WorkflowError, WrongState
from overread.workflow.outcomes.queries import own_rates
from overread.workflow.referrals import actions as referrals
from overread.workflow.referrals.models import OutsideOpinion
from overread.workflow.reports import actions as reports
from overread.workflow.reports import editions, layout
from overread.workflow.reports.models import Comparison
from overread.workflow.reports.queries import current
from overread.workflow.reviews import actions as reviews
from overread.workflow.reviews.models import Reconsideration
from overread.workflow.reviews.queries import final_opinions, reconsiderations
from overread.workflow.reviews.transitions import Decision
from tests.factories.cases import OPINION, SYSTEM, World

pytestmark = pytest.mark.django_db
AGREEING = {
    **OPINION,
    "facts": [{**OPINION["facts"][2], "value": "IIIB"}],  # type: ignore[index]
    "options": [],
    "addressed": ["stage"],
}


def first(world: World) -> Reconsideration:
    return world.case.reconsiderations.get(review=None, outside=None)


def answer(world: World, decision: Decision = Decision.KEEPS, by: Role = Role.REFERRER, **more: Any) -> Reconsideration:
    given = {"reason": "Seen again.", **more}
    return reviews.answer_for_first(asked=first(world), decision=decision, by=world[by], now=world.now(), **given)


def reconsider(world: World, content: dict[str, Any] | None = None) -> Reconsideration:
    return reviews.reconsider(
        review=world.review, content=content, reason="Seen again.", by=world.reviewer, now=world.now()
    )


def test_a_major_difference_asks_everybody_who_gave_an_opinion() -> None:
    world = World().differing()
    assert world.case.state == State.RECONSIDERING
    assert [row.whose for row in reconsiderations(world.navigator, world.case)] == ["The first physician", "Reviewer"]


@pytest.mark.django_db(transaction=True)
def test_the_mail_says_nothing_of_the_case() -> None:
    world = World().differing()
    sent = [m for m in mail.outbox if "asked for again" in m.body]
    assert {m.to[0] for m in sent} == {world[Role.REFERRER].email, world.reviewer.email}
    assert not any(word in f"{m.subject} {m.body}".lower() for m in sent for word in ("colon", "cancer", "stage"))


def test_no_difference_goes_straight_to_the_report() -> None:
    world = World().reviewing()
    reviews.save_draft(review=world.review, content=AGREEING, by=world.reviewer, now=world.now())
    reviews.seal(review=world.review, by=world.reviewer, now=world.now())
    reviews.finalise(review=world.review, content=None, reason="The same.", by=world.reviewer, now=world.now())
    reports.compare(case=world.case, by=world.navigator, now=world.now())
    assert world.fresh().case.state == State.REPORTING
    assert not Reconsideration.objects.exists()


def test_nothing_goes_on_before_everybody_has_answered() -> None:
    world = World().differing()
    answer(world)
    for step in (
        lambda: reports.settle(case=world.case, by=world.navigator, now=world.now()),
        lambda: reviews.open_third_opinion(case=world.case, by=world.navigator, now=world.now()),
        lambda: reviews.open_board(case=world.case, question="Which?", by=world.navigator, now=world.now()),
    ):
        with pytest.raises(WrongState, match="Not every physician"):
            step()


def test_a_reviewer_who_changes_settles_it_and_both_versions_are_kept() -> None:
    world = World().differing()
    answer(world)
    reconsider(world, AGREEING)
    reports.settle(case=world.case, by=world.navigator, now=world.now())
    assert world.fresh().case.state == State.REPORTING
    assert {v.stage for v in world.review.versions.all()} == {"blind", "final", "reconsidered"}
    assert [o.facts[0].value for o in final_opinions(world.case)] == ["IIIB"]
    assert len(current(world.case)) == 1 < Comparison.objects.filter(case=world.case).count()
    assert [(rate.count, rate.of) for rate in own_rates(world.navigator)] == [(1, 1)], "counted once"


def test_when_nobody_changes_the_difference_is_not_settled() -> None:
    world = World().differing()
    answer(world)
    reconsider(world)
    with pytest.raises(WrongState, match="still differ"):
        reports.settle(case=world.case, by=world.navigator, now=world.now())


def test_the_board_decides_with_votes_and_minutes_and_the_report_says_so() -> None:
    world = World().differing()
    answer(world)
    reconsider(world)
    board = reviews.open_board(case=world.case, question="Which stage?", by=world.navigator, now=world.now())
    assert world.fresh().case.state == State.ADJUDICATING
    reviews.vote(board=board, choice="second", reason="No node.", by=world[Role.BOARD], now=world.now())
    reviews.decide(board=board, minutes="Stage IIA.", by=world[Role.BOARD], now=world.now())
    assert world.fresh().case.state == State.REPORTING
    report = reports.draft(case=world.case, by=world.navigator, now=world.now())
    assert report.content["boards"][0]["minutes"] == "Stage IIA."
    said = list(layout.looked_again(report.content))
    assert said[0] == "Referrer kept the first opinion on 2 March 2026: Seen again."
    printed = editions.content(report.content, layout.Signature())
    assert "The opinions differed, and the physicians looked again" in [s.title for s in printed.sections]
    assert ["Stage IIA." in str(one) for one in printed.decisions] == [True]
    assert editions.patient_pdf(report).startswith(b"%PDF")


def test_a_third_specialist_reads_blinded_and_is_not_told_that_the_opinions_differ() -> None:
    world = World().differing()
    answer(world)
    reconsider(world)
    reviews.open_third_opinion(case=world.case, by=world.navigator, now=world.now())
    third = world.person("third@example.org", Role.REVIEWER)
    asked = referrals.refer(
        case=world.fresh().case, person=third, discipline=Discipline.ONCOLOGY, by=world.navigator, now=world.now()
    )
    review = reviews.accept(referral=asked, by=third, now=world.now())
    assert reconsiderations(third, world.case) == []
    reviews.save_draft(review=review, content=OPINION, by=third, now=world.now())
    reviews.seal(review=review, by=third, now=world.now())
    reviews.finalise(review=review, content=None, reason="Mine stays.", by=third, now=world.now())
    reports.compare(case=world.case, by=world.navigator, now=world.now())
    assert world.fresh().case.state == State.REPORTING, "asked once; the third opinion is the answer"
    assert len(current(world.case)) == 2


@pytest.mark.parametrize("state", [State.RECONSIDERING, State.ADJUDICATING])
def test_blinded_eyes_see_the_step_and_not_that_opinions_differ(state: State) -> None:
    world = World().reviewing()
    world.case.state = state
    seat = seat_of(world.reviewer, world.case)
    assert shown_state(world.case, seat) is State.COMPARING
    assert "differ:" not in progress(world.case, seat).asked
    assert shown_state(world.case, seat_of(world.patient, world.case)) is state


def test_the_navigator_writes_down_what_a_physician_without_account_says() -> None:
    world = World().differing()
    row = answer(world, by=Role.NAVIGATOR, name="Dr. Lind")
    assert (row.name, row.recorded, row.answered_by) == ("Dr. Lind", True, world.navigator)


def test_silence_is_written_down_too() -> None:
    world = World().differing()
    assert answer(world, Decision.NO_ANSWER, Role.NAVIGATOR).name == "The first physician"
    asked = world.case.reconsiderations.get(review=world.review)
    row = reviews.answer_for_first(
        asked=asked, decision=Decision.NO_ANSWER, reason="Called twice.", by=world.navigator, now=world.now()
    )
    assert row.name == "Reviewer"


@pytest.mark.parametrize(
    ("given", "refusal", "said"),
    [
        ({"reason": " "}, Invalid, "needs a reason"),
        ({"by": Role.NAVIGATOR}, Invalid, "Nobody was named"),
        ({"decision": Decision.NO_ANSWER}, Invalid, "keep or change"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(given: Any, refusal: type[WorkflowError], said: str) -> None:
    world = World().differing()
    with pytest.raises(refusal, match=said):
        answer(world, **given)


def test_each_answers_for_themselves_and_once() -> None:
    world = World().differing()
    of_reviewer = world.case.reconsiderations.get(review=world.review)
    for by, decision in ((Role.REFERRER, Decision.KEEPS), (Role.NAVIGATOR, Decision.KEEPS)):
        with pytest.raises(NotAllowed):
            reviews.answer_for_first(
                asked=of_reviewer, decision=decision, reason="x", name="y", by=world[by], now=world.now()
            )
    answer(world)
    with pytest.raises(WrongState, match="already answered"):
        answer(world)
    reconsider(world)
    with pytest.raises(WrongState, match="not asked"):
        reconsider(world)
    with pytest.raises(WrongState, match="already asked"):
        reviews.ask_again(case=world.case, by=world.navigator, now=world.now())


def test_looking_again_needs_a_reason_and_its_time() -> None:
    world = World().differing()
    with pytest.raises(Invalid, match="needs a reason"):
        reviews.reconsider(review=world.review, content=None, reason="", by=world.reviewer, now=world.now())
    world.case.state = State.REPORTING
    world.case.save()
    with pytest.raises(WrongState, match="moved on"):
        answer(world)


# opinions from outside


def outside(world: World, **more: Any) -> OutsideOpinion:
    given = {"file": world.file, "author": "Dr. Lind", "content": OPINION, **more}
    return referrals.enter_outside_opinion(case=world.case, **given, by=world.navigator, now=world.now())


def test_an_opinion_from_outside_alone_goes_all_the_way_and_the_board_signs() -> None:
    world = World().understood()
    outside(world, examined=True)
    assert world.fresh().case.state == State.COMPARING
    reports.compare(case=world.case, by=world.navigator, now=world.now())
    rows = reconsiderations(world.navigator, world.fresh().case)
    assert [row.whose for row in rows] == ["The first physician", "Dr. Lind"]
    answer(world, Decision.CHANGES)
    reviews.answer_for_first(
        asked=rows[1],
        decision=Decision.KEEPS,
        reason="By letter.",
        name="Dr. Lind",
        by=world.navigator,
        now=world.now(),
    )
    reports.settle(case=world.case, by=world.navigator, now=world.now())
    report = reports.draft(case=world.fresh().case, by=world.navigator, now=world.now())
    assert [o["author"] for o in report.content["opinions"]] == ["Dr. Lind"]
    assert "Dr. Lind examined the patient in person" in layout.examination(report.content)
    assert editions.clinician_pdf(report).startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        reports.sign(report=report, digest=report.digest, by=world.navigator, now=world.now())
    reports.sign(report=report, digest=report.digest, by=world[Role.BOARD], now=world.now())
    assert world.fresh().case.state == State.LEARNING
    assert own_rates(world.navigator) == [], "not a blind read"


def test_an_opinion_from_outside_joins_the_one_that_is_read_here() -> None:
    world = World().final()
    outside(world)
    reports.compare(case=world.case, by=world.navigator, now=world.now())
    assert {bool(row.outside) for row in current(world.fresh().case)} == {True, False}
    assert len(final_opinions(world.case)) == 2


def test_while_a_specialist_has_the_packet_the_comparison_waits_for_them() -> None:
    world = World().referred()
    outside(world)
    assert world.fresh().case.state == State.ROUTING


@pytest.mark.parametrize(
    ("step", "more", "said"),
    [
        ("gathered", {}, "no outside opinion now"),
        ("understood", {"author": " "}, "no author"),
        ("understood", {"content": {**OPINION, "addressed": []}}, "speaks to nothing"),
        ("understood", {"content": {"author": 1}}, "cannot be read"),
    ],
)
def test_what_is_no_outside_opinion_is_refused(step: str, more: dict[str, Any], said: str) -> None:
    world = getattr(World(), step)()
    with pytest.raises(WorkflowError, match=said):
        outside(world, **more)


def test_a_document_of_another_case_is_refused() -> None:
    world = World().understood()
    other = World.__new__(World)
    other.__dict__ |= vars(world)
    other.gathered()
    with pytest.raises(Invalid, match="another case"):
        referrals.enter_outside_opinion(
            case=world.case, file=other.file, author="Dr. Lind", content=OPINION, by=SYSTEM,
            now=world.now(),
        )  # fmt: skip
