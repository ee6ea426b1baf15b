"""What is packed on its way out, and what must leave as it is."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from overread.config.compression import CompressionMiddleware

LONG = b"<p>The same words again.</p>" * 50


def sent(response: HttpResponseBase, taken: str = "gzip, br") -> HttpResponseBase:
    answer = CompressionMiddleware(lambda _request: response)(RequestFactory().get("/", HTTP_ACCEPT_ENCODING=taken))
    assert isinstance(answer, HttpResponseBase)
    return answer


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "application/json", "application/fhir+json", "image/svg+xml"]
)
def test_words_are_packed_with_a_true_length(kind: str) -> None:
    answer = sent(HttpResponse(LONG, content_type=kind))
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Encoding"] == "gzip" and gzip.decompress(answer.content) == LONG
    assert int(answer["Content-Length"]) == len(answer.content) < len(LONG)
    assert "Accept-Encoding" in answer["Vary"]


def test_who_does_not_take_it_gets_it_unpacked() -> None:
    answer = sent(HttpResponse(LONG), taken="identity")
    assert isinstance(answer, HttpResponse)
    assert answer.content == LONG and "Content-Encoding" not in answer


@pytest.mark.parametrize(
    "kind",
    ["application/pdf", "image/jpeg", "image/png", "application/dicom", "application/zip", "multipart/related; type=x"],
)
def test_what_is_packed_already_is_left_alone(kind: str) -> None:
    before = HttpResponse(LONG, content_type=kind, headers={"ETag": '"a"', "Content-Length": str(len(LONG))})
    answer = sent(before)
    assert isinstance(answer, HttpResponse)
    assert answer.content == LONG and answer["ETag"] == '"a"' and "Content-Encoding" not in answer
    assert "Vary" not in answer


def test_what_was_packed_by_its_view_is_not_packed_twice() -> None:
    answer = sent(HttpResponse(gzip.compress(LONG * 9), content_type="text/html", headers={"Content-Encoding": "gzip"}))
    assert isinstance(answer, HttpResponse)
    assert gzip.decompress(answer.content) == LONG * 9


def test_what_is_sent_piece_by_piece_stays_so() -> None:
    def pieces() -> Iterator[bytes]:
        yield from (LONG, LONG)

    answer = sent(StreamingHttpResponse(pieces(), content_type="text/html"))
    assert isinstance(answer, StreamingHttpResponse)
    assert list(answer) == [LONG, LONG] and "Content-Encoding" not in answer


def test_a_file_keeps_its_length() -> None:
    answer = sent(FileResponse(io.BytesIO(LONG), content_type="text/plain"))
    assert answer["Content-Length"] == str(len(LONG)) and "Content-Encoding" not in answer


def test_equal_pages_differ_in_their_padding_alone() -> None:
    """Against BREACH: the length that a listener sees is not the length of the page."""
    lengths = {sent(HttpResponse(LONG))["Content-Length"] for _ in range(40)}
    assert len(lengths) > 5
