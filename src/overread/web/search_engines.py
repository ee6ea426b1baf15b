"""What a search engine may keep: the pages that speak to everybody, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse

# Names of routes. An invitation is open to everybody too, but its address is a secret.
SEARCHED = (
    "home",
    "about",
    "ask",
    "symptoms",
    "reference",
    "reference-file",
    "account_login",
    "account_signup",
    "demo",
)
NOT_SEARCHED = "noindex, nofollow"


class SearchEngineMiddleware:
    """``X-Robots-Tag: noindex`` on every answer but those of SEARCHED to somebody who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        found = request.resolver_match
        open_to_all = found is not None and found.view_name in SEARCHED and response.status_code == 200
        if not open_to_all or settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers["X-Robots-Tag"] = NOT_SEARCHED
        return response


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: the pages of SEARCHED and what they load; the rest is not asked for."""
    beginnings = [
        name for name in SEARCHED if name not in ("home", "reference-file") and (name != "demo" or settings.DEMO)
    ]
    allowed = [reverse(name) for name in beginnings]
    lines = [
        "User-agent: *",
        "Allow: /$",
        *(f"Allow: {path}" for path in (*allowed, settings.STATIC_URL)),
        "Disallow: /",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look beside a PDF or a picture, which names no icon."""
    return redirect(static("favicon.svg"))
