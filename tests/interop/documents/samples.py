"""Small documents made on the spot."""

import io
from datetime import UTC, datetime

import pypdf
import typst
from PIL import Image, ImageDraw, ImageFont
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from overread.interop.documents.content import (
    Conclusion,
    ConclusionRow,
    ConcordanceRow,
    Decision,
    FactGroup,
    FactRow,
    OptionRow,
    PatientLine,
    QuestionRow,
    ReportContent,
    Section,
    StageCheckLine,
    Term,
)

WORDS = "Invasive duct carcinoma of the left breast"


def pdf(*pages: str) -> bytes:
    """A PDF with a text layer, one page a text."""
    source = "\n#pagebreak()\n".join(f'#text("{p}")' for p in pages)
    return bytes(typst.compile(source.encode(), format="pdf", timestamp=0))


def drawing(text: str = WORDS, turn: int = 0, size: int = 44) -> Image.Image:
    """A page of printed text as a picture, at about 150 dots per inch."""
    image = Image.new("L", (1240, 700), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    for line in range(6):
        pen.text((90, 60 + line * 95), text, fill=0, font=font)
    return image.rotate(turn, expand=True)


def picture(kind: str = "PNG", *frames: Image.Image) -> bytes:
    first, *rest = frames or (drawing(),)
    out = io.BytesIO()
    options = {"save_all": True, "append_images": rest} if rest else {}
    first.save(out, kind, dpi=(150, 150), **options)
    return out.getvalue()


def scan(*frames: Image.Image) -> bytes:
    """A PDF whose pages are pictures."""
    return picture("PDF", *frames)


def joined(*parts: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="AES-256")
    return written(writer)


CCDA = b"""<?xml version="1.0"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Summary of care</title>
<recordTarget><patientRole><id root="1.2.3" extension="77"/><id root="1.2.4"/><patient>
<name><given>Ada</given> <family>Example</family></name><administrativeGenderCode code="F"/><birthTime value="19600203"/>
</patient></patientRole></recordTarget>
<component><structuredBody><component><section><title>Problems</title><text><paragraph>Breast   cancer</paragraph>
<table><thead><tr><th>Date</th><th>Finding</th></tr></thead><tbody><tr><td>2020</td><td>pT2</td></tr></tbody></table>
<list><item>one<br/>two</item></list></text></section></component>
<component><section><title>Empty</title></section></component></structuredBody></component></ClinicalDocument>"""

NOW = datetime(2026, 11, 21, 10, 5, tzinfo=UTC)


def content(**changes: object) -> ReportContent:
    """A report with something in every place."""
    full: dict[str, object] = {
        "title": "Second opinion on breast cancer",
        "case_reference": "OR-1",
        "patient": PatientLine("Ada Example", "1960-02-03", "female", "identity not confirmed"),
        "prepared_at": NOW,
        "reviewer": "Dr. Rosa Reviewer",
        "sections": (
            Section("Summary", ("For physicians.",), ("In plain words.",)),
            Section("Detail", ("Only here.",)),
        ),
        "facts": (FactGroup("Pathology", (FactRow("Histology", "ductal", "report, page 1", "2020-01", "unsure"),)),),
        "stage": StageCheckLine("It follows.", "IIB", "IIB", "Breast 8", ((("T", "T3"), ("Group", "IIB")),)),
        "concordance": (
            ConcordanceRow("Grade", "2", "3", "minor", "count", "A little different."),
            ConcordanceRow("Stage", "IIB", "IIB", "concordant"),
            ConcordanceRow("Other", "x", "y", "strange"),
            ConcordanceRow("Margin", "free", "", "not addressed"),
        ),
        "options": (
            OptionRow("Surgery", "surgery", "cure", "scar", "curative", True),
            OptionRow("Waiting", "surveillance"),
        ),
        "questions": (QuestionRow("Must I?", "Not today.", "Dr. Rosa Reviewer"),),
        "conclusions": (
            Conclusion(
                "Dr. Rosa Reviewer",
                "breast oncology",
                (ConclusionRow("Histology", "Kind of tumour", "ductal carcinoma"),),
                ("Surgery",),
                ("HER2 again",),
                "Her own words.",
            ),
        ),
        "decisions": (
            Decision(
                "Which one?",
                "The second.",
                "20 November 2026",
                "Dr. Chair",
                ("Dr. Chair voted for the second opinion.",),
            ),
        ),
        "seal": ("SHA-256 of the signed content: abc",),
        "institution": "Lakeside Centre",
        "notice": "Demo: nobody in it is real",
        "further_tests": ("HER2 again",),
        "limitations": ("No blocks were received.",),
        "sources": ("FHIR bundle",),
        "glossary": (Term("Margin", "the rim"),),
        "next_steps": ("Show this to your doctor.",),
    }
    return ReportContent(**(full | changes))  # type: ignore[arg-type]


def scan_with_hidden_text(words: str) -> bytes:
    """A scan behind which another program hid what it recognised."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(scan(drawing())))
    page = writer.pages[0]
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    resources[NameObject("/Font")] = DictionaryObject({NameObject("/F9"): font})
    stream = DecodedStreamObject()
    before = page.get_contents()
    assert before is not None
    stream.set_data(before.get_data() + f"\nBT 3 Tr /F9 12 Tf 50 200 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)
