"""Tumour types, sites and histologies: enough of them, each leading somewhere, and the two readers of names agreeing."""

import pytest

from overread.clinical.extraction.histology_names import CODES
from overread.clinical.knowledge import load
from overread.clinical.knowledge.sites import histology, site
from overread.clinical.knowledge.tumours import TYPES, lineage, tumour_type
from overread.clinical.record import Icdo3Morphology, Icdo3Topography, OncoTree

SITES, HISTOLOGIES = load("value_sets", "sites").rows, load("value_sets", "histologies").rows


def test_there_are_tumour_types_enough_and_each_has_its_parents_up_to_a_tissue():
    assert sum(1 for kind in TYPES.values() if kind.parent) >= 120
    for kind in TYPES.values():
        assert OncoTree(kind.code).value == kind.code and tumour_type(kind.code) is kind
        assert kind.parent is None or kind.parent in TYPES
        *_, tissue = lineage(kind.code)
        assert tissue.parent is None


def test_every_site_is_a_topography_and_names_types_that_exist():
    assert len({row["topography"] for row in SITES}) >= 70
    for row in SITES:
        assert Icdo3Topography(row["topography"])
        assert all(code in TYPES for code in row.get("oncotree", ()))
        assert "histology" not in row or Icdo3Morphology(row["histology"])


@pytest.mark.parametrize("row", [row for row in SITES if row.get("oncotree")], ids=lambda row: row["names"][0])
def test_every_type_that_a_site_names_leads_back_to_it(row):
    found = {place.topography for code in row["oncotree"] if (place := site(code))}
    assert found == {row["topography"].replace(".", "")}


@pytest.mark.parametrize("row", HISTOLOGIES, ids=lambda row: row["code"])
def test_every_name_of_a_histology_leads_to_its_own_code(row):
    assert Icdo3Morphology(row["code"])
    assert {histology(name) for name in row["names"]} == {row["code"]}


# What a report's words allow more exactly than the table of names, which staging needs no finer.
FINER = {"8130": "8120", "8083": "8070", "8071": "8070", "8072": "8070", "8384": "8140"}


@pytest.mark.parametrize(
    ("name", "code"),
    [(name, code[:4]) for name, code in CODES.items()],
    ids=lambda v: str(v),
)
def test_both_readers_of_a_name_agree_about_the_morphology(name, code):
    assert histology(name) in (code, FINER.get(code))


@pytest.mark.parametrize(
    ("code", "morphology"),
    [
        ("IDC", "8500"), ("ILC", "8520"), ("LUAD", "8140"), ("LUSC", "8070"), ("SCLC", "8041"), ("CCRCC", "8310"), ("PRCC", "8260"),
        ("COAD", "8140"), ("READ", "8140"), ("PRAD", "8140"), ("THPA", "8260"), ("HCC", "8170"), ("GB", "9440"), ("ASTR", "9400"),
        ("ODG", "9450"), ("DLBCLNOS", "9680"), ("FL", "9690"), ("ACYC", "8200"), ("MUCC", "8430"), ("MEL", "8720"), ("GIST", "8936"),
    ],
)  # fmt: skip
def test_usual_types_by_their_names_lead_to_a_sensible_morphology(code, morphology):
    assert histology(TYPES[code].name) == morphology
