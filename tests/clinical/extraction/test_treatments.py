"""Treatments of a note: given, going on, planned, recommended, only named, refused; each row a sentence."""

import pytest

from overread.clinical.extraction import read
from overread.clinical.record import TREATMENTS, Record, Subject, treatments


def found(text):
    facts = read(text, "d")
    assert all(f.provenance.quote == text[f.provenance.span.start : f.provenance.span.end] for f in facts)
    return treatments(Record(Subject("s"), (), facts))


def told(text):
    return [(t.fact.field.removeprefix("treatment_"), t.name, str(t.status)) for t in found(text)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("She underwent left mastectomy.", [("given", "left mastectomy", "given")]),
        ("Status post radical prostatectomy.", [("given", "radical prostatectomy", "given")]),
        ("Treated with tamoxifen.", [("given", "tamoxifen", "given")]),
        ("Radiation therapy was given.", [("given", "radiation therapy", "given")]),
        ("He is currently on letrozole.", [("given", "letrozole", "ongoing")]),
        ("Bevacizumab was discontinued.", [("given", "bevacizumab", "stopped")]),
        ("We recommend chemoradiation.", [("proposed", "chemoradiation", "proposed")]),
        ("Adjuvant chemotherapy is recommended.", [("proposed", "chemotherapy", "proposed")]),
        ("She will undergo total thyroidectomy.", [("proposed", "total thyroidectomy", "planned")]),
        ("He will be treated with cisplatin.", [("proposed", "cisplatin", "planned")]),
        ("She will start treatment with cyclophosphamide.", [("proposed", "cyclophosphamide", "planned")]),
        ("Scheduled for partial nephrectomy.", [("proposed", "partial nephrectomy", "planned")]),
        ("He elected to undergo radical retropubic prostatectomy.", [("proposed", "radical retropubic prostatectomy", "planned")]),
        ("We discussed watchful waiting.", [("discussed", "watchful waiting", "discussed")]),
        ("Options include brachytherapy.", [("discussed", "brachytherapy", "discussed")]),
        ("Hospice care was discussed.", [("discussed", "hospice care", "discussed")]),
        ("If margins are positive, consider radiation.", [("discussed", "radiation", "conditional")]),
        ("Recommend chemotherapy if nodes are positive.", [("discussed", "chemotherapy", "conditional")]),
        ("She declined chemotherapy.", [("discussed", "chemotherapy", "refused")]),
        ("Radiation therapy was offered but she declined.", [("discussed", "radiation therapy", "refused")]),
        ("Chemotherapy was refused.", [("discussed", "chemotherapy", "refused")]),
        ("Chemotherapy was discussed and declined.", [("discussed", "chemotherapy", "refused")]),
        ("She refused chemotherapy but accepted radiotherapy.", [("discussed", "chemotherapy", "refused")]),
        ("Started letrozole 2.5 mg daily.", [("given", "letrozole", "ongoing")]),
        ("Second-line docetaxel was started in May.", [("given", "docetaxel", "ongoing")]),
        ("Docetaxel is to be started on Monday.", [("proposed", "docetaxel", "planned")]),
        ("The tumor was resected. This was followed by radiotherapy.", [("given", "radiotherapy", "given")]),
    ],
)  # fmt: skip
def test_what_a_sentence_says(words, expected):
    assert told(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "No chemotherapy was given.",
        "Not a candidate for trastuzumab.",
        "He denies prior radiation therapy.",
        "Her mother underwent mastectomy for breast cancer.",
        "Unable to undergo prostatectomy because of his heart.",
        "Chemotherapy followed by radiotherapy.",  # nothing says whether
        "Chemotherapy.",  # nothing says whether
        "Referred to radiation oncology.",
        "Back pain with radiation to the left leg.",
        "Status post appendectomy and cholecystectomy.",
        "Status post hysterectomy for benign fibroids.",
        "Status post lobectomy for a benign goiter.",
        "Treated with adalimumab.",
        "FAMILY HISTORY: Mother treated with chemotherapy.",
        "She had lumbar surgery.",
        "We recommend surgery for the hernia.",
        "Incisional biopsy was performed.",
        "",
    ],
)
def test_what_is_no_treatment_of_the_cancer(words):
    assert told(words) == []


def test_a_past_operation_beside_a_tumour_counts():
    assert told("She underwent hysterectomy for endometrial cancer.") == [("given", "hysterectomy", "given")]
    assert told("Status post polypectomy for polyps with cancer.") == [("given", "polypectomy", "given")]


@pytest.mark.parametrize(
    "heading",
    ["PLAN:", "Recommendations:", "TUMOR BOARD RECOMMENDATION:", "Assessment and Plan:", "A/P:", "TREATMENT PLAN:"],
)
def test_an_item_under_a_plan_is_proposed(heading):
    assert told(f"IMPRESSION: Breast cancer.\n{heading}\n1. Radiation therapy.\n2. Letrozole.") == [
        ("proposed", "radiation therapy", "proposed"), ("proposed", "letrozole", "proposed"),
    ]  # fmt: skip


def test_an_item_under_treatment_history_was_given_and_prose_under_a_plan_says_nothing():
    assert told("ONCOLOGIC HISTORY: Lumpectomy 2018. Chemotherapy.\nMEDICATIONS: none") == [
        ("given", "lumpectomy", "given"), ("given", "chemotherapy", "given"),
    ]  # fmt: skip
    assert told("PLAN: Her cough is most likely a late consequence of the avastin.") == []


