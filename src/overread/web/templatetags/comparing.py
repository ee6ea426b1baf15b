"""A comparison as a page shows it: what differs first, then what is the same, then what only one opinion speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template

from overread.clinical.concordance import Grade, Topic
from overread.clinical.record import Domain
from overread.interop.documents.reports import grade_name

register = template.Library()
Item = Mapping[str, Any]  # of a comparison as it is kept


@dataclass(frozen=True, slots=True)
class Part:
    """One topic of which both opinions speak, and where they differ in it."""

    name: str
    grade: str
    differing: list[Item]


@dataclass(frozen=True, slots=True)
class Laid:
    parts: list[Part]
    same: list[Item]
    alone: list[Item]


@register.filter
def laid_open(comparison: Mapping[str, Any]) -> Laid:
    """Parts without a difference keep their grade; a part of which only one opinion speaks is none."""
    items = [item for topic in comparison["topics"] for item in topic["items"] if item["first"] or item["second"]]
    return Laid(
        parts=[_part(topic) for topic in comparison["topics"] if not all(map(_alone, topic["items"]))],
        same=[item for item in items if _same(item)],
        alone=[item for item in items if _alone(item)],
    )


def _part(topic: Mapping[str, Any]) -> Part:
    shown = [item for item in topic["items"] if not _same(item) and not _alone(item)]
    return Part(_name(topic["topic"], topic["items"]), topic["grade"], shown)


def _name(topic: str, items: Sequence[Item]) -> str:
    if topic != Topic.FINDING:
        return topic.capitalize()
    return "Imaging findings" if {item["domain"] for item in items} == {Domain.IMAGING} else "Findings"


def _same(item: Item) -> bool:
    return bool(item["rule"]["grade"] == Grade.CONCORDANT)


def _alone(item: Item) -> bool:
    """Does only one opinion speak of it, and is that no difference? Values of two kinds stand in both opinions."""
    return bool(item["rule"]["grade"] == Grade.NOT_ADDRESSED and not (item["first"] and item["second"]))


@register.filter
def plainly(grade: str) -> str:
    """What a grade is called for the patient, as in the printed edition."""
    return grade_name(grade, 1)
