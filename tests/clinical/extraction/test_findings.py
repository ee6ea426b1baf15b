"""Markers, margins, invasion, sizes, nodes, grades, stage groups, imaging and the person, rule by rule."""

import pytest

from overread.clinical.extraction import read
from overread.clinical.extraction.person import iso_date, subject


def first(text: str, field: str) -> object:
    fact = next((f for f in read(text, "doc") if f.field == field and f.about in (None, "history")), None)
    return None if fact is None else fact.value


CASES = [
    # invasion
    ("Lymphovascular invasion: present", "lvi", "present"),
    ("Angiolymphatic invasion: Not identified", "lvi", "absent"),
    ("no evidence of vascular invasion", "lvi", "absent"),
    ("suspicious for lymphovascular invasion", "lvi", "indeterminate"),
    ("Lymphovascular invasion: indeterminate", "lvi", "indeterminate"),
    ("Lymphovascular space invasion: Nol diagnostically identified", "lvi", None),  # "Not", or what?
    ("Perineural invasion: hot seen", "pni", None),
    ("GLEASON AT THE MARGINS\nNot described\nLYMPHOVASCULAR INVASION\nPRESENT", "lvi", "present"),
    ("The lesion is 3.0 cm in greatest dimension", "tumor_size", 30.0),
    ("A tumor nodule, 2 cm in greatest dimension, was found", "tumor_size", 20.0),
    ("Carcinoma measuring 3.5\nx 3.5 x 3.0 cm in greatest dimension", "tumor_size", 35.0),
    ("The tumor is attached to a fallopian tube measuring 4.5 cm", "tumor_size", None),
    ("The depth of tumor invasion is 0.9 cm", "tumor_size", None),
    ("The mass is 0.1 cm, 0.6 cm and 0.4 cm from the margins", "tumor_size", None),
    ("Both ureters measure up to 0.2 cm in maximum diameter", "tumor_size", None),
    ("The tumor is grey. Seven fragments of tissue, 2.0 cm in greatest dimension", "tumor_size", None),
    ("Mass in the colon and two small polyps, 0.3 cm in greatest dimension", "tumor_size", None),
    ("OVARY, LEFT: ADENOCARCINOMA.", "laterality", "left"),
    ("Right adrenal gland, removal\n- No significant abnormality", "laterality", None),
    ("All margins are free of tumor\nPerineural invasion identified", "pni", "present"),
    ("Lymphovascular invasion: Not \nidentified.", "lvi", "absent"),
    ("There is no\nlymphovascular invasion\nin these sections.", "lvi", "absent"),
    ("Perineural invasion: Not clearly identified", "pni", "absent"),
    ("Perineural invasion: now identified", "pni", "present"),
    ("Lymphovascular invasion: not applicable", "lvi", None),
    ("Lymphovascular invasion", "lvi", None),
    ("HISTORY: lymphovascular invasion: present", "lvi", None),
    ("Perineural invasion is identified.", "pni", "present"),
    ("Ulceration: absent", "ulceration", "absent"),
    # margins
    ("Surgical margins: positive", "margin", "involved"),
    ("Margins uninvolved by tumour", "margin", "uninvolved"),
    ("The deep margin is not involved.", "margin", "uninvolved"),
    ("free of tumor at all margins", "margin", "uninvolved"),
    ("tumor extends to the deep margin.", "margin", "involved"),
    ("Margins: cannot be assessed", "margin", "indeterminate"),
    ("Margins were inked.", "margin", None),
    ("GROSS: margins positive", "margin", None),
    # a name among what it might be is no diagnosis
    ("FINAL DIAGNOSIS: The differential diagnosis includes follicular\ncarcinoma.", "histology", None),
    ("DIAGNOSIS: Differential: leiomyosarcoma.", "histology", None),
    ("DIAGNOSIS: Invasive lobular carcinoma cannot be\nexcluded.", "histology", None),
    ("COMMENT: Nuclear features of papillary carcinoma are focal and\nincomplete.", "histology", None),
    ("DIAGNOSIS: Invasive ductal carcinoma. Lobular carcinoma was considered.", "histology", "ductal carcinoma"),
    # sizes
    ("Tumor size: 4.4 x 3 cm", "tumor_size", 44.0),
    ("Greatest dimension: 12 mm", "tumor_size", 12.0),
    ("a carcinoma, 5 .2 cm in greatest dimension", "tumor_size", 52.0),
    ("The tumor measures 3.4 x 1.8 x 1.1 cm", "tumor_size", 34.0),
    ("lymph node metastasis tumor size: 4 cm", "tumor_size", None),
    ("Tumor size: 0 cm", "tumor_size", None),
    ("The renal mass is 0.8 cm from the\nclosest margin.", "tumor_size", None),
    ("The tumour is 2 mm away from the capsule; the tumour is 3 cm.", "tumor_size", 30.0),
    ("The lesion is 4 mm short of the nearest margin", "tumor_size", None),
    ("Depth of invasion: 5 mm", "depth", 5.0),
    ("Breslow thickness: 1.2 mm", "breslow", 1.2),
    # nodes
    ("Lymph nodes: total (3/14)", "nodes_positive", 3),
    ("pN1 (3/19)", "nodes_examined", 19),
    ("two of fourteen lymph nodes", "nodes_positive", 2),
    ("twenty-one of twenty-two pelvic lymph nodes", "nodes_positive", 21),
    ("total lymph nodes l/5", "nodes_positive", 1),
    ("Number of lymph nodes examined: 12", "nodes_examined", 12),
    ("Number of positive nodes: 2", "nodes_positive", 2),
    ("lymph nodes 9/3", "nodes_positive", None),
    ("lymph nodes (0/3). lymph nodes (0/5).", "nodes_examined", None),
    ("total lymph nodes (0/3). " + "Other words about nothing at all. " * 3 + "A lymph node (0/5).", "nodes_examined", None),
    ("the node, 3/4 inch; Number of nodes examined: 999", "nodes_examined", 4),
    # grades
    ("Histologic grade: 3", "grade", "G3"),
    ("WHO grade IV", "grade", "G4"),
    ("grade: ll", "grade", "G2"),
    ("carcinoma, G2", "grade", "G2"),
    ("moderately-differentiated carcinoma", "grade", "moderately differentiated"),
    ("no high grade tumour", "grade", None),
    ("HISTORY: grade 3", "grade", None),
    ("Gleason score 3 + 4 = 7", "gleason", "3+4=7"),
    ("Gleason score: 8", "gleason", "8"),
    ("CLINICAL HISTORY: Gleason 4+4", "gleason", "4+4=8"),
    ("Gleason: primary pattern 4, secondary pattern 5", "gleason", "4+5=9"),
    ("Grade group: 2", "grade_group", 2),
    # markers
    ("ER: positive", "er", "positive"),
    ("estrogen receptor and progesterone receptor: negative", "er", "negative"),
    ("ER status pending", "er", None),
    ("KIT exon 11 deletion", "kit", "positive"),
    ("KIT: no mutation detected", "kit", "negative"),
    ("The kit was not detected", "kit", None),
    ("Atypical lipomatous tumor versus well-differentiated liposarcoma", "histology", None),
    ("Glioblastoma vs metastasis", "histology", None),
    ("Atypical lipomatous tumor versus well-differentiated liposarcoma", "grade", None),
    ("cannot exclude well-differentiated liposarcoma", "grade", None),
    ("?Low grade gl.r.orra", "grade", None),
    ("Histologic grade: G2", "grade", "G2"),
    ("65 year old woman with suspected liposarcoma of the thigh", "histology", None),
    ("She is G1, P1. Anemia.", "grade", None),
    ("The notes suggested that this was a glioma", "histology", None),
    ("She has a 24-year-old son", "age", None),
    ("BRCA-2: no mutation detected", "brca2", "negative"),
    ("Impression: Mr. Smith is well. Findings: none.", "modality", None),
    ("FINDINGS: MR brain with contrast shows a mass.", "modality", "MR"),
    ("HISTORY OF PRESENT ILLNESS: CT showed a 3 cm mass. PHYSICAL EXAM: normal. IMPRESSION: lung mass.", "modality", None),
    ("Nonpapillary renal cell carcinoma", "histology", None),
    ("Non-seminoma of the testis", "histology", None),
    ("non-Hodgkin lymphoma", "histology", "lymphoma"),
    ("Rhabdomyosarcoma of the left orbit", "histology", "rhabdomyosarcoma"),
    ("Dedifferentiated liposarcoma", "histology", "dedifferentiated liposarcoma"),
    ("intraductal\nbreast carcinoma", "histology", None),
    ("Her father died of a brain tumor.", "site", None),
    ("HISTORY OF PRESENT ILLNESS: Anemia.\nPAST SURGICAL HISTORY: Tonsillectomy.\n", "site", None),
    ("She has no substantial history except for diabetes.\nPMH: Diabetes.", "comorbidity", "diabetes"),
    ("PMH: She denies any kidney disease, complications of the diabetes, heart failure, stroke.", "comorbidity", None),
    ("In less undifferentiated areas a pattern of glands", "grade", None),
    ("FNCLCC grade 2 (differentiation 3, mitoses 1, necrosis 1)", "grade", "G2"),
    ("MRI BRAIN\nFindings: mass. Impression: compatible with high-grade glioma.", "histology", None),
    ("MRI BRAIN\nFindings: mass. Impression: compatible with high-grade glioma.", "grade", None),
    ("CONSULTATION. " + "She was referred by her family doctor. " * 6 + "Biopsy: poorly differentiated carcinoma. "
     "IMPRESSION: breast cancer, CT ordered.", "grade", "poorly differentiated"),
    ("Biopsy: consistent with adenocarcinoma", "histology", "adenocarcinoma"),
    ("ER o Negative o Positive", "er", None),  # a form, and nothing ticked
    ("Her-2/neu a Negative qPositive", "her2", None),
    ("HER2: not detected / detected", "her2", None),
    ("The cells express ER, PgR and are negative for p53.", "er", None),
    ("positive for progesterone receptor, and negative for HER2/neu", "pr", "positive"),
    ("This carcinoma's HER2 is negative for HER2/neu overexpression.", "her2", "negative"),
    ("parakeratosis adjacent to ul~er, reactive changes", "er", None),
    ("MSI testing has been ordered on both tumors and will fol low", "msi", None),
    ("^.^ mss ear 9", "msi", None),
    ("Microsatellite status: MSS", "msi", "negative"),
    ("steatohepatitis, grade 2, stage 1 (Brunt)", "stage_group", None),
    ("LENGTH IS 5.2 CM, WIDTH IS 4.1 CM, AND DEPTH IS 0.3 CM", "depth", None),
    ("EGFR, p53: positive", "egfr", None),
    ("tumour cells are negative for p16", "p16", "negative"),
    ("p16 was looked at", "p16", None),
    ("HER2 not amplified", "her2", "negative"),
    ("KRAS wild type", "kras", "negative"),
    ("EGFR mutation detected", "egfr", "positive"),
    ("ALK rearrangement not identified", "alk", "negative"),
    ("microsatellite status: stable", "msi", "negative"),
    ("Tumour is MSI-H", "msi", "positive"),
    ("mismatch repair proteins intact", "mmr", "positive"),
    ("MMR: loss of MLH1", "mmr", "negative"),
    ("Ki-67 labelling index 30%", "ki67", 30.0),
    ("Ki-67 900%", "ki67", None),
    ("PD-L1 TPS 60%", "pdl1", 60.0),
    ("TMB 12 mut/Mb", "tmb", 12.0),
    ("Oncotype DX recurrence score: 18", "oncotype_dx", 18.0),
    ("BRAF mutation p.V600E", "variant", "p.V600E"),
    ("a mutation was sought. Far away, after many other words about nothing in particular, comes block A12B", "variant", None),
    # stage group and edition
    ("FIGO stage: IIIC", "stage_group", "IIIC"),
    ("AJCC stage II", "stage_group", "II"),
    ("Stage llv", "stage_group", None),
    ("Stage I: tumor limited to the organ", "stage_group", None),
    ("Clinical stage II", "stage_group", "II"),
    ("AJCC seventh edition", "edition", "7"),
    ("AJCC 2010", "edition", "7"),
    ("Pathologic stage (AJCC 8): pT3 pN0", "edition", "8"),
    ("AJCC v8 pT3", "edition", "8"),
    ("AJCC 7 cm from the anus", "edition", None),
    ("TNM version 8 AJCC", "edition", "8"),
    ("the 5th edition of the novel", "edition", None),
    ("stage IV chronic kidney disease", "stage_group", None),
    ("The wound is deep and stage IV", "stage_group", None),
    ("HEART: PMI is nondisplaced", "m", None),
    ("Progesterone receptor 23, and all nodes negative", "pr", None),
    # histology and site
    ("DIAGNOSIS: Kidney, nephrectomy: clear cell renal cell carcinoma", "histology", "clear cell renal cell carcinoma"),
    ("no carcinoma", "histology", None),
    ("possible melanoma", "histology", None),
    ("cytoma", "histology", None),
    ("DIAGNOSIS: Kidney, nephrectomy: carcinoma", "site", "kidney"),
    ("Tumor site: prostate. Carcinoma of the prostate.", "site", "prostate"),
    ("kidney", "site", None),
    ("Laterality: right", "laterality", "right"),
    ("GROSS: left kidney", "laterality", None),
    ("DIAGNOSIS: melanoma. Carcinoma arising in the kidney, nephrectomy", "site", "kidney"),
    ("benign kidney; adjacent kidney; nephrectomy carcinoma", "site", "kidney"),
    ("Tumor site: transverse colon", "site", "transverse colon"),
    ("Colon, resection: adenocarcinoma of the sigmoid colon", "site", "sigmoid colon"),
    ("Sigmoid colon: adenocarcinoma. Ascending colon: adenocarcinoma.", "site", "colon"),
    ("Liver segmentectomy: hepatocellular carcinoma", "site", "liver"),
    ("Hysterectomy, salpingo-oophorectomy. DIAGNOSIS: Endometrium: endometrioid adenocarcinoma. Ovaries: no tumour.", "site", "endometrium"),
    ("Cystoprostatectomy. DIAGNOSIS: Bladder: urothelial carcinoma. Prostate: adenocarcinoma of the prostate.", "site", "bladder"),
    ("Kidney and adrenal gland: metastatic renal cell carcinoma", "site", "kidney"),
    ("DIAGNOSIS: Kidney carcinoma. Liver carcinoma.", "site", None),
    ("Kidney: carcinoma", "site", "kidney"),
    ("LIVER, BIOPSY: metastatic adenocarcinoma consistent with colonic primary.", "site", "colon"),
    ("LUNG, wedge biopsy: metastatic melanoma.", "site", None),
    ("Brain, craniotomy: metastatic carcinoma consistent with lung primary.", "site", "lung"),
    ("LYMPH NODE, NECK: metastatic squamous cell carcinoma.", "site", None),
    ("UTERUS, hysterectomy: endometrioid adenocarcinoma. Bilateral ovaries: no tumor", "site", "endometrium"),
    ("LARYNX, total laryngectomy: squamous cell carcinoma. Thyroid lobe, negative.", "site", "larynx"),
    ("chromophobe renal cell carcinoma", "histology", "chromophobe renal cell carcinoma"),
    ("GROSS: G2", "grade", None),
    ("slides 3/4 were seen" + " and put away" * 10 + " with a node", "nodes_examined", None),
    ("some of five lymph nodes", "nodes_examined", None),
    ("Right kidney. " * 2 + "Left breast. Right lung.", "laterality", "right"),
    # person
    ("Age: 54  Sex: F", "sex", "female"),
    ("a 54 y/o male", "age", 54),
    ("age: 300", "age", None),
    # doubt
    ("DIAGNOSIS: atypical cells, cannot exclude malignancy", "ambiguity", "atypical"),
    ("no atypia", "ambiguity", None),
    ("distant metastasis: cannot be determined", "ambiguity", None),
    ("origin cannot be determined", "ambiguity", "cannot be determined"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "value"), CASES)
