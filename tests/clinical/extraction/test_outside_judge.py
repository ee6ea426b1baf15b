"""Reports as other hospitals write them, judged from outside: what must be read, and what must never be.

Every text is made up here. A row: the words, then what is the case's own in them; None: the case has no such fact.
"""

import pytest

from overread.clinical.extraction import read, shortcomings


def own(text: str, field: str) -> object:
    """The case's own value of a field."""
    return next((f.value for f in read(text, "doc") if f.field == field and f.about is None), None)


def about(text: str, field: str) -> set[tuple[str, str | None]]:
    return {(str(f.value), f.about) for f in read(text, "doc") if f.field == field}


PRINTED_TO_TICK = [
    ("LVI: [ ] Present [X] Not identified", {"lvi": "absent"}),
    ("Perineural invasion: [ ] absent [x] present", {"pni": "present"}),
    ("Perineural invasion: Present [ ] Absent [x]", {"pni": "absent"}),
    ("Margins: Positive ( ) Negative (x)", {"margin": "uninvolved"}),
    ("Margins: ☐ Positive ☒ Negative\nER: ☒ Positive ☐ Negative", {"margin": "uninvolved", "er": "positive"}),
    ("Histologic grade: [ ] G1 [X] G2 [ ] G3", {"grade": "G2"}),
    ("Lymphovascular invasion: ___ Present  _X_ Not identified", {"lvi": "absent"}),
    ("Perineural invasion: _x_ Present ___ Not identified", {"pni": "present"}),
    ("Primary Tumor (pT)\n[ ] pT1: Tumor 2 cm or less\n[X] pT2: Tumor more than 2 cm\n[ ] pT3: Tumor more than 5 cm", {"t": "T2"}),
    ("[ ] pT1: Tumor 2 cm or less\n[ ] pT2: Tumor more than 2 cm", {"t": None}),
    ("Distant Metastasis (pM)\nX   pMX:    Cannot be assessed___ pM1:    Distant metastasis", {"m": "MX"}),
    ("Distant Metastasis (pM)\npM1: Distant metastasis\n*Specify site(s), if known:\nMargins", {"m": None}),
    ("pTX: Cannot be assessed\npT0: No evidence of primary tumor\npT?: one tumor", {"t": None}),
    ("pTNM: pT2 N2b MX\npT1: Tumor 2 cm or less\npT3: Mucosal disease\npT4a: Moderately advanced disease", {"t": "T2", "n": "N2b"}),
    ("PRIMARY TUMOR (pT)\npT4: Tumor invades any of the following\npT4a: Tumor invades the uterus", {"t": "T4a"}),
    ("Regional nodes: pN1a indicates 1-3 nodes. This patient: pN0.", {"n": "N0"}),
    ("pT1. Reference: pTa noninvasive; pT2 invades muscularis propria; pT3 perivesical; pT4 adjacent organs", {"extent": None}),
]  # fmt: skip
NOT_ONE_CATEGORY = [
    ("Bladder, TURBT: urothelial carcinoma, at least pT2", {"t": None, "ambiguity": "at least pT2"}),
    ("STAGE: AT LEAST pT3, CANNOT EXCLUDE pT4\npN2 pMx", {"t": None, "n": "N2"}),
    ("Minimal pathologic stage, incorporating parts J-L: pT3", {"t": None}),
    ("Stage: pT1–2", {"t": None}),
    ("Stage: pT2/3", {"t": None}),
    ("predictive accuracy for patients with pTa-T3 N0 bladder cancer", {"t": None, "n": None}),
    ("Two tumours, pT3 and pT1", {"t": None}),
    ("Possible pT4", {"t": None}),
    ("? pT3", {"t": None}),
    ("If the nodes are positive the stage would be pT2 N1", {"t": None, "n": None}),
    ("Please try p TIRE REPORT", {"t": None}),
    ("Distant metastasis (pNI)", {"n": None}),
    ("Clinical stage: cT2. Stage cT2/pT3 pN0", {"t": "T3"}),
]  # fmt: skip
OF_BEFORE = [
    ("Patient has known colon cancer (pT3N1, 2021). Liver biopsy: metastatic adenocarcinoma", {"t": None, "n": None}),
    ("(Previously reported as clear cell renal cell carcinoma, pT1a.)\nCORRECTED DIAGNOSIS: Left kidney: chromophobe renal cell carcinoma, pT1b",
     {"t": "T1b", "histology": "chromophobe renal cell carcinoma"}),
    ('The outside report states "invasive carcinoma, pT2". We see only ductal carcinoma in situ.',
     {"t": None, "histology": "ductal carcinoma in situ"}),
    ("Outside diagnosis: Invasive ductal carcinoma, grade 3, ER negative.\nOur diagnosis: Left breast: invasive lobular carcinoma, grade 2. ER positive.",
     {"histology": "lobular carcinoma", "grade": "G2", "er": "positive"}),
    ('The submitting diagnosis was "leiomyosarcoma, grade 3". On our review there is no evidence of malignancy.', {"histology": None, "grade": None}),
    ("No residual carcinoma. Prior biopsy: invasive ductal carcinoma grade 3. ypT0 ypN0 (0/3)", {"histology": None, "grade": None, "t": "T0", "n": "N0"}),
    ("CLINICAL HISTORY: man of 70.\n" + "He was followed for years with colonoscopy and scans.\n" * 8 + "Then pT3 pN1.\nFINAL DIAGNOSIS: tubular adenoma", {"t": None, "n": None}),
    ("INTRAOPERATIVE CONSULTATION: lung nodule: adenocarcinoma\nFINAL DIAGNOSIS: Lung: keratinizing squamous cell carcinoma", {"histology": "keratinizing squamous cell carcinoma"}),
    ("Clinical stage: cT3 cN1 cM0", {"t": None, "n": None, "m": None}),
]  # fmt: skip
SEVERAL = [
    ("DIAGNOSIS: Rectum: adenocarcinoma. pT3 pN0 (0/14).\nAMENDED REPORT: two of seventeen nodes contain carcinoma; pN1b.", {"t": "T3", "n": "N1b"}),
    ("DIAGNOSIS: Colon: adenocarcinoma, pT2 pN0.\nADDENDUM: tumor in subserosal fat; amended to pT3 pN0. The original pT2 is no longer valid.", {"t": "T3", "n": "N0"}),
    ("A. Right colon, hemicolectomy: Adenocarcinoma of cecum (pT3), 2 of 18 lymph nodes positive (pN1b)\n"
     "B. Sigmoid colon, resection: Adenocarcinoma of sigmoid colon (pT1)", {"t": "T3", "n": "N1b", "site": "caecum"}),
    ("A. Left breast, mastectomy: lobular carcinoma, grade 2. pT2 pN0. ER positive.\nB. Right breast, mastectomy: ductal carcinoma, grade 3. pT1b pN1a. ER negative.",
     {"t": "T2", "n": "N0", "er": "positive", "grade": "G2", "histology": "lobular carcinoma"}),
    ("I. pT3, L1. II. A further tumour, pT2, L1. Classification: I G2, pT3, pN0 (0/24) II G2, pT2, pN1 (1/16)", {"t": "T3", "n": "N0"}),
    ("PROSTATE BIOPSIES\nRight base: Gleason score 3+3=6\nRight mid: Gleason score 3+4=7 (grade group 2)\nLeft base: Gleason score 4+3=7 (grade group 3)", {"gleason": None, "grade_group": None}),
    ("Left base: Gleason 3+3=6. Right: Gleason 4+3=7. Overall Gleason score: 4+3=7", {"gleason": "4+3=7"}),
    ("Prostate: Gleason grade 3 + 4 = 7/10; tertiary pattern 5. ISUP grade group 2.", {"gleason": "3+4=7", "grade_group": 2}),
    ("Kidney: papillary renal cell carcinoma. ISUP grade 2", {"grade_group": None}),
]  # fmt: skip
LAYOUTS = [
    ("| Tumor Size | 18 mm |\n| Margins | Uninvolved by invasive carcinoma |\n| Primary Tumor (pT) | pT1c |", {"tumor_size": 18.0, "margin": "uninvolved", "t": "T1c"}),
    ("Procedure            Right hemicolectomy\nTumor Extent   Invades through muscularis propria into pericolonic tissue\nMacroscopic Tumor Perforation  Not identified\n"
     "Number of Lymph Nodes with Tumor      3\nNumber of Lymph Nodes Examined        22\npT Category     pT3",
     {"nodes_positive": 3, "nodes_examined": 22, "t": "T3", "extent": "Invades through muscularis propria into pericolonic tissue"}),
    ("Procedure\tPartial nephrectomy\nHistologic type\tPapillary renal cell carcinoma\nMargins\tNegative\npT\tpT1a", {"histology": "papillary renal cell carcinoma", "margin": "uninvolved", "t": "T1a"}),
    ("DIAGNOSIS:\r\nColon, resection:\r\nAdenocarcinoma.\r\n\r\nLVI: Absent\r\nLymph nodes: 0/14\r\npT2 pN0\r\n", {"lvi": "absent", "t": "T2", "nodes_examined": 14}),
    ("No lymphovascular invasion.\r\n\r\nPerineural invasion present", {"lvi": "absent", "pni": "present"}),
    ("Stage: ｐＴ２ ｐＮ１ Ｍ０", {"t": "T2", "n": "N1", "m": "M0"}),
    ("Stage pT1ᵇ\u00a0pN0\u00a0M0 😀 ER:\u00a0positive", {"t": "T1b", "n": "N0", "m": "M0", "er": "positive"}),
    ("Stage pT₂N₀", {"t": "T2", "n": "N0"}),
    ("Kidney: renal cell carcinoma, clear \ncell type", {"histology": "clear cell renal cell carcinoma"}),
    ("Kidney: conventional (clear cell) renal carcinoma, margins clear", {"histology": "clear cell renal cell carcinoma"}),
    ("Kidney: renal cell carcinoma, margins clear", {"histology": "renal cell carcinoma"}),
    ("Soft tissue: undifferentiated pleomorphic sarcoma", {"histology": "undifferentiated pleomorphic sarcoma", "grade": None}),
    ("Breast: invasive carcinoma of no special type", {"histology": "ductal carcinoma", "histology_code": "8500/3"}),
    ("Prostate: acinar adenocarcinoma. Seminal vesicle: no adenocarcinoma. Glands: adenocarcinoma", {"histology": "acinar adenocarcinoma", "histology_code": None}),
    ("STOMACH, WEDGE RESECTION: Gastrointestinal stromal tumor, 5.5 cm.", {"site": "stomach"}),
]  # fmt: skip
MARKERS = [
    ("No mutation detected in EGFR. KRAS wild type. BRAF V600E mutation not detected.", {"egfr": "negative", "kras": "negative", "braf": "negative", "variant": None}),
    ("Gene | Variant | VAF\nKRAS | p.G12D | 22%\nEGFR | No mutation detected | -\nBRAF | Wild type", {"kras": "positive", "egfr": "negative", "braf": "negative", "variant": "p.G12D"}),
    ("PD-L1 (SP142): tumor-infiltrating immune cells (IC) 5%; TC <1%", {"pdl1": None}),
    ("PD-L1 (22C3): TPS 55%", {"pdl1": 55.0}),
    ("PD-L1 TPS: 1-49%", {"pdl1": None}),
    ("HER2 IHC: 2+ (equivocal). HER2 FISH: NOT AMPLIFIED (ratio 1.2)", {"her2": "negative", "her2_score": "2+"}),
    ("HER2 IHC 2+ equivocal; reflex FISH amplified (ratio 3.4)", {"her2": "positive"}),
    ("ER: low positive (5%). HER2: 1+ (negative)", {"er": "positive", "her2": "negative"}),
    ("MSI-low", {"msi": "equivocal"}),
    ("T790M negative in EGFR", {"variant": None}),
]  # fmt: skip
SAID_NOT_TO_BE = [
    ("FNA, thyroid: Suspicious for papillary thyroid carcinoma", {"histology": None, "ambiguity": "Suspicious"}),
    ("Lung biopsy: atypical glands; adenocarcinoma cannot be excluded", {"histology": None}),
    ("Kidney: favor oncocytoma; chromophobe renal cell carcinoma cannot be excluded", {"histology": None}),
    ("Bone marrow: acute leukemia suspected", {"histology": None}),
    ("Bladder biopsy: urothelial carcinoma in situ (pTis). No invasive carcinoma.", {"histology": "urothelial carcinoma in situ", "histology_code": "8120/2", "t": "Tis"}),
    ("No tumor at margins.", {"margin": "uninvolved"}),
    ("Neck: metastatic squamous cell carcinoma. Primary site: favor oropharynx.", {"site": None}),
    ("Not a melanoma. There is no evidence of carcinoma.", {"histology": None}),
]  # fmt: skip
TREATMENTS = [
    ("PLAN: Surveillance. Repeat CT in 6 months.", {("surveillance", "proposed")}),
    ("PLAN: Marginal excision.", {("marginal excision", "proposed")}),
    ("Surveillance colonoscopy was normal.", set()),
    ("We recommend weekly paclitaxel x12 followed by surgery for breast cancer.", {("paclitaxel", "proposed"), ("surgery", "proposed")}),
    ("Cisplatin x 4.", {("cisplatin", "given")}),
    ("PLAN: cisplatin x 4.", {("cisplatin", "proposed")}),
    ("TUMOR BOARD RECOMMENDATION: Neoadjuvant FOLFIRINOX x 4 cycles", {("folfirinox", "proposed")}),
]  # fmt: skip
ROWS = [*PRINTED_TO_TICK, *NOT_ONE_CATEGORY, *OF_BEFORE, *SEVERAL, *LAYOUTS, *MARKERS, *SAID_NOT_TO_BE]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[str(n) for n in range(len(ROWS))])
def test_a_report_from_elsewhere(text: str, expected: dict[str, object]) -> None:
    found = {field: own(text, field) for field in expected}
    assert {f: v if v is None else str(v) for f, v in found.items()} == {
        f: v if v is None else str(v) for f, v in expected.items()
    }


