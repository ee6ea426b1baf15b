"""Whose interpretation a report is: the physician who signed it. Blacked out is nobody."""

import pytest

from overread.clinical.extraction import read
from overread.clinical.extraction.sections import layout
from overread.clinical.extraction.signatures import Signatures


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Electronically signed by: Jane Q. Doe, MD on 01/02/2018", "Jane Q. Doe"),
        ("Electronically Signed Out By Ruth Eriksen, M.D., Ph.D.", "Ruth Eriksen"),
        ("Pathologist: Paul Dyk", "Paul Dyk"),
        ("Attending Radiologist: Dr. Ana Silva", "Dr. Ana Silva"),
        ("Interpreted by: O'Neil, Sean MD", "O'Neil, Sean"),
        ("Dictated by: Maria Gomez, DO", "Maria Gomez"),
        ("Signed: Maria Gomez", "Maria Gomez"),
        ("Maria Gomez, M.D.\nPathologist", "Maria Gomez"),
        ("Maria Gomez, MD (Electronic signature)", "Maria Gomez"),
        ("Electronically signed by: [REDACTED]", None),
        ("Electronically signed by: XXXXX, MD", None),
        ("Signed by: Department of Pathology", None),
        ("Referring physician: Ann Lee, MD", None),
        ("Attending physician: Ann Lee, MD", None),
        ("Reported by: Smith", None),  # one word could be anything
        ("The patient signed: consent form", None),
    ],
)
def test_who_signed(words, name):
    assert Signatures(layout(words)).of(0) == name


def test_every_fact_carries_the_signature_that_follows_it():
    text = (
        "DIAGNOSIS: Breast, invasive ductal carcinoma, grade 2.\nElectronically signed by: Ann First, MD\n"
        "ADDENDUM: Estrogen receptor: positive.\nElectronically signed by: Bea Second, MD\nKi-67: 20%\n"
    )
    authors = {f.field: f.provenance.author for f in read(text, "d")}
    assert (authors["grade"], authors["er"], authors["ki67"]) == ("Ann First", "Bea Second", "Bea Second")


def test_an_unsigned_report_has_no_author():
    assert {f.provenance.author for f in read("Breast, invasive ductal carcinoma, grade 2.", "d")} == {None}
