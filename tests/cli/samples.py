"""A small case in every format, made on the spot: nobody in it was ever a patient."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import typst
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

from overread.cli.walking import Inputs

LNC, SCT = "http://loinc.org", "http://snomed.info/sct"
UID_ROOT = "1.2.826.0.1.3680043.10.9999.7"

REPORT = """SURGICAL PATHOLOGY REPORT
Patient Name: {name}
DOB: {born}
MRN: {number}
FINAL DIAGNOSIS:
Kidney, left, nephrectomy: Clear cell renal cell carcinoma.
Tumor size: 4.2 cm. Margins are negative for carcinoma.
Lymph nodes: 0 of 18 lymph nodes positive for carcinoma (0/18).
PATHOLOGIC STAGE (AJCC 8th edition): pT3a pN0 pM0, Stage {stage}
"""


def report(name: str = "Rivera, Ana", born: str = "04/25/1961", number: str = "778812", stage: str = "IV") -> str:
    """A pathology report whose stated stage does not follow, unless told otherwise."""
    return REPORT.format(name=name, born=born, number=number, stage=stage)


def pdf(text: str) -> bytes:
    """The text, line by line, as a PDF with a text layer."""
    lines = "\n".join(f"#text({json.dumps(line, ensure_ascii=False)}) \\" for line in text.splitlines())
    return bytes(typst.compile(lines.encode(), format="pdf", timestamp=0))


def bundle(
    *, family: str = "Example", ident: str = "p1", t: str = "cT2", extra: tuple[dict[str, Any], ...] = ()
) -> bytes:
    """A FHIR bundle about one woman with breast cancer."""
    who = {"reference": f"Patient/{ident}"}
    patient = {"resourceType": "Patient", "id": ident, "name": [{"family": family, "given": ["Ada"]}]}
    patient |= {"gender": "female", "birthDate": "1960-02-03"}
    patient["identifier"] = [{"system": "http://hospital.example", "value": f"A-{ident}"}]
    breast = {"coding": [{"system": SCT, "code": "254837009", "display": "Malignant neoplasm of breast (disorder)"}]}
    staged = [("21905-5", t), ("21906-3", "cN0"), ("21907-1", "cM0")]
    resources: list[dict[str, Any]] = [
        patient,
        {"resourceType": "Condition", "id": "c1", "subject": who, "code": breast},
    ]
    resources += [
        {
            "resourceType": "Observation", "id": f"o{number}", "status": "final", "subject": who,
            "code": {"coding": [{"system": LNC, "code": code}]}, "valueCodeableConcept": {"text": value},
        }
        for number, (code, value) in enumerate(staged)
    ]  # fmt: skip
    entries = [
        {"fullUrl": f"http://x.example/fhir/{r['resourceType']}/{r['id']}", "resource": r} for r in (*resources, *extra)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def ct_slice(number: int = 1, name: str = "Doe^Jane", patient_id: str = "S-1") -> bytes:
    """One small CT slice."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = UID(f"{UID_ROOT}.1.1.{number}")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    ds.StudyInstanceUID, ds.SeriesInstanceUID = f"{UID_ROOT}.1", f"{UID_ROOT}.1.1"
    ds.PatientName, ds.PatientID, ds.PatientBirthDate, ds.PatientSex = name, patient_id, "19600229", "F"
    ds.Modality, ds.StudyDate, ds.InstanceNumber, ds.BodyPartExamined = "CT", "20260102", number, "CHEST"
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 1
    ds.Rows = ds.Columns = 16
    ds.PixelData = np.zeros((16, 16), dtype="<i2").tobytes()
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def publications(subject: str = "Breast Neoplasms", author: str = "Ferreira") -> bytes:
    """Two PubMed records by one author."""
    articles = "".join(
        f"""<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2025</Year></PubDate></JournalIssue><Title>Journal of Invented Medicine</Title></Journal>
<ArticleTitle>{subject}, imagined</ArticleTitle><AuthorList><Author ValidYN="Y"><LastName>{author}</LastName>
<ForeName>Ines</ForeName><Initials>I</Initials><AffiliationInfo><Affiliation>Northmoor University Hospital, Leeds, UK.</Affiliation>
</AffiliationInfo></Author></AuthorList><PublicationTypeList><PublicationType>Journal Article</PublicationType>
</PublicationTypeList></Article><MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN="Y">{subject}</DescriptorName>
</MeshHeading></MeshHeadingList></MedlineCitation></PubmedArticle>"""
        for number in (101, 102)
    )
    return f'<?xml version="1.0"?>\n<PubmedArticleSet>{articles}</PubmedArticleSet>'.encode()


def trial(nct: str = "NCT99999999", condition: str = "Breast Cancer", sex: str = "FEMALE") -> bytes:
    """One ClinicalTrials.gov record, version 2."""
    rules = "Inclusion Criteria:\n\n* ECOG performance status 0-1.\n\nExclusion Criteria:\n\n* Metastatic disease"
    modules = {
        "identificationModule": {"nctId": nct, "briefTitle": "An invented trial"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "conditionsModule": {"conditions": [condition]},
        "eligibilityModule": {"eligibilityCriteria": rules, "sex": sex, "minimumAge": "18 Years"},
    }
    return json.dumps({"protocolSection": modules}).encode()


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder in which a test lays its files."""

    folder: Path

    def lay(self, name: str, data: bytes | str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def inputs(self, **changes: Any) -> Inputs:
        """Files of every kind, about three people; ``changes`` replaces any of them."""
        self.lay("ct/1.dcm", ct_slice(1))
        self.lay("ct/2.dcm", ct_slice(2))
        whole: dict[str, Any] = {
            "bundle": self.lay("ada.json", bundle()),
            "reports": (self.lay("ana.txt", report()), self.lay("ana.pdf", pdf(report()))),
            "dicom": self.folder / "ct",
            "pubmed": self.lay("articles.xml", publications()),
            "trials": (self.lay("trial.json", trial()),),
        }
        return Inputs(**(whole | changes))


NOTHING = Inputs(None, (), None, None, ())
