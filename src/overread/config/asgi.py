"""The web application as uvicorn runs it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Iterator

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

PIECE = 256 * 1024  # bytes read in one visit to the thread


class PiecewiseHandler(ASGIHandler):
    """Sends files piece by piece. Django's own handler would first read a whole file of a view into memory."""

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        response = await super().get_response_async(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = piecewise(response.streaming_content)  # type: ignore[arg-type]
        return response


async def piecewise(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    """The same bytes, read in the thread in larger pieces."""
    iterator = iter(chunks)
    while piece := await sync_to_async(gather)(iterator):
        yield piece


def gather(chunks: Iterator[bytes]) -> bytes:
    """The next piece; empty at the end."""
    held: list[bytes] = []
    while sum(map(len, held)) < PIECE and (chunk := next(chunks, None)) is not None:
        held.append(chunk)
    return b"".join(held)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overread.config.settings")
django.setup(set_prefix=False)
application = PiecewiseHandler()
