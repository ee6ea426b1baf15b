from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client

from overread.web import errors
from overread.web.viewer import dicomweb, views
from overread.workflow.intake import store
from tests.web.viewer import stand_alone


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[stand_alone.Given]:
    """The viewer over files that the test names: set ``given.files`` and ``given.words_hidden``."""
    settings.ROOT_URLCONF = stand_alone.__name__  # type: ignore[attr-defined]
    settings.MIDDLEWARE = [  # type: ignore[attr-defined]
        "overread.config.content_security.ContentSecurityMiddleware",
        "overread.web.errors.RefusalMiddleware",
    ]
    # A refusal's page belongs to the whole site, which is not here.
    monkeypatch.setattr(errors, "answer", lambda _, status, *said: HttpResponse(said, status=status))
    settings.CSP_ADDITIONS_BY_PATH = {}  # type: ignore[attr-defined]
    monkeypatch.setattr(store, "path_of", Path)
    for room in (dicomweb, views):
        monkeypatch.setattr(room, "images", stand_alone.given_images)
        monkeypatch.setattr(room, "actor", lambda request: SimpleNamespace())
    stand_alone.GIVEN.files, stand_alone.GIVEN.words_hidden = (), False
    yield stand_alone.GIVEN


@pytest.fixture
def browse(given: stand_alone.Given) -> Client:
    return Client()


@pytest.fixture
def address(given: stand_alone.Given) -> Iterator[str]:
    """Where the viewer answers over HTTP, for a browser."""
    with make_server("127.0.0.1", 0, WSGIHandler(), _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
