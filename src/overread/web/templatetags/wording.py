"""How facts, days and the names that the software gives to things are put into words on a page."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import capfirst
from django.utils.formats import date_format

from overread.clinical.assessment import Event
from overread.clinical.record import Domain, Fact, Kind, Nature
from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.cases.visibility import HIDDEN_FROM
from overread.workflow.outcomes.transitions import Outcome
from overread.workflow.reports.conclusions import VOTES

register = template.Library()
IDENTIFIER = re.compile(r"[\d.]{10,}|[0-9a-f-]{20,}|/")
# What extraction found told of the past, or beside the one value that a case has.
ABOUT = {"history": "told as history", "other": "also named"}
BASES = {
    "c": "clinical", "p": "pathological", "yc": "clinical, after treatment", "yp": "pathological, after treatment",
    "r": "at recurrence", "rp": "pathological, at recurrence", "a": "at autopsy",
}  # fmt: skip
TWO_READINGS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
LONGEST_QUOTE = 90
MONTHS = 12
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
PIECE_STATES = {"requested": "asked for", "received": "arrived", "returned": "sent back"}
PLAIN_ERRORS = {
    "This field is required.": "Please fill this in.",
    "Enter a valid email address.": "Write an email address, like name@example.org.",
    "You must type the same password each time.": "The two passwords differ. Type the same one twice.",
}
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
    return f" ({ABOUT.get(fact.about) or named(fact.about)})"


@register.filter
def in_words(fact: Fact) -> str:
    """The fact's value for a reader: days written out, codes of the stage's basis said in words."""
    if fact.field == "tnm_prefix":
        return f"{BASES[str(fact.value)]} ({fact.value})"
    if fact.spec.kind is Kind.DATE:
        return _either_day(str(fact.value), fact.provenance.quote) or day(str(fact.value))
    return day(fact.text)


def _either_day(stated: str, quote: str | None) -> str | None:
    """Words such as 08/03/2026, of which the year alone is sure, as the two days that they can mean."""
    found = TWO_READINGS.search(quote or "")
    if found is None or stated != found[3]:
        return None
    one, other = int(found[1]), int(found[2])
    if not (1 <= one <= MONTHS and 1 <= other <= MONTHS and one != other):
        return None
    first, second = (
        date_format(date(int(stated), month, number), "j F") for month, number in ((one, other), (other, one))
    )
    return f"{first} or {second} {stated}"


@register.filter
def quoted(quote: str | None) -> str:
    """Words of a source on one line, whole where they are short, and else cut between two words."""
    words = " ".join((quote or "").split())
    return (
        words
        if len(words) <= LONGEST_QUOTE
        else f"{words[:LONGEST_QUOTE].rpartition(' ')[0] or words[:LONGEST_QUOTE]} …"
    )


@register.filter
def named(about: str) -> str:
    """``lesion:1`` is "lesion 1"."""
    return about.replace(":", " ")


@register.filter
def in_fours(secret: str) -> str:
    """A secret that is typed by hand, in groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@register.filter
def plainly(error: str) -> str:
    """What the sign-in package says of a field, as our own forms say it."""
    return PLAIN_ERRORS.get(str(error), str(error))


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
def some_day(stated: str | None) -> str:
    """A day as it is; of a month or a year, that it was some day in it."""
    whole = ISO_DAY.fullmatch(stated or "")
    return f"Some day in {day(stated)}" if whole and not whole[3] else day(stated)


@register.filter
def told(event: Event) -> str:
    """A treatment's event tells all of it; what is a day itself may have been written in two readings."""
    return in_words(event.fact) if event.text == event.fact.text else event.text


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
def kept_from(domain: str) -> str:
    """The reviewers from whom a report of this kind stays hidden while they read blinded."""
    report = (Domain(domain), Nature.INTERPRETATION)
    kept = [who for who, hidden in HIDDEN_FROM.items() if any(one.covers(*report) for one in hidden)]
    return f"{' and '.join(kept)} reviewers" if kept else ""


@register.filter
def piece_kind(kind: str) -> str:
    """What a piece on loan is."""
    return PIECE_KINDS.get(kind, kind)


@register.filter
def piece_state(state: str) -> str:
    """Where a piece on loan is: "asked for", "sent", "arrived", "sent back", "lost"."""
    return PIECE_STATES.get(state, state)


@register.filter
def outcome_words(outcome: str) -> str:
    """What happened next, as it is asked."""
    return OUTCOMES[Outcome(outcome)]


@register.filter
def sentence(heading: str) -> str:
    """A heading or button of a package ("Two-Factor Authentication") as ours are written ("Two-factor authentication")."""
    words = str(heading).strip()
    return words[:1] + words[1:].lower()
