"""Whole-slide images of a case: the page that shows one, and its pixels as Deep Zoom tiles.

Every answer starts from ``intake.queries``, which asks ``visibility`` for each slide. What leaves is pixels of tissue and
the few numbers of `interop.slides.Description`; the label and macro pictures, on which the patient's name is written,
are never decoded, for nobody.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from overread.interop import slides
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.errors import NotFound
from overread.workflow.intake import queries as intake
from overread.workflow.intake import store

from ..casefile import glance
from ..errors import problem
from ..routing import actor

STORED = "private, max-age=86400, immutable"
NO_SLIDES = ("This case holds no slides that you may see.", "Go back to the case.")
THUMBNAIL = 320  # pixels


@dataclass(frozen=True, slots=True)
class Shown:
    """A slide as a page shows it. cannot: why it cannot be shown, where that is so."""

    key: uuid.UUID
    number: int
    name: str
    said: slides.Description | None
    cannot: str = ""

    @property
    def size_in_millimetres(self) -> tuple[float, float] | None:
        """Width and height of what was scanned; None where the file does not state its scale."""
        if self.said is None or self.said.microns_per_pixel is None:
            return None
        across, down = self.said.microns_per_pixel
        return self.said.width * across / 1000, self.said.height * down / 1000

    @property
    def microns(self) -> str:
        """Micrometres a pixel; empty when unknown."""
        measured = self.said and self.said.microns_per_pixel
        return f"{measured[0]:.4g}" if measured else ""


def shown(viewer: Actor, case: Case) -> list[Shown]:
    """The slides of the case that the viewer may see, each with what its file states."""
    return [_shown(slide) for slide in intake.visible_slides(viewer, case)]


def room(viewer: Actor, case: Case, key: uuid.UUID | None = None) -> dict[str, Any]:
    """What the slide viewer's part of a page needs: the slides, and the one that is open at first."""
    found = shown(viewer, case)
    return {"slides": found, "chosen": next((s for s in found if s.key == key), found[0] if found else None)}


def _shown(slide: intake.Slide) -> Shown:
    try:
        return Shown(slide.key, slide.number, slide.name, slides.known(files_of(slide)))
    except slides.SlideError as error:
        return Shown(slide.key, slide.number, slide.name, None, f"{error.what} {error.do}")


def files_of(slide: intake.Slide) -> tuple[Any, ...]:
    return tuple(store.path_of(file.sha256) for file in slide.files)


def first(request: HttpRequest, case: Case) -> HttpResponse:
    """The page of slides, open at the first."""
    return _page(request, case, None)


def one(request: HttpRequest, case: Case, slide: uuid.UUID) -> HttpResponse:
    """The page of slides, open at one of them."""
    return _page(request, case, intake.slide_for(actor(request), case, slide).key)


def _page(request: HttpRequest, case: Case, key: uuid.UUID | None) -> HttpResponse:
    viewer = actor(request)
    found = room(viewer, case, key)
    if not found["slides"]:
        raise NotFound(*NO_SLIDES)
    return render(request, "viewer/slide.html", glance.page(viewer, case) | found)


def descriptor(request: HttpRequest, case: Case, slide: uuid.UUID) -> HttpResponse:
    """How large the slide is and how it is cut into tiles (DZI)."""
    said = _known(intake.slide_for(actor(request), case, slide))
    return _answer(request, slides.descriptor(said.width, said.height).encode(), "application/xml")


def tile(request: HttpRequest, case: Case, slide: uuid.UUID, level: int, column: int, row: int) -> HttpResponse:
    """One tile. The pixels under an address never change, so that the browser keeps them."""
    found = intake.slide_for(actor(request), case, slide)
    if not _known(found).holds(level, column, row):
        raise NotFound
    try:
        data = slides.tile(files_of(found), level, column, row)
    except slides.SlideError as error:
        return problem(422, "This part of the slide cannot be shown", error.what, error.do)
    return _answer(request, data, "image/jpeg")


def thumbnail(request: HttpRequest, case: Case, slide: uuid.UUID) -> HttpResponse:
    """The whole slide, small."""
    found = intake.slide_for(actor(request), case, slide)
    try:
        data = slides.thumbnail(files_of(found), THUMBNAIL)
    except slides.SlideError as error:
        return problem(422, "This slide cannot be shown", error.what, error.do)
    return _answer(request, data, "image/jpeg")


def _known(slide: intake.Slide) -> slides.Description:
    try:
        return slides.known(files_of(slide))
    except slides.SlideError as error:
        raise NotFound(error.what, error.do) from error


def _answer(request: HttpRequest, data: bytes, kind: str) -> HttpResponse:
    """The tag comes from these bytes alone: one of the file would tell of the label and the names inside it."""
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": STORED, "Vary": "Cookie"}
    response = HttpResponse(data, content_type=kind, headers=headers)
    return cast(HttpResponse, get_conditional_response(request, etag=tag, response=response))
