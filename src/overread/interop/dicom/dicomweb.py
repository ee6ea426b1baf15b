"""DICOM JSON (PS3.18 annex F): an instance's header, and the rows that a search answers."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset

from .confidentiality import Json
from .elements import text
from .instance import Instance
from .reading import Source, parse
from .study import Series, Study

# Longer binary values (look-up tables, colour profiles apart) are left out of the header.
INLINE_LIMIT = 64 * 1024
_PIXELS = frozenset({0x7FE00010, 0x7FE00008, 0x7FE00009, 0x7FE00001, 0x7FE00002})


def metadata(source: Source) -> Json:
    """The whole header of a file as a DICOM JSON object, without pixels. Unreadable elements are left out."""
    dataset = parse(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        transfer_syntax = text(dataset.file_meta, "TransferSyntaxUID")
        header = _object(dataset)
    return {"00083002": {"vr": "UI", "Value": [transfer_syntax]}, **header} if transfer_syntax else header


def instance_json(instance: Instance) -> Json:
    """A row of a search for instances."""
    return _row(
        ("00080016", "UI", instance.sop_class),
        ("00080018", "UI", instance.sop_uid),
        ("00080060", "CS", instance.modality),
        ("0020000D", "UI", instance.study_uid),
        ("0020000E", "UI", instance.series_uid),
        ("00200013", "IS", instance.number),
        ("00280008", "IS", instance.frame_count or None),
        ("00280010", "US", instance.rows),
        ("00280011", "US", instance.columns),
    )


def series_json(series: Series) -> Json:
    """A row of a search for series."""
    return _row(
        ("00080060", "CS", series.modality),
        ("0008103E", "LO", series.description),
        ("0020000D", "UI", series.first.study_uid),
        ("0020000E", "UI", series.uid),
        ("00200011", "IS", series.number),
        ("00201209", "IS", len(series.instances)),
    )


def study_json(study: Study) -> Json:
    """A row of a search for studies."""
    subject = study.subject
    return _row(
        ("00080020", "DA", (study.date or "").replace("-", "") or None),
        ("00080050", "SH", study.first.accession_number),
        ("00080061", "CS", *study.modalities),
        ("00081030", "LO", study.description),
        ("00100010", "PN", {"Alphabetic": subject.name} if subject.name else None),
        ("00100030", "DA", (subject.birth_date or "").replace("-", "") or None),
        ("0020000D", "UI", study.uid),
        ("00201206", "IS", len(study.series)),
        ("00201208", "IS", len(study.instances)),
    )


def value(row: Json, tag: str) -> object:
    """The first value of an element of a DICOM JSON object; None when it has none."""
    values = row.get(tag, {}).get("Value")
    return values[0] if isinstance(values, list) and values else None


def _row(*elements: tuple[object, ...]) -> Json:
    return {
        str(tag): {"vr": vr, "Value": list(values)} if any(v is not None for v in values) else {"vr": vr}
        for tag, vr, *values in elements
    }


def _object(dataset: Dataset) -> Json:
    found: Json = {}
    for tag in sorted(dataset.keys()):
        if tag not in _PIXELS and (element := _element(dataset, tag)) is not None:
            found[f"{tag:08X}"] = element
    return found


def _element(dataset: Dataset, tag: int) -> dict[str, object] | None:
    try:
        element = dataset[tag]
        as_json = _sequence(element) if element.VR == "SQ" else element.to_json_dict(None, 0)
        json.dumps(as_json, allow_nan=False)
    except Exception:  # noqa: BLE001 a malformed value raises nearly anything; the rest of the header is still worth showing
        return None
    return None if len(str(as_json.get("InlineBinary", ""))) > INLINE_LIMIT else as_json


def _sequence(element: DataElement) -> dict[str, object]:
    items: list[Mapping[str, object]] = [_object(item) for item in element.value]
    return {"vr": "SQ", "Value": items} if items else {"vr": "SQ"}
