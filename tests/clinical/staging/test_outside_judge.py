"""An outside judge's reading of the evidence: every cell of every verified table, in every spelling and name of its site.

Shares nothing with the library but the question put to ``stage``: the tables are read here from the evidence itself, and
the groups that a coarser category leaves open are counted out by hand.
"""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from overread.clinical.staging import Reason, stage

TNM = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence" / "tnm"
pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not TNM.is_dir(), reason="needs the shared evidence")]

Cell = tuple[str, str, str, dict[str, str]]
PREFIXES = {"melanoma_clinical": ("c",), "melanoma_pathological": ("p",)}
SITES = {
    "lung": ["lung", "Lung", " LUNG ", "bronchus and lung", "C34.1", "c349", "C34", "LUAD", "LUSC", "NSCLC", "SCLC"],
    "colon_rectum": ["colon", "Rectum", "colorectal", "sigmoid colon", "C18.7", "C20.9", "c199", "COAD", "READ", "COADREAD"],
    "prostate": ["prostate", "Prostate gland", "C61.9", "C61", "PRAD", "PROSTATE"],
    "kidney": ["kidney", "renal cell carcinoma", "C64.9", "c64", "CCRCC", "PRCC", "RCC"],
    "melanoma_clinical": ["melanoma", "cutaneous melanoma", "melanoma of skin", "MEL", "SKCM"],
    "melanoma_pathological": ["melanoma", "Skin melanoma", "malignant melanoma", "SKCM"],
    "larynx_hypopharynx_oropharynx_p16neg": [
        "larynx", "glottis", "supraglottis", "hypopharynx", "C32.0", "C32.9", "C13.9", "C12.9", "LXSC", "HPHSC",
    ],
    "thyroid_differentiated_55plus": ["thyroid", "papillary thyroid carcinoma", "C73.9", "C73", "THPA", "THFO"],
}  # fmt: skip
UNVERIFIED = {
    "pancreas_exocrine": ("pancreas", {}), "oral_cavity": ("oral cavity", {}), "nasopharynx_v8": ("nasopharynx", {}),
    "oropharynx_hpv_clinical": ("oropharynx", {"p16": "positive"}), "liver": ("liver", {}), "bladder": ("bladder", {}),
    "oropharynx_hpv_pathological": ("C10.9", {"p16": "pos", "basis": "p"}), "stomach_clinical": ("stomach", {"basis": "c"}),
    "stomach_pathological": ("stomach", {"basis": "p"}), "ovary": ("ovary", {}), "corpus_uteri": ("endometrium", {}),
    "oesophagus_adeno_clinical": ("oesophagus", {"histology": "adenocarcinoma"}),
    "oesophagus_squamous_clinical": ("oesophagus", {"histology": "squamous cell carcinoma"}),
    "thyroid_anaplastic": ("thyroid", {"histology": "anaplastic", "age": 44}),
    "thyroid_medullary": ("thyroid", {"histology": "medullary", "age": 44}),
    "soft_tissue_trunk_extremities": ("soft tissue", {"histology": "liposarcoma"}), "testis": ("testis", {}),
    "merkel_clinical": ("skin", {"histology": "Merkel cell carcinoma"}), "mesothelioma_v8": ("mesothelioma", {}),
    "anus_v8": ("anus", {}),
}  # fmt: skip


def read(name: str) -> dict[str, Any]:
    (path,) = TNM.glob(f"tnm_{name}_v8.yaml")
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def cells(name: str) -> dict[tuple[str, ...], str]:
    """(t, n, m, PSA band, grade group) -> group, as far as the table has those columns."""
    table: dict[tuple[str, ...], str] = {}
    for entry in read(name)["stages"]:
        for row in entry["rows"]:
            columns = [row[key] for key in ("t", "n", "m", "psa_ng_ml", "grade_group") if key in row]
            for cell in itertools.product(*columns):
                table[tuple(map(str, cell))] = {"OccultCarcinoma": "Occult"}.get(entry["stage"], entry["stage"])
    return table


PSA = {
    "<10": [0.1, "9.99 ng/mL", 8.2, "<10"],
    "10-<20": [10, "PSA 19.9", 12.5],
    ">=20": ["20", 400, ">= 20", "PSA > 20"],
}
GRADE_GROUPS = {str(g): [g, str(g), f"Grade Group {g}", f"GG{g}", f"ISUP {g}", float(g)] for g in range(1, 6)}


