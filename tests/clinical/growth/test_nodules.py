"""Follow-up rules for spots in the lung, as tables."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.growth import NODULES, Nodule, bts, fleischner

ORDINARY: dict[str, Any] = {"age": 60, "known_cancer": False, "immunosuppressed": False, "found_in_screening": False}


@pytest.mark.parametrize(
    ("kind", "mm", "risk", "advice"),
    [
        ("solid_single", 5.9, "low", "no follow-up"),
        ("solid_single", 5.9, "high", "CT at 12 months is optional"),
        ("solid_single", 6, "high", "CT at 6 to 12 months, then at 18 to 24 months"),
        ("solid_single", 8, "low", "CT at 6 to 12 months; consider another at 18 to 24 months"),
        ("solid_single", 8.1, "low", "consider CT at 3 months, PET-CT or a tissue sample"),
        ("solid_multiple", 6, "low", "CT at 3 to 6 months; consider another at 18 to 24 months"),
        ("ground_glass_single", 5, "low", "no follow-up"),
        ("ground_glass_single", 6, None, "CT at 6 to 12 months, then every 2 years until 5 years"),
        ("subsolid_multiple", 5, None, "CT at 3 to 6 months, then at 2 and 4 years"),
    ],
)
def test_fleischner(kind: str, mm: float, risk: str | None, advice: str) -> None:
    found = fleischner(Nodule(kind, mm, risk=risk, **ORDINARY))
    assert [text for _, text in found.advice] == [advice]
    assert advice in found.sentence and found.source is not None


def test_without_a_risk_both_lines_are_given() -> None:
    found = fleischner(Nodule("solid_single", 5, **ORDINARY))
    assert [risk for risk, _ in found.advice] == ["low", "high"]
    assert "at low risk: no follow-up; at high risk: CT" in found.sentence


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"age": 34}, "do not apply"),
        ({"age": math.nan}, "do not apply"),
        ({"age": None}, "Not all of this is known"),
        ({"known_cancer": None}, "Not all of this is known"),
        ({"known_cancer": True}, "do not apply"),
        ({"found_in_screening": True}, "do not apply"),
        ({"kind": "cloud"}, "kind of nodule and its diameter are needed"),
        ({"diameter_mm": None}, "kind of nodule and its diameter are needed"),
        ({"diameter_mm": math.nan}, "kind of nodule and its diameter are needed"),
        ({"risk": "medium"}, "low or high"),
        ({"kind": "part_solid_single"}, "do not speak of a nodule of this kind and size"),
    ],
)
def test_fleischner_says_why_not(changes: dict[str, Any], words: str) -> None:
    found = fleischner(Nodule(**{"kind": "solid_single", "diameter_mm": 5, **ORDINARY, **changes}))
    assert found.advice == () and found.source is None
    assert words in found.sentence


@pytest.mark.parametrize(
    ("kind", "mm", "mm3", "advice"),
    [
        ("solid_single", 4.9, None, "no further follow-up"),
        ("solid_single", 5, None, "CT at 12 months"),
        ("solid_single", 6, None, "CT at 3 months; if stable"),
        ("solid_single", 8, None, "work out the risk"),
        ("solid_multiple", 9, 79, "no further follow-up"),  # volume goes before diameter
        ("solid_single", None, 80, "CT at 3 months; if stable"),
        ("solid_single", None, 300, "work out the risk"),
        ("ground_glass_single", 4, 500, "no follow-up is named"),
        ("part_solid_single", 5, None, "CT at 3 months, then at 1, 2 and 4 years"),
    ],
)
def test_bts(kind: str, mm: float | None, mm3: float | None, advice: str) -> None:
    ((risk, text),) = bts(Nodule(kind, mm, mm3)).advice
    assert risk == "any" and text.startswith(advice)


@pytest.mark.parametrize(
    "nodule",
    [Nodule("solid_single"), Nodule("cloud", 5), Nodule("solid_single", -1), Nodule("part_solid_single", None, 90)],
)
def test_bts_says_why_not(nodule: Nodule) -> None:
    assert bts(nodule).advice == ()


@settings(deadline=None)
@given(st.sampled_from([*NODULES, ""]), st.none() | st.floats(), st.none() | st.floats(), st.none() | st.floats())
def test_never_raises(kind: str, mm: float | None, mm3: float | None, age: float | None) -> None:
    nodule = Nodule(kind, mm, mm3, None, age, False, False, False)
    assert fleischner(nodule).sentence and bts(nodule).sentence
