"""What follows from T, N, M and edition: the shapes people write, what is not stated, and what cannot be said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.staging import Reason, stage
from overread.clinical.staging.tables import EIGHTH, order

TRIPLE = {"er": "positive", "pr": "negative", "her2": "negative"}

GIVEN = [
    # site, edition, t, n, m, what else -> group
    ("lung", "8", "T2a", "N1", "M0", {}, "IIB"),
    ("Lung", "AJCC 8th edition", "cT2a", "cN1", "cM0", {}, "IIB"),
    ("C34.1", 8, "pT2a", "pN1", None, {"m": 1}, None),
    ("LUAD", 8.0, "ypT2a", "ypN1", "cM0", {}, "IIB"),
    ("lung", "TNM8", " t2A ", "n1", "m0(i+)", {}, "IIB"),
    ("lung", "eighth", "American Joint Committee on Cancer cT2a (qualifier value)", "N1 category", "M0", {}, "IIB"),
    ("lung", "8", "2a", "1", "0", {}, "IIB"),
    ("lung", "8", "T1mi", "N0", "M0", {}, "IA1"),
    ("lung", "8", "TX", "N0", "M0", {}, "Occult"),
    ("lung", "8", "TX", "NX", "M1c", {}, "IVB"),
    ("lung", "8", "T1", "N1", "M0", {}, "IIB"),
    ("colon", "8", "T3(m)", "N1", "M0", {}, "IIIB"),
    ("rectum", 8, "Tis", "N0", "M0", {}, "0"),
    ("kidney", 8, "T3", "NX", "M0", {}, "III"),
    ("kidney", 7, "T3", "NX", "M0", {}, "III"),
    ("prostate", 8, "pT2", "N0", "M0", {"psa": "7.2 ng/mL", "grade_group": "Grade group 1"}, "I"),
    ("prostate", 8, "cT2a", "N0", "M0", {"PSA_ng_mL": 9.99, "ISUP": 1}, "I"),
    ("prostate", 8, "cT2a", "N0", "M0", {"psa": 10, "grade_group": 1}, "IIA"),
    ("prostate", 7, "pT2a", "N0", "M0", {"psa": 5, "gleason": "3+3=6"}, "I"),
    ("prostate", 7, "pT2a", "N0", "M0", {"psa": 5, "gleason": "3+4"}, "IIA"),
    ("prostate", 8, "cT1c", "cN0", "cM0", {"psa": 8.2, "gleason": "3+4=7"}, "IIB"),
    ("prostate", 8, "cT1c", "cN0", "cM0", {"psa": 8.2, "Gleason score": 6}, "I"),
    ("prostate", 8, "cT1c", "cN0", "cM0", {"psa": 8.2, "gleason": "4+5", "grade_group": "GG 5"}, "IIIC"),
    ("prostate", 8, "cT1c", "cN0", "cM0", {"psa": "< 4", "grade_group": "not stated", "gleason": "9"}, "IIIC"),
    ("prostate", 8, "cT1c", "cN0", "cM0", {"psa": 5, "grade_group": "3 or 4"}, "IIC"),
    ("thyroid", 8, "T2", "N1a", "M0", {"age": 44, "histology": "papillary"}, "I"),
    ("thyroid", 8, "T2", "N1a", "M0", {"age": 44, "histology": "NOS"}, "I"),
    ("lung", 8, "T2a", "N0", "M0", {"histology": "NSCLC"}, "IB"),
    ("lung", 8, "T2a", "N0", "M0", {"histology": 8140}, "IB"),
    ("lung", 8, "T2a", "N0", "M0", {"histology": 8140.0}, "IB"),
    ("IDC", 8, "cT3", "cN0", "cM0", {"histology": "IDC", "grade": "III", "er": "ER+", "pr": "-", "her2": "Negative (1+)"}, "IIIA"),
    ("thyroid", 8, "T4b", "N1b", "M0", {"age": 54}, "I"),
    ("thyroid", 8, "T4b", "N1b", "M0", {"age": "55 years"}, "IVA"),
    ("thyroid", 8, "TX", "NX", "M1", {"age": 20}, "II"),
    ("thyroid_differentiated_55plus", 8, "T4a", "N0", "M0", {}, "III"),
    ("papillary thyroid carcinoma", 7, "T3", "N1", "M0", {"age": 44}, "I"),
    ("C73.9", 7, "T4a", "N0", "M0", {"histology": "8021/3", "age": 30}, "IVA"),
    ("breast", 8, "cT3", "cN0", "cM0", TRIPLE | {"grade": "G3"}, "IIIA"),
    ("breast", 8, "T1c", "N0(i+)", "M0", TRIPLE | {"grade": 1}, "IA"),
    ("breast", 7, "T1c", "N1mi", "M0", {}, "IB"),
    ("melanoma", 8, "pT1b", "pN0", "cM0", {}, "IA"),
    ("melanoma", 8, "cT1b", "cN0", "cM0", {}, "IB"),
    ("melanoma", 8, "T1a", "N0", "M0", {}, "IA"),
    ("melanoma", 8, "T1b", "N0", "M0", {"basis": "clinical"}, "IB"),
    ("C44.5", 8, "pT1b", "pN0", "M0", {"histology": "malignant melanoma"}, "IA"),
    ("tonsil", 8, "T1", "N1", "M0", {"p16": "negative"}, "III"),
    ("oropharynx p16 negative", 8, "T1", "N1", "M0", {}, "III"),
    ("C15.3", 7, "pT2", "pN0", "M0", {"histology": "8070/3", "grade": 2}, "IIB"),
    ("C15.5", 7, "pT2", "pN0", "M0", {"histology": "8070/3", "grade": 1}, "IB"),
    ("oesophageal adenocarcinoma", 7, "pT1", "pN0", "M0", {"grade": "G2"}, "IA"),
]  # fmt: skip


@pytest.mark.parametrize(("site", "edition", "t", "n", "m", "facts", "group"), GIVEN)
def test_group(site: str, edition: Any, t: str, n: str, m: Any, facts: dict[str, object], group: str | None) -> None:
    answer = stage(site, edition, t, n, m, facts)
    assert answer.group == group, answer.sentence
    if group:
        assert answer.reason is Reason.DETERMINED
        assert answer.possible == (group,)
        assert answer.missing == ()
        assert answer.rows
        assert all(row.group == group for row in answer.rows)


NOT_GIVEN = [
    # site, edition, t, n, m, what else -> reason, possible, what is missing
    ("lung", "8", "T1", "N0", "M0", {}, Reason.T_SUBCATEGORY_MISSING, "IA1 IA2 IA3", "t"),
    ("colon", "8", "T2", "N2", "M0", {}, Reason.N_SUBCATEGORY_MISSING, "IIIB", "n") ,
    ("colon", "8", "T1", "N2", "M0", {}, Reason.N_SUBCATEGORY_MISSING, "IIIA IIIB", "n"),
    ("colon", "8", "T1", "N0", "M1", {}, Reason.M_SUBCATEGORY_MISSING, "IVA IVB IVC", "m"),
    ("lung", "8", None, "N0", "M0", {}, Reason.T_UNKNOWN, "Occult 0 IA1 IA2 IA3 IB IIA IIB IIIA", "t"),
    ("lung", "8", "T2a", "NX", "M0", {}, Reason.N_UNKNOWN, "IB IIB IIIA IIIB", "n"),
    ("lung", "8", "T2a", "N1", "MX", {}, Reason.M_UNKNOWN, "IIB IVA IVB", "m"),
    ("lung", "8", "T1mi", "N1", "M0", {}, Reason.NO_SUCH_COMBINATION, "", ""),
    ("lung", "8", "T1d", "N1", "M0", {}, Reason.T_NOT_IN_TABLE, "", ""),
    ("colon", "8", "T1", "N1mi", "M0", {}, Reason.N_NOT_IN_TABLE, "", ""),
    ("lung", "8", "T5", "N0", "M0", {}, Reason.T_UNREADABLE, "", "t"),
    ("lung", "8", "T1/T2", "N0", "M0", {}, Reason.T_UNREADABLE, "", "t"),
    ("lung", "8", "T1", "T2", "M0", {}, Reason.N_UNREADABLE, "", "n"),
    ("lung", "8", "T1", "N0", "M2", {}, Reason.M_UNREADABLE, "", "m"),
    ("lung", "6", "T1", "N0", "M0", {}, Reason.NO_TABLE, "", ""),
    ("lung", "9", "T1", "N0", "M0", {}, Reason.NO_TABLE, "", ""),
    ("lung", "", "T1b", "N0", "M0", {}, Reason.EDITION_UNKNOWN, "IA IA2", "edition"),
    ("lung", "7th or 8th", "T1b", "N0", "M0", {}, Reason.EDITION_UNKNOWN, "IA IA2", "edition"),
    ("elbow", "8", "T1", "N0", "M0", {}, Reason.SITE_UNKNOWN, "", "site"),
    (None, "8", "T1", "N0", "M0", {}, Reason.SITE_UNKNOWN, "", "site"),
    ("secondary malignant neoplasm of lung", "8", "T1", "N0", "M0", {}, Reason.SITE_UNKNOWN, "", "site"),
    ("C44.3", "8", "T1", "N0", "M0", {}, Reason.HISTOLOGY_MISSING, "", "histology"),
    ("soft tissue", "7", "T1", "N0", "M0", {}, Reason.HISTOLOGY_MISSING, "", "histology"),
    ("colon", "8", "T1", "N0", "M0", {"histology": "9680/3"}, Reason.NO_TABLE, "", ""),
    ("colon", "8", "T1", "N0", "M0", {"histology": "carcinoid tumour"}, Reason.NO_TABLE, "", ""),
    ("colon", "8", "T1", "N0", "M0", {"histology": "GIST"}, Reason.NO_TABLE, "", ""),
    ("colon", "7", "T1", "N0", "M0", {"histology": "9680/3"}, Reason.NO_TABLE, "", ""),
    ("breast", "8", "T1", "N0", "M0", {"histology": "8800/3"}, Reason.HISTOLOGY_NOT_COVERED, "", ""),
    ("sarcoma of breast", "8", "T1", "N0", "M0", {}, Reason.HISTOLOGY_NOT_COVERED, "", ""),
    ("pancreas", "8", "T1", "N0", "M0", {}, Reason.TABLE_UNVERIFIED, "", ""),
    ("medullary thyroid carcinoma", "8", "T1", "N0", "M0", {"age": 30}, Reason.TABLE_UNVERIFIED, "", ""),
    ("oropharynx", "8", "T1", "N0", "M0", {}, Reason.FACTOR_MISSING, "", "p16"),
    ("oropharynx", "8", "T1", "N0", "M0", {"p16": "positive"}, Reason.TABLE_UNVERIFIED, "", ""),
    ("appendix", "8", "T1", "N0", "M0", {}, Reason.NO_TABLE, "", ""),
    ("breast", "8", "pT3", "pN0", "M0", TRIPLE | {"grade": 2}, Reason.TABLE_UNVERIFIED, "", ""),
    ("breast", "8", "ypT3", "ypN0", "M0", TRIPLE | {"grade": 2}, Reason.NO_TABLE, "", ""),
    ("breast", "8", "cT3", "cN0", "cM0", TRIPLE, Reason.FACTOR_MISSING, "IIB IIIA", "grade"),
    ("breast", "8", "cT3", "cN0", "cM0", TRIPLE | {"her2": "equivocal", "grade": 3}, Reason.FACTOR_MISSING, "IIB IIIA", "her2"),
    ("breast", "8", "cT1", "cN0", "cM1", {}, Reason.TABLE_UNVERIFIED, "", ""),
    ("prostate", "8", "cT2", "N0", "M0", {"psa": 7, "grade_group": 1}, Reason.T_SUBCATEGORY_MISSING, "I IIA", "t"),
    ("prostate", "8", "cT2a", "N0", "M0", {"grade_group": 1}, Reason.FACTOR_MISSING, "I IIA IIIA", "psa"),
    ("prostate", "8", "cT1c", "N0", "M0", {"psa": 8, "gleason": 7}, Reason.FACTOR_MISSING, "IIB IIC", "grade_group"),
    ("prostate", "8", "cT1c", "N0", "M0", {"psa": 8, "gleason": "4+3", "grade_group": 1}, Reason.FACTOR_MISSING, "I IIC", "grade_group"),
    ("prostate", "8", "cT1c", "N0", "M0", {"psa": 8, "gleason": "5+2"}, Reason.FACTOR_MISSING, "I IIB IIC IIIC", "grade_group"),
    ("prostate", "8", "cT1c", "N0", "M0", {"psa": "> 10", "grade_group": 1}, Reason.FACTOR_MISSING, "IIA IIIA", "psa"),
    ("prostate", "8", "cT1c", "N0", "M0", {"psa": "<= 10", "grade_group": 1}, Reason.FACTOR_MISSING, "I IIA", "psa"),
    ("prostate", "8", "cT1c", "N0", "M0", {"psa": -8, "grade_group": 1}, Reason.FACTOR_MISSING, "I IIA IIIA", "psa"),
    ("thyroid", "8", "T2", "N1a", "M0", {"age": 44, "histology": "medullary"}, Reason.TABLE_UNVERIFIED, "", ""),
    ("thyroid", "8", "T2", "N1a", "M0", {"age": 44, "histology": "anaplastic"}, Reason.TABLE_UNVERIFIED, "", ""),
    ("thyroid", "8", "T2", "N1a", "M0", {"age": 44, "histology": "THYROID"}, Reason.HISTOLOGY_UNREADABLE, "", "histology"),
    ("colon", "8", "T2", "N0", "M0", {"histology": "neuroendocrine"}, Reason.HISTOLOGY_UNREADABLE, "", "histology"),
    ("lung", "8", "T2a", "N0", "M0", {"histology": "8140/3 and 8070/3"}, Reason.HISTOLOGY_UNREADABLE, "", "histology"),
    ("lung", "8", "T2a", "N0", "M0", {"histology": "HCC"}, Reason.HISTOLOGY_UNREADABLE, "", "histology"),
    ("thyroid", "7", "T2", "N0", "M0", {"age": "<45"}, Reason.FACTOR_MISSING, "I II", "age"),
    ("thyroid", "8", "T3", "N1", "M0", {}, Reason.FACTOR_MISSING, "I II", "age"),
    ("thyroid", "7", "T3", "N0", "M0", {}, Reason.FACTOR_MISSING, "I III", "age"),
    ("melanoma", "8", "T1b", "N0", "M0", {}, Reason.BASIS_MISSING, "IA IB", "basis"),
    ("melanoma", "8", "cT1b", "pN0", "M0", {}, Reason.BASIS_MISSING, "IA IB", "basis"),
    ("oesophagus", "7", "pT3", "pN0", "M0", {"grade": 1}, Reason.HISTOLOGY_MISSING, "IB IIB", "histology"),
    ("brain", "7", "T1", "N0", "M0", {}, Reason.NO_TABLE, "", ""),
    ("C69.4", "7", "T1", "N0", "M0", {"histology": "8720"}, Reason.T_SUBCATEGORY_MISSING, "I IIA", "t"),
    ("C99.9", "7", "T1", "N0", "M0", {}, Reason.SITE_UNKNOWN, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("site", "edition", "t", "n", "m", "facts", "reason", "possible", "missing"), NOT_GIVEN)
def test_no_group(
    site: Any,
    edition: str,
    t: Any,
    n: str,
    m: str,
    facts: dict[str, object],
    reason: Reason,
    possible: str,
    missing: str,
) -> None:
    answer = stage(site, edition, t, n, m, facts)
    if len(possible.split()) == 1:  # every reading leads to one group
        assert answer.group == possible
        return
    assert answer.group is None
    assert (answer.reason, " ".join(answer.possible)) == (reason, possible), answer.sentence
    assert not missing or answer.missing[0] == missing
    assert answer.sentence.endswith(".")


def test_unknown_edition_says_what_each_would_give() -> None:
    answer = stage("lung", None, "T1b", "N0", "M0")
    assert [(a.edition, a.group) for a in answer.by_edition] == [("7", "IA"), ("8", "IA2")]
    assert (answer.possible, answer.complete) == (("IA", "IA2"), False)
    assert "edition 7: stage IA" in answer.sentence.casefold().replace("ia", "IA")


def test_seventh_edition_is_labelled() -> None:
    assert stage("lung", 7, "T1b", "N0", "M0").verification == "one public source"


def test_incomplete_where_cells_are_not_verified() -> None:
    answer = stage("breast", 8, "cT3", "cN0", "cM0", {"grade": 2, "er": "neg", "pr": "neg"})
    assert not answer.complete
    assert (answer.reason, answer.missing) == (Reason.FACTOR_MISSING, ("her2",))
    assert answer.possible == ("IIB",)
    assert "can be IIB or a group that is not verified" in answer.sentence


@pytest.mark.parametrize("first, second", [(True, 1), (1, True), (1, 1.0), (False, 0)])
def test_what_is_equal_and_says_something_else_is_not_mixed_up(first: Any, second: Any) -> None:
    """1 == True in Python: an answer remembered for one must not be given for the other."""
    known = {"pr": "negative", "her2": "negative", "grade": 3}
    answers = [stage("breast", 8, "cT3", "cN0", "cM0", {"er": one, **known}) for one in (first, second, first)]
    assert [a.group for a in answers] == [
        "IIIA" if isinstance(one, bool) and one else None if not isinstance(one, bool) else "IIIB"
        for one in (first, second, first)
    ]
    assert stage("lung", 8, True, "N0", "M0").reason is Reason.T_UNREADABLE
    assert stage("lung", 8, 1, "N1", "M0").group == stage("lung", 8, 1.0, "N1", "M0").group == "IIB"


def test_as_plain_data() -> None:
    content = stage("lung", 8, "T2a", "N1", "M0").as_dict()
    assert content["rows"] == [{"table": "lung_8", "row": 7, "group": "IIB"}]
    assert content["reason"] == "determined"


def test_what_is_not_stated_is_named_in_words() -> None:
    assert stage("lung", 8, "T2a", None, "M0").sentence.startswith("T2a M0 without N can be IB, ")
    assert stage("lung", 8, "T2a", None, None).sentence.startswith("T2a without N and M can be ")
    assert stage("lung", 8, None, None, None).sentence.startswith("Without T, N and M it can be ")


def test_groups_are_sorted_from_early_to_late() -> None:
    assert sorted(["IV", "IIB", "0", "?", "III", "I", "Occult", "IIA"], key=order) == [
        "Occult", "0", "I", "IIA", "IIB", "III", "IV", "?",
    ]  # fmt: skip


class Unspeakable:
    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("odd", [Unspeakable(), ["lung"], {"T": 1}, b"T1", 8.0, float("nan")])
def test_what_is_no_text_is_answered(odd: Any) -> None:
    answers = [stage(odd, 8, "T1", "N0", "M0"), stage("lung", odd, "T1", "N0", "M0"), stage("lung", 8, odd, "N0", "M0")]
    assert all((answer.group is not None) == (answer.reason is Reason.DETERMINED) for answer in answers)
    assert stage(Unspeakable(), ["8"], None, None, None).group is None


ODD = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.binary(max_size=5), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=1), st.just(Unspeakable()), st.just("T" * 10_000),
    st.sampled_from(["lung", "breast", "thyroid", "7", "8", "T1", "pT2a", "N0", "N1", "M0", "M1", "TX"]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(ODD, ODD, ODD, ODD, ODD, st.one_of(ODD, st.dictionaries(st.text(max_size=8), ODD, max_size=3)))
def test_no_input_raises(site: Any, edition: Any, t: Any, n: Any, m: Any, facts: Any) -> None:
    answer = stage(site, edition, t, n, m, facts)
    assert (answer.group is not None) == (answer.reason is Reason.DETERMINED)
    assert answer.sentence


NAMES = ["lung", "colon", "kidney", "prostate", "thyroid", "breast", "melanoma", "larynx"]
FACTORS: dict[str, list[object]] = {
    "age": [30, 70], "psa": [5, 12, 30], "grade_group": [1, 3, 5], "grade": [1, 2, 3], "gleason": [6, 7, 9],
    "er": ["positive", "negative"], "pr": ["positive", "negative"], "her2": ["positive", "negative"], "basis": ["c", "p"],
}  # fmt: skip
T_CHAINS = [["TX", "T1", "T1a"], ["TX", "T1", "T1b"], ["TX", "T2", "T2a"], ["TX", "T3", "T3a"], ["TX", "T4", "T4b"]]
N_CHAINS = [["NX", "N0"], ["NX", "N1", "N1a"], ["NX", "N2", "N2b"], ["NX", "N3", "N3a"]]
M_CHAINS = [["MX", "M0"], ["MX", "M1", "M1a"], ["MX", "M1", "M1b"]]
SUBSETS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FACTORS.items()})


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(NAMES), st.sampled_from(["7", "8"]), st.sampled_from(T_CHAINS), st.sampled_from(N_CHAINS),
    st.sampled_from(M_CHAINS), SUBSETS, st.data(),
)  # fmt: skip
def test_knowing_more_never_adds_a_group(
    site: str, edition: str, t: list[str], n: list[str], m: list[str], facts: dict[str, object], data: st.DataObject
) -> None:
    """What is possible with more known is a part of what was possible with less."""
    if "gleason" in facts:  # a score and a grade group that contradict each other leave both open
        facts.pop("grade_group", None)
    i, j, k = (data.draw(st.integers(0, len(chain) - 1)) for chain in (t, n, m))
    fewer = {name: value for name, value in facts.items() if data.draw(st.booleans())}
    finer = stage(site, edition, t[-1], n[-1], m[-1], facts)
    coarser = stage(site, edition, t[i], n[j], m[k], fewer)
    occult = "Occult" in coarser.possible  # TX N0 M0 is a category of its own in the lung
    assert occult or not coarser.possible or set(finer.possible) <= set(coarser.possible)


def test_every_table_has_a_label_and_a_title() -> None:
    assert all(table.label and table.title for table in EIGHTH.values())


def test_a_percentage_is_no_receptor_status() -> None:
    """Where positive begins is a threshold that the table does not state."""
    answer = stage("breast", 8, "cT3", "cN0", "cM0", {"er": 90, "pr": "negative", "her2": "negative", "grade": 3})
    assert answer.group is None
    assert "er" in answer.missing
