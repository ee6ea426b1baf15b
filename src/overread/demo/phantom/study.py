"""A scan as the DICOM files that a scanner would send."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from .grid import Array, Grid

INTERCEPT = -1024


@dataclass(frozen=True, slots=True)
class Scan:
    """The header of one CT. name: as DICOM writes it, FAMILY^GIVEN. sex: F or M. Identifiers follow from all of it."""

    name: str
    number: str
    issuer: str
    born: date
    sex: str
    taken: date
    accession: str
    institution: str

    def uid(self, *parts: object) -> str:
        """An identifier that is the same whenever the same scan is made again."""
        return str(
            generate_uid(entropy_srcs=["overread demo", self.number, self.accession, str(self.taken), *map(str, parts)])
        )


def files(scan: Scan, grid: Grid, volume: Array) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each slice, from the lowest up. volume: Hounsfield units, [slice, row, column]."""
    for index, image in enumerate(volume):
        yield f"IM{index + 1:04}.dcm", _file(scan, grid, index, image)


def _file(scan: Scan, grid: Grid, index: int, image: Array) -> bytes:
    ds = Dataset()
    _patient(ds, scan)
    _study(ds, scan)
    _place(ds, grid, index)
    _pixels(ds, image)
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, scan.uid("image", index)
    ds.InstanceNumber = index + 1
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID, ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPClassUID, ds.SOPInstanceUID
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _patient(ds: Dataset, scan: Scan) -> None:
    ds.PatientName, ds.PatientID, ds.IssuerOfPatientID = scan.name, scan.number, scan.issuer
    ds.PatientBirthDate, ds.PatientSex = f"{scan.born:%Y%m%d}", scan.sex


def _study(ds: Dataset, scan: Scan) -> None:
    ds.StudyInstanceUID, ds.SeriesInstanceUID = scan.uid("study"), scan.uid("series")
    ds.FrameOfReferenceUID = scan.uid("frame")
    ds.StudyDate = ds.SeriesDate = ds.AcquisitionDate = ds.ContentDate = f"{scan.taken:%Y%m%d}"
    ds.StudyTime = ds.SeriesTime = ds.AcquisitionTime = ds.ContentTime = "101500"
    ds.AccessionNumber, ds.StudyID, ds.ReferringPhysicianName = scan.accession, scan.accession[-4:], ""
    ds.InstitutionName, ds.Manufacturer, ds.ManufacturerModelName = scan.institution, "Overread demo", "Chest phantom"
    ds.Modality, ds.SeriesNumber, ds.BodyPartExamined = "CT", 2, "CHEST"
    ds.StudyDescription, ds.SeriesDescription = "CT CHEST WITHOUT CONTRAST", "AXIAL 2.5 MM"
    ds.ImageType, ds.PatientPosition = ["ORIGINAL", "PRIMARY", "AXIAL"], "HFS"
    ds.KVP, ds.XRayTubeCurrent, ds.ConvolutionKernel = 120, 180, "STANDARD"


def _place(ds: Dataset, grid: Grid, index: int) -> None:
    z = round(grid.bottom + grid.thickness * index, 3)
    ds.PixelSpacing, ds.SliceThickness, ds.SpacingBetweenSlices = [grid.spacing] * 2, grid.thickness, grid.thickness
    ds.ImageOrientationPatient, ds.ImagePositionPatient = [1, 0, 0, 0, 1, 0], [*(round(o, 4) for o in grid.origin), z]
    ds.SliceLocation = z


def _pixels(ds: Dataset, image: Array) -> None:
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = image.shape
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 1
    ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = INTERCEPT, 1, "HU"
    ds.WindowCenter, ds.WindowWidth = [-600, 40], [1500, 400]
    ds.WindowCenterWidthExplanation = ["LUNG", "SOFT TISSUE"]
    ds.PixelData = (image - INTERCEPT).astype(np.dtype("<i2")).tobytes()
