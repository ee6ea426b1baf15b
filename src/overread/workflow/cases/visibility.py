"""What a viewer of a case may see. Pure: every query asks here, and nothing else decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from overread.clinical.record import Domain, Nature

from ..accounts.roles import Role


class Discipline(StrEnum):
    """Whose eyes read: it decides what is hidden until the opinion is sealed."""

    PATHOLOGY = "pathology"
    RADIOLOGY = "radiology"
    ONCOLOGY = "oncology"


class ItemKind(StrEnum):
    FACT = "fact"
    DOCUMENT = "document"  # free text: the text of a report, a file's name, its page images
    IMAGE = "image"  # pixels and slides without anybody's words
    QUESTION = "question"  # a patient's question
    OPINION = "opinion"  # what a reviewing physician wrote


@dataclass(frozen=True, slots=True)
class Hidden:
    """A domain that is hidden, in both natures or in one."""

    domain: Domain
    nature: Nature | None = None

    def covers(self, domain: Domain, nature: Nature) -> bool:
        return self.domain == domain and self.nature in (None, nature)

    def __str__(self) -> str:
        return f"{self.domain}:{self.nature}" if self.nature else str(self.domain)

    @classmethod
    def parse(cls, text: str) -> Hidden:
        domain, _, nature = text.partition(":")
        return cls(Domain(domain), Nature(nature) if nature else None)


HIDDEN_FROM: dict[Discipline, frozenset[Hidden]] = {
    Discipline.PATHOLOGY: frozenset({Hidden(Domain.PATHOLOGY), Hidden(Domain.STAGE), Hidden(Domain.PLAN)}),
    Discipline.RADIOLOGY: frozenset(
        {Hidden(Domain.IMAGING, Nature.INTERPRETATION), Hidden(Domain.STAGE), Hidden(Domain.PLAN)}
    ),
    Discipline.ONCOLOGY: frozenset({Hidden(Domain.PLAN)}),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A viewer's place in a case. ``revealed`` once the reviewer sealed the blind opinion and saw the first one."""

    role: Role
    hidden: frozenset[Hidden] = frozenset()
    revealed: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that could be shown. ``cleared``: a navigator read the free text and found nothing that unblinds."""

    kind: ItemKind
    domain: Domain = Domain.CLINICAL
    nature: Nature = Nature.SOURCE
    cleared: bool = False
    by_seat: str = ""  # for opinions: the seat that wrote it
    final: bool = True  # for opinions: no longer blind or sealed


def may_see(seat: Seat, item: Item) -> bool:
    """The one decision that blinding rests on."""
    return _RULES[seat.role](seat, item)


def seen(seat: Seat, items: Iterable[tuple[Item, object]]) -> list[object]:
    """Of pairs of an item and what it stands for, the latter for those that the seat may see."""
    return [thing for item, thing in items if may_see(seat, item)]


def _whole_record(seat: Seat, item: Item) -> bool:
    """The patient's side and the navigator see all of the record, and opinions once they are final."""
    return item.kind is not ItemKind.OPINION or item.final


def _reviewer(seat: Seat, item: Item) -> bool:
    if item.kind is ItemKind.OPINION:
        return item.by_seat == seat.key or (seat.revealed and item.final)
    if seat.revealed or item.kind is ItemKind.IMAGE:
        return True
    if item.kind in (ItemKind.DOCUMENT, ItemKind.QUESTION) and not item.cleared:
        return False
    return not any(h.covers(item.domain, item.nature) for h in seat.hidden)


def _nothing_but_final_opinions(seat: Seat, item: Item) -> bool:
    return item.kind is ItemKind.OPINION and item.final


def _nothing(seat: Seat, item: Item) -> bool:
    return False


_RULES = {
    Role.PATIENT: _whole_record,
    Role.PROXY: _whole_record,
    Role.REFERRER: _whole_record,
    Role.NAVIGATOR: _whole_record,
    Role.BOARD: _whole_record,
    Role.REVIEWER: _reviewer,
    Role.PAYER: _nothing_but_final_opinions,
    Role.OPERATOR: _nothing,
}
