"""Small DICOM files made in the test: nothing of them was ever a patient."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, JPEG2000Lossless

ROOT = "1.2.826.0.1.3680043.10.9999"


def ct_slice(
    number: int = 1,
    *,
    size: int = 64,
    square: int = 1024,
    study: str = f"{ROOT}.1",
    series: str = f"{ROOT}.1.1",
    **extra: Any,
) -> FileDataset:
    """A CT slice of air with a square of ``square`` Hounsfield units in its upper left quarter.

    ``extra`` sets elements or, where None, removes them.
    """
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = UID(f"{series}.{number}")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.FrameOfReferenceUID = study, series, f"{study}.99"
    ds.StudyDate = ds.SeriesDate = "20260102"
    ds.StudyTime = ds.SeriesTime = "120000"
    ds.Modality, ds.Manufacturer, ds.BodyPartExamined = "CT", "Synthetic", "CHEST"
    ds.StudyDescription, ds.SeriesDescription = "CT known carcinoma right upper lobe", "5mm"
    ds.PatientName, ds.PatientID, ds.PatientBirthDate, ds.PatientSex = "Doe^Jane", "S-1", "19600229", "F"
    ds.AccessionNumber = "A-1"
    ds.SeriesNumber, ds.InstanceNumber = 1, number
    ds.ImagePositionPatient = [0, 0, 5 * number]
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.PixelSpacing, ds.SliceThickness = [1, 1], 5
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 1
    ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = -1024, 1, "HU"
    ds.WindowCenter, ds.WindowWidth = 40, 400
    ds.Rows = ds.Columns = size
    pixels = np.zeros((size, size), dtype="<i2")
    pixels[: size // 2, : size // 2] = square + 1024
    ds.PixelData = pixels.tobytes()
    changed(ds, extra)
    meta.MediaStorageSOPClassUID = ds.SOPClassUID
    return ds


def changed(ds: FileDataset, values: dict[str, Any]) -> None:
    for keyword, value in values.items():
        if value is None:
            delattr(ds, keyword)
        else:
            setattr(ds, keyword, value)


def compressed(ds: FileDataset, syntax: str) -> FileDataset:
    """The same slice, losslessly compressed: JPEG-LS, JPEG 2000 or RLE."""
    if syntax != JPEG2000Lossless:
        ds.compress(syntax, generate_instance_uid=False)
        return ds
    coded = io.BytesIO()
    Image.fromarray(ds.pixel_array.astype("<u2")).save(coded, "JPEG2000", irreversible=False, no_jp2=True)
    ds.PixelRepresentation = 0
    ds.PixelData = encapsulate([coded.getvalue()])
    ds["PixelData"].is_undefined_length = True
    ds["PixelData"].VR = "OB"
    ds.file_meta.TransferSyntaxUID = JPEG2000Lossless
    return ds


def as_bytes(ds: Dataset) -> bytes:
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()