def factors(name: str, cell: tuple[str, ...], turn: int) -> dict[str, object]:
    """What the table asks beside T, N and M; a different spelling at every turn."""
    if name == "prostate":
        psa, group = PSA[cell[3]], GRADE_GROUPS[cell[4]]
        keys = ("psa", "PSA (ng/mL)", "PSA_ng_mL")[turn % 3], ("grade_group", "Grade Group", "ISUP grade")[turn % 3]
        return {keys[0]: psa[turn % len(psa)], keys[1]: group[turn % len(group)]}
    if name.startswith("thyroid"):
        return {"age": (55, "55 years", 90, "67 y", 70.0)[turn % 5]}
    return {}


def spellings(t: str, n: str, m: str, prefix: str) -> Iterator[tuple[object, object, object]]:
    p = prefix
    yield p + t, p + n, "c" + m
    yield (p + t).lower(), (p + n).lower(), m.lower()
    yield (p + t).upper(), (p + n).upper(), m.upper()
    yield f" {p} {t} ", f"{p}{n} (sn)" if n != "N0" else f"{p}N0(i+)", "M0 (i+)" if m == "M0" else m
    yield f"{p}{t} (m)", f"{p} {n[0]} {n[1:]}", f"{m} category"
    yield f"{p}{t} {n} {m}", f"T category {p}{t}, N category {n}", f"{p}{t} {p}{n} c{m}"


@pytest.mark.parametrize("name", sorted(SITES))
def test_every_cell_in_every_spelling_at_every_name(name: str) -> None:
    table, asked = cells(name), 0
    assert read(name)["verification"] in ("two_sources", "three_sources")
    for turn, (cell, group) in enumerate(sorted(table.items())):
        for prefix in PREFIXES.get(name, ("", "c", "p", "yp", "yc", "r")):
            if name == "prostate" and cell[0] == "T2" and "c" in prefix:
                continue  # clinical T2 is always divided: undivided it may be T2a, T2b or T2c
            for site, (t, n, m) in zip(itertools.cycle(SITES[name]), spellings(*cell[:3], prefix), strict=False):
                answer = stage(site, (8, "8", "AJCC 8th edition", "TNM8")[turn % 4], t, n, m, factors(name, cell, turn))
                assert answer.group == group, (site, t, n, m, answer.sentence)
                asked += 1
        for site in SITES[name]:
            prefix = PREFIXES.get(name, ("",))[0]
            answer = stage(site, 8, prefix + cell[0], prefix + cell[1], cell[2], factors(name, cell, turn + 1))
            assert (answer.group, answer.reason) == (group, Reason.DETERMINED), (site, cell, answer.sentence)
    assert asked >= 6 * len(table)


def test_t2_of_the_prostate_without_its_letter_is_whole_only_where_it_is_not_clinical() -> None:
    known = {"psa": 8, "grade_group": 1}
    assert [stage("prostate", 8, t, "N0", "M0", known).possible for t in ("T2", "pT2", "cT2")] == [
        ("I",), ("I",), ("I", "IIA"),
    ]  # fmt: skip


def families(table: dict[tuple[str, ...], str], axis: int) -> dict[str, set[str]]:
    """Coarse category -> the table's categories that it is written for: T1 -> T1mi is none of them, T1a, T1b, T1c are."""
    found: dict[str, set[str]] = defaultdict(set)
    for cell in table:
        fine = cell[axis]
        if len(fine) > 2 and fine[2:] != "mi" and fine[1].isdigit():
            found[fine[:2]].add(fine)
    return found


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("name", sorted(SITES))
def test_a_category_without_its_letter_gives_all_its_groups(name: str, axis: int) -> None:
    table = cells(name)
    prefix = PREFIXES.get(name, ("",))[0]
    whole = {cell[axis] for cell in table}
    for coarse, fine in families(table, axis).items():
        if coarse in whole:
            continue  # T2 of the prostate
        for rest in sorted({(*c[:axis], "", *c[axis + 1 :]) for c in table if c[axis] in fine}):
            possible = {g for c, g in table.items() if c[axis] in fine and (*c[:axis], "", *c[axis + 1 :]) == rest}
            asked = [(prefix if i < 2 else "") + (coarse if i == axis else rest[i]) for i in range(3)]
            answer = stage(SITES[name][0], 8, *asked, factors(name, rest, 0))
            assert set(answer.possible) == possible, (asked, answer.sentence)
            assert answer.group == (next(iter(possible)) if len(possible) == 1 else None)
            if len(possible) > 1:
                assert "tnm"[axis] in answer.missing
                assert answer.reason is Reason[f"{'TNM'[axis]}_SUBCATEGORY_MISSING"]