def test_as_written(text: str, field: str, value: object) -> None:
    assert first(text, field) == value


CT = """EXAM: CT chest
FINDINGS: There is a 12 x 9 mm spiculated nodule in the right upper lobe, increased in size. No pleural effusion.
A mass 900 cm is an error.
IMPRESSION: nodule."""


def test_an_imaging_report() -> None:
    facts = read(CT, "doc")
    of_first = {f.field: f.value for f in facts if f.about == "lesion:1" and f.value != "increased in size"}
    assert of_first == {"finding": "spiculated nodule", "lesion_size": 12.0, "lesion_location": "right upper lobe"}
    assert next(f.value for f in facts if f.field == "modality") == "CT"
    assert "increased in size" in [f.value for f in facts if f.field == "finding"]
    assert "pleural effusion" not in [f.value for f in facts if f.field == "finding"]
    assert [f.value for f in facts if f.field == "lesion_size"] == [12.0]


def test_the_letters_of_an_accession_number_name_no_modality() -> None:
    text = (
        "RADIOLOGY REPORT\nAccession: CT-26-20418\nEXAM: CT CHEST\nFINDINGS: Solid nodule, 9 mm.\nIMPRESSION: Nodule."
    )
    (span,) = (f.provenance.span for f in read(text, "doc") if f.field == "modality")
    assert span and text[span.start : span.end] == "CT" and text[: span.start].endswith("EXAM: ")


