"""Emergencies, which are never made to wait, and claims of urgency, which must name a doctor and a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite, cite_all

from .answers import UrgencyClaim
from .kinds import Turnaround

_FILE = load("indication", "urgency")
_ORGANISATION = re.compile(r"\b(?:" + "|".join(re.escape(r["word"]) for r in _FILE.rows) + r")s?\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:" + "|".join(map(re.escape, _FILE["body"])) + ")", re.IGNORECASE)
_LONGEST_REASON = 2000  # characters read


@dataclass(frozen=True, slots=True)
class Emergency:
    """plain: what it is. record_words: how reports name it. counts: from where on it is one, in figures.

    signs: what people notice, empty where no page that says so was opened. care: what it asks of a hospital.
    """

    key: str
    name: str
    plain: str
    record_words: tuple[str, ...]
    sources: tuple[Source, ...]
    signs: str = ""
    counts: str = ""
    care: str = ""

    @property
    def noticed(self) -> str:
        return f"People may notice {self.signs}." if self.signs else ""

    @property
    def meaning(self) -> str:
        """What it is, as it goes on within a sentence."""
        return self.plain[0].lower() + self.plain[1:]

    @property
    def sentence(self) -> str:
        told = (self.plain, EMERGENCY_ACTION, self.counts, self.care)
        beside = "Treatment is not held back; an urgent review runs beside it."
        return " ".join([*filter(None, told), beside])


@dataclass(frozen=True, slots=True)
class Urgency:
    """accepted: a named clinician gave a reason that is about the cancer. question: what to ask otherwise."""

    accepted: bool
    question: str | None
    sentence: str


def _emergency(row: dict[str, Any]) -> Emergency:
    seen = cite(None, row.get("noticed_source"))
    counts, care = (row.get(key, "").format(**row["figures"]) for key in ("counts", "care"))
    return Emergency(
        key=row["key"],
        name=row["name"],
        plain=row["plain"],
        record_words=tuple(row["record_words"]),
        sources=(*cite_all(row["sources"]), *([seen] if seen else ())),
        signs=row["noticed"] if seen else "",
        counts=counts,
        care=care,
    )


_EMERGENCIES = load("indication", "emergencies")
EMERGENCY_ACTION: str = _EMERGENCIES["action"]  # the same for every one: what to do now
EMERGENCIES: dict[str, Emergency] = {row["key"]: _emergency(row) for row in _EMERGENCIES.rows}


def emergencies(keys: frozenset[str]) -> tuple[Emergency, ...]:
    return tuple(emergency for key, emergency in EMERGENCIES.items() if key in keys)


def urgency(claim: UrgencyClaim | None, delay: Turnaround | None) -> Urgency | None:
    """Whether the claim stands; if not, the question that would settle it. None when nobody claims urgency.

    The reason is not judged as medicine. It must name a clinician and something that happens in the body.
    """
    if claim is None:
        return None
    clinician, reason = (claim.clinician or "").strip(), (claim.reason or "").strip()
    if not clinician or not reason:
        return _asked(_FILE["question"], delay)
    if not _BODY.search(reason[:_LONGEST_REASON]):
        organised = _ORGANISATION.search(reason[:_LONGEST_REASON])
        return _asked(_FILE["question_organisation" if organised else "question_no_biology"], delay)
    return Urgency(True, None, _FILE["accepted"].format(clinician=clinician))


def _asked(question: str, delay: Turnaround | None) -> Urgency:
    time = f"{delay.low} to {delay.high} working days" if delay else "time"
    asked = question.format(delay=time)
    return Urgency(False, asked, asked)