def test_a_missing_factor_of_the_prostate_gives_all_its_groups() -> None:
    table = cells("prostate")
    for t, n, m in sorted({cell[:3] for cell in table}):
        rows = {(cell[3], cell[4]): group for cell, group in table.items() if cell[:3] == (t, n, m)}
        for band, grade_group in sorted(rows):
            for missing, known, possible in (
                ("grade_group", {"psa": PSA[band][0]}, {g for (b, _), g in rows.items() if b == band}),
                ("psa", {"grade_group": grade_group}, {g for (_, s), g in rows.items() if s == grade_group}),
            ):
                answer = stage("prostate", 8, t, n, m, known)
                assert set(answer.possible) == possible
                assert (missing in answer.missing) == (len(possible) > 1), (t, n, m, known)
                assert (answer.reason is Reason.FACTOR_MISSING) == (len(possible) > 1)


def test_the_thyroid_under_55_goes_by_m_alone() -> None:
    for t, n, m in cells("thyroid_differentiated_55plus"):
        for age in (1, 44, "54 years", 54.9, "<55"):
            for site in SITES["thyroid_differentiated_55plus"]:
                answer = stage(site, 8, t, n, m, {"age": age, "histology": "papillary"})
                assert answer.group == ("I" if m == "M0" else "II"), answer.sentence
        unknown = stage("thyroid", 8, t, n, m, {"histology": "papillary"})
        assert unknown.group is None or len(unknown.possible) == 1
        assert ("age" in unknown.missing) == (len(unknown.possible) > 1)


SIGNS = {"P": ["positive", "Pos", "+", "Positive (95%)", True], "N": ["negative", "neg.", "-", "NEGATIVE", False]}


def tn(letter: str) -> list[tuple[str, str]]:
    """``T2 N1; T3 N0``, ``T4 any N; any T N3`` -> pairs, "any" written out."""
    pairs = []
    for part in read("breast")["tn_groups"][letter].split(";"):
        words = part.replace("any N", "anyN").replace("any T", "anyT").split()
        t = ["T0", "T1", "T2", "T3", "T4"] if words[0] == "anyT" else [words[0]]
        n = ["N0", "N1", "N2", "N3"] if words[1] == "anyN" else [words[1]]
        pairs += list(itertools.product(t, n))
    return pairs


def test_the_breast_has_a_group_only_where_two_sources_agree() -> None:
    given = 0
    for turn, row in enumerate(read("breast")["rows"]):
        for t, n in tn(row["group"]):
            marks = {key: SIGNS[row[key]][(turn + place) % 5] for place, key in enumerate(("er", "pr", "her2"))}
            grade = (row["grade"], f"G{row['grade']}", f"Grade {'I' * row['grade']}", f"{row['grade']}/3")[turn % 4]
            site = ("breast", "C50.9", "c504", "IDC", "BRCA", "ILC")[turn % 6]
            answer = stage(site, 8, f"c{t}", f"c{n}", "M0", {**marks, "grade": grade})
            if row["clinical_status"] == "agree":
                assert answer.group == row["clinical_prognostic"], (row, t, n, answer.sentence)
                given += 1
            else:
                assert (answer.group, answer.reason) == (None, Reason.TABLE_UNVERIFIED), row
            assert stage(site, 8, f"p{t}", f"p{n}", "M0", {**marks, "grade": grade}).reason is Reason.TABLE_UNVERIFIED
    assert given >= 89


@pytest.mark.parametrize("name", sorted(UNVERIFIED))
def test_a_table_that_is_not_verified_gives_no_group(name: str) -> None:
    content = read(name)
    assert content["verification"] not in ("two_sources", "three_sources")
    site, known = UNVERIFIED[name]
    for entry in content["stages"]:
        for row in entry["rows"]:
            for t, n, m in itertools.product(row["t"], row["n"], row["m"]):
                answer = stage(site, 8, t, n, m, known)
                assert (answer.group, answer.possible, answer.reason) == (None, (), Reason.TABLE_UNVERIFIED), (t, n, m)


def test_every_file_of_the_evidence_is_judged_here() -> None:
    ours = {*SITES, *UNVERIFIED, "breast"}
    assert {path.name[4:-8] for path in TNM.glob("tnm_*_v8.yaml")} - {"thyroid_differentiated_55plus"} <= ours


@pytest.mark.parametrize("edition", [1, "2nd", "3", "AJCC 4", "fifth", "TNM 6", "6th edition", 9])
def test_editions_without_tables(edition: object) -> None:
    answer = stage("lung", edition, "T1b", "N0", "M0")
    assert (answer.group, answer.reason) == (None, Reason.NO_TABLE)


@pytest.mark.parametrize("edition", [None, "", "unknown", "latest", "7 or 8", 2017])
def test_without_an_edition_each_says_what_it_would_give(edition: object) -> None:
    answer = stage("C34.1", edition, "pT1b", "pN0", "cM0")
    assert (answer.group, answer.reason) == (None, Reason.EDITION_UNKNOWN)
    assert [(a.edition, a.group) for a in answer.by_edition] == [("7", "IA"), ("8", "IA2")]
