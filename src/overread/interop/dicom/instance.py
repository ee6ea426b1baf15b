"""One DICOM file as a second opinion needs it: whose, which study, what kind of picture, where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import ImplicitVRLittleEndian, MediaStorageDirectoryStorage

from overread.clinical.record import Nature, Subject

from . import errors
from .elements import integer, number, numbers, text
from .reading import PIXELS, Source, parse

_UID = re.compile(r"\d+(\.\d+)*")
_MODALITY = re.compile(r"[A-Z0-9_]{1,16}")
_SEXES = {"F": "female", "M": "male", "O": "other"}

# Objects that hold somebody's words or marks about pictures rather than pictures: reports, key notes, presentation
# states, plans, contours, encapsulated documents. Blinded eyes must not see them.
WORDS = frozenset(
    {"SR", "DOC", "KO", "PR", "AU", "SEG", "RTSTRUCT", "RTPLAN", "RTDOSE", "RTRECORD", "RTINTENT", "PLAN", "REG"}
    | {"FID", "ANN", "M3D", "RWV", "SMR", "STAIN", "TEXTUREMAP", "CTPROTOCOL", "XAPROTOCOL", "HD", "BI"}
)
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"  # and its multi-frame kinds: pictures of a screen, often with marks

META_MISMATCH = "The identifier in the file's meta information is not that of the image inside."
BURNED_IN = "The file says that text is burned into the picture."
BAD_DATE = "The study's date is not a date."
BAD_MODALITY = "The modality is not a code of the standard."
SCREEN = "This is a picture of a screen; it may carry somebody's marks."


@dataclass(frozen=True, slots=True)
class Instance:
    """The header of one file. None where the file does not say.

    Dates are ISO 8601. rows, columns: pixels. slice_thickness, spacing (rows, columns): mm. position: mm along the
    normal of the slice, comparable within a series. frame_count: 1 for a single picture, 0 where there is none.
    nature: INTERPRETATION for objects that hold somebody's words or marks instead of a picture.
    warnings: sentences about what is odd and does not prevent reading.
    """

    study_uid: str
    series_uid: str
    sop_uid: str
    sop_class: str
    transfer_syntax: str
    modality: str
    subject: Subject
    nature: Nature
    study_date: str | None = None
    series_date: str | None = None
    study_description: str | None = None
    series_description: str | None = None
    body_part: str | None = None
    manufacturer: str | None = None
    accession_number: str | None = None
    series_number: int | None = None
    number: int | None = None
    position: float | None = None
    rows: int | None = None
    columns: int | None = None
    frame_count: int = 0
    slice_thickness: float | None = None
    spacing: tuple[float, float] | None = None
    warnings: tuple[str, ...] = ()


def examine(source: Source) -> Instance:
    """Read and validate the header of a DICOM file, given as bytes or as its path.

    Raises a DicomError whose ``what`` and ``do`` can be shown to the sender; never anything else. Pixels are not decoded.
    """
    return describe(parse(source))


def describe(dataset: FileDataset) -> Instance:
    """The instance that an already parsed file holds."""
    _refuse_index(dataset)
    return _instance(dataset)


def _instance(ds: FileDataset) -> Instance:
    modality = text(ds, "Modality")
    known = modality if modality and _MODALITY.fullmatch(modality) else None
    return Instance(
        study_uid=_required(ds, "StudyInstanceUID", "study"),
        series_uid=_required(ds, "SeriesInstanceUID", "series"),
        sop_uid=_required(ds, "SOPInstanceUID", "image"),
        sop_class=text(ds, "SOPClassUID") or "",
        transfer_syntax=text(ds.file_meta, "TransferSyntaxUID") or str(ImplicitVRLittleEndian),
        modality=known or "OT",
        subject=subject_of(ds),
        nature=Nature.INTERPRETATION if known in WORDS or not _has_pixels(ds) else Nature.SOURCE,
        study_date=iso_date(text(ds, "StudyDate")),
        series_date=iso_date(text(ds, "SeriesDate")),
        study_description=text(ds, "StudyDescription"),
        series_description=text(ds, "SeriesDescription"),
        body_part=text(ds, "BodyPartExamined"),
        manufacturer=text(ds, "Manufacturer"),
        accession_number=text(ds, "AccessionNumber"),
        series_number=integer(ds, "SeriesNumber"),
        number=integer(ds, "InstanceNumber"),
        position=position(ds),
        rows=integer(ds, "Rows"),
        columns=integer(ds, "Columns"),
        frame_count=max(1, integer(ds, "NumberOfFrames") or 1) if _has_pixels(ds) else 0,
        slice_thickness=number(ds, "SliceThickness"),
        spacing=_pair(ds, "PixelSpacing"),
        warnings=tuple(_oddities(ds, known)),
    )


def _refuse_index(ds: FileDataset) -> None:
    classes = {text(ds.file_meta, "MediaStorageSOPClassUID"), text(ds, "SOPClassUID")}
    if str(MediaStorageDirectoryStorage) in classes or "DirectoryRecordSequence" in ds:
        raise errors.MediaIndex("This is the index of a disc (DICOMDIR), not an image.")


def _required(ds: Dataset, keyword: str, what: str) -> str:
    uid = text(ds, keyword)
    if uid is None:
        raise errors.NoIdentifier(f"The file does not say which {what} it is: its identifier is absent.")
    if len(uid) > 64 or not _UID.fullmatch(uid):
        raise errors.NoIdentifier(f"The identifier of the {what} is not one: it should be numbers with points.")
    return uid


def _oddities(ds: FileDataset, modality: str | None) -> list[str]:
    meta = text(ds.file_meta, "MediaStorageSOPInstanceUID")
    found = (
        (meta is not None and meta != text(ds, "SOPInstanceUID"), META_MISMATCH),
        ((text(ds, "BurnedInAnnotation") or "").upper() == "YES", BURNED_IN),
        ((text(ds, "SOPClassUID") or "").startswith(SECONDARY_CAPTURE), SCREEN),
        (text(ds, "StudyDate") is not None and iso_date(text(ds, "StudyDate")) is None, BAD_DATE),
        (modality is None, BAD_MODALITY),
    )
    return [sentence for odd, sentence in found if odd]


def subject_of(ds: Dataset) -> Subject:
    """Whom the file says it is about. A number without its issuer identifies only together with a name."""
    name, number_ = text(ds, "PatientName"), text(ds, "PatientID")
    issuer = text(ds, "IssuerOfPatientID") or ""
    usable = number_ and (issuer or name)
    return Subject(
        key=f"{issuer}|{number_}|{name or ''}" if number_ else name or "unnamed",
        name=display_name(name),
        birth_date=iso_date(text(ds, "PatientBirthDate")),
        sex=_SEXES.get(text(ds, "PatientSex") or ""),
        identifiers=frozenset({f"{issuer}|{number_}"}) if usable else frozenset(),
    )


def display_name(name: str | None) -> str | None:
    """``DOE^JANE^M=…`` as a reader expects it: JANE M DOE (the alphabetic form)."""
    family, given, middle, prefix, suffix = ((name or "").split("=")[0].split("^") + [""] * 5)[:5]
    return " ".join(part.strip() for part in (prefix, given, middle, family, suffix) if part.strip()) or None


def iso_date(value: str | None) -> str | None:
    """``19990923`` or ``1999.09.23`` as ``1999-09-23``; None when it is not a day that exists."""
    digits = re.sub(r"[.-]", "", value or "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat() if len(digits) == 8 else None
    except ValueError:
        return None


def position(ds: Dataset) -> float | None:
    """Where the slice lies along its normal, in mm; the slice location where the geometry is not given."""
    place, axes = numbers(ds, "ImagePositionPatient"), numbers(ds, "ImageOrientationPatient")
    if len(place) != 3 or len(axes) != 6:
        return number(ds, "SliceLocation")
    (ax, ay, az, bx, by, bz) = axes
    normal = (ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    return round(sum(p * n for p, n in zip(place, normal, strict=True)), 4)


def _pair(ds: Dataset, keyword: str) -> tuple[float, float] | None:
    values = numbers(ds, keyword)
    return (values[0], values[1]) if len(values) == 2 else None


def _has_pixels(ds: Dataset) -> bool:
    return any(keyword in ds for keyword in PIXELS)
