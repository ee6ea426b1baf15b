"""Stated T, N and M against the stated group, one basis and one tumour at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from overread.cli.stage import stage as command
from overread.clinical.record import (
    Fact,
    Icdo3Morphology,
    Icdo3Topography,
    Method,
    OncoTree,
    Provenance,
    Record,
    Subject,
)
from overread.clinical.staging import Reason, check


def fact(field: str, value: Any, document: str = "a", about: str | None = None) -> Fact:
    return Fact(field, value, Provenance(document, Method.TEXT), about)


def record(*facts: Fact) -> Record:
    return Record(Subject("x"), facts=facts)


def lung(*facts: Fact) -> Record:
    return record(fact("site", "lung"), fact("edition", "AJCC 8th edition"), *facts)


def tnm(t: str, n: str, m: str, document: str = "a") -> tuple[Fact, ...]:
    return fact("t", t, document), fact("n", n, document), fact("m", m, document)


@pytest.mark.parametrize(
    ("categories", "stated", "consistent"),
    [
        (("T2a", "N1", "M0"), "Stage IIB", True),
        (("T2a", "N1", "M0"), "Stage II", True),
        (("T2a", "N1", "M0"), "Stage IIIA", False),
        (("T1", "N0", "M0"), "IA2", True),
        (("T1", "N0", "M0"), "IB", False),
        (("T2a", "NX", "M0"), "IIB", True),
        (("T9", "N1", "M0"), "IIB", None),
        (("T2a", "N1", "M0"), "stage unclear", None),
    ],
)
def test_verdict(categories: tuple[str, str, str], stated: str, consistent: bool | None) -> None:
    result = check(lung(*tnm(*categories), fact("stage_group", stated)))
    assert result.consistent is consistent
    assert len(result.checks) == 1


def test_a_mismatch_names_every_value_that_would_fit() -> None:
    (one,) = check(lung(*tnm("T2a", "N1", "M0"), fact("stage_group", "IIIA"))).checks
    assert dict(one.would_fit)["n"] == ("N2",)
    assert dict(one.would_fit)["t"] == ("T3", "T4")
    assert "m" not in dict(one.would_fit)
    assert one.sentence.endswith("The stated stage IIIA does not follow.")
    assert {f.field for f in one.facts} == {"t", "n", "m", "stage_group", "site", "edition"}


def test_a_factor_may_be_what_does_not_fit() -> None:
    facts = record(
        fact("site", "prostate"), fact("edition", "8"), *tnm("cT1c", "cN0", "cM0"), fact("stage_group", "IIC"),
        fact("psa", 8.0), fact("grade_group", 1),
    )  # fmt: skip
    (one,) = check(facts).checks
    assert one.consistent is False
    assert dict(one.would_fit)["grade_group"] == ("3", "4")
    assert "psa" not in dict(one.would_fit)


def test_another_edition_may_fit() -> None:
    (one,) = check(lung(*tnm("T2a", "N1", "M0"), fact("stage_group", "IIA"))).checks
    assert ("edition", ("7",)) in one.would_fit


def test_contradictory_t_is_kept_and_said() -> None:
    facts = lung(*tnm("pT1a", "pN0", "M0"), fact("t", "pT2a", "b"), fact("stage_group", "IA1"))
    (one,) = check(facts).checks
    assert one.t == ("T1a", "T2a")
    assert one.contradictions == ("t",)
    assert [a.group for a in one.answers] == ["IA1", "IB"]
    assert one.consistent is None
    assert "T is stated as T1a and as T2a." in one.sentence


def test_contradictory_t_that_never_fits_is_a_mismatch() -> None:
    facts = lung(*tnm("pT1a", "pN0", "M0"), fact("t", "pT2a"), fact("stage_group", "IV"), fact("stage_group", "IVA"))
    (one,) = check(facts).checks
    assert one.consistent is False
    assert one.contradictions == ("t", "stage_group")


def test_clinical_and_pathological_stand_apart() -> None:
    clinical = (*tnm("cT1b", "cN0", "cM0", "ct"), fact("stage_group", "cIA2", "ct"))
    pathological = (fact("t", "pT2a", "path"), fact("n", "pN1", "path"), fact("stage_group", "Stage IA", "path"))
    result = check(lung(*clinical, *pathological))
    assert [(one.basis, one.m, one.consistent) for one in result.checks] == [
        ("c", ("M0",), True),
        ("p", ("M0",), False),
    ]
    assert result.consistent is False
    assert result.sentence.startswith("Clinical stage: ")


def test_basis_of_the_document_counts_where_the_value_has_none() -> None:
    facts = lung(fact("tnm_prefix", "p"), *tnm("T2a", "N1", "M0"), fact("stage_group", "IIB"))
    assert [one.basis for one in check(facts).checks] == ["p"]
    carried = lung(*tnm("pT2a", "N1", "M0"), fact("stage_group", "IIB"))
    assert [(one.basis, one.consistent) for one in check(carried).checks] == [("p", True)]


def quoted(field: str, value: str, quote: str, about: str | None = None, document: str = "a") -> Fact:
    return Fact(field, value, Provenance(document, Method.TEXT, quote=quote), about)


@pytest.mark.parametrize(
    ("m", "possible"),
    [
        ((quoted("m", "M0", "cM0"),), ("IIB",)),
        ((quoted("m", "M0", "cM0", "history"),), ("IIB",)),
        ((fact("m", "pMX"), quoted("m", "M0", "cM0", "history")), ("IIB",)),
        # what an earlier tumour or another document says, or says without a c, is not this stage's M
        ((quoted("m", "M0", "M0", "history"),), ("IIB", "IVA", "IVB")),
        ((quoted("m", "M0", "cM0", "history", "b"),), ("IIB", "IVA", "IVB")),
        ((quoted("m", "M0", "cM0", "specimen:B"),), ("IIB", "IVA", "IVB")),
        ((fact("m", "pMX"),), ("IIB", "IVA", "IVB")),
        ((quoted("m", "M1a", "pM1a"), quoted("m", "M0", "cM0", "history")), ("IVA",)),
    ],
)
def test_a_pathological_stage_takes_the_clinical_m(m: tuple[Fact, ...], possible: tuple[str, ...]) -> None:
    (one, *_) = check(lung(fact("tnm_prefix", "p"), fact("t", "pT2a"), fact("n", "pN1"), *m)).checks
    assert one.answers[0].possible == possible


def test_several_histologies_are_all_asked() -> None:
    """A second histology must not hide what the first one says."""
    thyroid = (fact("site", "thyroid"), fact("edition", "8"), fact("age", 60.0), *tnm("T2", "N0", "M0"))
    (one,) = check(record(*thyroid, fact("histology", "medullary carcinoma"))).checks
    assert [a.reason for a in one.answers] == [Reason.TABLE_UNVERIFIED]
    both = fact("histology", "medullary carcinoma"), fact("histology", "papillary carcinoma")
    (one,) = check(record(*thyroid, *both, fact("stage_group", "II"))).checks
    assert [(a.reason, a.group) for a in one.answers] == [(Reason.TABLE_UNVERIFIED, None), (Reason.DETERMINED, "I")]
    assert (one.consistent, one.contradictions) == (None, ("histology",))
    assert "More than one histology is stated." in one.sentence
    assert "is not stated" not in one.sentence


def test_two_stated_groups_are_judged_one_by_one() -> None:
    facts = lung(*tnm("cT2a", "cN1", "cM0"), fact("stage_group", "IIIC"), fact("stage_group", "Stage IIB"))
    (one,) = check(facts).checks
    assert one.verdicts == (("IIIC", False), ("IIB", True))
    assert (one.consistent, one.contradictions) == (False, ("stage_group",))
    assert "stage IIIC does not follow. The stated stage IIB agrees." in one.sentence


def test_coded_elements_carry_their_own_basis() -> None:
    """Clinical and pathological observations in one bundle."""

    def coded(field: str, value: str, path: str) -> Fact:
        return Fact(field, value, Provenance("bundle", Method.CODED, path=path))

    clinical = (
        coded("t", "T1b", "1"),
        coded("tnm_prefix", "c", "1"),
        coded("n", "N0", "2"),
        coded("tnm_prefix", "c", "2"),
    )
    surgical = (
        coded("t", "T2a", "3"),
        coded("tnm_prefix", "p", "3"),
        coded("n", "N1", "4"),
        coded("tnm_prefix", "p", "4"),
    )
    result = check(lung(*clinical, *surgical, fact("m", "M0")))
    assert [(one.basis, one.t, one.n, one.answers[0].group) for one in result.checks] == [
        ("c", ("T1b",), ("N0",), "IA2"), ("p", ("T2a",), ("N1",), "IIB"),
    ]  # fmt: skip


def test_two_tumours_are_checked_apart() -> None:
    facts = lung(fact("t", "pT1a", about="specimen:A"), fact("t", "pT2a", about="specimen:B"), fact("m", "M0"))
    assert [(one.about, one.t) for one in check(facts).checks] == [("specimen:A", ("T1a",)), ("specimen:B", ("T2a",))]


def test_nothing_stated() -> None:
    result = check(record())
    assert (result.checks, result.consistent) == ((), None)
    assert result.sentence == "The record states no T and no N category."


def test_no_group_stated() -> None:
    (one,) = check(lung(*tnm("T2a", "N1", "M0"))).checks
    assert (one.consistent, one.stated) == (None, ())
    assert one.answers[0].group == "IIB"
    assert one.sentence.endswith("No stage group is stated with it.")


def test_unknown_edition_gives_no_verdict() -> None:
    facts = record(fact("site", "lung"), *tnm("T1b", "N0", "M0"), fact("stage_group", "IA"))
    (one,) = check(facts).checks
    assert (one.consistent, one.answers[0].reason) == (None, Reason.EDITION_UNKNOWN)
    assert dict(one.would_fit)["edition"] == ("7", "8")


def test_the_edition_of_the_document_comes_first() -> None:
    facts = record(fact("site", "lung"), fact("edition", "8", "a"), fact("edition", "7", "b"), *tnm("T2a", "N1", "M0"))
    assert [a.edition for one in check(facts).checks for a in one.answers] == ["8"]


@pytest.mark.parametrize(
    ("site", "histology", "reason"),
    [
        (fact("site_code", Icdo3Topography("C34.1")), fact("histology_code", Icdo3Morphology("8140/3")), Reason.DETERMINED),
        (fact("cancer", "Malignant neoplasm of lung (disorder)"), fact("sex", "female"), Reason.DETERMINED),
        (fact("oncotree", OncoTree("LUAD")), fact("histology", "adenocarcinoma"), Reason.DETERMINED),
        (fact("site_code", Icdo3Topography("C34.1")), fact("histology", "diffuse lymphoma"), Reason.NO_TABLE),
        (fact("sex", "female"), fact("sex", "female"), Reason.SITE_UNKNOWN),
    ],
)  # fmt: skip
def test_site_and_histology_of_the_record(site: Fact, histology: Fact, reason: Reason) -> None:
    facts = record(site, histology, fact("edition", "8"), *tnm("T2a", "N1", "M0"))
    assert check(facts).checks[0].answers[0].reason is reason


def test_contradictory_sites_are_not_chosen_between() -> None:
    facts = record(fact("site", "lung"), fact("site", "colon"), fact("edition", "8"), *tnm("T2a", "N1", "M0"))
    assert check(facts).checks[0].answers[0].reason is Reason.SITE_UNKNOWN


def test_contradictory_histologies_are_left_out() -> None:
    facts = lung(fact("histology", "adenocarcinoma"), fact("histology", "lymphoma"), *tnm("T2a", "N1", "M0"))
    assert check(facts).checks[0].answers[0].group == "IIB"


def test_breast_without_a_grade_says_what_is_possible() -> None:
    """T3 N0 M0, hormone receptors and HER2 known, grade unknown, stage IIB stated."""
    facts = record(
        fact("site", "breast"), fact("edition", "AJCC 8"), *tnm("cT3", "cN0", "cM0"), fact("stage_group", "AJCC stage IIB"),
        fact("er", "positive"), fact("pr", "negative"), fact("her2", "negative"),
    )  # fmt: skip
    (one,) = check(facts).checks
    assert one.answers[0].possible == ("IIB", "IIIA")
    assert one.answers[0].missing == ("grade",)
    assert one.consistent is True
    assert one.sentence.endswith("The stated stage IIB is among those that are possible.")
    assert {"er", "pr", "her2"} <= {f.field for f in one.facts}


def test_stage_iiib_where_the_table_only_has_iii() -> None:
    facts = record(
        fact("site", "melanoma"), fact("edition", "8"), *tnm("cT2b", "cN1", "cM0"), fact("stage_group", "IIIB")
    )
    assert check(facts).consistent is None


# --- the command


def run(*args: str, text: str | None = None) -> str:
    result = CliRunner().invoke(command, args, input=text)
    assert result.exit_code == 0, result.output
    return result.output


def test_command_answers_one_tumour() -> None:
    base = ("--site", "lung", "--edition", "8", "--t", "T2a", "--n", "N1", "--m", "M0")
    assert json.loads(run(*base, "--json", "--stated", "IIIA")) | {"group": "IIB", "consistent": False} == json.loads(
        run(*base, "--json", "--stated", "Stage IIIA")
    )
    assert run(*base, "--histology", "8140/3") == (
        "T2a N1 M0 is stage IIB by the 8th edition table for lung (three sources agree).\n"
    )
    assert "stage IIA" in run("--site", "prostate", "--edition", "8", "--t", "T1c", "--n", "N0", "--m", "M0",
                              "--factor", "psa=12", "--factor", "grade_group=1")  # fmt: skip


def test_command_answers_every_line(tmp_path: Any) -> None:
    lines = [
        {"id": 1, "site": "C34.1", "edition": "8", "t": "T2a", "n": "N1", "m": "M0", "stated_group": "Stage II"},
        {"id": 2, "site": "thyroid", "edition": 8, "t": "T1a", "n": "N0", "m": "M0", "prognostic": {"age": 60}},
        {"id": 3, "site": "lung", "edition": 8, "t": "T1", "n": "N0", "m": "M0", "stated_group": "IB"},
        {"id": 4, "prognostic": [1]},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join([*map(json.dumps, lines), "not json", "", "[1]"]), encoding="utf-8")
    run("--jsonl", str(source), "--out", str(target))
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(a["id"], a["group"], a["consistent"]) for a in answers] == [
        (1, "IIB", True), (2, "I", None), (3, None, False), (4, None, None), (None, None, None), (None, None, None),
    ]  # fmt: skip
    assert answers[2]["possible"] == ["IA1", "IA2", "IA3"]
    assert answers[3]["reason"] == "prognostic is not a JSON object"
