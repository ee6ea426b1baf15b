"""Agreement statistics: equal to irrCAC and krippendorff, equal to a slow count by definition, total on any table."""

import importlib.util
import json
from itertools import permutations
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.concordance import (
    Agreement,
    AgreementError,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
)
from overread.clinical.concordance.students_t import cdf, quantile

HERE = Path(__file__).parent
REFERENCE = json.loads((HERE / "reference.json").read_text())
ORDER = [1, 2, 3, 4, 5]


def _tables() -> dict[str, list[list[int | None]]]:
    spec = importlib.util.spec_from_file_location("make_reference", HERE / "make_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.tables()


TABLES = _tables()


def _computed(row: dict[str, str]) -> Agreement:
    rows, weights = TABLES[row["table"]], row["weights"]
    used = sorted({v for r in rows for v in r if v is not None})
    if row["coefficient"] == "cohen":
        return cohen_kappa([r[0] for r in rows], [r[1] for r in rows], categories=used, weights=weights)
    function = fleiss_kappa if row["coefficient"] == "fleiss" else krippendorff_alpha
    return function(rows, categories=used, weights=weights)


@pytest.mark.parametrize("row", REFERENCE, ids=lambda r: f"{r['table']}-{r['weights']}-{r['coefficient']}")
def test_equals_the_published_packages(row):
    found = _computed(row)
    assert found.value == pytest.approx(row["value"], abs=1e-9)
    if "low" in row:
        assert (found.low, found.high) == pytest.approx((row["low"], row["high"]), abs=1e-7)


def test_reference_covers_every_coefficient():
    assert {r["coefficient"] for r in REFERENCE} == {"cohen", "fleiss", "krippendorff", "alpha_package"}
    assert len(REFERENCE) == 38


ratings = st.lists(st.lists(st.sampled_from([1, 2, 3, None]), min_size=3, max_size=3), max_size=12)


@given(ratings)
def test_alpha_equals_its_definition_pair_by_pair(rows):
    found, slow = krippendorff_alpha(rows), _alpha_by_definition(rows)
    assert (found.value is None) == (slow is None)
    assert found.value is None or isclose(found.value, slow, abs_tol=1e-9)


def _alpha_by_definition(rows):
    """One minus observed over expected disagreement, every pair of values counted by hand."""
    units = [[v for v in row if v is not None] for row in rows]
    units = [unit for unit in units if len(unit) >= 2]
    every = [v for unit in units for v in unit]
    expected = sum(a != b for a, b in permutations(every, 2))
    if len(units) < 2 or not expected:
        return None
    observed = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    return 1 - observed / (expected / (len(every) - 1))


@given(ratings, st.sampled_from(["identity", "linear", "quadratic"]))
def test_no_table_raises_and_intervals_hold_their_estimate(rows, weights):
    pairs = [row[:2] for row in rows]
    for found in (
        fleiss_kappa(rows, categories=[1, 2, 3], weights=weights),
        krippendorff_alpha(rows, categories=[1, 2, 3], weights=weights),
        cohen_kappa([a for a, _ in pairs], [b for _, b in pairs], categories=[1, 2, 3], weights=weights),
    ):
        if found.value is None:
            assert found.reason
        else:
            assert found.low <= found.value + 1e-9 and found.value <= found.high + 1e-9 and found.reason is None


@pytest.mark.parametrize(
    "found, reason",
    [
        (cohen_kappa([], []), "fewer than two cases with two ratings"),
        (cohen_kappa(["a", "a"], ["a", "a"]), "every rating is the same category"),
        (cohen_kappa(["a", "a"], ["a", "a"], categories=["a", "b"]), "every rating is the same category"),
        (fleiss_kappa([[1, None]]), "fewer than two cases with two ratings"),
        (fleiss_kappa([[1, 1], [1, 1]], categories=[1, 2]), "every rating is the same category"),
        (krippendorff_alpha([[1, 1], [1, 1]]), "every rating is the same category"),
    ],
)
def test_says_why_there_is_no_figure(found, reason):
    assert (found.value, found.low, found.high, found.reason) == (None, None, None, reason)


def test_refuses_what_is_no_table():
    with pytest.raises(AgreementError, match="1 ratings against 2"):
        cohen_kappa([1], [1, 2])
    with pytest.raises(AgreementError, match="'z'"):
        fleiss_kappa([["a", "z"]], categories=["a"])


@pytest.mark.parametrize(
    "df, t, p",
    [(1, 1.0, 0.75), (2, 2**0.5, 0.5 + 0.5 * (0.5**0.5)), (1, 0.0, 0.5), (10**6, 1.959963984540054, 0.975)],
)
def test_students_t_against_its_closed_forms(df, t, p):
    assert cdf(t, df) == pytest.approx(p, abs=1e-6)


@given(st.integers(1, 500), st.floats(0.6, 0.999))
def test_quantile_inverts_the_distribution(df, p):
    assert cdf(quantile(p, df), df) == pytest.approx(p, abs=1e-9)
