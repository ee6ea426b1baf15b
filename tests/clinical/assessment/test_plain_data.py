"""The clinical answers as plain data."""

import json
import re
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from overread.clinical.assessment import to_json, to_plain
from overread.clinical.record import (
    Domain,
    Fact,
    Icdo3Topography,
    Method,
    Provenance,
    Record,
    Span,
    Subject,
)


@pytest.mark.parametrize(
    "obj, plain",
    [
        (None, None),
        (True, True),
        (3, 3),
        (2.5, 2.5),
        (float("nan"), None),
        (Decimal("1.25"), 1.25),
        ("text", "text"),
        (Domain.PLAN, "plan"),
        (date(2026, 11, 21), "2026-11-21"),
        (Icdo3Topography("C50.4"), {"system": Icdo3Topography.system, "code": "C50.4"}),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((1, "x"), [1, "x"]),
        (MappingProxyType({Domain.PLAN: 1}), {"plan": 1}),
        (re.compile("a+"), "a+"),
        (b"bytes", "b'bytes'"),
        (int, "<class 'int'>"),
        (Span(1, 3), {"start": 1, "end": 3}),
    ],
)
def test_plain(obj, plain):
    assert to_plain(obj) == plain


def test_a_fact_explains_itself():
    fact = Fact("tumor_size", 23, Provenance("d", Method.TEXT, span=Span(1, 3), quote="23"), on="2026")
    assert to_plain(fact) == {
        "field": "tumor_size",
        "label": "Tumour size",
        "value": 23,
        "unit": "mm",
        "about": None,
        "on": "2026",
        "domain": "pathology",
        "nature": "interpretation",
        "provenance": to_plain(fact.provenance),
    }
    assert to_plain(fact)["provenance"]["span"] == {"start": 1, "end": 3}


def test_json_is_readable_and_hides_what_is_internal():
    record = Record(Subject("s", name="Zoë", identifiers=frozenset({"2", "1"})))
    text = to_json(record)
    assert "Zoë" in text and "_by_field" not in text
    assert json.loads(text)["subject"]["identifiers"] == ["1", "2"]
