"""Reports and letters as PDF: what stands on every page, that nothing is injected, and that equal input gives equal bytes."""

import io
import re
from datetime import date, datetime

import pypdf
import pytest
import typst

from overread.interop import documents
from overread.interop.documents import layout, letters, reports
from overread.interop.documents.content import (
    DRAFT,
    NO_EXAMINATION,
    ConcordanceRow,
    FactGroup,
    FactRow,
    PatientLine,
    ReportContent,
)
from tests.interop.documents.samples import NOW, content


def pages(data: bytes) -> list[str]:
    read = documents.read(data, "r.pdf")
    ends = [*read.page_starts[1:], len(read.text)]
    return [" ".join(read.text[a:b].split()) for a, b in zip(read.page_starts, ends, strict=True)]


SIGNED = {"signed_by": "Dr. Rosa Reviewer", "signed_at": NOW}


@pytest.mark.parametrize("edition", [reports.clinician_report, reports.patient_report])
def test_every_page_of_a_draft_says_so_and_none_of_a_signed_one(edition: object) -> None:
    long = content(limitations=tuple(f"Limitation number {n}." for n in range(120)))
    found = pages(edition(long))  # type: ignore[operator]
    assert len(found) > 1
    assert all(DRAFT in page for page in found)
    signed = pages(edition(content(**SIGNED)))  # type: ignore[operator]
    assert not any("DRAFT" in page for page in signed)
    assert all("Signed by Dr. Rosa Reviewer, 21 November 2026, 10:05 UTC" in page for page in signed)


@pytest.mark.parametrize("edition", [reports.clinician_report, reports.patient_report])
def test_an_empty_report_can_be_laid_out(edition: object) -> None:
    bare = ReportContent("Second opinion", "OR-2", PatientLine("A"), NOW)
    assert NO_EXAMINATION in " ".join(pages(edition(bare)))  # type: ignore[operator]


def test_the_clinicians_edition_holds_everything() -> None:
    text = " ".join(pages(reports.clinician_report(content(amends="Version 1: wrong side"))))
    for words in (
        "For physicians.",
        "Only here.",
        "ductal",
        "report, page 1",
        "unsure",
        "It follows.",
        "Breast 8",
        "Minor difference",
    ):
        assert words in text
    for words in (
        "Strange",
        "Surgery",
        "Recommended",
        "HER2 again",
        "Must I?",
        "No blocks were received.",
        "FHIR bundle",
        "wrong side",
        "Advised: Surgery.",
        "Dr. Chair voted for the second opinion.",
        "Margin: free (first opinion)",
        "Stage: IIB",
    ):
        assert words in text
    assert text.index("The conclusion") < text.index("How the opinions compare") < text.index("SHA-256 of the signed")
    assert NO_EXAMINATION in text


def test_the_patients_edition_speaks_plainly() -> None:
    text = " ".join(pages(reports.patient_report(content())))
    for words in (
        "In plain words.",
        "Possible benefits: cure",
        "Possible harms: scar",
        "A small difference",
        "A little different.",
        "Both opinions say the same about: Stage.",
        "Only one opinion speaks of: Margin.",
        "Kind of tumour",
        "What is advised: Surgery.",
        "the rim",
        "Show this to your doctor.",
    ):
        assert words in text
    first = ("Your questions, answered", "The conclusion", "The tumor board decided on", "How the two opinions compare")
    assert sorted(first, key=text.index) == list(first)
    assert "Only here." not in text
    assert "For physicians." not in text


@pytest.mark.parametrize("edition", [reports.clinician_report, reports.patient_report])
def test_every_page_says_whose_it_is_and_that_a_demo_is_one(edition: object) -> None:
    found = pages(edition(content(limitations=tuple(f"Limitation {n}." for n in range(120)))))  # type: ignore[operator]
    assert all("Lakeside Centre" in page and "Demo: nobody in it is real." in page for page in found)


def test_where_opinions_do_not_differ_the_report_says_so() -> None:
    agreed = content(concordance=(ConcordanceRow("Stage", "IIB", "IIB", "concordant"),))
    assert "they say the same" in " ".join(pages(reports.clinician_report(agreed)))


def test_the_gravest_difference_comes_first() -> None:
    rows = tuple(ConcordanceRow(g, "x", "y", g) for g in ("not addressed", "minor", "concordant", "major"))
    assert [row.grade for row in content(concordance=rows).differing] == ["major", "minor", "not addressed"]


