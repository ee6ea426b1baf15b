"""Files leave the server piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import AsyncRequestFactory
from hypothesis import given
from hypothesis import strategies as st

from overread.config.asgi import PIECE, PiecewiseHandler, piecewise


async def collected(chunks: Iterable[bytes]) -> list[bytes]:
    return [piece async for piece in piecewise(chunks)]


@given(st.lists(st.binary(max_size=9)))
def test_nothing_is_lost(chunks: list[bytes]) -> None:
    filled = [chunk for chunk in chunks if chunk]
    assert b"".join(asyncio.run(collected(filled))) == b"".join(filled)


def test_pieces_stay_small() -> None:
    pieces = asyncio.run(collected([b"x" * 4096] * 200))
    assert len(pieces) > 1
    assert all(len(piece) <= PIECE + 4096 for piece in pieces)


def test_a_file_of_a_view_is_sent_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytes(range(256)) * 4096
    (tmp_path / "slice.dcm").write_bytes(content)

    async def view(_handler: object, _request: HttpRequest) -> FileResponse:
        return FileResponse((tmp_path / "slice.dcm").open("rb"))

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.get_response_async", view)

    async def answer() -> bytes:
        response = await PiecewiseHandler().get_response_async(AsyncRequestFactory().get("/"))
        assert isinstance(response, FileResponse)
        assert response.is_async
        sent = b"".join([piece async for piece in response])
        response.close()
        return sent

    assert asyncio.run(answer()) == content


def test_a_page_is_sent_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    page = HttpResponse("page")

    async def view(_handler: object, _request: HttpRequest) -> HttpResponse:
        return page

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.get_response_async", view)
    assert asyncio.run(PiecewiseHandler().get_response_async(AsyncRequestFactory().get("/"))) is page
