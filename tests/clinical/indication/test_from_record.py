"""A record in, the answers it states out; what it does not state stays unknown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overread.clinical.indication import (
    EMERGENCIES,
    Answers,
    Waiting,
    answers_from_record,
    assess,
    lineage,
    tumour_of,
)
from overread.clinical.record import (
    Fact,
    Icdo3Topography,
    Method,
    OncoTree,
    Provenance,
    Record,
    Subject,
    Value,
)


def record(*pairs: tuple[str, Value]) -> Record:
    source = Provenance("report", Method.TEXT)
    return Record(Subject("one"), (), tuple(Fact(field, value, source) for field, value in pairs))


@pytest.mark.parametrize(
    ("pairs", "tumour"),
    [
        ([], None),
        ([("site", "Breast, left")], "breast"),
        ([("site", "Left lung"), ("histology", "Non-small cell carcinoma")], "nsclc"),
        ([("oncotree", OncoTree("APLPMLRARA"))], "apl"),
        ([("oncotree", OncoTree("COAD")), ("site", "breast")], "colon"),
        ([("site_code", Icdo3Topography("C50.4"))], "breast"),
        ([("site", "Stomach"), ("histology", "Diffuse large B-cell lymphoma")], "nhl"),
        ([("histology", "Non-Hodgkin lymphoma")], "nhl"),
        ([("histology", "Hodgkin lymphoma")], "hodgkin"),
        ([("histology", "Leiomyosarcoma"), ("site", "Uterus")], "sarcoma"),
        ([("histology", "Carcinosarcoma"), ("site", "Uterus")], "uterus"),
        ([("histology", "Malignant melanoma")], "melanoma"),
        ([("histology", "Malignant melanoma"), ("site", "Skin of arm")], "melanoma"),
        ([("histology", "Malignant melanoma"), ("site", "Eye")], "eye"),
        ([("site", "colon"), ("site", "rectum")], "colorectal"),
        ([("site", "adrenal gland")], "adrenal"),
        ([("cancer", "Breast cancer metastatic to liver")], None),
        ([("site", "lung"), ("site", "breast")], None),
        ([("site", "Zyx")], None),
    ],
)
def test_tumour(pairs: list[tuple[str, Value]], tumour: str | None) -> None:
    assert tumour_of(record(*pairs)) == tumour


def test_lineage_of_an_unknown_tumour_is_empty() -> None:
    assert lineage("nonsense") == ()
    assert lineage("dcis") == ("dcis", "breast")


@pytest.mark.parametrize(
    ("pairs", "situations"),
    [
        ([], set()),
        ([("ambiguity", "atypical, see note")], {"ambiguous_pathology"}),
        ([("ambiguity", "atypical")], {"ambiguous_pathology"}),
        ([("ambiguity", "Atypia"), ("histology", "urothelial carcinoma")], set()),
        ([("ambiguity", "favor"), ("histology", "urothelial carcinoma")], {"ambiguous_pathology"}),
        ([("t", "pTX")], {"unclear_staging"}),
        ([("n", "NX"), ("m", "MX")], set()),
        ([("m", "M1b")], {"metastatic"}),
        ([("m", "pM1")], {"metastatic"}),
        ([("m", "M0")], set()),
        ([("treatment_proposed", "Modified radical mastectomy")], {"irreversible_treatment", "major_treatment"}),
        ([("treatment_proposed", "Lumpectomy")], {"irreversible_treatment"}),
        ([("treatment_proposed", "Letrozole")], set()),
        ([("finding", "Nodule in the right upper lobe has enlarged")], {"nodule_changed"}),
        ([("finding", "Nodule not enlarged")], set()),
        # contradictions
        ([("er", "positive"), ("er", "negative")], {"discordant_findings"}),
        ([("t", "cT1"), ("t", "pT2")], set()),
        ([("t", "pT1"), ("t", "pT2")], {"unclear_staging"}),
        ([("t", "T1"), ("t", "T1c")], set()),
        ([("t", "pT1"), ("t", "unreadable")], set()),
        ([("t", "T1"), ("t", "T2"), ("tnm_prefix", "c"), ("tnm_prefix", "p")], set()),
        ([("stage_group", "IIA"), ("stage_group", "IIB")], set()),
        ([("stage_group", "IIA"), ("stage_group", "IIIA")], {"unclear_staging"}),
        ([("grade", "G2"), ("grade", "3")], {"discordant_findings"}),
        ([("grade", "G2"), ("grade", "moderate")], set()),
        ([("site", "Lung"), ("site", "Breast")], {"discordant_findings"}),
        ([("site", "Lung"), ("site", "Upper lobe of lung")], set()),
        ([("site_code", Icdo3Topography("C50.4")), ("site_code", Icdo3Topography("C50.9"))], set()),
        ([("site_code", Icdo3Topography("C50.4")), ("site_code", Icdo3Topography("C34.1"))], {"discordant_findings"}),
        ([("sex", "male"), ("sex", "female")], set()),
        ([("edition", "7"), ("edition", "8")], set()),
    ],
)
def test_situations(pairs: list[tuple[str, Value]], situations: set[str]) -> None:
    answers = answers_from_record(record(*pairs))
    assert answers.situations == situations
    assert {because.situation for because in answers.because} == situations


def test_each_reason_shows_the_fact_it_came_from() -> None:
    (why,) = assess(answers_from_record(record(("ambiguity", "suspicious for")))).why
    assert why.facts[0].value == "suspicious for"


@pytest.mark.parametrize(
    ("values", "metastatic"),
    [(["M0"], False), (["cM0", "pM1a"], None), (["M1c"], True), (["MX"], None), ([], None), (["cM0(i+)"], False)],
)
def test_metastatic(values: list[str], metastatic: bool | None) -> None:
    assert answers_from_record(record(*(("m", value) for value in values))).metastatic is metastatic


def test_stage_and_treatment() -> None:
    found = answers_from_record(record(("stage_group", "IIA"), ("medication", "Letrozole")))
    assert (found.stage, found.treatment_started) == ("IIA", True)
    assert answers_from_record(record(("stage_group", "I"), ("stage_group", "IIA"))).stage is None
    assert answers_from_record(record()).treatment_started is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Epidural mass with cord compression at T6", {"spinal_cord_compression"}),
        ("Metastases, no cord compression", set()),
        ("No pleural effusion. Cord compression at T6", {"spinal_cord_compression"}),
        ("History of tumor lysis", set()),
        ("Findings consistent with superior vena cava syndrome", {"svc_syndrome"}),
    ],
)
def test_emergencies_named_and_not_denied(text: str, named: set[str]) -> None:
    assert answers_from_record(record(("finding", text))).emergencies == named


@pytest.mark.parametrize("emergency", EMERGENCIES.values())
def test_every_emergency_is_recognised_by_its_words(emergency: object) -> None:
    words = emergency.record_words  # type: ignore[attr-defined]
    assert all(emergency.key in answers_from_record(record(("finding", word))).emergencies for word in words)  # type: ignore[attr-defined]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["t", "m", "site", "finding", "treatment_proposed", "grade"]),
            st.text(min_size=1).filter(str.strip),
        )
    )
)
def test_no_record_raises(pairs: list[tuple[str, Value]]) -> None:
    assert isinstance(answers_from_record(record(*pairs)), Answers)


def two_documents(first: list[tuple[str, Value]], second: list[tuple[str, Value]]) -> Record:
    facts = [
        Fact(field, value, Provenance(document, Method.TEXT))
        for document, pairs in (("one", first), ("two", second))
        for field, value in pairs
    ]
    return Record(Subject("one"), (), tuple(facts))


@pytest.mark.parametrize(
    ("first", "second", "unclear"),
    [
        # a clinical and a pathological stage may differ
        ([("tnm_prefix", "c"), ("stage_group", "IIB")], [("tnm_prefix", "p"), ("stage_group", "IIIC")], False),
        # two of one basis may not, also when the record holds another basis
        ([("tnm_prefix", "c"), ("stage_group", "IIB"), ("stage_group", "IIIC")], [("tnm_prefix", "p")], True),
        ([("tnm_prefix", "c"), ("t", "T1")], [("tnm_prefix", "p"), ("tnm_prefix", "c"), ("t", "T3")], False),
    ],
)
def test_stages_of_one_basis_are_compared(first, second, unclear) -> None:
    assert ("unclear_staging" in answers_from_record(two_documents(first, second)).situations) is unclear


# ---- treatments, as their sources tell them


def treated(*treatments: dict[str, str]) -> Record:
    """Each treatment with what is said of it, tied together by its number."""
    source = Provenance("plan", Method.TEXT)
    facts = [
        Fact(name, value, source, f"treatment:{number}")
        for number, said in enumerate(treatments, 1)
        for name, value in said.items()
    ]
    return Record(Subject("one"), (), tuple(facts))


@pytest.mark.parametrize(
    ("treatments", "situations"),
    [
        ([{"treatment_proposed": "Radiotherapy"}], {"irreversible_treatment"}),
        ([{"treatment_proposed": "Colostomy"}], set()),
        ([{"treatment_proposed": "Ablation", "treatment_reversibility": "reversible"}], set()),
        (
            [{"treatment_proposed": "Procedure X", "treatment_reversibility": "irreversible"}],
            {"irreversible_treatment"},
        ),
        ([{"treatment_proposed": "Docetaxel", "treatment_intent": "palliative"}], {"poor_prognosis"}),
        ([{"treatment_proposed": "Docetaxel", "treatment_intent": "curative"}], set()),
        ([{"treatment_discussed": "Lumpectomy"}, {"treatment_discussed": "Mastectomy"}], {"several_options"}),
        ([{"treatment_discussed": "Lumpectomy"}, {"treatment_discussed": "lumpectomy"}], set()),
        (
            [
                {"treatment_discussed": "Lumpectomy"},
                {"treatment_discussed": "Mastectomy", "treatment_status": "refused"},
            ],
            set(),
        ),
    ],
)
def test_what_is_said_of_treatments(treatments: list[dict[str, str]], situations: set[str]) -> None:
    assert answers_from_record(treated(*treatments)).situations == situations


@pytest.mark.parametrize(
    ("said", "started"),
    [
        ({}, True),
        ({"treatment_status": "ongoing"}, True),
        ({"treatment_status": "planned"}, None),
        ({"treatment_status": "refused"}, None),
    ],
)
def test_a_medicine_that_is_only_planned_has_not_begun(said: dict[str, str], started: bool | None) -> None:
    assert answers_from_record(treated({"medication": "Letrozole", **said})).treatment_started is started


def test_what_treatment_is_for_decides_which_studies_of_waiting_apply() -> None:
    def found(intent: str) -> Waiting:
        plan = treated({"treatment_proposed": "Cystectomy", "treatment_intent": intent, "site": "Bladder"})
        return assess(answers_from_record(plan)).timing.waiting

    assert (found("curative"), found("palliative")) == (Waiting.COSTS, Waiting.NOT_KNOWN)
    two = treated(
        {"treatment_proposed": "A", "treatment_intent": "curative"},
        {"treatment_proposed": "B", "treatment_intent": "palliative"},
    )
    assert answers_from_record(two).intent is None
