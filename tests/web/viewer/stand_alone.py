"""The viewer's own routes over given files, without accounts and database: for looking at the viewer alone.

The routes, views, headers and pages are the real ones; who asks and what they may see is given by ``FILES``.
"""

from __future__ import annotations

import functools
import inspect
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.urls import path

from overread.web.viewer import urls, visible
from tests.interop.dicom import synthetic
from tests.interop.dicom.synthetic import ROOT

CASE = SimpleNamespace(key=uuid.UUID(int=7), reference="CASE-7")


@dataclass
class Given:
    files: tuple[Path, ...] = ()
    words_hidden: bool = False


GIVEN = Given()


def given_images(viewer: object, case: object) -> visible.Images:
    return visible.arranged(
        [SimpleNamespace(file=SimpleNamespace(sha256=str(f))) for f in GIVEN.files], words_hidden=GIVEN.words_hidden
    )


def _without_guard(callback: Callable[..., Any]) -> Callable[..., Any]:
    view = inspect.unwrap(callback)

    @functools.wraps(view)
    def answered(request, **where):  # type: ignore[no-untyped-def]
        if "case" in where:
            where["case"] = CASE
        return view(request, **where)

    return answered


urlpatterns = [path(str(p.pattern), _without_guard(p.callback), name=p.name) for p in urls.urlpatterns]


def stored(folder: Path, number: int, day: str | None, **extra: object) -> Path:
    """Study ``number`` of that day, as a file."""
    study, series = f"{ROOT}.{number}", f"{ROOT}.{number}.1"
    ds = synthetic.ct_slice(1, study=study, series=series, StudyDate=day, SOPInstanceUID=f"{series}.1", **extra)  # type: ignore[arg-type]
    ds.file_meta.MediaStorageSOPInstanceUID = f"{series}.1"
    file = folder / f"{number}.dcm"
    file.write_bytes(synthetic.as_bytes(ds))
    return file
