"""Each code system is a type of its own, so that a code of one cannot be passed for a code of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar


class CodeError(ValueError):
    """The text is not a code of the system it was given for."""


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code of one system. Subclasses name the system (FHIR address) and the shape of its codes."""

    value: str

    system: ClassVar[str] = ""
    label: ClassVar[str] = "code"
    shape: ClassVar[re.Pattern[str]] = re.compile(r".+")

    def __post_init__(self) -> None:
        if not self.shape.fullmatch(self.value):
            raise CodeError(f"{self.value!r} is not a {self.label} code")

    def __str__(self) -> str:
        return self.value


class Icdo3Topography(Code):
    """Where a tumour began, for example C50.4."""

    system = "http://terminology.hl7.org/CodeSystem/icd-o-3"
    label = "ICD-O-3 topography"
    shape = re.compile(r"C\d{2}(\.\d)?")


class Icdo3Morphology(Code):
    """What a tumour is, with its behaviour, for example 8500/3."""

    system = "http://terminology.hl7.org/CodeSystem/icd-o-3"
    label = "ICD-O-3 morphology"
    shape = re.compile(r"\d{4}(/\d)?")


class Icd10Cm(Code):
    system = "http://hl7.org/fhir/sid/icd-10-cm"
    label = "ICD-10-CM"
    shape = re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")


class OncoTree(Code):
    system = "http://oncotree.info"
    label = "OncoTree"
    shape = re.compile(r"[A-Z0-9_][A-Z0-9_/-]{1,39}")  # HCL-V and MDS/MPN are two


class SnomedCt(Code):
    system = "http://snomed.info/sct"
    label = "SNOMED CT"
    shape = re.compile(r"\d{6,18}")


class Loinc(Code):
    system = "http://loinc.org"
    label = "LOINC"
    shape = re.compile(r"(LA|LP)?\d{1,8}-\d")


class Nucc(Code):
    """Health care provider taxonomy, for example 207ZP0101X."""

    system = "http://nucc.org/provider-taxonomy"
    label = "NUCC taxonomy"
    shape = re.compile(r"[0-9A-Z]{9}X")


class Npi(Code):
    """US national provider identifier: ten digits, Luhn check with the prefix 80840."""

    system = "http://hl7.org/fhir/sid/us-npi"
    label = "NPI"
    shape = re.compile(r"[12]\d{9}")

    def __post_init__(self) -> None:
        Code.__post_init__(self)
        if not _luhn("80840" + self.value):
            raise CodeError(f"{self.value!r} fails the NPI check digit")


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
