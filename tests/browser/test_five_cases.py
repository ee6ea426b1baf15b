"""The demo's five cases, each walked from the question to the outcome in a real browser, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from overread.demo import people as invented
from overread.demo import slide
from overread.demo.cases import breast, colon, lung, sarcoma, thyroid
from overread.demo.phantom import Grid
from overread.demo.slide import Section
from overread.demo.story import Scene
from overread.workflow.accounts.models import Person
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import State
from tests.browser.conftest import DESKTOP, PHONE, Story
from tests.browser.walking import Walk

TODAY = date(2026, 11, 20)
Told = Callable[[Walk, Scene], None]


def texts(scene: Scene, born: date, *names: str) -> dict[str, bytes]:
    """Reports of the demo with plausible days filled in."""
    ago = {"first": 206, "second": 24, "scanned": 47, "biopsied": 40, "operated": 33, "reported": 27, "seen": 15}
    days: dict[str, Any] = {name: scene.day(days) for name, days in ago.items()} | {"age": scene.age(born)}
    return {f"{name}.txt": scene.text(f"{name}.txt", **days) for name in names}


def lung_nodule(walk: Walk, scene: Scene) -> None:
    """A nodule that grew: the radiologist reads both CTs blinded and agrees; the proxy reads the report."""
    reports = texts(scene, lung.BORN, "lung_ct_first", "lung_ct_second")
    walk.ask("lung", "nodule_changed")
    walk.open("walter", lung.TITLE)
    walk.take("navigator")
    walk.bring_in("navigator", "julia", "proxy", "health care power of attorney")
    walk.send("walter", reports | dict(lung.slices(scene)))
    walk.question("julia", lung.QUESTIONS[0])
    walk.agree("walter")
    walk.complete("navigator")
    walk.name_patient("navigator")
    assert "Did it grow?" in walk.at("navigator", "facts/").text()
    walk.clear("navigator", dict.fromkeys(reports, "imaging"))
    walk.understood("navigator")
    walk.refer("navigator", "thoracic.radiology", "radiology", "Reads chest CT only.")
    assert walk.accept("thoracic.radiology").page.locator("iframe").count() == 1
    walk.write(
        "thoracic.radiology",
        {"finding": "solid nodule", "lesion_size": "12", "lesion_location": "right upper lobe"},
        answers={lung.QUESTIONS[0]: "It is larger in every plane, on two scans made alike."},
    )
    walk.keep("thoracic.radiology", "The first reader measured the same.")
    walk.compare("navigator")
    walk.report("navigator", "thoracic.radiology")
    assert "larger in every plane" in walk.read_report("julia")
    walk.outcome("walter", "The first diagnosis and plan were confirmed")


def colon_cancer(walk: Walk, scene: Scene) -> None:
    """The stated stage does not follow from T, N and M; the second opinion says which holds."""
    reports = texts(scene, colon.BORN, "colon_pathology", "colon_ct", "colon_plan")
    walk.ask("colon", "unclear_staging", "patient_unsure")
    walk.open("maria", colon.TITLE, "Yes, it has")
    walk.take("navigator")
    walk.send("maria", reports)
    walk.question("maria", "Would chemotherapy help me?")
    walk.agree("maria")
    walk.complete("navigator")
    walk.name_patient("navigator")
    assert "IIIB" in walk.at("navigator", "facts/").text()
    assert walk.words_of("navigator", "pT3") == "pT3"
    walk.clear("navigator", {"colon_pathology.txt": "pathology", "colon_ct.txt": "imaging"})
    walk.understood("navigator")
    walk.refer("navigator", "gi.pathology", "oncology", "Bowel cancer is the field.")
    walk.accept("gi.pathology")
    walk.write(
        "gi.pathology",
        {"t": "T3", "n": "N1b", "m": "M0", "edition": "8", "stage_group": "IIIB"},
        options=[{"name": "Chemotherapy after the operation", "modality": "systemic", "intent": "curative"}],
        answers={"Would chemotherapy help me?": "It is usually offered when nodes hold cancer."},
    )
    walk.keep("gi.pathology", "Two nodes hold cancer, so the stage is III.")
    assert "major" in walk.compare("navigator")
    walk.stand_by("gi.pathology", "The nodes were counted again: two of sixteen.")
    walk.write_down("navigator", "Dr. T. Vance", "The first opinion changes", "The stage was a slip of the pen.")
    walk.settle("navigator")
    walk.report("navigator", "gi.pathology")
    assert "usually offered when nodes hold cancer" in walk.read_report("maria")
    walk.outcome("maria", "The stage changed", "The treatment changed")


def thyroid_lesion(walk: Walk, scene: Scene) -> None:
    """The grey zone: opened by the surgeon, read blinded by an endocrine pathologist."""
    reports = texts(scene, thyroid.BORN, "thyroid_pathology")
    question = "Is this a carcinoma?"
    walk.ask("thyroid", "ambiguous_pathology")
    walk.refer_patient("lucia.ferreira", thyroid.TITLE, question)
    walk.take("navigator")
    walk.bring_in("navigator", "aisha", "patient")
    walk.send("lucia.ferreira", reports | {"A3 level 2.tif": slide.tiff(SECTION)})
    walk.agree("aisha")
    walk.complete("navigator")
    walk.name_patient("navigator")
    walk.clear("navigator", dict.fromkeys(reports, "pathology"))
    walk.understood("navigator")
    walk.refer("navigator", "endocrine.pathology", "pathology", "Follicular-patterned tumours are her field.")
    walk.accept("endocrine.pathology")
    reading = walk.at("endocrine.pathology", "review/")
    assert "uncertain malignant potential" not in reading.text()
    expect(reading.page.locator(".openseadragon-canvas").first).to_be_visible()
    walk.write(
        "endocrine.pathology",
        {"site": "thyroid", "histology": "follicular tumor of uncertain malignant potential"},
        answers={question: "Invasion of the capsule can neither be shown nor excluded."},
    )
    walk.keep("endocrine.pathology", "The deeper levels show nothing more.")
    walk.compare("navigator")
    walk.report("navigator", "endocrine.pathology")
    assert "neither be shown nor excluded" in walk.read_report("aisha")
    walk.outcome("aisha", "The first diagnosis and plan were confirmed")


def thigh_sarcoma(walk: Walk, scene: Scene) -> None:
    """An ambiguous first report; two specialists differ from it, the board decides."""
    reports = texts(scene, sarcoma.BORN, "sarcoma_biopsy", "sarcoma_mri", "sarcoma_plan")
    walk.ask("sarcoma", "rare_cancer", "ambiguous_pathology", "irreversible_treatment")
    walk.open("george", sarcoma.TITLE)
    walk.take("navigator")
    walk.bring_in("navigator", "board", "board")
    walk.send("george", reports)
    walk.question("george", sarcoma.QUESTIONS[0])
    walk.agree("george")
    walk.complete("navigator")
    walk.name_patient("navigator")
    assert "not verified" in walk.at("navigator", "facts/").text()
    walk.clear("navigator", {"sarcoma_biopsy.txt": "pathology", "sarcoma_mri.txt": "imaging"})
    walk.understood("navigator")
    walk.refer("navigator", "sarcoma.pathology", "pathology", "Reads sarcoma only.")
    walk.accept("sarcoma.pathology")
    walk.write(
        "sarcoma.pathology",
        {"site": "soft tissue of thigh", "histology": "dedifferentiated liposarcoma", "grade": "G3"},
        answers={sarcoma.QUESTIONS[0]: "No. It is a liposarcoma with a higher-grade part."},
    )
    walk.keep("sarcoma.pathology", "The amplification decides the diagnosis.")
    assert "major" in walk.compare("navigator")
    walk.stand_by("sarcoma.pathology", "MDM2 is amplified in both blocks.")
    walk.write_down("navigator", "Dr. P. Lindgren", "The first opinion stays", "MDM2 was not available to me.")
    walk.ask_board("navigator", "Leiomyosarcoma, or dedifferentiated liposarcoma?")
    walk.decide("board", "second", "MDM2 is amplified.", "The board follows the second opinion.")
    walk.report("navigator", "sarcoma.pathology")
    assert "higher-grade part" in walk.read_report("george")
    walk.outcome("george", "The diagnosis changed")


def breast_cancer(walk: Walk, scene: Scene) -> None:
    """HER2 and PR are missing; the opinion that the payer required agrees, and the payer reads it."""
    reports = texts(scene, breast.BORN, "breast_pathology", "breast_plan")
    walk.ask("breast", "payer_requires")
    walk.open("claire", breast.TITLE)
    walk.take("navigator")
    walk.bring_in("navigator", "payer", "payer")
    walk.send("claire", reports | {"export.json": breast.bundle(scene)})
    walk.question("claire", breast.QUESTIONS[1])
    walk.agree("claire")
    walk.complete("navigator")
    walk.name_patient("navigator")
    assert "HER2" in walk.at("navigator", "facts/").page.locator("[aria-labelledby=missing-title]").inner_text()
    walk.clear("navigator", {"breast_pathology.txt": "pathology"})
    walk.understood("navigator")
    walk.refer("navigator", "breast.oncology", "oncology", "Treats breast cancer only.")
    walk.accept("breast.oncology")
    walk.write(
        "breast.oncology",
        {"t": "T1c", "n": "N0", "edition": "8"},
        options=[
            {"name": "Whole breast radiation therapy", "modality": "radiation", "intent": "curative"},
            {"name": "Letrozole", "modality": "hormone", "intent": "curative"},
        ],
        answers={breast.QUESTIONS[1]: "This cannot be answered before HER2 is known."},
    )
    walk.keep("breast.oncology", "The first plan is the one I came to myself.")
    walk.compare("navigator")
    walk.report("navigator", "breast.oncology")
    assert "before HER2 is known" in walk.read_report("claire")
    walk["payer"].go("/payer/")
    assert "Read the report" in walk["payer"].text()
    walk.outcome("claire", "The first diagnosis and plan were confirmed")


CASES: Mapping[str, Told] = {
    "lung": lung_nodule, "colon": colon_cancer, "thyroid": thyroid_lesion, "sarcoma": thigh_sarcoma, "breast": breast_cancer,
}  # fmt: skip
SECTION = Section(width=1024, height=1024)
SMALL = Grid(pixels=64, slices=4, thickness=60)


@pytest.fixture
def everybody(transactional_db: None, settings: Any, tmp_path: Path) -> dict[str, Person]:
    settings.FILES_ROOT = tmp_path / "files"
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing"
    now = datetime.combine(TODAY, time(9), UTC)
    return invented.everybody(invented.organisation(now), now)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_case_from_the_question_to_the_outcome(
    name: str, size: tuple[int, int], everybody: dict[str, Person], play: Callable[[Story], None], tmp_path: Path
) -> None:
    scene = Scene(everybody, invented.organisation(datetime.combine(TODAY, time(9), UTC)), TODAY, SMALL)
    play(lambda windows: CASES[name](Walk(windows, everybody, size, tmp_path), scene))
    assert Case.objects.get().state == State.CLOSED
