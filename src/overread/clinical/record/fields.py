"""The vocabulary of facts: every field a record can hold, with its domain, its kind and its mCODE name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .kinds_of_treatment import Intent, Modality, Phase, Reversibility, Status


class Domain(StrEnum):
    """What a fact is about. Blinding hides domains (see ``cases.visibility``)."""

    CLINICAL = "clinical"
    IMAGING = "imaging"
    PATHOLOGY = "pathology"
    MOLECULAR = "molecular"
    STAGE = "stage"
    PLAN = "plan"


# From the least to the most protected; what is derived from several facts inherits the strictest.
STRICTNESS: tuple[Domain, ...] = (
    Domain.CLINICAL,
    Domain.MOLECULAR,
    Domain.IMAGING,
    Domain.PATHOLOGY,
    Domain.STAGE,
    Domain.PLAN,
)


class Nature(StrEnum):
    """A source is what was observed (pixels, a count, a date); an interpretation is what somebody made of it."""

    SOURCE = "source"
    INTERPRETATION = "interpretation"


class Kind(StrEnum):
    """The type of a field's value, and so how it is stored and compared."""

    TEXT = "text"  # str
    CHOICE = "choice"  # str out of FieldSpec.choices
    NUMBER = "number"  # int or float, with FieldSpec.unit
    FLAG = "flag"  # bool
    DATE = "date"  # str, ISO 8601, to the precision that the source gives
    CODE = "code"  # Code subclass


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its label in plain words, its domain, whether it is an interpretation, its type and unit."""

    name: str
    label: str
    domain: Domain
    nature: Nature
    kind: Kind
    unit: str | None = None
    choices: tuple[str, ...] = ()
    profile: str | None = None  # mCODE or US Core profile


_C, _I, _P, _M, _S, _T = (
    Domain.CLINICAL,
    Domain.IMAGING,
    Domain.PATHOLOGY,
    Domain.MOLECULAR,
    Domain.STAGE,
    Domain.PLAN,
)
_SRC, _INT = Nature.SOURCE, Nature.INTERPRETATION

PRESENCE = ("present", "absent", "indeterminate")
RESULT = ("positive", "negative", "equivocal")
SMOKING = ("never", "former", "current")
PREFIXES = ("c", "p", "yc", "yp", "r", "rp", "a")

_MARKERS = {
    "er": "Oestrogen receptor",
    "pr": "Progesterone receptor",
    "her2": "HER2",
    "msi": "Microsatellite instability",
    "mmr": "Mismatch repair proteins",
    "egfr": "EGFR",
    "alk": "ALK",
    "ros1": "ROS1",
    "braf": "BRAF",
    "kras": "KRAS",
    "nras": "NRAS",
    "met": "MET",
    "ret": "RET",
    "ntrk": "NTRK",
    "brca1": "BRCA1",
    "brca2": "BRCA2",
    "pik3ca": "PIK3CA",
    "idh1": "IDH1",
    "kit": "KIT",
    "p16": "p16",
    "hpv": "HPV",
    "tp53": "TP53",
}


def _values(choices: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(choice) for choice in choices)


_SPECS: tuple[FieldSpec, ...] = (
    # who
    FieldSpec("sex", "Sex", _C, _SRC, Kind.CHOICE, choices=("female", "male", "other")),
    FieldSpec("birth_date", "Date of birth", _C, _SRC, Kind.DATE),
    FieldSpec("report_date", "Report dated", _C, _SRC, Kind.DATE),
    FieldSpec("age", "Age", _C, _SRC, Kind.NUMBER, unit="years"),
    FieldSpec("ecog", "ECOG performance status", _C, _INT, Kind.NUMBER, profile="mcode-ecog-performance-status"),
    FieldSpec(
        "karnofsky", "Karnofsky performance status", _C, _INT, Kind.NUMBER, profile="mcode-karnofsky-performance-status"
    ),
    FieldSpec("comorbidity", "Other illness", _C, _INT, Kind.TEXT, profile="mcode-comorbidities"),
    FieldSpec("smoking", "Smoking", _C, _SRC, Kind.CHOICE, choices=SMOKING, profile="us-core-smokingstatus"),
    FieldSpec("pack_years", "Pack-years", _C, _SRC, Kind.NUMBER, unit="pack-years"),
    FieldSpec("occupation", "Occupation", _C, _SRC, Kind.TEXT),
    FieldSpec("exposure", "Exposure", _C, _SRC, Kind.TEXT),
    FieldSpec("family_history", "Family history", _C, _SRC, Kind.TEXT),
    FieldSpec("denied", "Said to be absent", _C, _SRC, Kind.TEXT),
    FieldSpec("menopausal_status", "Menopausal status", _C, _SRC, Kind.CHOICE, choices=("pre", "peri", "post")),
    FieldSpec("lab", "Laboratory value", _C, _SRC, Kind.TEXT),
    FieldSpec("psa", "PSA", _C, _SRC, Kind.NUMBER, unit="ng/mL", profile="mcode-tumor-marker-test"),
    FieldSpec("patient_question", "Patient's question", _C, _SRC, Kind.TEXT),
    # the tumour
    FieldSpec("cancer", "Cancer", _P, _INT, Kind.TEXT, profile="mcode-primary-cancer-condition"),
    FieldSpec("oncotree", "OncoTree type", _P, _INT, Kind.CODE),
    FieldSpec("site", "Primary site", _P, _INT, Kind.TEXT),
    FieldSpec("site_code", "Primary site (ICD-O-3)", _P, _INT, Kind.CODE),
    FieldSpec("laterality", "Side", _P, _SRC, Kind.CHOICE, choices=("left", "right", "bilateral", "midline")),
    FieldSpec("histology", "Histology", _P, _INT, Kind.TEXT),
    FieldSpec("histology_code", "Histology (ICD-O-3)", _P, _INT, Kind.CODE),
    FieldSpec("specimen", "Specimen", _P, _SRC, Kind.TEXT, profile="mcode-human-specimen"),
    FieldSpec("specimen_site", "Where the specimen was taken", _P, _SRC, Kind.TEXT),
    FieldSpec("specimen_collected", "Specimen taken on", _P, _SRC, Kind.DATE),
    FieldSpec("procedure", "Procedure", _P, _SRC, Kind.TEXT),
    FieldSpec("grade", "Grade", _P, _INT, Kind.TEXT, profile="mcode-histologic-grade"),
    FieldSpec("grade_group", "Grade group", _P, _INT, Kind.NUMBER),
    FieldSpec("gleason", "Gleason score", _P, _INT, Kind.TEXT),
    FieldSpec("tumor_size", "Tumour size", _P, _INT, Kind.NUMBER, unit="mm", profile="mcode-tumor-size"),
    FieldSpec("depth", "Depth of invasion", _P, _INT, Kind.NUMBER, unit="mm"),
    FieldSpec("breslow", "Breslow thickness", _P, _INT, Kind.NUMBER, unit="mm"),
    FieldSpec("ulceration", "Ulceration", _P, _INT, Kind.CHOICE, choices=PRESENCE),
    FieldSpec("extent", "Extent of invasion", _P, _INT, Kind.TEXT),
    FieldSpec("margin", "Margins", _P, _INT, Kind.CHOICE, choices=("involved", "uninvolved", "indeterminate")),
    FieldSpec("lvi", "Lymphovascular invasion", _P, _INT, Kind.CHOICE, choices=PRESENCE),
    FieldSpec("pni", "Perineural invasion", _P, _INT, Kind.CHOICE, choices=PRESENCE),
    FieldSpec("nodes_positive", "Lymph nodes involved", _P, _INT, Kind.NUMBER, unit="nodes"),
    FieldSpec("nodes_examined", "Lymph nodes examined", _P, _INT, Kind.NUMBER, unit="nodes"),
    FieldSpec("ambiguity", "Words of doubt", _P, _INT, Kind.TEXT),
    FieldSpec("protocol", "Protocol named in the report", _P, _SRC, Kind.TEXT),
    FieldSpec("ki67", "Ki-67", _M, _INT, Kind.NUMBER, unit="%", profile="mcode-tumor-marker-test"),
    FieldSpec("pdl1", "PD-L1", _M, _INT, Kind.NUMBER, unit="%", profile="mcode-tumor-marker-test"),
    FieldSpec("pdl1_cps", "PD-L1 combined positive score", _M, _INT, Kind.NUMBER),
    FieldSpec("her2_score", "HER2 score by immunohistochemistry", _M, _INT, Kind.TEXT),
    FieldSpec("tmb", "Tumour mutational burden", _M, _INT, Kind.NUMBER, unit="mut/Mb"),
    FieldSpec("oncotype_dx", "Oncotype DX recurrence score", _M, _INT, Kind.NUMBER),
    FieldSpec("variant", "Genomic variant", _M, _INT, Kind.TEXT, profile="mcode-genomic-variant"),
    *(
        FieldSpec(k, v, _M, _INT, Kind.CHOICE, choices=RESULT, profile="mcode-tumor-marker-test")
        for k, v in _MARKERS.items()
    ),
    # stage
    FieldSpec("t", "T category", _S, _INT, Kind.TEXT, profile="mcode-tnm-primary-tumor-category"),
    FieldSpec("n", "N category", _S, _INT, Kind.TEXT, profile="mcode-tnm-regional-nodes-category"),
    FieldSpec("m", "M category", _S, _INT, Kind.TEXT, profile="mcode-tnm-distant-metastases-category"),
    FieldSpec("tnm_prefix", "Basis of the stage", _S, _INT, Kind.CHOICE, choices=PREFIXES),
    FieldSpec("stage_group", "Stage group", _S, _INT, Kind.TEXT, profile="mcode-tnm-stage-group"),
    FieldSpec("edition", "Staging edition", _S, _INT, Kind.TEXT),
    FieldSpec("metastasis", "Spread", _S, _INT, Kind.TEXT, profile="mcode-secondary-cancer-condition"),
    FieldSpec("disease_status", "Disease status", _S, _INT, Kind.TEXT, profile="mcode-cancer-disease-status"),
    # imaging
    FieldSpec("study", "Imaging study", _I, _SRC, Kind.TEXT),
    FieldSpec("study_date", "Date of study", _I, _SRC, Kind.DATE),
    FieldSpec("modality", "Modality", _I, _SRC, Kind.TEXT),
    FieldSpec("finding", "Imaging finding", _I, _INT, Kind.TEXT),
    FieldSpec("lesion_size", "Lesion size", _I, _INT, Kind.NUMBER, unit="mm"),
    FieldSpec("lesion_location", "Lesion location", _I, _INT, Kind.TEXT),
    FieldSpec("lesion_volume", "Lesion volume", _I, _INT, Kind.NUMBER, unit="mm3"),
    # plan
    FieldSpec("treatment_given", "Treatment given", _T, _SRC, Kind.TEXT, profile="mcode-cancer-related-procedure"),
    FieldSpec("treatment_proposed", "Treatment proposed", _T, _INT, Kind.TEXT),
    FieldSpec("treatment_discussed", "Treatment mentioned, not proposed", _T, _INT, Kind.TEXT),
    FieldSpec("medication", "Cancer medicine", _T, _SRC, Kind.TEXT, profile="mcode-cancer-related-medication-request"),
    # what is said of one treatment, tied to it by ``about`` (see ``record.treatments``)
    FieldSpec("treatment_status", "Status of the treatment", _T, _INT, Kind.CHOICE, choices=_values(Status)),
    FieldSpec("treatment_modality", "Kind of treatment", _T, _INT, Kind.CHOICE, choices=_values(Modality)),
    FieldSpec(
        "treatment_intent", "Intent", _T, _INT, Kind.CHOICE, choices=_values(Intent), profile="mcode-procedure-intent"
    ),
    FieldSpec("treatment_phase", "Place in the plan", _T, _INT, Kind.CHOICE, choices=_values(Phase)),
    FieldSpec("treatment_line", "Line of treatment", _T, _INT, Kind.NUMBER),
    FieldSpec("treatment_reversibility", "Can it be undone", _T, _INT, Kind.CHOICE, choices=_values(Reversibility)),
    FieldSpec("treatment_amount", "Cycles or dose", _T, _SRC, Kind.TEXT),
    FieldSpec("treatment_ended", "Treatment ended on", _T, _SRC, Kind.DATE),
)

FIELDS: dict[str, FieldSpec] = {spec.name: spec for spec in _SPECS}


def strictest(domains: tuple[Domain, ...]) -> Domain:
    """The domain that something derived from these belongs to."""
    return max(domains, key=STRICTNESS.index)
