"""What each seat may see, as a table written by hand: seat, item, seen or not."""

from __future__ import annotations

from collections.abc import Iterator

from overread.clinical.record import Domain, Nature
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import visibility
from overread.workflow.cases.visibility import HIDDEN_FROM, Discipline, Item, ItemKind, Seat

K, D, N = ItemKind, Domain, Nature
SOURCE, READING = N.SOURCE, N.INTERPRETATION


def blinded(discipline: Discipline) -> Seat:
    return Seat(Role.REVIEWER, HIDDEN_FROM[discipline], revealed=False, key="own")


def unblinded(discipline: Discipline) -> Seat:
    return Seat(Role.REVIEWER, HIDDEN_FROM[discipline], revealed=True, key="own")


PATHOLOGY, RADIOLOGY, ONCOLOGY = (blinded(d) for d in Discipline)

# The facts that each blinded discipline sees: domain, as a source, as an interpretation.
BLIND_FACTS: dict[Domain, dict[str, tuple[bool, bool]]] = {
    #                  pathology               radiology               oncology
    D.CLINICAL: {"pathology": (True, True), "radiology": (True, True), "oncology": (True, True)},
    D.IMAGING: {"pathology": (True, True), "radiology": (True, False), "oncology": (True, True)},
    D.PATHOLOGY: {"pathology": (False, False), "radiology": (True, True), "oncology": (True, True)},
    D.MOLECULAR: {"pathology": (True, True), "radiology": (True, True), "oncology": (True, True)},
    D.STAGE: {"pathology": (False, False), "radiology": (False, False), "oncology": (True, True)},
    D.PLAN: {"pathology": (False, False), "radiology": (False, False), "oncology": (False, False)},
}

WHOLE_RECORD = (Role.PATIENT, Role.PROXY, Role.REFERRER, Role.NAVIGATOR, Role.BOARD)
DOCUMENT, CLEARED = Item(K.DOCUMENT, D.CLINICAL), Item(K.DOCUMENT, D.CLINICAL, cleared=True)
QUESTION, CLEARED_QUESTION = Item(K.QUESTION), Item(K.QUESTION, cleared=True)
IMAGE = Item(K.IMAGE, D.IMAGING)
OWN, SEALED, FINAL = (
    Item(K.OPINION, by_seat="own", final=False),
    Item(K.OPINION, by_seat="other", final=False),
    Item(K.OPINION, by_seat="other", final=True),
)


def rows() -> Iterator[tuple[Seat, Item, bool]]:
    for role in WHOLE_RECORD:
        seat = Seat(role, key="own")
        yield from ((seat, Item(K.FACT, domain, nature), True) for domain in D for nature in N)
        yield from ((seat, item, True) for item in (DOCUMENT, QUESTION, IMAGE, FINAL))
        yield seat, SEALED, False
    for role, final in ((Role.PAYER, True), (Role.OPERATOR, False)):
        seat = Seat(role, key="own")
        yield from ((seat, Item(K.FACT, domain, nature), False) for domain in D for nature in N)
        yield from ((seat, item, False) for item in (DOCUMENT, CLEARED, QUESTION, CLEARED_QUESTION, IMAGE, SEALED))
        yield seat, FINAL, final
    for discipline in Discipline:
        yield from _reviewer(discipline)


def _reviewer(discipline: Discipline) -> Iterator[tuple[Seat, Item, bool]]:
    blind, open_ = blinded(discipline), unblinded(discipline)
    for domain, by_discipline in BLIND_FACTS.items():
        for nature, seen in zip((SOURCE, READING), by_discipline[discipline], strict=True):
            yield blind, Item(K.FACT, domain, nature), seen
            yield blind, Item(K.DOCUMENT, domain, nature, cleared=True), seen
            yield blind, Item(K.DOCUMENT, domain, nature, cleared=False), False
            yield open_, Item(K.FACT, domain, nature), True
    yield from ((blind, item, seen) for item, seen in ((QUESTION, False), (CLEARED_QUESTION, True), (IMAGE, True)))
    yield from ((blind, item, seen) for item, seen in ((OWN, True), (SEALED, False), (FINAL, False)))
    yield from ((open_, item, seen) for item, seen in ((QUESTION, True), (OWN, True), (SEALED, False), (FINAL, True)))


def violations() -> list[str]:
    """The rows that the code does not hold to. Asks through the module, so that a changed rule is seen."""
    return [f"{seat} {item}" for seat, item, seen in rows() if visibility.may_see(seat, item) is not seen]
