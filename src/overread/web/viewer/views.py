"""The viewer's page, its configuration and its files."""

from __future__ import annotations

import functools
import json
import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from overread.workflow.cases.models import Case
from overread.workflow.errors import NotFound

from ..routing import actor
from . import hanging
from .visible import images

BUILD = Path(__file__).parent / "build"
MODE = "basic"  # the address of OHIF's plain reading mode
NOT_BUILT = ("The radiology viewer has not been built.", "Who runs the installation builds it with `make assets`.")
NO_IMAGES = ("This case holds no images that you may see.", "Go back to the case.")
KEPT_FOR_EVER = "private, max-age=31536000, immutable"
KEPT_SHORTLY = "private, max-age=3600"


def open_viewer(request: HttpRequest, case: Case) -> HttpResponse:
    """To the viewer with every study of the case that the person may see; ``?study=`` chooses one."""
    wanted = request.GET.get("study")
    studies = [s for s in images(actor(request), case).studies if wanted in (None, s.uid)]
    if not studies:
        raise NotFound(*NO_IMAGES)
    page = reverse("viewer_page", kwargs={"case": case.key})
    return HttpResponseRedirect(f"{page}?{urlencode(hanging.query(studies))}")


def page(request: HttpRequest, case: Case) -> HttpResponse:
    """OHIF's page. The studies are in the query, for its own script to read."""
    response = render(request, "viewer/page.html", {"case": case, **entry()})
    response["Cache-Control"] = "private, no-store"
    return response


def configuration(request: HttpRequest, case: Case) -> HttpResponse:
    """OHIF's app-config: the case's own DICOMweb and nothing else; no address outside of this installation."""
    settings = json.dumps(_settings(case), indent=1)
    body = f"window.PUBLIC_URL = {json.dumps(_files())};\nwindow.config = {settings};\n{LOGO}{hanging.settings()}"
    return HttpResponse(body, content_type="text/javascript", headers={"Cache-Control": "private, no-store"})


def _files() -> str:
    """The address below which OHIF finds its files; frontend/viewer.mjs writes the same one into them."""
    return reverse("viewer_file", kwargs={"name": "x"}).removesuffix("x")


def _settings(case: Case) -> dict[str, Any]:
    root = reverse("dicomweb_studies", kwargs={"case": case.key}).removesuffix("/studies")
    return {
        "name": "overread",
        "routerBasename": reverse("viewer", kwargs={"case": case.key}).rstrip("/"),
        "modes": [],
        "customizationService": {},
        "showStudyList": False,
        "showLoadingIndicator": True,
        "showWarningMessageForCrossOrigin": False,
        "showCPUFallbackMessage": False,
        "showErrorDetails": "production",
        "investigationalUseDialog": {"option": "never"},
        "strictZSpacingForVolumeViewport": True,
        "maxNumberOfWebWorkers": 3,
        "maxNumRequests": {"interaction": 20, "thumbnail": 5, "prefetch": 10},
        "defaultDataSourceName": "overread",
        "dataSources": [{"namespace": SOURCE, "sourceName": "overread", "configuration": _source(root)}],
    }


# OHIF asks for a component where its maker's logo would stand: the way back.
LOGO = """window.config.whiteLabeling = {
  createLogoComponentFn: (React) =>
    React.createElement("a", { href: "/", target: "_top", className: "text-white text-lg px-2" }, "Overread"),
};
"""
# The decoders are C++ compiled to WebAssembly, and their glue makes functions from text. The worker that they run in
# has no page: it may do that, it may talk to us, and nothing else. The page itself never may.
DECODER_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'"
)
SOURCE = "@ohif/extension-default.dataSourcesModule.dicomweb"


def _source(root: str) -> dict[str, Any]:
    return {
        "friendlyName": "Images of this case",
        "name": "overread",
        "qidoRoot": root,
        "wadoRoot": root,
        "wadoUriRoot": root,
        "qidoSupportsIncludeField": False,
        "imageRendering": "wadors",
        "thumbnailRendering": "wadors",
        "enableStudyLazyLoad": True,
        "supportsFuzzyMatching": False,
        "supportsWildcard": False,
        "omitQuotationForMultipartRequest": True,
    }


def file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of OHIF's distribution, packed where the browser can unpack it."""
    if name not in _names():
        raise NotFound
    packed = f"{name}.gz" in _names() and "gzip" in request.headers.get("Accept-Encoding", "")
    body = (BUILD / (f"{name}.gz" if packed else name)).read_bytes()
    response = HttpResponse(body, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response["Cache-Control"] = KEPT_FOR_EVER if _named_by_content(name) or "v" in request.GET else KEPT_SHORTLY
    response["Vary"] = "Accept-Encoding, Cookie"
    if name == entry()["decoder"]:
        response["Content-Security-Policy"] = DECODER_POLICY
    if packed:
        response["Content-Encoding"] = "gzip"
    return response


def _named_by_content(name: str) -> bool:
    """``app.bundle.0f6159c501addfe9.js`` and ``a34f9d1faa5f3315.woff2`` carry a digest."""
    return any(len(part) == 16 and all(c in "0123456789abcdef" for c in part) for part in name.split("."))


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(p.relative_to(BUILD).as_posix() for p in BUILD.rglob("*") if p.is_file())


def entry() -> dict[str, str]:
    """The names of OHIF's first script and style sheet, as the build wrote them down."""
    try:
        found: dict[str, str] = json.loads((BUILD / "entry.json").read_text())
    except FileNotFoundError:
        raise NotFound(*NOT_BUILT) from None
    return found
