"""T, N and M as reports print them, with the noise of OCR. Every text here was written for the test."""

import pytest

from overread.clinical.extraction import read


def stages(text: str) -> dict[str, object]:
    """The case's own categories."""
    facts = read(text, "doc")
    return {name: next((f.value for f in facts if f.field == name and f.about is None), None) for name in "tnm"}


@pytest.mark.parametrize(
    ("text", "t", "n", "m"),
    [
        ("Pathologic stage: pT2 pN1 M0", "T2", "N1", "M0"),
        ("TNM: pT3bNOMX", "T3b", "N0", "MX"),
        ("Tumour stage pTI pNl", "T1", "N1", None),
        ("pTla NX MX.", "T1a", "NX", "MX"),
        ("p T 3 , p N 0 (0/23) pMX; G2", "T3", "N0", "MX"),
        ("AJCC stage pT2al pNO", "T2a1", "N0", None),
        ("Stage: T2 NO MX", "T2", "N0", "MX"),
        ("ypT1 ypN0", "T1", "N0", None),
        ("BLADDER: pTisT3bN2MX", "T3b", "N2", "MX"),
        ("Primary tumor (pT): pT1b\nRegional nodes (pN): pN0\nDistant metastasis (pM): pM1a", "T1b", "N0", "M1a"),
        ("Melanoma in situ, pTis", "Tis", None, None),
        ("Bladder, non-invasive: pTa", "Ta", None, None),
        ("pt3 carcinoma", "T3", None, None),
        ("pT4N1mi", "T4", "N1mi", None),
        ("pT2bG3 NO", "T2b", None, None),
        ("pT2NO PAS stain", "T2", "N0", None),
        ("classification pT1 NO MX, stage I", "T1", "N0", "MX"),
        ("The stage is T3.", "T3", None, None),
        ("pT0 N0 after treatment", "T0", "N0", None),
        ("pTX", "TX", None, None),
    ],
)
def test_as_stated(text: str, t: str | None, n: str | None, m: str | None) -> None:
    assert stages(text) == {"t": t, "n": n, "m": m}


@pytest.mark.parametrize(
    "text",
    [
        "MRI shows T1 hypointense and T2 bright signal.",
        "Stage T2 weighted images",
        "at a point; Noted at another",
        "The T4 vertebra",
        "Section T1, T2 tumour number two",
        "part 1 is received",
        "depT2 x",
        "pT 3 x 2 cm"[3:],
        "pT2xyz9",
        "rTl",
        "pT i tX",
        "pT is sampled",
        "Gleason 3+4=7. Tumour classification: pTIa",
        "Tumor thickness (pT1 and pT2 tumors): 4 mm",
        "Invasion of muscle (pT2). Not identified",
        "seen at 3:15 PM 1 bag",
    ],
)
def test_what_only_looks_like_a_stage(text: str) -> None:
    assert stages(text) == {"t": None, "n": None, "m": None}


def test_a_sentence_that_goes_on_with_no_is_not_n0() -> None:
    assert stages("pT2 NO evidence of nodal disease")["n"] is None
    assert stages("pT2 Nx-ray negative")["n"] == "NX"
    assert stages("pT2 Nxray")["n"] is None
    assert stages("pT2 NOdes negative")["n"] is None


def test_the_history_is_not_this_reports_stage() -> None:
    text = "CLINICAL HISTORY: T1 N0 tumour, prior biopsy cT2\nDIAGNOSIS: Kidney, nephrectomy: carcinoma\nStage: pT3a"
    facts = read(text, "doc")
    assert stages(text)["t"] == "T3a"
    assert {f.value for f in facts if f.field == "t" and f.about == "history"} == {"T1", "T2"}
    assert [f.value for f in facts if f.field == "tnm_prefix"] == ["p", "c"]


def test_the_main_tumour_comes_first_and_the_other_keeps_its_specimen() -> None:
    text = "A. Bladder, cystectomy:\nTNM pT3b N2\nB. Prostate, prostatectomy:\nTNM pT2a N0"
    facts = [f for f in read(text, "doc") if f.field == "t"]
    assert [(f.value, f.about) for f in facts] == [("T3b", None), ("T2a", "specimen:B")]


def test_contradictory_categories_are_all_given_and_none_called_the_cases() -> None:
    text = "Stage pT2 in one place. Stage pT3 in another."
    facts = [f for f in read(text, "doc") if f.field == "t"]
    assert stages(text)["t"] is None
    assert {(f.value, f.about) for f in facts} == {("T2", "other"), ("T3", "other")}


def test_a_checklist_counts_only_where_it_is_marked() -> None:
    lines = [" pTX: cannot be assessed", " pT1: tumor one", " pT2: tumor two", " pT3: tumor three", " pT4: tumor four"]
    assert stages("\n".join("___" + line for line in lines))["t"] is None
    assert stages("\n".join(("_x_" if "pT2" in line else "___") + line for line in lines))["t"] == "T2"


def test_lone_categories() -> None:
    facts = {(f.field, f.value) for f in read("Nodes: pN2a. Distant: pM0.", "doc")}
    assert {("n", "N2a"), ("m", "M0")} <= facts
    assert not [f for f in read("xpN2 and pNote", "doc") if f.field == "n"]
