"""The viewer's addresses. ``web.urls`` takes them in; settings add to the content security policy below /viewer/."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter

from overread.workflow.accounts.roles import Permission

from ..policies import SIGNED_IN, in_case
from ..routing import page
from . import dicomweb, slides, views


class Uid(StringConverter):
    """A DICOM unique identifier."""

    regex = r"[0-9][0-9.]{0,63}"


class FrameNumbers(StringConverter):
    regex = r"[1-9][0-9]{0,5}(?:,[1-9][0-9]{0,5}){0,99}"


register_converter(Uid, "uid")
register_converter(FrameNumbers, "frames")

SEES = in_case(Permission.SEE_CASE)
ROOT = "viewer/<uuid:case>/"
WEB = ROOT + "dicomweb/"
SERIES = WEB + "studies/<uid:study>/series/<uid:series>/"
# Outside of viewer/: what the settings may add to the content security policy there is not for these pages.
SLIDES = "cases/<uuid:case>/slides/"
SLIDE = SLIDES + "<uuid:slide>/"
INSTANCE = SERIES + "instances/<uid:instance>"

urlpatterns = [
    page("viewer/ohif/<path:name>", views.file, name="viewer_file", policy=SIGNED_IN),
    page(ROOT, views.open_viewer, name="viewer", policy=SEES),
    page(ROOT + views.MODE, views.page, name="viewer_page", policy=SEES),
    page(ROOT + "app-config.js", views.configuration, name="viewer_configuration", policy=SEES),
    page(WEB + "studies", dicomweb.studies, name="dicomweb_studies", policy=SEES),
    page(WEB + "studies/<uid:study>/series", dicomweb.series, name="dicomweb_series", policy=SEES),
    page(SERIES + "instances", dicomweb.instances, name="dicomweb_instances", policy=SEES),
    page(SERIES + "metadata", dicomweb.metadata, name="dicomweb_metadata", policy=SEES),
    page(INSTANCE, dicomweb.instance, name="dicomweb_instance", policy=SEES),
    page(INSTANCE + "/frames/<frames:numbers>", dicomweb.frames, name="dicomweb_frames", policy=SEES),
    page(SLIDES, slides.first, name="slides", policy=SEES),
    page(SLIDE, slides.one, name="slide", policy=SEES),
    page(SLIDE + "slide.dzi", slides.descriptor, name="slide_descriptor", policy=SEES),
    page(SLIDE + "thumbnail.jpeg", slides.thumbnail, name="slide_thumbnail", policy=SEES),
    page(SLIDE + "slide_files/<int:level>/<int:column>_<int:row>.jpeg", slides.tile, name="slide_tile", policy=SEES),
]
