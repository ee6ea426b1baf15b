"""DICOM: read, validate, index, show. Files come from anybody; nothing here trusts them."""

from .clearing import deidentified
from .confidentiality import Json, without_free_text
from .dicomweb import instance_json, metadata, series_json, study_json, value
from .errors import (
    ArchiveRefused,
    Damaged,
    DicomError,
    Empty,
    Forged,
    MediaIndex,
    NoIdentifier,
    NoPixels,
    NotDicom,
    NotShown,
    Truncated,
)
from .instance import Instance, examine
from .media import Limits, Received, read_directory, read_zip
from .pixels import Frames, frames
from .render import render_png
from .study import Series, Study, index, study_facts

__all__ = [
    "ArchiveRefused",
    "Damaged",
    "DicomError",
    "Empty",
    "Forged",
    "Frames",
    "Instance",
    "Json",
    "Limits",
    "MediaIndex",
    "NoIdentifier",
    "NoPixels",
    "NotDicom",
    "NotShown",
    "Received",
    "Series",
    "Study",
    "Truncated",
    "deidentified",
    "examine",
    "frames",
    "index",
    "instance_json",
    "metadata",
    "read_directory",
    "read_zip",
    "render_png",
    "series_json",
    "study_facts",
    "study_json",
    "value",
    "without_free_text",
]
