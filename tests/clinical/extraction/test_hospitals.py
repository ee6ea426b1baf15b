"""Whole reports as hospitals print them, all made up here: what must come out, and what must not."""

import pytest

from overread.clinical.extraction import read

COLON = """PATIENT: [removed]
Clinical History: Sigmoid cancer. Previously resected melanoma, pT2a (2011).
FINAL DIAGNOSIS
1. Sigmoid colon, resection:
   Adenocarcinoma, moderately differentiated.
SYNOPTIC REPORT (CAP)
Tumor Site: Sigmoid colon
Tumor extent: invades through muscularis propria into pericolorectal tissue
Lymphovascular Invasion: Not identified
Margins: All margins uninvolved by invasive carcinoma
Primary Tumor (pT): pT3
Regional Lymph Nodes (pN): pN1b
Number of Lymph Nodes Examined: 18
Number of Lymph Nodes Involved: 2
Distant Metastasis (pM): pMX
TNM Stage: pT3 N1b MX (AJCC 7th Edition)
"""
BREAST = """Histologic Type: Invasive ductal carcinoma. Histologic Grade: 2
Treatment effect present after neoadjuvant therapy.
Pathologic Stage Classification (pTNM, AJCC 8th Edition)
TNM Descriptors: y (post-treatment)
Primary Tumor: ypT2
Regional Lymph Nodes: ypN1a
Estrogen receptor: Positive (95%)   Progesterone receptor: Negative
HER2 (IHC): 2+
Ki-67: <5%
Tumor site: Left breast, upper outer quadrant. Breast, left, mastectomy: carcinoma.
"""
THYROID = """A. THYROID GLAND, LEFT LOBE, HEMITHYROIDECTOMY:
 - PAPILLARY THYROID CARCINOMA, 1.4 CM IN GREATEST DIMENSION.
 - EXTRATHYROIDAL EXTENSION: NOT IDENTIFIED
 - STAGE: pT1b(m) NX
B. LYMPH NODES, CENTRAL, DISSECTION:
 - NO METASTATIC CARCINOMA IDENTIFIED IN 5 LYMPH NODES.
"""
PROSTATE = """CLINICAL HISTORY: cT1c, PSA 6.1
DIAGNOSIS: Prostate, radical prostatectomy: acinar adenocarcinoma, Gleason score 3+4=7 (Grade group: 2).
The tumor is confined to the prostate. Seminal vesicle invasion: absent. No extension into periprostatic fat.
Extraprostatic extension: not applicable
Two of fifteen lymph nodes contain tumour. pT2 pN1
"""
KIDNEY = """MACROSCOPY: the mass measures 5 x 4 cm and seems to extend into perinephric fat.
DIAGNOSIS: Kidney, right, partial nephrectomy: clear cell renal cell carcinoma.
Extent of invasion:
Tumor limited to kidney
TNM: pTlb NX
ADDENDUM: On review of deeper levels the tumour extends into the renal sinus fat. Amended stage pT3a NX.
"""
LUNG = """Lung, left upper lobe, lobectomy: adenocarcinoma. Invasion of visceral pleura is present; invades the chest wall.
Stage pT3 pN0, might be pT4.
Fifteen reactive lymph nodes. Eight of eight lymph nodes negative for tumour.
"""
BLADDER = """Bladder, prostate and seminal vesicles, radical cystectomy: invasive urothelial carcinoma, pTla N0.
The prostate is sampled; prostate unremarkable, no tumour in the prostate.
"""
SARCOMA = "Tumor site: Soft tissue, left thigh\nHistologic type: leiomyosarcoma\nOrgan-confined. Lesion of the skin of the arm."
NOISE_OCR = "SURG1CAL PATHOL0GY\nDIAGN0SIS: Kldney, rlght, nephrectomy: renal cell carc1noma\n^^ pTI b pNO ~~ pMX\nTumor: pT I a\nIIII II pTa NX"
GERMAN = "Befund: Mäßig differenziertes Adenokarzinom des Colon sigmoideum mit Infiltration der Subserosa. Kein Nachweis von Metastasen."
SPANISH = "Diagnóstico: carcinoma ductal infiltrante de mama izquierda. No se observa invasión linfovascular. Ganglios negativos."
TWO_TUMOURS = "Kidney, right: carcinoma, pT1b NX. Kidney, right, second: carcinoma, pT1a NX. Left: carcinoma, pT2a NX."
TX_OF_NODES = "A. Tongue, left, glossectomy: squamous cell carcinoma\nB. Neck, left, dissection: pTX, pN1"
MOLECULAR = """MOLECULAR PATHOLOGY
Gene\tResult
EGFR\texon 19 deletion
KRAS\tp.G12C
NRAS\tNot detected
BRAF\tWild type
ALK\tEML4-ALK fusion detected
ROS1\tpending
PIK3CA: insufficient
BRCA1: no pathogenic variant detected
RET fusion testing was performed
TMB: 12.5 mut/Mb   MSI: Stable
PD-L1 (22C3) TPS: 60%, CPS: 65
Ki-67: 10-15%
"""
CPS_ONLY = "PD-L1 CPS 70%. No KRAS p.G12D mutation. TP53 p.R175H is a variant of uncertain significance."
CT = """EXAM: CT chest. TECHNIQUE: 5 mm slices.
COMPARISON: 3/2/2024
FINDINGS: A 12 x 9 x 8 mm nodule in the right upper lobe (series 3, image 45), previously 8 mm on 3/2/2024. A 5 mm nodule in the left lower lobe and a 1.4 cm mass in the lingula, unchanged.
Previously 8 mm, the liver lesion now measures 11 mm. Subcentimeter nodule in the left upper lobe. New hepatic lesion, 9 mm.
A nodule and a 7 mm mass in the kidney. A nodule 20 mm from the pleura. A mass 3 cm deep to the skin and 5 mm slices through the nodule.
No adrenal mass.
"""
WORD_COUNTS = """A. LYMPH NODES, RIGHT, EXCISION: two of five lymph nodes (2/5).
B. LYMPH NODES, LEFT, EXCISION: one of four lymph nodes (1/4).
Lymph nodes: 3/9"""