def test_the_place_in_the_plan_is_that_of_the_treatment_it_stands_before():
    plan = "CARCINOMA OF THE BREAST.\n\nPLAN: We recommend neoadjuvant AC-T, followed by mastectomy. She prefers lumpectomy."
    assert [(t.name, str(t.status), t.phase and str(t.phase)) for t in found(plan)] == [
        ("ac-t", "proposed", "neoadjuvant"), ("mastectomy", "proposed", None), ("lumpectomy", "discussed", None),
    ]  # fmt: skip
    unknown = "PLAN: Neoadjuvant induction followed by radiotherapy."
    assert [(t.name, t.phase) for t in found(unknown)] == [("radiotherapy", None)]


def test_under_a_plan_what_follows_a_proposed_treatment_is_proposed_too():
    plan = "CARCINOMA OF THE LEFT BREAST.\n\nPLAN: Radiation therapy 50 Gy followed by mastectomy, then tamoxifen."
    assert told(plan) == [("proposed", name, "proposed") for name in ("radiation therapy", "mastectomy", "tamoxifen")]
    assert told("PLAN: She was treated with cisplatin.") == [("given", "cisplatin", "given")]


@pytest.mark.parametrize(
    ("words", "on", "ended", "amount"),
    [
        ("In 2015 she underwent mastectomy.", "2015", None, None),
        (
            "She received radiation therapy in March 2016, 50 Gy in 25 fractions.",
            "2016-03",
            None,
            "50 Gy in 25 fractions",
        ),
        ("She completed six cycles of chemotherapy on 03/15/2018.", None, "2018-03-15", "six cycles"),
        ("Treated with paclitaxel x 4 cycles until 06/2019.", None, "2019-06", "x 4 cycles"),
        ("He underwent nephrectomy, hernia repair, and appendectomy in 1983.", None, None, None),
        ("Breast cancer. We recommend surgery; she was seen in 2018.", None, None, None),
    ],
)
def test_days_cycles_and_dose(words, on, ended, amount):
    (first, *_) = found(words)
    assert (first.fact.on, first.ended, first.amount) == (on, ended, amount)


@pytest.mark.parametrize(
    ("words", "intent", "phase", "line"),
    [
        ("We recommend palliative chemotherapy.", "palliative", None, None),
        ("We recommend radiation therapy with curative intent.", "curative", None, None),
        ("She received prophylactic cranial irradiation.", "preventive", None, None),
        ("We recommend neoadjuvant chemotherapy.", None, "neoadjuvant", None),
        ("Plan adjuvant radiation therapy.", None, "adjuvant", None),
        ("He will receive concurrent cisplatin.", None, "concurrent", None),
        ("We recommend second-line docetaxel.", None, None, 2),
        ("We recommend mastectomy.", None, None, None),
    ],
)
def test_intent_place_in_the_plan_and_line_only_as_stated(words, intent, phase, line):
    (only,) = found(words)
    assert (only.intent, only.phase, only.line) == (intent, phase, line)


def test_kind_and_whether_it_can_be_undone_come_from_the_table_of_names():
    (only,) = found("We recommend chemoradiation.")
    assert [str(m) for m in only.modalities] == ["radiation", "systemic"] and only.reversibility == "irreversible"
    (hospice,) = found("We recommend hospice care.")
    assert hospice.reversibility is None


def test_a_treatment_named_twice_is_one_and_two_days_are_two():
    once = found("She received chemotherapy. She received chemotherapy in 2018, four cycles.")
    assert [(t.fact.on, t.amount) for t in once] == [("2018", "four cycles")]
    twice = found("She received chemotherapy in 2015. She received chemotherapy in 2018.")
    assert [t.fact.on for t in twice] == ["2015", "2018"]


def test_treatments_are_numbered_in_the_order_of_the_text():
    facts = read("We recommend radiation therapy. She underwent lumpectomy.", "d")
    names = {f.about: f.value for f in facts if f.field in TREATMENTS}
    assert names == {"treatment:1": "radiation therapy", "treatment:2": "lumpectomy"}


@pytest.mark.parametrize(
    "noise",
    [
        "chemotherapy " * 5000,
        "underwent " * 8000 + "chemotherapy",
        "radical " * 9000 + "mastectomy",
        "-" * 60000 + "ectomy",
    ],
)
def test_noise_is_read_in_bounded_time(noise):
    from time import process_time

    began = process_time()
    list(read(noise, "d"))
    assert process_time() - began < 20


@pytest.mark.parametrize(
    ("plan", "proposed"),
    [
        ("Chemotherapy is not planned for stage II disease.", []),
        ("Radiation is not indicated.", []),
        ("Chemotherapy and radiation are not indicated.", []),
        ("Chemotherapy will not be given.", []),
        ("Adjuvant chemotherapy was not\nrecommended.", []),
        ("Chemotherapy will be decided when HER2 is known.", []),
        ("The need for radiation to be determined.", []),
        ("Radiation is recommended, chemotherapy is not.", ["radiation"]),
        ("Chemotherapy is recommended but will not begin before the wound is healed.", ["chemotherapy"]),
        ("Adjuvant chemotherapy is not only indicated but urgent.", ["chemotherapy"]),
    ],
)
def test_what_is_said_not_to_be_is_not_proposed(plan: str, proposed: list[str]) -> None:
    found = [f.value for f in read(f"PLAN: {plan}", "note") if f.field == "treatment_proposed"]
    assert [str(value).removeprefix("adjuvant ") for value in found] == proposed