@pytest.mark.parametrize(("text", "expected"), TREATMENTS)
def test_treatments(text: str, expected: set[tuple[str, str]]) -> None:
    facts = read(text, "doc")
    status = {f.about: f.value for f in facts if f.field == "treatment_status"}
    named = {
        (str(f.value), str(status[f.about])) for f in facts if f.field in ("treatment_given", "treatment_proposed")
    }
    assert named == expected


def test_the_count_of_the_treatment_before_is_not_the_next_ones() -> None:
    facts = read("We recommend weekly paclitaxel x12 followed by surgery for breast cancer.", "doc")
    treatments = {f.about: f.value for f in facts if f.field == "treatment_proposed"}
    assert {treatments[f.about] for f in facts if f.field == "treatment_amount"} == {"paclitaxel"}


def test_what_was_said_before_is_kept_as_history() -> None:
    text = "Outside diagnosis: ductal carcinoma, ER negative.\nOur diagnosis: lobular carcinoma. ER positive. The prior biopsy showed: pT1."
    assert ("negative", "history") in about(text, "er")
    assert ("ductal carcinoma", "history") in about(text, "histology")
    assert about(text, "t") == {("T1", "history")}


CT = """EXAM: CT CHEST
COMPARISON: 11/02/2023
FINDINGS: Right upper lobe nodule measures 14 x 11 mm, previously 8 x 7 mm. Left lower lobe 4 mm nodule is stable.
The previously seen 8 mm nodule in the lingula now measures 12 mm. Previously seen 1.5 cm adrenal nodule has resolved. No pleural effusion.
"""


