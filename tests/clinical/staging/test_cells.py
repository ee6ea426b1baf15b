"""Every cell of every table, against a second reading of the tables that shares no code with the first."""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from overread.clinical.knowledge import load, sites
from overread.clinical.staging import Reason, stage
from overread.clinical.staging.tables import EIGHTH, SEVENTH

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "src" / "overread" / "clinical" / "knowledge" / "staging"
SHARED = Path(os.environ.get("OVERREAD_SHARED", ROOT.parent / "shared"))
real = pytest.mark.skipif(not (SHARED / "evidence").is_dir(), reason="needs the shared evidence")

ASKED_AS = {
    "lung_8": "lung",
    "colon_rectum_8": "colon",
    "prostate_8": "prostate",
    "kidney_8": "kidney",
    "melanoma_clinical_8": "melanoma_clinical",
    "melanoma_pathological_8": "melanoma_pathological",
    "larynx_hypopharynx_oropharynx_p16neg_8": "larynx",
    "thyroid_differentiated_8": "thyroid",
    "breast_clinical_prognostic_8": "breast",
}
# A number inside each band, and each band's edges.
NUMBERS = {
    "<10": (0.1, 5, 9.99), "10-<20": (10, 15, 19.99), ">=20": (20, 25, 4000), "<55": (1, 54), ">=55": (55, 90),
}  # fmt: skip


def cells(name: str) -> Iterator[tuple[Any, ...]]:
    """(row number, group, t, n, m, {factor: value}), straight from the file's lines."""
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    taken: set[tuple[Any, ...]] = set()
    for number, row in enumerate(content["rows"], start=1):
        columns = [[(f, v) for v in row[f]] for f in content["factors"]]
        for t, n, m, *factors in itertools.product(row["t"], row["n"], row["m"], *columns):
            assert (t, n, m, *factors) not in taken, "two rows speak of one cell"
            taken.add((t, n, m, *factors))
            for values in itertools.product(*(NUMBERS.get(v, (v,)) for _, v in factors)):
                yield number, row["group"], t, n, m, dict(zip([f for f, _ in factors], values, strict=True))


@pytest.mark.parametrize("name", sorted(EIGHTH))
def test_every_cell_of_the_eighth_edition(name: str) -> None:
    for number, group, t, n, m, factors in cells(name):
        answer = stage(ASKED_AS[name], 8, t, n, m, factors)
        if group is None:
            assert answer.group is None
            assert answer.reason is Reason.TABLE_UNVERIFIED
        else:
            assert (answer.group, answer.table) == (group, name), (t, n, m, factors)
            assert [(row.table, row.number) for row in answer.rows] == [(name, number)]


def test_the_tables_are_the_verified_ones() -> None:
    assert set(EIGHTH) == set(ASKED_AS)


@real
@pytest.mark.realdata
@pytest.mark.parametrize("name", sorted(set(EIGHTH) - {"breast_clinical_prognostic_8"}))
def test_carried_over_whole(name: str) -> None:
    """Same cells and groups as the evidence, which is marked as agreed by two or three sources."""
    site = name.removesuffix("_8") + ("_55plus" if name.startswith("thyroid") else "")
    evidence = yaml.safe_load((SHARED / "evidence" / "tnm" / f"tnm_{site}_v8.yaml").read_text(encoding="utf-8"))
    assert evidence["verification"] in ("two_sources", "three_sources")
    carried = {(t, n, m, *map(str, f.values())): g for _, g, t, n, m, f in cells(name)}
    for entry in evidence["stages"]:
        for row in entry["rows"]:
            extra = [v for key in ("psa_ng_ml", "grade_group") for v in [row.get(key)] if v]
            extra = [[NUMBERS.get(v, (v,))[0] for v in column] for column in extra]
            extra += [[55]] if name.startswith("thyroid") else []
            for cell in itertools.product(row["t"], row["n"], row["m"], *extra):
                assert carried[tuple(map(str, cell))] == entry["stage"].replace("OccultCarcinoma", "Occult")


@real
@pytest.mark.realdata
def test_breast_carries_only_what_agrees() -> None:
    evidence = yaml.safe_load((SHARED / "evidence" / "tnm" / "tnm_breast_v8.yaml").read_text(encoding="utf-8"))
    for row in evidence["rows"]:
        t, n = {"A": ("T1", "N0"), "B": ("T2", "N0"), "C": ("T3", "N0"), "D": ("T3", "N1"), "E": ("T4", "N0")}[
            row["group"]
        ]
        sign = {"P": "positive", "N": "negative"}
        facts = {"grade": row["grade"], **{marker: sign[row[marker]] for marker in ("er", "pr", "her2")}}
        expected = row["clinical_prognostic"] if row["clinical_status"] == "agree" else None
        assert stage("breast", 8, f"c{t}", f"c{n}", "cM0", facts).group == expected


