"""The case's images by DICOMweb (PS3.18): QIDO-RS searches, WADO-RS headers, frames and files, for the viewer alone.

Every answer starts from ``visible.images``. No ETag and no length of anything hidden leaves: JSON is never stored by
the browser; frames are, because the pixels under an address never change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Concatenate

from django.http import HttpRequest, HttpResponse

from overread.interop import dicom
from overread.workflow.cases.models import Case
from overread.workflow.errors import NotFound

from ..errors import problem
from ..routing import actor
from .visible import Images, images

NOT_STORED = "private, no-store"
STORED = "private, max-age=86400, immutable"
# How a frame's bytes are called, by the transfer syntax they are compressed in; all else is uncompressed.
JPEG, JPEG_LS, JPEG_2000, RLE = "image/jpeg", "image/jls", "image/jp2", "image/dicom-rle"
MEDIA_TYPES = {
    "1.2.840.10008.1.2.4.50": JPEG,
    "1.2.840.10008.1.2.4.51": JPEG,
    "1.2.840.10008.1.2.4.57": JPEG,
    "1.2.840.10008.1.2.4.70": JPEG,
    "1.2.840.10008.1.2.4.80": JPEG_LS,
    "1.2.840.10008.1.2.4.81": JPEG_LS,
    "1.2.840.10008.1.2.4.90": JPEG_2000,
    "1.2.840.10008.1.2.4.91": JPEG_2000,
    "1.2.840.10008.1.2.5": RLE,
}
Answer = Callable[Concatenate[HttpRequest, Case, ...], HttpResponse]


def studies(request: HttpRequest, case: Case) -> HttpResponse:
    """QIDO-RS: the studies of the case, all of them or those of ``StudyInstanceUID``."""
    wanted = set(filter(None, request.GET.get("StudyInstanceUID", "").replace("\\", ",").split(",")))
    seen = _images(request, case)
    found = [s for s in seen.studies if not wanted or s.uid in wanted]
    return _json(seen.shown(dicom.study_json(s)) for s in found)


def series(request: HttpRequest, case: Case, study: str) -> HttpResponse:
    """QIDO-RS: the series of a study."""
    seen = _images(request, case)
    return _json(seen.shown(dicom.series_json(s)) for s in seen.study(study).series)


def instances(request: HttpRequest, case: Case, study: str, series: str) -> HttpResponse:
    """QIDO-RS: the instances of a series, in order."""
    seen = _images(request, case)
    return _json(seen.shown(dicom.instance_json(i)) for i in seen.series(study, series).instances)


def metadata(request: HttpRequest, case: Case, study: str, series: str) -> HttpResponse:
    """WADO-RS: the whole headers of a series."""
    seen = _images(request, case)
    uids = [i.sop_uid for i in seen.series(study, series).instances]
    return _json(seen.shown(dicom.metadata(seen.paths[uid])) for uid in uids)


def frames(request: HttpRequest, case: Case, study: str, series: str, instance: str, numbers: str) -> HttpResponse:
    """WADO-RS: frames as they are stored, ``numbers`` counted from 1 and separated by commas."""
    path = _images(request, case).path(study, series, instance)
    try:
        stored = dicom.frames(path)
    except dicom.DicomError as error:
        return problem(422, "This picture cannot be shown", error.what, error.do)
    wanted = [int(n) for n in numbers.split(",")]
    if not all(1 <= n <= len(stored.data) for n in wanted):
        raise NotFound
    media = MEDIA_TYPES.get(stored.transfer_syntax, "application/octet-stream")
    return _parts([stored.data[n - 1] for n in wanted], media, f"{media}; transfer-syntax={stored.transfer_syntax}")


def instance(request: HttpRequest, case: Case, study: str, series: str, instance: str) -> HttpResponse:
    """WADO-RS: the file; without anybody's words in its header where the viewer may not read them."""
    seen = _images(request, case)
    path = seen.path(study, series, instance)
    try:
        data = dicom.deidentified(path) if seen.words_hidden else path.read_bytes()
    except dicom.DicomError as error:
        return problem(422, "This file cannot be handed out", error.what, error.do)
    return _parts([data], "application/dicom", "application/dicom", cache=NOT_STORED)


def _images(request: HttpRequest, case: Case) -> Images:
    return images(actor(request), case)


def _json(rows: Iterable[dicom.Json]) -> HttpResponse:
    body = json.dumps(list(rows), separators=(",", ":"))
    return HttpResponse(body, content_type="application/dicom+json", headers={"Cache-Control": NOT_STORED})


def _parts(parts: list[bytes], media: str, part_type: str, cache: str = STORED) -> HttpResponse:
    """``multipart/related`` with a boundary that none of the parts holds."""
    boundary = b"overread"
    while any(boundary in part for part in parts):
        boundary += b"-"
    head = b"--%s\r\nContent-Type: %s\r\n\r\n" % (boundary, part_type.encode())
    body = b"".join(head + part + b"\r\n" for part in parts) + b"--%s--\r\n" % boundary
    content_type = f'multipart/related; type="{media}"; boundary={boundary.decode()}'
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": cache, "Vary": "Cookie"})