def test_what_is_not_an_imaging_report_has_no_lesions() -> None:
    assert not [
        f for f in read("GROSS DESCRIPTION: specimen with nodule; CT findings: none", "d") if f.field == "finding"
    ]
    assert not [f for f in read("FINDINGS: a nodule", "d") if f.field == "finding"]


def test_words_of_doubt_are_bounded() -> None:
    words = ["atypical", "suspicious", "borderline", "indefinite"]
    text = "".join(f"{chr(65 + i)}. Skin, biopsy: {word} cells\n" for i in range(20) for word in words)
    assert 0 < len([f for f in read(text, "doc") if f.field == "ambiguity"]) <= 30


def test_procedures_are_named_once_and_bounded() -> None:
    facts = [f for f in read("nephrectomy. nephrectomy.\nHISTORY: biopsy", "doc") if f.field == "procedure"]
    assert [(f.value, f.about) for f in facts] == [("nephrectomy", None), ("biopsy", "history")]


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("1961-04-23", "1961-04-23"), ("04/23/1961", "1961-04-23"), ("23.04.1961", "1961-04-23"), ("5/5/1970", "1970-05-05"),
        ("04/05/1961", None), ("31/02/1961", None), ("3 march 1950", "1950-03-03"), ("march 3, 1950", "1950-03-03"),
        ("3 smarch 1950", None), ("tomorrow", None),
    ],
)  # fmt: skip
def test_dates(printed: str, iso: str | None) -> None:
    assert iso_date(printed) == iso


def test_a_subject_whose_sex_is_said_both_ways_has_none() -> None:
    assert subject("Sex: F ... a 40 year old man").sex is None
