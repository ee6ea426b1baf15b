"""Names of treatments as notes print them: medicines by their stems, operations by their endings, and plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .occurrences import beginning, matches, occurrences

_MEDICINES = (
    r"[a-z]{2,24}(?:tuzumab|ximab|zumab|limumab|lumab|olumab|tinib|ciclib|parib|platin|taxel|rubicin|citabine|trexed|tecan|fosfamide|zomib|rafenib|metinib|lutamide|"
    r"rozole|relix|relin|oxifen|estrant|mustine|poside)|cyclophosphamide|cytoxan|fluorouracil|5-?fu|capecitabine|xeloda|temozolomide|temodar|vincristine|vinblastine|vinorelbine|"
    r"bleomycin|mitomycin|dacarbazine|everolimus|temsirolimus|lenalidomide|thalidomide|exemestane|arimidex|femara|leuprolide|lupron|zoladex|abiraterone|casodex|"
    r"taxol|taxotere|adriamycin|herceptin|rituxan|avastin|gleevec|tarceva|gemzar|interferon|interleukin|hydroxyurea|melphalan|cytarabine|bcg|"
    r"folfox(?:-?6)?|folfirinox|folfiri|folfoxiri|flot|xelox|capox|gemox|(?:r-)?chop|abvd|beacopp|(?:dose-dense )?ac-t|tchp?|cmf|fec(?:-[dt])?|m-?vac"
)
_RADIATION = (
    r"(?:(?:external[ -]beam|whole[ -]brain|whole[ -]breast|intensity[ -]modulated|stereotactic(?: body)?|pelvic|chest wall|partial breast|prophylactic cranial|cranial|involved[ -]field|postoperative|proton) ){0,2}"
    r"(?:radiation(?: therapy| treatments?)?|radiotherapy|irradiation|radiosurgery|xrt)|(?:imrt|sbrt|sabr|brachytherapy|gamma[ -]knife|cyberknife|"
    r"(?:radioactive )?seed implant(?:ation|s)?|proton (?:beam )?therapy|radioactive iodine|radioiodine)"
)
_WORDS = (
    r"chemo-?radi(?:ation|otherapy)(?: therapy)?|radio-?chemotherapy|(?:combination |systemic |intravenous |oral |intrathecal |high[ -]dose )?(?:chemotherapy|chemo)(?: treatments?)?|immunotherapy|targeted therapy|"
    r"(?:hormonal?|endocrine|anti-?estrogen) (?:therapy|treatment)|androgen[ -](?:deprivation|ablation)(?: therapy)?|(?:autologous |allogeneic )?(?:stem cell|bone marrow) transplant(?:ation)?|"
    r"clinical trial|(?:active |close )?surveillance(?! (?:colonoscop|endoscop|imaging|ct\b|scan|mammogra|biops|cystoscop|program|visit|culture))|watchful waiting|watch and wait|hospice(?: care)?|palliative care|supportive care|comfort care"
)
_OPERATION_WORDS = (
    r"radical|partial|total|subtotal|simple|modified|modified radical|segmental|marginal|wide|wide local|local|right|left|bilateral|laparoscopic|robotic|robot-assisted|open|completion|distal|low anterior|"
    r"abdominoperineal|nephron[ -]sparing|skin[ -]sparing|nipple[ -]sparing|retropubic|transurethral|radiofrequency|microwave|surgical|axillary|neck|lymph node|sentinel|wedge|transsphenoidal|en bloc|tumou?r"
)
_OPERATIONS = (
    rf"(?:(?:{_OPERATION_WORDS})[ -]){{0,4}}(?:[a-z]{{3,24}}ectomy|(?<![a-z])(?:re-?)?excision|resection|(?:neck|node|axillary) dissection|debulking(?: surgery)?|cytoreductive surgery|"
    r"cryoablation|ablation|exenteration|whipple(?: procedure)?|craniotomy|amputation|turbt?|orchiectomy|mohs(?: surgery)?|breast[ -]conserving surgery|breast conservation|surgery)"
)
_NAMED = re.compile(rf"(?<![a-z\-])(?:{_WORDS}|{_RADIATION}|{_MEDICINES}|{_OPERATIONS})(?![a-z])")
# Of every name one word: where none occurs, the pattern is not tried.
_STEMS = (
    "mab", "tinib", "ciclib", "parib", "platin", "taxel", "rubicin", "citabine", "trexed", "tecan", "fosfamide", "zomib", "rafenib", "metinib", "lutamide", "rozole", "relix", "relin",
    "oxifen", "estrant", "mustine", "poside", "phosphamide", "cytoxan", "fluorouracil", "5fu", "5-fu", "xeloda", "temozol", "temodar", "vincrist", "vinblast", "vinorel", "bleomycin",
    "mitomycin", "dacarb", "everolimus", "temsirol", "lidomide", "exemest", "arimidex", "femara", "leuprol", "lupron", "zoladex", "abirat", "casodex", "taxol", "taxotere", "adriamy",
    "herceptin", "rituxan", "avastin", "gleevec", "tarceva", "gemzar", "interferon", "interleukin", "hydroxyurea", "melphalan", "cytarab", "bcg", "folfo", "folfi", "flot", "xelox", "capox", "gemox", "chop", "abvd", "beacopp", "ac-t", "tch", "cmf", "fec", "mvac", "m-vac",
    "radiation", "radiother", "irradiat", "radiosurg", "xrt", "imrt", "sbrt", "sabr", "brachy", "gamma", "cyberknife", "seed implant", "proton", "radioactive", "radioiod",
    "chemo", "immunotherapy", "targeted therapy", "hormon", "endocrine t", "estrogen t", "androgen", "stem cell", "bone marrow t", "clinical trial", "surveillance",
    "watch", "hospice", "palliative care", "supportive care", "comfort care", "ectomy", "excision", "resection", "dissection", "debulking", "cytoreductive",
    "ablation", "exenteration", "whipple", "craniotomy", "amputation", "turb", "mohs", "conserv", "surgery",
)  # fmt: skip
_BEFORE = re.compile(
    rf"(?<![a-z\-])(?:(?:{_OPERATION_WORDS}|external[ -]beam|whole[ -]brain|whole[ -]breast|intensity[ -]modulated|stereotactic(?: body)?|pelvic|chest wall|partial breast|prophylactic cranial|cranial|"
    rf"involved[ -]field|postoperative|proton|combination|systemic|intravenous|oral|intrathecal|high[ -]dose|autologous|allogeneic|active|close|radioactive|breast|anti)[ -])+$"
)


def named(low: str) -> Iterator[re.Match[str]]:
    """The treatments that a text names, in its order."""
    starts = {_beginning(low, at) for at in occurrences(low, _STEMS)}
    return (m for m in matches(_NAMED, low, sorted(starts)) if is_name(low, m.start(), m.end()))


def _beginning(low: str, at: int) -> int:
    start = beginning(low, at)
    before = _BEFORE.search(low, max(0, start - 60), start)
    return before.start() if before else start


# Of a disease that is no cancer, or of nobody's treatment.
NOT_OF_CANCER = re.compile(
    r"adalimumab|infliximab|omalizumab|tocilizumab|denosumab|natalizumab|canakinumab|thrombectomy|vasectomy|tonsillectomy|adenoidectomy|discectomy|diskectomy|laminectomy|meniscectomy|"
    r"hemorrhoidectomy|vitrectomy|embolectomy|endarterectomy|septectomy|turbinectomy|iridectomy|bunionectomy|synovectomy|pterygiectomy|appendectomy|cholecystectomy|episiotomy|gastric bypass"
)
_NOT_A_NAME_BEFORE = re.compile(
    r"(?:without|no|any|pain|with) (?=radiation$)|(?:plastic|bypass|cardiac|heart|spinal|back|knee|hip|eye|cataract|sinus|foot|hand|general|orthopedic|lumbar|spine|hernia|day of|time of|department of|history and) ?$"
)
_NOT_A_NAME_AFTER = re.compile(
    r" ?(?:oncolog|exposure|to (?:the |his |her )?(?:left|right|arms?|legs?|jaw|back|neck|shoulders?|groin|flank|buttock|thigh|scapula|extremit)|down|pain|consult|specimen|margins?|site|bed\b|cavity|clinic|center|suite|team|service|department|nurse|scar|safety|port\b|effects?\b|necrosis|fibrosis|cystitis|proctitis|pneumonitis|changes?\b|sickness|toxicit|-?induced|-?related|education|class\b|teaching|is contraindicated)"
)
_CANCER = re.compile(
    r"cancer|carcinom|tumou?r|malignan|melanom|lymphom|sarcom|neoplas|metasta|myelom|leuk|mass\b|glioma|blastoma|stage [1-4iv]"
)
_FOR_TUMOURS = re.compile(
    r"mastectomy|lumpectomy|prostatectomy|nephrectomy|lobectomy|pneumonectomy|gastrectomy|esophagectomy|cystectomy|glossectomy|laryngectomy|whipple|pancreaticoduodenectomy|debulk|cytoreduc|orchiectomy|"
    r"thyroidectomy|dissection|(?:wide|marginal) (?:local )?excision|mohs|turbt|breast[ -]conserv|exenteration|segmentectomy|abdominoperineal|low anterior"
)
_BENIGN = re.compile(
    r"\b(?:benign|goiter|hyperthyroid|graves|fibroids?|endometriosis|appendicitis|cholecystitis|trauma|donor|polyps?|diverticul\w*|cyst)\b"
)


def is_name(low: str, start: int, end: int) -> bool:
    """The words name a treatment here: no oncology department, no pain that radiates, no back operation."""
    before, after = low[max(0, start - 25) : start], low[end : end + 30]
    return not _NOT_A_NAME_AFTER.match(after) and not _NOT_A_NAME_BEFORE.search(
        before + (low[start:end] if low[start:end] == "radiation" else "")
    )


def is_cancers_own(low: str, start: int, end: int, *, ahead: bool) -> bool:
    """An operation that is done for tumours, or one beside the word for a tumour, and not for something benign.

    ahead: it is proposed or named as an option; then a tumour anywhere in the text will do.
    """
    first = max(low.rfind(". ", 0, start) + 1, start - 120, 0)
    words = low[first : _end_of_sentence(low, end)]
    if _BENIGN.search(words):
        return bool(_CANCER.search(words)) and "benign" not in words
    return bool(_FOR_TUMOURS.search(low[start:end]) or _CANCER.search(words) or (ahead and _CANCER.search(low)))


def _end_of_sentence(low: str, end: int) -> int:
    stop = low.find(". ", end, end + 80)
    return stop if stop >= 0 else end + 80
