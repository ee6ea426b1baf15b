"""Operations, radiotherapy and cancer medicines by their words."""

from __future__ import annotations

import re

SURGERY = re.compile(
    r"\b(?:\w{2,30}ectomy|excision\w*|resection|surg\w+|amputation|\w{2,20}plasty|transplant\w*|removal)\b",
    re.IGNORECASE,
)
RADIOTHERAPY = re.compile(r"\b(?:radiotherapy|radiation|brachytherapy|teleradiotherapy|irradiation)\b", re.IGNORECASE)
DRUGS = re.compile(r"\b(?:chemotherapy|immunotherapy|hormon\w+ therapy|endocrine therapy)\b", re.IGNORECASE)
# Stems of non-proprietary names that are given to cancer medicines.
CANCER_MEDICINES = re.compile(
    r"\b\w*(?:platin|taxel|rubicin|tinib|ciclib|parib|rafenib|metinib|trexate|poside|tecan|citabine|fluorouracil"
    r"|tuzumab|lizumab|rolizumab|volumab|cizumab|tuximab|ximab vedotin|trastuzumab|pembrolizumab|nivolumab|atezolizumab"
    r"|durvalumab|bevacizumab|rituximab|cetuximab|cyclophosphamide|ifosfamide|temozolomide|dacarbazine|vincristine"
    r"|vinorelbine|vinblastine|eribulin|bleomycin|mitomycin|tamoxifen|anastrozole|letrozole|exemestane|fulvestrant"
    r"|leuprolide|leuprorelin|goserelin|degarelix|bicalutamide|enzalutamide|apalutamide|darolutamide|abiraterone"
    r"|imatinib|lenalidomide|bortezomib|everolimus|pemetrexed)\b",
    re.IGNORECASE,
)

# mCODE's treatment intent, and the supportive one of its first versions.
INTENT_CODES: dict[str, str] = {
    "373808002": "curative",
    "363676003": "palliative",
    "261004008": "diagnostic",
    "129428001": "preventive",
    "399707004": "supportive",
}
INTENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("curative", r"\bcurative\b"),
        ("palliative", r"\bpalliat\w+"),
        ("diagnostic", r"\bdiagnostic\b"),
        ("preventive", r"\bprevent\w+|\bprophyla\w+"),
        ("supportive", r"\bsupportive\b"),
    )
)
REFUSED = re.compile(r"\b(?:refus\w+|declin\w+)\b", re.IGNORECASE)