# --- 7th edition

CHOOSING = {"bone", "esophagus", "esophagus_gejunction", "thyroid"}
TOLD_APART = {
    "bile_ducts_distal", "cystic_duct", "melanoma_ciliary_body", "melanoma_iris", "peritoneum_female_gen",
    "pharyngeal_tonsil",
}  # fmt: skip
MODIFIER = re.compile(r"([IM][+-])")


def slow() -> ModuleType:
    spec = importlib.util.spec_from_file_location("slow_staging", ROOT / "bench" / "quality" / "slow_staging.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def roman(code: str) -> str:
    return {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}[code[0]] + code[1:].upper()


def seventh_cells() -> Iterator[tuple[str, str, dict[str, str], str, list[str], list[str]]]:
    """(chapter, basis, variant, group, cell, factor names), every cell of every chapter's tables."""
    content = load("staging", "uicc_7")
    for chapter in content.rows:
        for basis in ("any", "clinical", "pathological"):
            for variant in chapter.get(basis, ()):
                table = content["tables"][variant["table"]]
                for row in table["rows"]:
                    for cell in itertools.product(*row[1:]):
                        yield chapter["schema"], basis, variant, row[0], list(cell), table["factors"]


def test_every_seventh_edition_table_is_used() -> None:
    assert {variant["table"] for _, _, variant, *_ in seventh_cells()} == set(SEVENTH)


def test_every_cell_of_the_seventh_edition() -> None:
    """Asked by ICD-O-3 site and histology, as a registry would."""
    asked = 0
    for chapter, basis, variant, group, cell, factors in seventh_cells():
        if chapter in CHOOSING or chapter not in REACHED:
            continue
        site, histology = REACHED[chapter]
        facts = {"histology": histology, "basis": basis, **dict(zip(factors, cell[3:], strict=True))}
        t, n, m = (axis + MODIFIER.sub(r"(\1)", code) for axis, code in zip("TNM", cell[:3], strict=True))
        answer = stage(site, 7, t, n, m, facts)
        assert (group, variant["table"]) == (answer.group, answer.table), (chapter, basis, cell, answer)
        asked += 1
    assert asked > 3_000


def test_chapters_that_are_not_asked() -> None:
    """Some choose between tables (see test_stage); some ask for more than site and histology to be told apart."""
    with_tables = {chapter for chapter, *_ in seventh_cells()}
    asked = {v["table"] for chapter, _, v, *_ in seventh_cells() if chapter in REACHED and chapter not in CHOOSING}
    left = {chapter for chapter, _, v, *_ in seventh_cells() if v["table"] not in asked}
    assert left == CHOOSING | {"melanoma_iris", "peritoneum_female_gen"}
    assert with_tables - set(REACHED) == TOLD_APART


def reached() -> dict[str, tuple[str, str]]:
    """A site and a histology that lead to each chapter and to no other."""
    found = {}
    for chapter in load("staging", "uicc_7").rows:
        for selection in chapter["select"]:
            for site, histology in itertools.product(codes(selection["site"]), codes(chapter.get("covers", "8140"))):
                chapters = sites.chapters(site, histology)
                if [c.name for c in chapters] == [chapter["schema"]]:
                    found[chapter["schema"]] = (site, histology)
    return found


def codes(ranges: str) -> list[str]:
    return [part.strip()[:4] for part in ranges.split(",")]


REACHED = reached()


@real
@pytest.mark.realdata
def test_seventh_edition_agrees_with_the_source_row_by_row() -> None:
    """The source's own rows, its roll-ups (T1, TX, NX) included: never outside what we hold possible."""
    second = slow().SlowStaging(SHARED / "evidence" / "tnm" / "uicc7_imsweb_tnm-2.1.zip")
    for chapter in set(REACHED) - CHOOSING - {"prostate", "testis", "appendix"}:
        site, histology = REACHED[chapter]
        for t, n, m in itertools.product(("X", "0", "IS", "1", "2", "3", "4"), ("X", "0", "1", "2", "3"), ("0", "1")):
            theirs = {roman(g).upper() for g in second.groups(site, histology, t, n, m) or () if g != "OC"}
            ours = stage(site, 7, f"T{t}", f"N{n}", f"M{m}", {"histology": histology, "basis": "p"}).possible
            for group in map(str.upper, ours):
                assert group == "OCCULT" or any(group.startswith(g) or g.startswith(group) for g in theirs)
            for group in theirs:
                coarse = any(g.upper().startswith(group) for g in ours)
                assert coarse or not ours or "X" in (t, n) or n == "1", (chapter, t, n, m, ours, theirs)