def test_lesions_of_today_and_of_before() -> None:
    facts = read(CT, "doc")
    assert [f.value for f in facts if f.field == "lesion_size"] == [14.0, 4.0, 12.0]
    assert {"is stable", "previously 8 x 7 mm"} <= {f.value for f in facts if f.field == "finding"}


FOREIGN = [
    ("German", "Befund: Mammakarzinom links, invasiv duktal, G2. Keine Lymphgefäßinvasion. Resektionsränder tumorfrei. pT2 pN0 (0/3). Östrogenrezeptor positiv."),
    ("French", "Pièce de mastectomie gauche: carcinome canalaire infiltrant de grade II. Les limites sont saines. Récepteurs aux estrogènes positifs. pT2 N0 (0/2)."),
    ("Spanish", "Diagnóstico: Adenocarcinoma de colon que infiltra la subserosa. Ganglios linfáticos sin metástasis (0/15). Márgenes libres. pT3 pN0."),
    ("Italian", "Carcinoma duttale infiltrante della mammella sinistra, G2. Linfonodi negativi (0/12). Margini indenni. pT1c pN0."),
    ("Portuguese", "Carcinoma ductal invasivo da mama esquerda. Margens livres. Linfonodos: 0/3. Ausência de invasão vascular. pT1c."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_another_language_is_named_and_not_misread(language: str, text: str) -> None:
    assert read(text, "doc") == ()
    assert f"in {language}" in shortcomings(text)[0]


def test_a_text_that_lost_its_line_ends_loses_no_more_than_a_choice() -> None:
    text = (
        "LVI: [ ] Present [X] Not identified "
        + "and so on " * 50
        + "Margins: [ ] Positive. "
        + "word " * 20
        + "pT2 pN0"
    )
    assert (own(text, "lvi"), own(text, "margin"), own(text, "t")) == ("absent", None, "T2")
