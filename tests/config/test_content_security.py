from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from overread.config.content_security import ContentSecurityMiddleware


def answer(path: str) -> tuple[HttpRequest, HttpResponse]:
    request = RequestFactory().get(path)
    response = ContentSecurityMiddleware(lambda _request: HttpResponse("page"))(request)
    assert isinstance(response, HttpResponse)
    return request, response


def directives(path: str) -> dict[str, list[str]]:
    policy = answer(path)[1]["Content-Security-Policy"]
    return {name: values for name, *values in (directive.split() for directive in policy.split(";"))}


def test_a_page_runs_only_our_scripts_and_those_with_its_nonce() -> None:
    request, _ = answer("/")
    policy = directives("/")
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert [value for value in policy["script-src"] if not value.startswith("'nonce-")] == ["'self'"]
    assert re.fullmatch(r"[\w-]{20,}", getattr(request, "csp_nonce"))  # noqa: B009
    assert not any("unsafe" in value for values in policy.values() for value in values)


def test_each_answer_has_its_own_nonce() -> None:
    assert answer("/")[1]["Content-Security-Policy"] != answer("/")[1]["Content-Security-Policy"]


def test_only_the_named_path_is_given_more(settings: Settings) -> None:
    settings.CSP_ADDITIONS_BY_PATH = {
        "/viewer/": {"script-src": ("blob:",), "worker-src": ("blob:",)},
        "/viewer/x/": {},
    }
    assert "blob:" in directives("/viewer/1")["script-src"]
    assert directives("/viewer/1")["worker-src"] == ["'self'", "blob:"]
    for path in ("/", "/other/viewer/", "/viewer/x/1"):
        assert "blob:" not in directives(path)["script-src"]
        assert "worker-src" not in directives(path)


@pytest.mark.parametrize("header", ["Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy"])
def test_other_headers_are_sent(header: str) -> None:
    assert header in answer("/")[1]


def test_nothing_for_somebody_signed_in_stays_on_the_computer(settings: Settings) -> None:
    def kept(cookies: dict[str, str], **own: str) -> str | None:
        request = RequestFactory().get("/")
        request.COOKIES.update(cookies)
        answer = ContentSecurityMiddleware(lambda _request: HttpResponse("page", headers=own))(request)
        return answer.headers.get("Cache-Control")

    session = {settings.SESSION_COOKIE_NAME: "x"}
    assert kept(session) == "private, no-store"
    assert kept(session, **{"Cache-Control": "private, max-age=60"}) == "private, max-age=60"
    assert kept({}) is None
