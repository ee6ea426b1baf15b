"""A code of one system is a type of its own, and only what has its shape is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.record import (
    CodeError,
    Icd10Cm,
    Icdo3Morphology,
    Icdo3Topography,
    Loinc,
    Npi,
    Nucc,
    OncoTree,
    SnomedCt,
)

SYSTEMS = (Icd10Cm, Icdo3Morphology, Icdo3Topography, Loinc, Npi, Nucc, OncoTree, SnomedCt)


@pytest.mark.parametrize(
    "system, code",
    [
        (Icdo3Topography, "C50.4"),
        (Icdo3Topography, "C61"),
        (Icdo3Morphology, "8500/3"),
        (Icdo3Morphology, "8500"),
        (Icd10Cm, "C50.912"),
        (OncoTree, "IDC"),
        (SnomedCt, "353431000119107"),
        (Loinc, "85337-4"),
        (Loinc, "LA6576-8"),
        (Nucc, "207ZP0101X"),
        (Npi, "1234567893"),
    ],
)
def test_is_a_code(system, code):
    assert str(system(code)) == code and system.system.startswith("http")


@pytest.mark.parametrize(
    "system, code",
    [
        (Icdo3Topography, "C5"),
        (Icdo3Topography, "c50.4"),
        (Icdo3Topography, "C50.4 "),
        (Icdo3Morphology, "850/3"),
        (Icd10Cm, "50"),
        (OncoTree, "idc"),
        (SnomedCt, "12345"),
        (Loinc, "85337"),
        (Nucc, "207ZP0101"),
        (Npi, "1234567890"),
        (Npi, "3234567893"),
        (Npi, ""),
    ],
)
def test_is_no_code(system, code):
    with pytest.raises(CodeError, match=system.label):
        system(code)


def test_a_code_of_one_system_never_equals_one_of_another():
    assert Icd10Cm("C61") != Icdo3Topography("C61") and len({Icd10Cm("C61"), Icdo3Topography("C61")}) == 2


@given(st.sampled_from(SYSTEMS), st.text(max_size=20))
def test_any_text_is_a_code_or_a_code_error(system, text):
    try:
        assert system(text).value == text
    except CodeError as error:
        assert system.label in str(error)


@given(st.integers(100000000, 299999999), st.integers(0, 9))
def test_one_changed_digit_is_no_npi(nine, wrong):
    right = next(d for d in range(10) if _is_npi(f"{nine}{d}"))
    assert _is_npi(f"{nine}{wrong}") == (wrong == right)


def _is_npi(digits):
    try:
        return bool(Npi(digits))
    except CodeError:
        return False
