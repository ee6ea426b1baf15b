"""Agreement statistics: equal to irrCAC and krippendorff as they run here, and to a slow count by definition; total.

irrCAC 0.4.4 declares scipy 1.12, pandas 2 and numpy below 2, and computes the same beside today's when it is told the
categories (see override-dependencies in pyproject.toml), so its figures are computed in every run and none is recorded.
"""

import random
from itertools import permutations
from math import isclose

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from irrCAC.raw import CAC
from irrCAC.table import CAC as CrossTable

from overread.clinical.concordance import (
    AgreementError,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
)
from overread.clinical.concordance.students_t import cdf, quantile
from overread.clinical.concordance.weights import MEASUREMENTS, WEIGHTS


def _tables() -> dict[str, list[list[int | None]]]:
    """Cases by raters; numbers are categories, None is a gap. The first is irrCAC's own worked example (Gwet)."""
    chance = random.Random(20261121)
    example = {
        1: [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        2: [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
        3: [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        4: [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    noisy = [[base if chance.random() < 0.7 else chance.randint(1, 3) for _ in range(2)] for base in [1, 1, 2, 3] * 10]
    gaps = [[v if chance.random() < 0.8 else None for v in (b, b, chance.randint(1, 4))] for b in [1, 2, 3, 4] * 8]
    return {
        "gwet": [list(row) for row in zip(*example.values(), strict=True)],
        "noisy": noisy,
        "gaps": gaps,
        "opposed": [[1, 2], [2, 1], [1, 2], [2, 1], [1, 1]],
        "uneven": [[v and (1, 2, 5, 11)[v - 1] for v in row] for row in gaps],
    }


TABLES = _tables()


def _frame(rows):
    return pd.DataFrame(rows, dtype=float)


def _used(rows):
    return sorted({v for row in rows for v in row if v is not None})


def _picked(result):
    estimate = result["est"]
    return (float(estimate["coefficient_value"]), *map(float, estimate["confidence_interval"]))


@pytest.mark.parametrize("weights", sorted(WEIGHTS))
@pytest.mark.parametrize("table", sorted(TABLES))
def test_equals_irrcac(table, weights):
    rows = TABLES[table]
    published = CAC(_frame(rows), weights=weights, digits=12, categories=_used(rows))
    for ours, theirs in ((fleiss_kappa, published.fleiss), (krippendorff_alpha, published.krippendorff)):
        found, expected = ours(rows, weights=weights), _picked(theirs())
        assert (found.value, found.low, found.high) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("weights", sorted(WEIGHTS))
@pytest.mark.parametrize("table", ["noisy", "opposed"])
def test_cohens_kappa_equals_irrcac(table, weights):
    rows, used = TABLES[table], _used(TABLES[table])
    crossed = [[sum(r == [a, b] for r in rows) for b in used] for a in used]
    published = CrossTable(pd.DataFrame(crossed, index=used, columns=used), weights=weights, digits=12)
    found = cohen_kappa([a for a, _ in rows], [b for _, b in rows], weights=weights)
    assert (found.value, found.low, found.high) == pytest.approx(_picked(published.cohen()), abs=1e-9)


@pytest.mark.parametrize("measurement", sorted(MEASUREMENTS))
@pytest.mark.parametrize("table", sorted(TABLES))
def test_equals_krippendorff(table, measurement):
    rows = TABLES[table]
    published = krippendorff.alpha(_frame(rows).T.values, level_of_measurement=measurement)
    assert krippendorff_alpha(rows, measurement=measurement).value == pytest.approx(float(published), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([1, 2, 3, 7, None]), min_size=3, max_size=3), min_size=2, max_size=12),
    st.sampled_from(sorted(MEASUREMENTS)),
)
def test_equals_krippendorff_on_any_table(rows, measurement):
    found = krippendorff_alpha(rows, measurement=measurement)
    if found.value is not None:
        published = krippendorff.alpha(_frame(rows).T.values, level_of_measurement=measurement)
        assert found.value == pytest.approx(float(published), abs=1e-9)


def test_words_count_by_their_place_in_the_order_given():
    grades = ["concordant", "minor", "major"]
    rows = [[v and grades[v - 1] for v in row] for row in TABLES["noisy"]]
    for weights in WEIGHTS:
        assert fleiss_kappa(rows, categories=grades, weights=weights) == fleiss_kappa(TABLES["noisy"], weights=weights)
    for measurement in MEASUREMENTS:
        by_words = krippendorff_alpha(rows, categories=grades, measurement=measurement)
        assert by_words == krippendorff_alpha(TABLES["noisy"], measurement=measurement)


def test_names_the_weights_that_there_are():
    rows = TABLES["noisy"]
    for function in (fleiss_kappa, krippendorff_alpha):
        with pytest.raises(AgreementError, match="no such weights: 'cubic'; there are identity, linear"):
            function(rows, weights="cubic")
    with pytest.raises(AgreementError, match="no such weights: 'cubic'"):
        cohen_kappa([1, 2], [1, 2], weights="cubic")
    with pytest.raises(AgreementError, match="no such level of measurement: 'cubic'; there are nominal, ordinal"):
        krippendorff_alpha(rows, measurement="cubic")
    with pytest.raises(AgreementError, match="category 0"):
        fleiss_kappa([[0, 1], [1, 1]], weights="ratio")


def test_a_ratio_to_zero_is_measured_as_krippendorff_does():
    rows = [[0, 0], [0, 2], [2, 2], [4, 2], [4, 4]]
    published = krippendorff.alpha(np.array(rows, dtype=float).T, level_of_measurement="ratio")
    assert krippendorff_alpha(rows, measurement="ratio").value == pytest.approx(float(published), abs=1e-12)


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


@given(ratings, st.sampled_from(sorted(WEIGHTS)))
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
