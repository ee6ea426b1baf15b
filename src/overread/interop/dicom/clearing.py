"""A copy of a file for a reviewer: the same pixels, and a header without anybody's words or name."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.filewriter import dcmwrite

from . import errors
from .confidentiality import is_hidden
from .reading import parse

_KEPT = frozenset({"7FE00010"})


def deidentified(path: Path) -> bytes:
    """The file's bytes after taking out what ``confidentiality`` hides. Raises a DicomError for what cannot be read."""
    dataset = parse(path, whole=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _clear(dataset)
            for keyword in ("SourceApplicationEntityTitle", "PrivateInformation", "PrivateInformationCreatorUID"):
                dataset.file_meta.pop(keyword, None)
            dataset.preamble = bytes(128)
            out = io.BytesIO()
            dcmwrite(out, dataset)
        except Exception as error:  # a header that cannot be rewritten is not handed out at all
            raise errors.Damaged("The header cannot be cleared of words, so the file is not handed out.") from error
    return out.getvalue()


def _clear(dataset: Dataset) -> None:
    for tag in list(dataset.keys()):
        name = f"{tag:08X}"
        element = None if name in _KEPT else dataset[tag]
        if element is not None and is_hidden(name, element.VR):
            del dataset[tag]
        elif element is not None and element.VR == "SQ":
            for item in element.value:
                _clear(item)
