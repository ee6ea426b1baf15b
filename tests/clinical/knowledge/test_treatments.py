"""What a treatment's name says: the kind, and whether it can be undone; nothing where no row fits."""

import pytest

from overread.clinical.knowledge import load
from overread.clinical.knowledge.treatments import described, details_of, kind_of, known_treatments, modality_of
from overread.clinical.record import Fact, Method, Modality, Provenance, Record, Reversibility, Subject, Treatment

HERE = Provenance("d", Method.TEXT, confidence=0.9)


@pytest.mark.parametrize(
    ("name", "kinds", "undone"),
    [
        ("Modified radical mastectomy", ["surgery"], "irreversible"),
        ("Excision of part of breast (procedure)", ["surgery"], "irreversible"),
        ("Amputation below the knee", ["surgery"], "irreversible"),
        ("Radiofrequency ablation", ["surgery"], "irreversible"),
        ("Colostomy", ["surgery"], "partly"),
        ("Surgery", ["surgery"], None),
        ("Radiotherapy to chest wall", ["radiation"], "irreversible"),
        ("chemoradiation", ["radiation", "systemic"], "irreversible"),
        ("Paclitaxel", ["systemic"], "partly"),
        ("Tamoxifen", ["hormone"], "partly"),
        ("Autologous stem cell transplant", ["surgery"], "irreversible"),
        ("Active surveillance", ["surveillance"], "reversible"),
        ("Hospice care", ["supportive"], None),
        ("Clinical trial", ["trial"], None),
    ],
)
def test_kinds_and_whether_it_can_be_undone(name, kinds, undone):
    found = kind_of(name)
    assert found and [str(m) for m in found.modalities] == kinds and found.reversibility == undone
    assert bool(found.why) == bool(undone) and modality_of(name) == kinds[0]


@pytest.mark.parametrize("name", ["Excision biopsy of breast", "Mammography", "Something else", ""])
def test_what_fits_no_row_stays_unnamed(name):
    assert kind_of(name) is None and modality_of(name) is None


def test_every_row_of_reversibility_says_why_without_a_figure():
    rows = load("workup", "treatments")["reversibility"]
    assert {row["can_be_undone"] for row in rows} == set(Reversibility)
    assert all(row["why"].endswith(".") and not any(c.isdigit() for c in row["why"]) for row in rows)


def test_derived_facts_carry_the_reason_and_no_confidence():
    kind, undone = details_of(Fact("treatment_proposed", "Mastectomy", HERE, "treatment:1", "2020"))
    assert (kind.value, undone.value, undone.about, undone.on) == ("surgery", "irreversible", "treatment:1", "2020")
    assert undone.provenance.method is Method.DERIVED and undone.provenance.confidence is None
    assert "cannot be put back" in (undone.provenance.rule or "")
    assert list(details_of(Fact("treatment_proposed", "Something", HERE))) == []


def test_what_a_source_says_stands_and_only_what_is_missing_is_added():
    said = Fact("treatment_reversibility", "reversible", HERE, "treatment:1")
    named = Fact("treatment_given", "Colectomy", HERE, "treatment:1")
    (found,) = known_treatments(Record(Subject("s"), (), (named, said)), "treatment_given")
    assert found.reversibility is Reversibility.REVERSIBLE and found.modalities == (Modality.SURGERY,)
    unknown = Treatment(Fact("treatment_given", "Something", HERE))
    assert described(unknown) is unknown
