"""A registered trial, as far as a patient's chance of joining it goes. Frozen; None: the registry does not say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overread.clinical.record import Span


class CriterionKind(StrEnum):
    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. ``span.of(trial.eligibility) == text``.

    under: the line ending in a colon that it is listed under, whose words (``one of the following:``) may change its
    meaning; None where there is none, or where it says that all must hold.
    """

    kind: CriterionKind
    text: str
    span: Span
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A site of the trial. status: as registered (``RECRUITING``), None where the registry gives none."""

    facility: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    postcode: str | None = None
    status: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """status, phases: in ClinicalTrials.gov's version 2 words (``RECRUITING``, ``PHASE3``).
    minimum_age, maximum_age: as registered (``18 Years``). sex: ``all``, ``female`` or ``male``."""

    nct: str
    title: str
    status: str | None = None
    phases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    eligibility: str = ""
    criteria: tuple[Criterion, ...] = ()
    minimum_age: str | None = None
    maximum_age: str | None = None
    sex: str | None = None
    healthy_volunteers: bool | None = None
    locations: tuple[Location, ...] = ()
    contacts: tuple[Contact, ...] = ()
    updated: str | None = None
