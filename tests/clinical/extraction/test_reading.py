"""The door: a whole report, any text at all, and the promises about spans and time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.extraction import read, reading, subject
from overread.clinical.extraction.found import Found
from overread.clinical.extraction.sections import Section, layout, lowered
from overread.clinical.record import Method

REPORT = """SURGICAL PATHOLOGY REPORT
Patient Name: Marlow, Ines
MRN: 00-4711  DOB: 23/04/1961
CLINICAL HISTORY: 63-year-old woman with a history of melanoma.
DIAGNOSIS:
A. Breast, left, mastectomy:
Invasive ductal carcinoma, grade 2, of the breast.
Tumor size: 2.3 x 1.9 cm
Lymphovascular invasion: not identified
Perineural invasion: Present
Margins: negative for carcinoma, closest 4 mm
Estrogen receptor: positive (90%)
Progesterone receptor: negative
HER2: equivocal (2+)
Ki-67: 22%
B. Axillary lymph nodes, left, dissection:
Metastatic carcinoma in two of fourteen lymph nodes.
AJCC 8th edition stage: pT2 pN1a. Stage IIB. CAP protocol.
COMMENT: A focus is suspicious for a second tumour; expert consultation is recommended.
"""


def values(text: str, field: str) -> list[object]:
    return [f.value for f in read(text, "doc") if f.field == field]


@pytest.mark.parametrize(
    ("field", "first"),
    [
        ("t", "T2"), ("n", "N1a"), ("edition", "8"), ("stage_group", "IIB"), ("site", "breast"), ("laterality", "left"),
        ("histology", "ductal carcinoma"), ("grade", "G2"), ("tumor_size", 23.0), ("lvi", "absent"), ("pni", "present"),
        ("margin", "uninvolved"), ("er", "positive"), ("pr", "negative"), ("her2", "equivocal"), ("ki67", 22.0),
        ("nodes_positive", 2), ("nodes_examined", 14), ("age", 63), ("sex", "female"), ("procedure", "mastectomy"),
        ("tnm_prefix", "p"),
    ],
)  # fmt: skip
def test_a_whole_report(field: str, first: object) -> None:
    assert values(REPORT, field)[0] == first


def test_codes_doubt_specimens_and_protocol() -> None:
    assert str(values(REPORT, "histology_code")[0]) == "8500/3"
    assert str(values(REPORT, "site_code")[0]) == "C50.9"
    assert values(REPORT, "ambiguity") == ["equivocal", "suspicious", "expert consultation"]
    assert len(values(REPORT, "specimen")) == 2
    assert values(REPORT, "protocol") == ["CAP protocol"]
    assert [f.about for f in read(REPORT, "d") if f.field == "histology" and f.value == "melanoma"] in ([], ["history"])


def test_provenance_says_page_method_rule_and_measured_confidence() -> None:
    fact = next(f for f in read(REPORT, "abc", method=Method.OCR, page_starts=(0, 300, 500)) if f.field == "t")
    assert (fact.provenance.document, fact.provenance.method, fact.provenance.page) == ("abc", Method.OCR, 3)
    assert fact.provenance.rule == "t_prefixed"
    assert fact.provenance.confidence is not None and 0.9 < fact.provenance.confidence <= 1
    assert next(f for f in read(REPORT, "abc") if f.field == "er").provenance.confidence is None


@pytest.mark.parametrize(
    ("printed", "born"), [("04/05/1961", "1961"), ("13/05/1961", "1961-05-13"), ("31/31/1961", None)]
)
def test_of_a_birth_date_that_could_be_two_days_only_the_year_is_given(printed, born):
    assert subject(f"Name: Ana Rivera\nDOB: {printed}").birth_date == born


@pytest.mark.parametrize(
    ("words", "name", "number"),
    [
        ("Patient: M, Jenny      DOB: 1965-01-01", "M, Jenny", None),
        ("Patient ID: 778812 Name: RIVERA^ANA", "RIVERA^ANA", "778812"),
        ("Patient: Ana M. Rivera (MRN 778812)", "Ana M. Rivera", "778812"),
    ],
)
def test_a_person_is_read_as_systems_print_them(words, name, number):
    found = subject(words)
    assert found.name == name and found.identifiers == ({number} if number else frozenset())


def test_the_subject_is_as_printed_or_none() -> None:
    who = subject(REPORT, "doc")
    assert (who.name, who.birth_date, who.sex) == ("Marlow, Ines", "1961-04-23", "female")
    assert who.identifiers == frozenset({"00-4711"})
    nobody = subject("Patient Name: Redacted Redacted\nMRN: XXX\nDOB: ")
    assert (nobody.name, nobody.birth_date, nobody.sex, nobody.identifiers) == (None, None, None, frozenset())


@pytest.mark.parametrize("text", ["", " \n", "Dies ist kein Befund.", "\x00\x01\x02", "标本:左肾。", "İİİ"])
def test_what_says_nothing_gives_nothing(text: str) -> None:
    assert read(text, "doc") == ()


PIECES = st.sampled_from(
    [
        "pT2",
        "pN1",
        "M0",
        "NO",
        "MX",
        "stage",
        "Stage III",
        "margin",
        "negative",
        "no",
        "carcinoma",
        "renal cell",
        "breast",
        "left",
        "A. Kidney, biopsy:",
        "HISTORY:",
        "\n",
        ". ",
        "1/12",
        "nodes",
        "lymph node",
        "ER",
        "HER2",
        "positive",
        "3+",
        "Gleason 3+4=7",
        "grade 2",
        "2.3 cm",
        "x",
        "tumor size:",
        "İ",
        "\x00",
        "CT",
        "impression:",
        "nodule",
        "Ki-67 20%",
        "p.V600E",
        "mutation",
        "0",
        "999",
        "depth: 900 cm",
        "five of two",
        "MSI-H",
        "atypical",
        "age: 300",
        "pM1",
        "T1",
        "TX",
    ]
)


@given(
    st.one_of(
        st.text(max_size=400), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
    )
)
def test_any_text_is_answered_and_every_span_is_exact(text: str) -> None:
    subject(text)
    for fact in read(text, "doc"):
        span = fact.provenance.span
        assert span is not None and text[span.start : span.end] == fact.provenance.quote


@pytest.mark.parametrize(
    "piece",
    ["pT1 N0 M0 ", "pN0 ", "carcinoma ", "squamous cell carcinoma, ", "margin ", "egfr ", "left ", "A. biopsy ", "1/2 ", "histolog", "T", " ", "\n",
     "grade ", "5 x ", "right radical ", "negative for p16, ", "nodule ct findings: ", "patient name: A", "ectomy", "a", "(", "twenty-", "0"],
)  # fmt: skip
def test_noise_of_any_kind_is_read_through(piece: str) -> None:
    """A rule that backtracks or compares all with all would take minutes here; growth is measured in bench/extraction_speed.py."""
    text = piece * (100_000 // len(piece))
    assert all(f.provenance.quote for f in read(text, "doc"))


def test_letters_that_grow_when_lowered_keep_their_place() -> None:
    assert lowered("İpT2") == "İpt2"
    assert read("İ stage pT2", "doc")[0].provenance.quote == "pT2"


@pytest.mark.parametrize(
    "line",
    [
        "2.1 cm). The resection margins are uninvolved.",
        "4. Gleason grade:",
        "3. Depth of invasion:",
        "6. Distal margin: Negative for tumor",
        "5. Surgical margins:",
    ],
)
def test_an_item_of_a_numbered_form_is_no_specimen(line: str) -> None:
    text = f"A. Prostate, prostatectomy: carcinoma\nB. Bladder neck, biopsy: benign\n{line}\n"
    assert {f.about for f in read(text, "doc") if f.field == "specimen"} == {"specimen:A", "specimen:B"}


def test_a_value_the_field_cannot_hold_is_left_out() -> None:
    assert reading._fact(Found("er", "purple", 0, 1, "rule"), "x", "doc", Method.TEXT, (0,)) is None


def test_the_same_value_of_two_specimens_is_one_fact_of_the_case() -> None:
    text = "A. Kidney, biopsy: carcinoma, grade 2\nB. Kidney, nephrectomy: carcinoma, grade 2\nC. Node, biopsy: carcinoma, grade 3"
    assert [(f.value, f.about) for f in read(text, "doc") if f.field == "grade"] == [("G2", None), ("G3", "specimen:C")]


def test_sections_and_specimens() -> None:
    page = layout("CLINICAL HISTORY: x\nGROSS DESCRIPTION: y\n1. Kidney, nephrectomy: z\n2. Node: w\n")
    assert page.section(3) is Section.HISTORY
    assert page.section(page.text.index("y")) is Section.GROSS
    assert page.specimen(page.text.index("z")) is None
