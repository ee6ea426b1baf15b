"""A zip becomes its files; what cannot be unpacked is told, and nothing is passed over in silence."""

from __future__ import annotations

import io
import zipfile

import pytest

from overread.workflow.intake.models import ReceivedFile
from overread.workflow.intake.sorting import NAMED
from overread.workflow.intake.transitions import FileState
from tests.factories.cases import World

pytestmark = pytest.mark.django_db
REPORT = b"Colon, biopsy: adenocarcinoma. pT2 pN0."


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_each_file_of_an_archive_is_looked_at_by_itself() -> None:
    world = World().opened()
    archive = world.add(zipped(a=REPORT, b=b"%PDF-1.4 cut off"), "disc.zip")
    inner = {f.name: f.state for f in ReceivedFile.objects.filter(case=world.case).exclude(pk=archive.pk)}
    assert (archive.kind, archive.reason) == ("archive", "")
    assert inner == {"a": FileState.ACCEPTED, "b": FileState.REFUSED}


def test_what_cannot_be_unpacked_is_told() -> None:
    world = World().opened()
    archive = world.add(zipped(a=REPORT, nothing=b"", inner=zipped(x=REPORT)), "disc.zip")
    assert archive.state == FileState.ACCEPTED
    assert "nothing: The file is empty." in archive.reason
    assert "inner: This is a zip inside the zip." in archive.reason


def test_a_long_list_is_cut_and_counted() -> None:
    world = World().opened()
    empty = {f"e{i}": b"" for i in range(NAMED + 3)}
    assert "And 3 more." in world.add(zipped(a=REPORT, **empty), "disc.zip").reason
