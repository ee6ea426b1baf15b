"""Who the patient is beside the tumour, as a note states it: each row a sentence and what may be read from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.extraction import read


def said(text, *fields, about=False):
    found = [f for f in read(text, "d") if f.field in fields]
    assert all(f.provenance.quote == text[f.provenance.span.start : f.provenance.span.end] for f in found)
    return [(f.value, f.about) for f in found] if about else [f.value for f in found]


@pytest.mark.parametrize(
    ("words", "ecog"),
    [
        ("ECOG 1.", [1]),
        ("ECOG performance status of 2", [2]),
        ("His performance status (ECOG) is 0.", [0]),
        ("Performance status on the ECOG scale is 1.", [1]),
        ("ECOG PS: 0-1", [0, 1]),
        ("ECOG performance status 5", []),  # no status of a living patient
        ("ECOG 12", []),
        ("WHO grade 2 astrocytoma", []),
        ("Performance status 80%", []),
    ],
)
def test_ecog_as_stated(words, ecog):
    assert said(words, "ecog") == ecog


@pytest.mark.parametrize(
    ("words", "karnofsky"),
    [
        ("Karnofsky performance status 80%", [80]),
        ("KPS of 90.", [90]),
        ("KPS is 70 to 80", [70, 80]),
        ("Karnofsky score: 100", [100]),
        ("KPS 85", []),  # no step of the scale
    ],
)
def test_karnofsky_is_kept_and_never_converted(words, karnofsky):
    assert said(words, "karnofsky") == karnofsky
    assert said(words, "ecog") == []


def test_an_earlier_status_is_history():
    assert said("ECOG is 2, previously ECOG 0.", "ecog", about=True) == [(2, None), (0, "history")]


@pytest.mark.parametrize(
    ("words", "smoking", "denied"),
    [
        ("She has never smoked.", ["never"], []),
        ("Lifelong nonsmoker.", ["never"], ["smoking"]),
        ("Denies any history of smoking.", ["never"], []),
        ("Former smoker, 20 years.", ["former"], []),
        ("He quit smoking in 1984.", ["former"], []),
        ("No longer smokes.", ["former"], []),
        ("She currently smokes two packs a day.", ["current"], []),
        ("He smokes cigars.", ["current"], []),
        ("Tobacco: never", ["never"], []),
        ("Smoking history: yes", [], []),
        ("He does not smoke.", [], ["smoking"]),  # now; whether he ever did is not said
        ("Denies tobacco use.", [], ["smoking"]),
        ("Her father smokes and is a smoker.", [], []),
        ("FAMILY HISTORY: Father is a smoker.", [], []),
        ("He denies that he currently smokes.", [], []),
        ("Her husband denies tobacco use.", [], []),
    ],
)
def test_smoking_is_the_patients_and_no_more_than_is_said(words, smoking, denied):
    assert said(words, "smoking") == smoking and said(words, "denied") == denied


@pytest.mark.parametrize(
    ("words", "pack_years"),
    [
        ("a 30 pack-year history", [30.0]),
        ("12.5 pack years", [12.5]),
        ("60-pack-a-year history", [60.0]),
        ("one pack per day", []),
        ("Her mother had 40 pack-years.", []),
    ],
)
def test_pack_years(words, pack_years):
    assert said(words, "pack_years") == pack_years


@pytest.mark.parametrize(
    ("words", "exposure", "denied"),
    [
        ("He was exposed to asbestos in the shipyard.", ["asbestos"], []),
        ("Denies asbestos exposure.", [], ["exposure: asbestos"]),
        ("Exposures: radon in the home. Agent Orange in Vietnam.", ["radon", "agent orange"], []),
        ("Significant sun exposure as a child.", ["ultraviolet light"], []),
        ("Counselled to avoid sun exposure.", [], []),
        ("Exposed to industrial solvents.", ["chemicals"], []),
        ("Second-hand smoke at work.", ["second-hand smoke"], []),
        ("Prior radiation exposure at Chernobyl.", ["ionising radiation"], []),
        ("Drinks alcohol socially.", ["alcohol, socially"], []),
        ("Alcohol use: none", [], ["exposure: alcohol"]),
        ("He denied drinking alcohol.", [], ["exposure: alcohol"]),
        ("Use of drugs, alcohol and tobacco was denied.", [], ["exposure: alcohol"]),
        ("The skin was cleaned with alcohol.", [], []),
        ("Alcohol was not mentioned further", [], []),
        ("Her mother had asbestos exposure.", [], []),
    ],
)
def test_exposure(words, exposure, denied):
    assert said(words, "exposure") == exposure and said(words, "denied") == denied


@pytest.mark.parametrize(
    ("words", "work"),
    [
        ("He worked as a shipyard welder and smoked.", ["shipyard welder"]),
        ("Retired from being an insulation installer.", ["insulation installer"]),
        ("Her father worked as a miner.", []),
        ("Never worked as a miner.", []),
    ],
)
def test_occupation(words, work):
    assert said(words, "occupation") == work


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("57-year-old postmenopausal woman", ["post"]),
        ("She is pre-menopausal.", ["pre"]),
        ("perimenopausal", ["peri"]),
        ("She is not postmenopausal.", []),
        ("Her mother had premenopausal breast cancer.", []),
    ],
)
def test_menopause(words, stage):
    assert said(words, "menopausal_status") == stage


@pytest.mark.parametrize(
    ("words", "comorbidity", "denied"),
    [
        ("PAST MEDICAL HISTORY: 1. Hypertension. 2. Type 2 diabetes mellitus.", ["hypertension", "type 2 diabetes mellitus"], []),
        ("Past medical history:\nCOPD, atrial fibrillation\n", ["copd", "atrial fibrillation"], []),
        ("The patient has a history of coronary artery disease.", ["coronary artery disease"], []),
        ("PMH: denies diabetes.", [], ["diabetes"]),
        ("No history of stroke.", [], ["stroke"]),
        ("PMH: possible lupus.", [], []),  # a suspicion is no illness
        ("FAMILY HISTORY: Father with hypertension.", [], []),
        ("Her mother has diabetes mellitus.", [], []),
        ("REVIEW OF SYSTEMS: with asthma", [], []),
        ("No CVA tenderness.", [], []),
        ("Takes lisinopril for hypertension.", [], []),
        ("hypertension", [], []),  # nothing says whose or whether
    ],
)  # fmt: skip
def test_other_illnesses(words, comorbidity, denied):
    assert said(words, "comorbidity") == comorbidity and said(words, "denied") == denied


@pytest.mark.parametrize(
    ("words", "family", "denied"),
    [
        ("Mother had breast cancer at age 45.", ["mother: breast cancer, at 45"], []),
        ("Her maternal aunt and grandmother had ovarian cancer.", ["maternal aunt and grandmother: ovarian cancer"], []),
        ("Father died of mesothelioma, mother died of Hodgkin lymphoma.", ["father: mesothelioma", "mother: hodgkin lymphoma"], []),
        ("There is a family history of colon cancer.", ["family: colon cancer"], []),
        ("Family history of melanoma in his brother.", ["brother: melanoma"], []),
        ("No family history of ovarian cancer.", [], ["family history: ovarian cancer"]),
        ("FAMILY HISTORY: Negative for any colon cancer.", [], ["family history: colon cancer"]),
        ("Sister has no breast cancer.", [], ["family history: sister: breast cancer"]),
        ("Her husband's mother had lung cancer.", [], []),
        ("Family history is noncontributory.", [], []),
    ],
)  # fmt: skip
def test_family(words, family, denied):
    assert said(words, "family_history") == family and said(words, "denied") == denied


@pytest.mark.parametrize(
    ("words", "field", "value", "on"),
    [
        ("PSA was 6.5 ng/mL in March 2019.", "psa", 6.5, "2019-03"),
        ("PSA on 03/14/2019: 4.0 ng/ml", "psa", 4.0, "2019-03-14"),
        ("PSA of 6.5", "lab", "psa: 6.5", None),  # no unit, so no figure of the field
        ("PSA < 0.1 ng/mL", "lab", "psa: <0.1 ng/mL", None),
        ("PSA less than 0.1 ng/mL", "lab", "psa: <0.1 ng/mL", None),
        ("Hemoglobin 12.3 g/dL", "lab", "hemoglobin: 12.3 g/dL", None),
        ("platelet count was 150,000", "lab", "platelet count: 150000", None),
        ("CA-125 of 35 U/mL (06/2018)", "lab", "ca-125: 35 U/mL", "2018-06"),
        ("creatinine 0.9", "lab", "creatinine: 0.9", None),
    ],
)
def test_laboratory_values(words, field, value, on):
    assert [(f.field, f.value, f.on) for f in read(words, "d") if f.field in ("psa", "lab")] == [(field, value, on)]


@pytest.mark.parametrize(
    "words",
    ["PSA 2005 was unremarkable.", "PSA in 2005 rose.", "PSA 5 times elevated", "hemoglobin normal", "alternate 5"],
)
def test_no_laboratory_value(words):
    assert said(words, "psa", "lab") == []


def test_of_very_many_values_the_first_are_read():
    assert len(said(" ".join(f"creatinine {n}.5 mg/dL." for n in range(1, 200)), "lab")) == 60


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Date collected: 03/15/2019", "2019-03-15"),
        ("Collected: 2019-03-15", "2019-03-15"),
        ("Date of procedure: 15 March 2019", "2019-03-15"),
        ("Date of surgery: 04/05/2019", "2019"),  # day and month could be exchanged
    ],
)
def test_the_day_a_specimen_was_taken(words, day):
    assert said(words, "specimen_collected") == [day]


def test_two_days_of_collection_are_none():
    assert said("Collected: 2019-03-15\nDate collected: 2019-03-16", "specimen_collected") == []


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("CLINIC NOTE\nDate: 2026-08-20\nPlan: radiotherapy.", ["2026-08-20"]),
        ("Date of report: 20 August 2026", ["2026-08-20"]),
        ("Reported on: 08/20/2026", ["2026-08-20"]),
        ("Visit date: August 20, 2026\nDictated: 08/20/2026", ["2026-08-20"]),
        ("Date: 2026-08-20\nReport date: 2026-08-21", []),  # which of the two
        ("Birth date: 1961-03-14\nExam date: 2026-08-20\nCollection date: 2026-08-19", []),
        ("Date of birth: 1961-03-14", []),
    ],
)
def test_the_day_a_report_was_written(words, days):
    assert said(words, "report_date") == days


@pytest.mark.parametrize("printed", ["June 31, 2019", "31/31/2019"])
def test_an_impossible_day_is_its_year(printed):
    assert said(f"Collected: {printed}", "specimen_collected") == ["2019"]


@pytest.mark.parametrize(
    "noise",
    ["history of " * 8000, "mother " * 8000, "ecog" * 9000, "PLAN: " * 9000, "A B C D E F: " * 4000, "psa in 2005 " * 4000,
     "never smoked, father " * 4000, "diabetes, type " * 5000, "alcohol " * 8000, "plan\n" * 9000, "mother, father and " * 3000],
)  # fmt: skip
def test_noise_is_read_in_bounded_time(noise):
    from time import process_time

    began = process_time()
    list(read(noise, "d"))
    assert process_time() - began < 20


@given(st.text(alphabet="abcdefghijklmnop ECOGkps:.,;\n0123456789/%-PLAN", max_size=400))
def test_any_text_is_read_and_quotes_are_its_own_words(text):
    for fact in read("PLAN: " + text + " smoker alcohol psa mother plan chemotherapy", "d"):
        span = fact.provenance.span
        assert (
            fact.provenance.quote
            == ("PLAN: " + text + " smoker alcohol psa mother plan chemotherapy")[span.start : span.end]
        )
