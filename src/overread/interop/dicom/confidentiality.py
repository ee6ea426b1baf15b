"""What of a header a reviewer may read before the reveal: measurements, dates and identifiers, and nobody's words.

Two rules, either of which removes an element. It is named by table E.1-1 of DICOM PS3.15 (kept as data beside this
file), except what the table's options for identifiers, full dates and patient characteristics retain: a reader needs
the patient's age and the order of the studies. Or its type can hold free text and it is not one of the few technical
elements listed here; so a vendor's private note or a standard's next comment field is hidden without anybody adding it.
"""

from __future__ import annotations

import json
from importlib.resources import files

Json = dict[str, dict[str, object]]

PRIVATE_OPTIONS = frozenset("UTP")
# Types of value that hold words.
WORDS = frozenset({"PN", "LO", "LT", "SH", "ST", "UC", "UR", "UT", "UN", "AE", "OB"})
# Technical elements of those types: what made the picture, and what each number in a coded sequence stands for.
TECHNICAL = frozenset(
    {
        "00080005",  # specific character set
        "00080060",  # modality
        "00080070",  # manufacturer
        "00081090",  # manufacturer's model name
        "00181210",  # convolution kernel
        "00189324",  # estimated dose saving
        "00281054",  # rescale type
        "00283003",  # LUT explanation
        "00540410",  # patient orientation code sequence
    }
)
_GROUPS_OF_MARKS = ("50", "60")  # curves and overlays: drawn by somebody


def _table() -> frozenset[str]:
    rows = json.loads(files(__package__).joinpath("confidentiality.json").read_text())["attributes"]
    return frozenset(tag for tag, _, options in rows if not PRIVATE_OPTIONS & set(options))


REMOVED = _table()


def without_free_text(instance: Json) -> Json:
    """The same DICOM JSON object (PS3.18 annex F) without anything that could tell the first interpretation or a name.

    Items of sequences are cleared the same way; a sequence left without content is dropped.
    """
    kept = {tag: _element(element) for tag, element in instance.items() if not is_hidden(tag, str(element.get("vr")))}
    return {tag: element for tag, element in kept.items() if element is not None}


def is_hidden(tag: str, vr: str) -> bool:
    """Whether the element, a tag of eight hexadecimal digits with its type of value, is kept from blinded eyes."""
    private = int(tag[:4], 16) % 2 == 1
    words = vr in WORDS and tag not in TECHNICAL
    return private or words or tag in REMOVED or tag[:2] in _GROUPS_OF_MARKS


def _element(element: dict[str, object]) -> dict[str, object] | None:
    values = element.get("Value")
    if element.get("vr") != "SQ" or not isinstance(values, list):
        return element
    items = [item for item in (without_free_text(v) for v in values if isinstance(v, dict)) if item]
    return {**element, "Value": items} if items else None
