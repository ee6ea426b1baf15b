"""A small release of invented publications, so that experts can be ranked where nothing may be fetched.

Every title begins with "Demo"; the numbers lie far above those that PubMed has given out.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from django.conf import settings
from django.db import transaction

from overread.interop.public_data import releases
from overread.workflow.directory import actions as directory
from overread.workflow.directory.queries import in_use

from .people import DEMO

SEED = 20261121
FIRST_NUMBER = 99_000_001
A_TOPIC = 34
YEARS = 10
SOURCE = "Invented for the demo"

# Site: (subject heading, words for titles)
TOPICS: dict[str, tuple[str, tuple[str, ...]]] = {
    "thyroid": ("Thyroid Neoplasms", ("thyroid cancer", "follicular thyroid carcinoma", "encapsulated thyroid tumors")),
    "lung": ("Lung Neoplasms", ("lung cancer", "solid pulmonary nodules in lung cancer", "lung adenocarcinoma")),
    "colon": ("Colonic Neoplasms", ("colon cancer", "node-positive colon cancer", "colon adenocarcinoma")),
    "breast": ("Breast Neoplasms", ("breast cancer", "early ductal carcinoma of the breast", "breast carcinoma")),
    "soft tissue": ("Sarcoma", ("soft tissue sarcoma", "dedifferentiated liposarcoma", "leiomyosarcoma")),
}
ANGLES = (
    "agreement between observers in {}", "long-term outcome of {}", "second review of {}",
    "a multicentre cohort of {}", "criteria for the diagnosis of {}", "molecular markers in {}",
    "recurrence after treatment of {}", "a randomised trial in {}", "imaging of {}", "quality of reporting of {}",
)  # fmt: skip
KINDS = ("Journal Article", "Journal Article", "Multicenter Study", "Review", "Randomized Controlled Trial")


@dataclass(frozen=True, slots=True)
class Writer:
    """An invented author and where they work."""

    given: str
    family: str
    place: str


def _writers(*rows: str) -> tuple[Writer, ...]:
    return tuple(Writer(*(part.strip() for part in row.split("|"))) for row in rows)


# In each list: the first physician of a case, a colleague who publishes with them (so that a link can be found), the
# demo's own reviewer, and others.
WRITERS: dict[str, tuple[Writer, ...]] = {
    "thyroid": _writers(
        "Helen | Brandt | Department of Pathology, Westvale Demo University Hospital, Westvale, USA",
        "Oskar | Nyquist | Department of Pathology, Westvale Demo University Hospital, Westvale, USA",
        "Elena | Marchetti | Department of Endocrine Pathology, Harbour Demo Institute, Genoa, Italy",
        "Mei | Tanabe | Department of Endocrine Surgery, Kitahama Demo Hospital, Osaka, Japan",
        "Jonas | Albrecht | Department of Nuclear Medicine, Elbufer Demo University, Hamburg, Germany",
    ),
    "lung": _writers(
        "Renata | Castellan | Department of Radiology, Hillcrest Demo Hospital, Springfield, USA",
        "Amara | Diallo | Department of Thoracic Surgery, Lagune Demo Hospital, Abidjan, Ivory Coast",
        "Thora | Lindqvist | Department of Thoracic Radiology, Fjord Demo University Hospital, Bergen, Norway",
        "Pieter | Vermeulen | Department of Pulmonology, Schelde Demo Institute, Antwerp, Belgium",
    ),
    "colon": _writers(
        "Theo | Vance | Department of Pathology, Riverbend Demo Hospital, Springfield, USA",
        "Isabel | Fonseca | Department of Medical Oncology, Tejo Demo Institute, Lisbon, Portugal",
        "Chidi | Okafor | Department of Gastrointestinal Pathology, Lakeshore Demo University, Chicago, USA",
        "Graham | Whitlock | Department of Colorectal Surgery, Severn Demo Hospital, Bristol, United Kingdom",
    ),
    "breast": _writers(
        "Louise | Moreau | Department of Pathology, St Brigid Demo Hospital, Springfield, USA",
        "Keiko | Fujimori | Department of Breast Surgery, Minato Demo Hospital, Yokohama, Japan",
        "Hannah | Weiss | Department of Medical Oncology, Isar Demo University Hospital, Munich, Germany",
        "Sofia | Lindholm | Department of Radiation Oncology, Vattern Demo Hospital, Linkoping, Sweden",
    ),
    "soft tissue": _writers(
        "Paul | Lindgren | Department of Pathology, Northfield Demo Hospital, Springfield, USA",
        "Clara | Ostrowska | Department of Radiation Oncology, Vistula Demo University, Warsaw, Poland",
        "Samuel | Adeyemi | Department of Pathology, Thames Demo Sarcoma Institute, London, United Kingdom",
        "Rajiv | Menon | Department of Surgical Oncology, Malabar Demo Cancer Institute, Kochi, India",
    ),
}


def bring_in(today: date, now: datetime) -> bool:
    """Use the invented publications unless a release is in use already. Says whether it did."""
    if in_use("pubmed"):
        return False
    root, name = Path(settings.VAR) / "releases", f"demo-pubmed-{today.year}"
    root.mkdir(exist_ok=True)
    if releases.state(root, name) is not releases.State.READY:
        _write(root, name, today)
    counts = {"articles": releases.open_release(root, name).manifest.rows}
    with transaction.atomic():
        release = directory.begin_release(kind="pubmed", source=SOURCE, folder=str(root / name), by=DEMO, now=now)
        directory.use_release(release=release, counts=counts, by=DEMO, now=now)
    return True


def _write(root: Path, name: str, today: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.xml"
        ET.ElementTree(articles(today.year)).write(file, encoding="utf-8", xml_declaration=True)
        releases.write_articles(root, name, [file], source=SOURCE, on=today)


def articles(year: int) -> ET.Element:
    """The publications of the years up to this one, as PubMed would send them; the same for the same year."""
    chance = random.Random(SEED)
    root = ET.Element("PubmedArticleSet")
    number = FIRST_NUMBER
    for topic in TOPICS:
        for _ in range(A_TOPIC):
            root.append(_article(chance, topic, number, year))
            number += 1
    return root


def _article(chance: random.Random, topic: str, number: int, year: int) -> ET.Element:
    heading, names = TOPICS[topic]
    record = ET.Element("PubmedArticle")
    citation = ET.SubElement(record, "MedlineCitation")
    _add(citation, "PMID", str(number))
    body = ET.SubElement(citation, "Article")
    journal = ET.SubElement(body, "Journal")
    issued = ET.SubElement(ET.SubElement(journal, "JournalIssue"), "PubDate")
    _add(issued, "Year", str(year - chance.randrange(YEARS)))
    _add(journal, "Title", f"Demo Journal of {topic.capitalize()} Tumours")
    _add(body, "ArticleTitle", f"Demo: {chance.choice(ANGLES).format(chance.choice(names))}.")
    people = ET.SubElement(body, "AuthorList")
    for writer in _team(chance, WRITERS[topic]):
        _author(people, writer)
    kinds = ET.SubElement(body, "PublicationTypeList")
    _add(kinds, "PublicationType", chance.choice(KINDS))
    subject = ET.SubElement(ET.SubElement(citation, "MeshHeadingList"), "MeshHeading")
    _add(subject, "DescriptorName", heading).set("MajorTopicYN", chance.choice("YYN"))
    return record


def _team(chance: random.Random, writers: tuple[Writer, ...]) -> Iterator[Writer]:
    """Two or more of them. The first physician writes with the colleague alone; the reviewer often leads."""
    first, colleague, reviewer, *others = writers
    if chance.random() < 0.15:
        yield from chance.sample((first, colleague), 2)
    elif chance.random() < 0.5:
        yield reviewer
        yield from chance.sample(others, chance.randint(1, len(others)))
    else:
        yield from chance.sample((colleague, reviewer, *others), 2)


def _author(people: ET.Element, writer: Writer) -> None:
    author = ET.SubElement(people, "Author", ValidYN="Y")
    _add(author, "LastName", writer.family)
    _add(author, "ForeName", writer.given)
    _add(author, "Initials", writer.given[0])
    _add(ET.SubElement(author, "AffiliationInfo"), "Affiliation", f"{writer.place}.")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = text
    return child
