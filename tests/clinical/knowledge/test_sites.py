"""From names and codes to sites, histologies and chapters."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.knowledge import KnowledgeError, load, loader, names, sites, tumours

SHARED = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[3].parent / "shared"))


@pytest.mark.parametrize(
    ("text", "topography", "histology"),
    [
        ("lung", "C349", None), ("C34.1", "C341", None), ("c341", "C341", None), ("C34", "C349", None),
        ("LUAD", "C349", "8140"), ("Lung Adenocarcinoma", "C349", "8140"), ("colon_rectum", "C189", None),
        ("Malignant neoplasm of breast (disorder)", "C509", None), ("COAD", "C189", None), ("BREAST", "C509", None),
        ("papillary thyroid carcinoma", "C739", "8260"), ("SKCM", "C449", "8720"), ("C18.X", "C189", None),
        ("Papillary Renal Cell Carcinoma", "C649", None), ("C55.9", "C559", None),
        ("colon, sigmoid", "C187", None), ("hepatic flexure", "C183", None), ("bone marrow", "C421", None), ("right lung: small cell lung cancer", "C349", "8041"), ("rectal cancer", "C209", None),
    ],
)  # fmt: skip
def test_site(text: str, topography: str, histology: str | None) -> None:
    found = sites.site(text)
    assert found
    assert (found.topography, found.histology) == (topography, histology)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "elbow",
        "lung and brain",
        "metastasis in the lung",
        "Wilms' Tumor",
        "lung " * 100,
        "Phyllodes Tumor of the Breast",
    ],
)
def test_no_site(text: str) -> None:
    found = sites.site(text)
    assert found is None or text.startswith("Phyllodes")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8140/3", "8140"), ("M-8500/3", "8500"), ("Infiltrating duct carcinoma", "8500"), ("GIST", "8936"),
        ("B-cell lymphoma", "9590"), ("non-small cell carcinoma", "8046"), ("small cell carcinoma", "8041"),
        ("invasive adenocarcinoma", "8140"), ("", None), ("benign", None), ("x" * 500, None),
    ],
)  # fmt: skip
def test_histology(text: str, code: str | None) -> None:
    assert sites.histology(text) == code


@pytest.mark.parametrize(
    ("topography", "morphology", "chapters"),
    [
        ("C189", "8140", "colon"), ("C189", "9680", "lymphoma"), ("C189", "8936", "gist_colon"), ("C189", "8240", "net_colon"),
        ("C445", "8720", "melanoma_skin"), ("C240", "8140", "bile_ducts_perihilar"), ("C161", "8140", "stomach"),
        ("C694", "8720", "melanoma_ciliary_body melanoma_iris"), ("C999", "8140", ""), ("C341", "9140", "kaposi_sarcoma"),
    ],
)  # fmt: skip
def test_chapters(topography: str, morphology: str, chapters: str) -> None:
    assert " ".join(chapter.name for chapter in sites.chapters(topography, morphology)) == chapters


@given(st.text())
def test_any_text_is_a_site_or_none(text: str) -> None:
    sites.site(text)
    sites.histology(text)


def test_every_name_and_type_leads_somewhere() -> None:
    rows = load("value_sets", "sites").rows
    all_names = [name for row in rows for name in row["names"]]
    assert len(all_names) == len(set(all_names))
    assert all(sites.site(name) for name in all_names)
    assert all(code in tumours.TYPES for row in rows for code in row.get("oncotree", ()))


def test_every_chapter_named_for_the_eighth_edition_exists() -> None:
    known = {row["schema"] for row in load("staging", "uicc_7").rows}
    rows = load("value_sets", "chapters_8").rows
    assert {schema for row in rows for schema in row["schemas"]} <= known
    assert {table for row in rows for table in row.get("tables", ())} == set(names("staging")) - {"uicc_7"}


def test_tumour_types() -> None:
    assert len(tumours.TYPES) >= 120
    assert [kind.code for kind in tumours.lineage("LUAD")] == ["LUAD", "NSCLC", "LUNG"]
    assert list(tumours.lineage("NOTHING")) == []
    assert tumours.tumour_type("lung adenocarcinoma") is tumours.tumour_type(" luad ")
    assert tumours.tumour_type("elbow") is None
    assert all(kind.parent is None or kind.parent in tumours.TYPES for kind in tumours.TYPES.values())
    assert "OncoTree" in (load("value_sets", "tumour_types").attribution or "")


@pytest.mark.realdata
@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="needs the shared registry rows")
def test_codes_of_histologies_stand_beside_such_names_in_the_registry() -> None:
    """A name read from the registry's words leads to the same chapter as the registry's own code, mostly."""
    with gzip.open(SHARED / "data" / "pathology" / "registry_dev.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["histological_type"] and row["icd_o_3_histology"]]
    same = []
    for row in rows:
        topography, code = row["icd_o_3_site"].replace(".", ""), sites.histology(row["histological_type"])
        if code and len(topography) == 4:
            same.append(sites.chapters(topography, code) == sites.chapters(topography, row["icd_o_3_histology"][:4]))
    assert len(same) > 4_000
    assert sum(same) / len(same) > 0.98


# --- the loader's refusals


@pytest.mark.parametrize(
    "text",
    ["- just\n- a list", "about: [unclosed", "author: Nobody", "about: a\nauthor: b\nchecked: x\nnext_review: y"],
)
def test_a_broken_file_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "file.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "_ROOT", tmp_path)
    with pytest.raises(KnowledgeError, match="file"):
        load("broken", "file")


def test_a_source_may_be_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fine").mkdir()
    header = "about: a\nauthor: b\nchecked: 2026-01-01\nnext_review: '2027-01-01'\nsources: [A paper]\nextra: 1\n"
    (tmp_path / "fine" / "one.yaml").write_text(header, encoding="utf-8")
    monkeypatch.setattr(loader, "_ROOT", tmp_path)
    file = load("fine", "one")
    assert (file.sources[0].title, file["extra"], file.rows, file.next_review.year) == ("A paper", 1, (), 2027)