# report, fields and the values of the case (or of its parts) that must be there
EXPECTED = [
    (COLON, {"t": "T3", "n": "N1b", "m": "MX", "edition": "7", "site": "sigmoid colon", "lvi": "absent", "margin": "uninvolved",
             "nodes_examined": 18, "nodes_positive": 2, "grade": "moderately differentiated",
             "extent": "invades through muscularis propria into pericolorectal tissue"}),
    (BREAST, {"t": "T2", "n": "N1a", "tnm_prefix": "yp", "edition": "8", "er": "positive", "pr": "negative", "her2_score": "2+", "grade": "G2",
              "site": "breast", "laterality": "left"}),
    (THYROID, {"t": "T1b", "n": "NX", "site": "thyroid", "laterality": "left", "extent": "EXTRATHYROIDAL EXTENSION: NOT IDENTIFIED",
               "nodes_examined": 5, "nodes_positive": 0, "tumor_size": 14.0}),
    (PROSTATE, {"t": "T2", "n": "N1", "gleason": "3+4=7", "grade_group": 2, "nodes_positive": 2, "nodes_examined": 15, "site": "prostate"}),
    (KIDNEY, {"t": "T3a", "n": "NX", "site": "kidney", "histology": "clear cell renal cell carcinoma", "extent": "Tumor limited to kidney"}),
    (LUNG, {"t": "T3", "n": "N0", "site": "lung"}),
    (BLADDER, {"site": "bladder", "histology": "urothelial carcinoma"}),
    (SARCOMA, {"site": "soft tissue", "site_code": "C49.9", "histology": "leiomyosarcoma", "extent": "Organ-confined"}),
    (NOISE_OCR, {"t": "T1b", "n": "N0", "m": "MX"}),
    (TX_OF_NODES, {"n": "N1", "histology": "squamous cell carcinoma"}),
    (MOLECULAR, {"egfr": "positive", "kras": "positive", "nras": "negative", "braf": "negative", "alk": "positive", "brca1": "negative",
                 "tmb": 12.5, "msi": "negative", "pdl1": 60.0, "pdl1_cps": 65.0}),
    (WORD_COUNTS, {"nodes_examined": 9, "nodes_positive": 3}),
    (CT, {"modality": "CT"}),
]  # fmt: skip
# report, what must not come out of it: a field altogether (None), or one of its values wherever it is said to belong
REFUSED = [
    (COLON, [("t", "T2a"), ("histology", "melanoma")]),
    (BREAST, [("her2", None), ("ki67", None), ("m", None)]),
    (PROSTATE, [("t", "T1c"), ("extent", "extension into periprostatic fat"), ("m", None)]),
    (KIDNEY, [("extent", "extend into perinephric fat")]),
    (LUNG, [("nodes_positive", 8), ("t", "T4")]),
    (BLADDER, [("t", None), ("site", "prostate")]),
    (NOISE_OCR, [("t", "Ta"), ("t", "T1a")]),
    (GERMAN, [(f, None) for f in ("t", "n", "m", "lvi", "margin", "grade", "metastasis", "site", "nodes_positive")]),
    (SPANISH, [(f, None) for f in ("t", "n", "m", "lvi", "margin", "nodes_positive", "stage_group")]),
    (TWO_TUMOURS, [("t", None)]),
    (TX_OF_NODES, [("t", None)]),
    (MOLECULAR, [("ros1", None), ("pik3ca", None), ("ret", None), ("ki67", None), ("t", None)]),
    (CPS_ONLY, [("pdl1", None), ("pdl1_cps", None), ("kras", None), ("tp53", None)]),
    (CT, [("lesion_size", 45.0), ("t", None), ("site", None), ("stage_group", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), EXPECTED, ids=[str(n) for n in range(len(EXPECTED))])
def test_what_comes_out(text: str, facts: dict[str, object]) -> None:
    found = read(text, "doc")
    own = {f.field: f.value for f in reversed(found) if f.about is None or f.about.startswith("specimen")}
    own |= {f.field: f.value for f in reversed(found) if f.about is None}
    assert {name: str(own.get(name)) for name in facts} == {name: str(value) for name, value in facts.items()}


@pytest.mark.parametrize(("text", "refused"), REFUSED, ids=[str(n) for n in range(len(REFUSED))])
def test_what_must_not_come_out(text: str, refused: list[tuple[str, object]]) -> None:
    case = [(f.field, f.value) for f in read(text, "doc") if f.about is None]
    assert not [(f, v) for f, v in case for field, value in refused if f == field and value in (None, v)]


def test_every_lesion_has_its_own_size_and_place() -> None:
    facts = [f for f in read(CT, "doc") if f.about and f.about.startswith("lesion")]
    sizes = {f.about: f.value for f in facts if f.field == "lesion_size"}
    assert sizes == {
        "lesion:1": 12.0,
        "lesion:2": 5.0,
        "lesion:3": 14.0,
        "lesion:4": 11.0,
        "lesion:6": 9.0,
        "lesion:8": 7.0,
    }
    places = {f.about: f.value for f in facts if f.field == "lesion_location"}
    assert (
        places["lesion:1"] == "right upper lobe"
        and places["lesion:2"] == "left lower lobe"
        and places["lesion:3"] == "lingula"
    )
    words = {(f.about, f.value) for f in facts if f.field == "finding"}
    assert (
        ("lesion:1", "previously 8 mm on 3/2/2024") in words
        and ("lesion:3", "unchanged") in words
        and ("lesion:6", "new") in words
    )


def test_variants_are_quoted_as_printed() -> None:
    assert {f.value for f in read(MOLECULAR, "doc") if f.field == "variant"} == {"exon 19 deletion", "p.G12C"}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Clinical History: colon cancer, pT2 N0.", "history"),
        ("Stage pT2 pN0 cM0", None),
        ("Diagnosis: carcinoma, previously reported as pT1", "history"),
    ],
)
def test_a_category_of_earlier_is_history_and_a_clinical_m_beside_a_t_is_not(text: str, about: str | None) -> None:
    letter = "m" if "cM0" in text else "t"
    assert [f.about for f in read(text, "doc") if f.field == letter] == [about]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tumor extension: Cannot be assessed", None),
        ("Tumor extent:\nMargins: negative", None),
        ("Extent of invasion: 1", None),
        ("Microscopic tumor extension (select all that apply): Tumor extends beyond the thyroid capsule and reaches\nthe strap muscle of the neck", "Tumor extends beyond the thyroid capsule and reaches the strap muscle of the neck"),
        ("Invasion into perirenal fat: not involved", "Invasion into perirenal fat: not involved"),
        ("The tumour invades but not through the muscularis propria", None),
        ("The tumour invades several layers", None),
        ("Metastatic carcinoma in a node extends into the adipose tissue", None),
        ("HISTORY: tumour invades the liver", None),
        ("no organ-confined disease", None),
        ("The carcinoma extends into the perivesical fat " + "and further " * 12, "extends into the perivesical fat " + " ".join(["and further"] * 7)),
        ("Renal vein invasion: not evaluable", None),
    ],
)  # fmt: skip
def test_extent_in_the_reports_words(text: str, value: str | None) -> None:
    found = [str(f.value) for f in read(text, "doc") if f.field == "extent"]
    assert (found[0][: len(value)] == value) if value else not found


def test_extents_are_bounded() -> None:
    many = "".join(f"The tumour invades the liver at place {n}.\n" for n in range(60))
    assert 0 < len([f for f in read(many, "doc") if f.field == "extent"]) <= 8


def test_a_sentence_that_a_line_break_cut_is_no_heading() -> None:
    text = (
        "DIAGNOSIS: Liver: hepatocellular carcinoma in a patient with a\nhistory of hepatitis C (treated), now pT2 NX."
    )
    assert [(f.value, f.about) for f in read(text, "doc") if f.field == "t"] == [("T2", None)]


def test_the_second_of_two_tumours_does_not_lend_its_nodes() -> None:
    text = "I. G2, pT3, L1, V1, pN0 (0 of 24)\nII. G2, pT2, L1, V1, pN1 (1 of 16)"
    own = {f.field: f.value for f in read(text, "doc") if f.about is None}
    assert (own["t"], own["n"]) == ("T3", "N0")


def test_a_megabyte_of_noise_is_answered() -> None:
    text = "Xq \x07\x1b[0m pT \x00 lorem, 0/ ipsum: " * 20_000
    assert all(f.provenance.quote for f in read(text, "doc"))
