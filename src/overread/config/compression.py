"""Pages and JSON leave packed where the browser can unpack them; everything else leaves as it is (docs/adr/0231)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Whatever else a view sends (PDF, pictures, DICOM, tiles, zip) is packed already, or is sent piece by piece.
WORDS = frozenset(
    {
        "text/html",
        "text/plain",
        "text/csv",
        "text/xml",
        "application/json",
        "application/problem+json",
        "application/fhir+json",
        "application/dicom+json",
        "image/svg+xml",
    }
)


class CompressionMiddleware(GZipMiddleware):
    """Django's, with its random padding against BREACH, for words that are in memory as a whole."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if response.streaming or kind not in WORDS:
            return response
        return super().process_response(request, response)
