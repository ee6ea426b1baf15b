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
    """plain: what it is; action: what to do now. record_words: how reports name it.

    noticed: a sentence of what people notice, empty where no page that says so was opened.
    """

    key: str
    name: str
    plain: str
    action: str
    record_words: tuple[str, ...]
    sources: tuple[Source, ...]
    noticed: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.plain} {self.action} Treatment is not held back; an urgent review runs beside it."


@dataclass(frozen=True, slots=True)
class Urgency:
    """accepted: a named clinician gave a reason that is about the cancer. question: what to ask otherwise."""

    accepted: bool
    question: str | None
    sentence: str


def _emergency(row: dict[str, Any]) -> Emergency:
    action = row["action"].format(**row["figures"])
    words, sources = tuple(row["record_words"]), cite_all(row["sources"])
    seen = cite(None, row.get("noticed_source"))
    noticed = f"People may notice {row['noticed']}." if seen else ""
    return Emergency(
        row["key"], row["name"], row["plain"], action, words, (*sources, *([seen] if seen else ())), noticed
    )


EMERGENCIES: dict[str, Emergency] = {row["key"]: _emergency(row) for row in load("indication", "emergencies").rows}


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
