"""What a file is, decided by its content and never by its name. Returns what it holds, or why it is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from overread.clinical.record import Domain, Method, Nature
from overread.interop import dicom, documents, fhir, slides


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the file cannot become part of the case, and what its sender can do."""

    what: str
    do: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file that was understood. At most one of the contents is set; ``files`` are those of an archive."""

    kind: str
    domain: Domain
    nature: Nature
    text: documents.TextDocument | None = None
    bundle: fhir.FhirRead | None = None
    instance: dicom.Instance | None = None
    files: tuple[dicom.Received, ...] = ()

    @property
    def not_kept(self) -> str:
        """What of an archive could not be unpacked, each with its reason; empty when all of it could."""
        lost = [f"{m.name}: {m.error.what}" for m in self.files if m.error and not m.data]
        more = f" And {len(lost) - NAMED} more." if len(lost) > NAMED else ""
        return f"Not kept of it: {' '.join(lost[:NAMED])}{more}" if lost else ""


NAMED = 20  # how many are told one by one

# Free text may hold anything, so it belongs to the strictest domain until a navigator has read it.
STRICTEST = (Domain.PLAN, Nature.INTERPRETATION)

# What one archive may unpack to: its files are in memory until each has become a file of the case.
ARCHIVE = dicom.Limits(files=5_000, bytes_each=512 * 2**20, bytes_all=2 * 2**30)


def sort(path: Path, name: str) -> Sorted | Refused:
    """Look into a kept file. Never raises for bad input. ``name``: as its sender called it."""
    try:
        return _of_slide(path) or _sort(path, name)
    except (documents.DocumentError, fhir.FhirError) as error:
        return Refused(error.reason, error.advice)
    except (dicom.DicomError, slides.SlideError) as error:
        return Refused(error.what, error.do)


def is_archive(data: bytes) -> bool:
    """A zip of files, as discs and portals give them; not an office document, which is a zip inside."""
    if data[:4] != b"PK\3\4":
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return True
    return not {"[Content_Types].xml", "mimetype"} & set(names)


def _of_slide(path: Path) -> Sorted | None:
    """A whole-slide image: pixels without anybody's words. Gigabytes of it stay on the disk."""
    found = slides.examine((path,)) if slides.may_be_tiff_slide(path) else None
    return Sorted("slide", Domain.PATHOLOGY, Nature.SOURCE) if found else None


def _of_dicom(data: bytes, path: Path) -> Sorted:
    """An image, or a level of a slide; a picture of a slide's written label is somebody's words."""
    instance = dicom.examine(data)
    if not slides.is_dicom_slide(instance.sop_class):
        return Sorted("dicom", Domain.IMAGING, instance.nature, instance=instance)
    if not slides.is_volume(data):
        return Sorted("slide label", *STRICTEST, instance=instance)
    slides.examine((path,))
    return Sorted("slide", Domain.PATHOLOGY, Nature.SOURCE, instance=instance)


def _sort(path: Path, name: str) -> Sorted | Refused:
    data = path.read_bytes()
    if data[128:132] == b"DICM":
        return _of_dicom(data, path)
    if data.lstrip()[:1] in (b"{", b"["):
        return _of_bundle(fhir.read_bundle(data))
    if is_archive(data):
        return _of_archive(tuple(dicom.read_zip(io.BytesIO(data), limits=ARCHIVE)))
    document = documents.read(data, name)
    return Sorted("scan" if document.method is Method.OCR else "report", *STRICTEST, text=document)


def _of_bundle(bundle: fhir.FhirRead) -> Sorted | Refused:
    """A bundle that speaks of nobody is of no use to the case, however well-formed it is."""
    if bundle.records or bundle.apart or bundle.attachments:
        return Sorted("fhir", *STRICTEST, bundle=bundle)
    remarks = [f"{remark.resource}: {remark.reason}." for remark in (*bundle.invalid, *bundle.not_read)[:1]]
    return Refused(
        " ".join(["The file is JSON, but says nothing about a patient.", *remarks]),
        "Ask its sender for a FHIR R4 bundle with the Patient in it.",
    )


def _of_archive(files: tuple[dicom.Received, ...]) -> Sorted | Refused:
    """A zip becomes its files, each of which is then looked at by itself."""
    if any(member.data for member in files):
        return Sorted("archive", *STRICTEST, files=files)
    why = next((f"{m.name}: {m.error.what}" for m in files if m.error), "It is empty.")
    return Refused(f"Nothing in the archive can be read. {why}", "Please unpack it and send its files.")
