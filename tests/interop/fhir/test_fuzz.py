"""Whatever arrives, reading ends in a FhirRead or a FhirError, and in nothing else."""

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.interop.fhir import FhirError, FhirRead, read_bundle
from tests.interop.fhir.bundles import everything


def ends_well(data: bytes) -> FhirRead | None:
    try:
        return read_bundle(data)
    except FhirError as error:
        assert error.reason
        assert error.advice
        return None


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_any_json_ends_well(value):
    ends_well(json.dumps(value).encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end_well(data):
    ends_well(data)


def places(node, found=None):
    """Every (container, key) in a JSON value."""
    found = [] if found is None else found
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        found.append((node, key))
        places(value, found)
    return found


WRONG: tuple[object, ...] = (
    None,
    True,
    -1,
    1e308,
    10**40,
    "",
    " ",
    "\ud800",
    "x" * 300,
    "9999-99-99",
    [],
    {},
    [[]],
    [None],
    {"coding": 3},
    [{"url": 1}],
)


@pytest.mark.parametrize("seed", range(30))
def test_wrong_types_anywhere_end_well_and_leave_the_rest(seed):
    rng = random.Random(seed)
    bundle = copy.deepcopy(everything())
    for _ in range(12):
        node, key = rng.choice(places(bundle["entry"]))
        node[key] = copy.deepcopy(rng.choice(WRONG))
    read = ends_well(json.dumps(bundle).encode())
    assert read is not None


def test_each_place_broken_alone_never_loses_the_other_resources():
    whole = read_bundle(json.dumps(everything()).encode())
    total = len(whole.records[0].facts)
    for number in range(1, len(everything()["entry"])):
        bundle = everything()
        bundle["entry"][number]["resource"] = {
            "resourceType": "Observation",
            "code": 5,
            "subject": [3],
            "component": "x",
        }
        read = ends_well(json.dumps(bundle).encode())
        assert read is not None
        lost = total - len(read.records[0].facts)
        assert lost <= 8


@settings(max_examples=80, deadline=None)
@given(st.integers(min_value=0, max_value=20_000))
def test_a_bundle_cut_anywhere_ends_well(length):
    data = json.dumps(everything()).encode()
    read = ends_well(data[: min(length, len(data) - 1)])
    assert read is None
