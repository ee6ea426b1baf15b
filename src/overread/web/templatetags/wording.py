"""How facts, days and the names that the software gives to things are put into words on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import capfirst
from django.utils.formats import date_format

from overread.clinical.concordance import Grade
from overread.clinical.record import Fact
from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.outcomes.transitions import Outcome

register = template.Library()
IDENTIFIER = re.compile(r"[\d.]{10,}|[0-9a-f-]{20,}")
ISO_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
FILE_KINDS = {
    "report": "Report or letter",
    "scan": "Picture of a page, its words recognised",
    "fhir": "Export of a hospital's system (FHIR)",
    "dicom": "Image",
    "slide": "Microscope slide",
    "slide label": "Label of a slide",
    "archive": "Folder of files, unpacked",
}
VOTES = {"first": "the first opinion", "second": "the second opinion", "neither": "neither of them"}
PIECE_KINDS = {"slide": "Slide", "block": "Block", "media": "Disc or drive"}
OUTCOMES = {
    Outcome.CONFIRMED: "The first diagnosis and plan were confirmed",
    Outcome.DIAGNOSIS_CHANGED: "The diagnosis changed",
    Outcome.STAGE_CHANGED: "The stage changed",
    Outcome.TREATMENT_CHANGED: "The treatment changed",
    Outcome.TRIAL_SURFACED: "A clinical trial came up that might fit",
    Outcome.FURTHER_TESTING: "More tests were asked for",
}


@register.filter
def concerning(fact: Fact) -> str:
    """What the fact is about, in brackets: ``specimen:A`` is " (specimen A)". Bare identifiers tell a reader nothing."""
    if not fact.about or IDENTIFIER.search(fact.about):
        return ""
    return f" ({named(fact.about)})"


@register.filter
def named(about: str) -> str:
    """``lesion:1`` is "lesion 1"."""
    return about.replace(":", " ")


@register.filter
def at(found: dict[int, object], key: int) -> object:
    """The dictionary's value, or None."""
    return found.get(key)


@register.filter
def day(stated: str | None) -> str:
    """A day, month or year as records state it ("1957-03-24", "1957-03", "1957") as people write it; else as it is."""
    found = ISO_DAY.fullmatch(stated or "")
    if not stated or not found:
        return stated or ""
    year, month, number = (int(part or 1) for part in found.groups())
    try:
        return date_format(date(year, month, number), ("Y", "F Y", "j F Y")[stated.count("-")])
    except ValueError:
        return stated


@register.filter
def place(zone: str) -> str:
    """ "Europe/Berlin" is "Berlin time"; UTC is UTC."""
    return "UTC" if zone == "UTC" else f"{zone.rpartition('/')[2].replace('_', ' ')} time"


@register.filter
def local(at: datetime | None, zone: str) -> str:
    """A moment as the clock shows it in a time zone, which is named: "24 March 2026, 14:05 Berlin time"."""
    return f"{date_format(at.astimezone(ZoneInfo(zone)), 'j F Y, H:i')} {place(zone)}" if at else ""


@register.filter
def after_until(said: str) -> str:
    """What stands in a column that is called "Until"."""
    return str(capfirst(said.removeprefix("until ")))


@register.filter
def voted_for(choice: str) -> str:
    """What a member of the board voted for."""
    return VOTES.get(choice, choice)


@register.filter
def role_name(role: str) -> str:
    return ROLES[Role(role)].label


@register.filter
def file_kind(kind: str) -> str:
    """What a file was found to be, for who sent it."""
    return FILE_KINDS.get(kind, kind)


@register.filter
def piece_kind(kind: str) -> str:
    """What a piece on loan is."""
    return PIECE_KINDS.get(kind, kind)


@register.filter
def outcome_words(outcome: str) -> str:
    """What happened next, as it is asked."""
    return OUTCOMES[Outcome(outcome)]


@register.filter
def of_both(items: Sequence[Any]) -> list[Any]:
    """The findings of a comparison that both opinions speak of."""
    return [item for item in items if _grade(item) != Grade.NOT_ADDRESSED]


@register.filter
def of_one(items: Sequence[Any]) -> list[Any]:
    """Those that one opinion alone speaks of."""
    return [item for item in items if _grade(item) == Grade.NOT_ADDRESSED]


def _grade(item: Any) -> str:
    """Of a finding just compared, or of one as a signed report keeps it."""
    return str(item["rule"]["grade"] if isinstance(item, Mapping) else item.rule.grade)


@register.filter
def sentence(heading: str) -> str:
    """A heading or button of a package ("Two-Factor Authentication") as ours are written ("Two-factor authentication")."""
    words = str(heading).strip()
    return words[:1] + words[1:].lower()