def test_equal_content_gives_equal_bytes() -> None:
    assert reports.clinician_report(content()) == reports.clinician_report(content())


def test_reports_are_archive_and_accessible_pdf() -> None:
    metadata = pypdf.PdfReader(io.BytesIO(reports.clinician_report(content()))).xmp_metadata
    assert metadata is not None
    raw = metadata.stream.get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")2", raw)
    assert re.search(r"pdfuaid:part(>|=\")1", raw)


@pytest.mark.parametrize(
    "evil", ['#panic("x")', '"); #read("/etc/passwd")', "= Heading", "$x$", "\\#", "`", "*_<a>@b", "x" * 3000]
)
def test_text_is_never_markup(evil: str) -> None:
    text = " ".join(pages(reports.clinician_report(content(limitations=(evil,)))))
    assert evil[:6] in text.replace(" ", "") or evil[:6] in text


def test_letters_that_the_fonts_lack_and_control_characters_do_not_stop_the_report() -> None:
    odd = content(patient=PatientLine("山田 花子 \x00\ud800\u202e Ada \U0001f980"))
    assert "Ada" in " ".join(pages(reports.patient_report(odd)))


def test_a_template_that_cannot_be_laid_out_is_a_named_error() -> None:
    with pytest.raises(documents.LayoutFailed):
        layout.laid_out("clinician.typ", {}, NOW)
    assert issubclass(typst.TypstError, RuntimeError)


def test_a_signature_has_name_moment_and_zone() -> None:
    with pytest.raises(ValueError, match="signature"):
        content(signed_by="Dr. X")
    with pytest.raises(ValueError, match="time zone"):
        content(prepared_at=datetime(2026, 1, 1))


SENDER = letters.Sender(
    "Ada Example", ("1 Main Street",), "ada@example.org", acting_as="daughter and health care proxy"
)


def access(**changes: object) -> letters.AccessRequest:
    base: dict[str, object] = {
        "case_reference": "OR-1",
        "sent_on": date(2026, 11, 21),
        "holder": "General Hospital",
        "patient_name": "Ada Example",
        "sender": SENDER,
        "items": ("Pathology reports",),
        "deliver_to": "the upload link",
    }
    return letters.AccessRequest(**(base | changes))  # type: ignore[arg-type]


def test_the_access_letter_names_the_rule_and_both_dates() -> None:
    (text,) = pages(letters.access_request(access()))
    for words in (
        "45 CFR 164.524",
        "21 December 2026",
        "20 January 2027",
        "Pathology reports",
        "separate letter",
        "health care proxy",
    ):
        assert words in text
    assert "Signature and date" in text


def test_a_signed_letter_carries_the_name() -> None:
    (text,) = pages(letters.access_request(access(signed_by="Ada Example (electronically)")))
    assert "electronically" in text
    assert "Signature and date" not in text


@pytest.mark.parametrize(("return_by", "words"), [(date(2027, 1, 15), "15 January 2027"), (None, "after the review")])
def test_the_material_letter_is_a_request_of_its_own(return_by: date | None, words: str) -> None:
    request = letters.MaterialRequest(
        "OR-1", date(2026, 11, 21), "Springfield Pathology", "Ada Example", SENDER,
        (letters.Material("S18-1", "H&E slides", "2018-04-01"), letters.Material("S18-2", "block A3")),
        ("Reference Laboratory",), courier="Courier, account 5", return_by=return_by,
    )  # fmt: skip
    (text,) = pages(letters.material_request(request))
    for expected in ("S18-1", "not stated", "are not part of the records", "Reference Laboratory", "account 5", words):
        assert expected in text


def test_long_words_and_full_tables_stay_within_the_margins() -> None:
    checksum, address = "0123456789abcdef" * 8, "https://example.org/" + "a/very/long/way/" * 12
    rows = tuple(FactRow(f"Row {n}", checksum, address, doubt=checksum) for n in range(20))
    full = content(
        facts=(FactGroup("Many", rows),), sources=(address,), title="Second opinion on " + "x" * 90, **SIGNED
    )
    for edition in (reports.clinician_report, reports.patient_report):
        read = documents.read(edition(full), "r.pdf")
        assert read.words
        assert all(word.box[0] > 0.05 and word.box[2] < 0.95 for word in read.words)
